//! Walks the ledger from its first leaf to its last.

use std::collections::BTreeMap;

use casework::{
    case::{CaseId, CaseNumber},
    ledger::{
        Entry, Frontier, Hash, Leaf, NodeAt, commit, leaf_hash,
        sealed::{Opened, Opening, Unopened},
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{
    Finding, Findings, Kept, Roster,
    checkpoints::{self, Checkpoints},
};
use crate::{
    Error, Head,
    ledger::{self, Sealed, area, number, with_payloads},
    moments::moment,
    rows::{case_file, ledger_leaf, ledger_node, ledger_payload},
};

/// Leaves held at once.
const BATCH: u64 = 256;

/// Checks every leaf, payload, node and checkpoint, hands over the checkpoints, and tells the roster
/// what was administered.
pub(super) async fn leaves(
    db: &impl ConnectionTrait,
    checkpoints: &[Head],
    roster: &mut Roster,
    findings: &mut Findings,
    kept: &mut (impl FnMut(Kept) + Send),
) -> Result<(), Error> {
    let size = extent(db).await?;
    let mut frontier = Frontier::default();
    let of_nothing = head(&frontier);
    let mut signed = Checkpoints::over(db, 0, 0).await?;
    signed.compare(of_nothing, findings, kept)?;
    let mut opened = 0;
    for start in (0..size).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let end = size.min(start + BATCH);
        let mut sealed = sealed(db, start, end).await?;
        let mut nodes = nodes(db, start, end).await?;
        let mut signed = Checkpoints::over(db, start + 1, end).await?;
        let mut told = BTreeMap::new();
        for seq in start..end {
            let stood = nodes.remove(&NodeAt {
                level: 0,
                index: seq,
            });
            let hash = match sealed.remove(&seq) {
                None => {
                    findings.tell(Finding::LeafMissing { seq });
                    stood
                }
                Some(row) => {
                    let hash = leaf_hash(&row.0.leaf);
                    if stood.is_some_and(|stood| stood != hash) {
                        findings.tell(Finding::LeafEdited {
                            seq,
                            what: "its hash is another".into(),
                        });
                    } else if stood.is_none() {
                        findings.tell(Finding::NodeEdited {
                            level: 0,
                            index: seq,
                        });
                    }
                    if let Some((entry, whole)) = check(seq, &row, findings) {
                        // A name that is missing is not one that somebody signed with.
                        if whole {
                            roster.follow(seq, row.0.at, row.0.actor, &entry, findings);
                        }
                        if let Entry::Step { event } = entry {
                            opened += i64::from(event.version == 1);
                            told.entry(event.case)
                                .or_insert((event.number, (event.version == 1).then_some(opened)));
                        }
                    }
                    // The hash that stood there keeps one edited leaf from accusing every node above.
                    Some(stood.unwrap_or(hash))
                }
            };
            for (at, hash) in frontier
                .append(hash.unwrap_or_default())
                .into_iter()
                .skip(1)
            {
                if nodes.remove(&at) != Some(hash) {
                    findings.tell(Finding::NodeEdited {
                        level: at.level,
                        index: at.index,
                    });
                }
            }
            let seen = checkpoints.iter().find(|head| head.size == frontier.size());
            if seen.is_some_and(|head| head.root != frontier.root()) {
                findings.tell(Finding::Rewritten {
                    size: frontier.size(),
                });
            }
            signed.compare(head(&frontier), findings, kept)?;
        }
        rows_of(db, &told, findings).await?;
    }
    let largest = checkpoints::largest(db).await?;
    let longer = checkpoints.iter().map(|head| head.size).chain(largest);
    if let Some(had) = longer.filter(|had| *had > size).max() {
        findings.tell(Finding::Shortened { has: size, had });
    }
    let belong: u64 = (0..63).map(|level| size >> level).sum();
    if ledger_node::Entity::find().count(db).await? > belong {
        findings.tell(Finding::NodesStray);
    }
    findings.head = head(&frontier);
    Ok(())
}

fn head(frontier: &Frontier) -> Head {
    Head {
        size: frontier.size(),
        root: frontier.root(),
    }
}

/// How far the ledger reaches: to its last leaf or the last hash of one, whichever is further, so
/// that leaves cut off at the end are missed. Never further than there are rows to look at.
async fn extent(db: &impl ConnectionTrait) -> Result<u64, Error> {
    use ledger_node::Column::{Idx, Level};
    let bottom = ledger_node::Entity::find().filter(Level.eq(0));
    let last = bottom
        .clone()
        .select_only()
        .column(Idx)
        .order_by_desc(Idx)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    let hashed = last.map_or(Ok(0), |last| ledger::place(last.saturating_add(1)))?;
    let rows = bottom.count(db).await? + ledger_leaf::Entity::find().count(db).await?;
    Ok(ledger::size(db).await?.max(hashed).min(rows))
}

async fn sealed(
    db: &impl ConnectionTrait,
    start: u64,
    end: u64,
) -> Result<BTreeMap<u64, Sealed>, Error> {
    use ledger_leaf::Column::Seq;
    let rows = with_payloads()
        .filter(Seq.gte(number(start)?))
        .filter(Seq.lt(number(end)?))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((ledger::place(row.0.seq)?, row)))
        .collect()
}

/// Every node that the leaves from `start` until before `end` complete.
async fn nodes(
    db: &impl ConnectionTrait,
    start: u64,
    end: u64,
) -> Result<BTreeMap<NodeAt, Hash>, Error> {
    use ledger_node::Column::{Idx, Level};
    let mut any = Condition::any();
    for level in (0..63).take_while(|level| end >> level > 0) {
        let completed = Condition::all()
            .add(Level.eq(level))
            .add(Idx.gte(number(start >> level)?))
            .add(Idx.lt(number(end >> level)?));
        any = any.add(completed);
    }
    let rows = ledger_node::Entity::find().filter(any).all(db).await?;
    // A row that is no hash is left out, and so found missing.
    Ok(rows
        .into_iter()
        .filter_map(|row| ledger::node(&row).ok())
        .collect())
}

/// Checks a leaf against its columns and its payload; answers what the payload tells, and whether
/// all its texts are there.
fn check(seq: u64, (row, payload): &Sealed, findings: &mut Findings) -> Option<(Entry, bool)> {
    let mut edited = |what: &str| {
        findings.tell(Finding::LeafEdited {
            seq,
            what: what.into(),
        });
    };
    let Some(leaf) = Leaf::parse(&row.leaf) else {
        edited("it is no leaf");
        return None;
    };
    if leaf.seq != seq {
        edited("it belongs to another place");
    }
    let repeats = moment(row.at).is_ok_and(|at| at == leaf.at)
        && row.action == leaf.action
        && row.area == area(&leaf.action)
        && row.actor == leaf.actor.map(|id| id.0)
        && row.case_id == leaf.case.map(|id| id.0);
    if !repeats {
        edited("the columns beside it tell something else");
    }
    let told = payload
        .as_ref()
        .and_then(|row| Some((row, row.salt.as_deref()?, row.payload.as_deref()?)));
    let Some((payload, salt, bytes)) = told else {
        findings.tell(Finding::PayloadMissing { seq });
        return None;
    };
    if !<&[u8; 32]>::try_from(salt).is_ok_and(|salt| commit(salt, bytes) == leaf.commitment) {
        findings.tell(Finding::PayloadEdited { seq });
        return None;
    }
    let Some(Opened { entry, masked, .. }) = opened(seq, payload, bytes, findings) else {
        findings.tell(Finding::LeafEdited {
            seq,
            what: "its payload is no entry".into(),
        });
        return None;
    };
    let faithful =
        leaf.action == entry.action() && leaf.case == entry.case() && leaf.object == entry.object();
    let signed = match &entry {
        Entry::Step { event } => leaf.actor == Some(event.by.id) && leaf.at == event.at,
        _ => true,
    };
    if !faithful || !signed {
        findings.tell(Finding::LeafEdited {
            seq,
            what: "its payload tells something else".into(),
        });
    }
    Some((entry, masked.is_empty()))
}

/// Opens a payload, and tells where its texts are not those that were sealed. What it tells beside
/// its texts is there all the same.
fn opened(
    seq: u64,
    payload: &ledger_payload::Model,
    bytes: &[u8],
    findings: &mut Findings,
) -> Option<Opened> {
    let as_written = |openings: &Vec<Opening>| {
        payload
            .openings
            .as_ref()
            .is_none_or(|json| serde_json::to_vec(openings).is_ok_and(|again| again == *json))
    };
    let fits = ledger::openings(payload)
        .and_then(|openings| Ok((Opened::of(bytes, &openings)?, openings)));
    match fits {
        Ok((opened, openings)) => {
            if !opened.masked.is_empty() {
                findings.tell(Finding::TextMissing { seq });
            } else if opened.texts.len() != openings.len() || !as_written(&openings) {
                findings.tell(Finding::TextsEdited { seq });
            }
            Some(opened)
        }
        Err(Unopened::Unfitting(_)) => {
            findings.tell(Finding::TextsEdited { seq });
            Opened::of(bytes, &[]).ok()
        }
        Err(_) => None,
    }
}

/// Whether every case told of has a row, and those opened here the serial that is theirs.
async fn rows_of(
    db: &impl ConnectionTrait,
    told: &BTreeMap<CaseId, (CaseNumber, Option<i64>)>,
    findings: &mut Findings,
) -> Result<(), Error> {
    use case_file::Column::{Id, Serial};
    let ids = told.keys().map(|id| id.0);
    let rows: BTreeMap<uuid::Uuid, i64> = case_file::Entity::find()
        .select_only()
        .columns([Id, Serial])
        .filter(Id.is_in(ids))
        .into_tuple::<(uuid::Uuid, i64)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    for (case, (number, serial)) in told {
        match rows.get(&case.0) {
            None => {
                let finding = Finding::CaseRowMissing {
                    case: *case,
                    number: *number,
                };
                if !findings.findings.contains(&finding) {
                    findings.tell(finding);
                }
            }
            Some(kept) if serial.is_some_and(|serial| serial != *kept) => {
                findings.tell(Finding::CaseRowEdited {
                    number: *number,
                    what: "serial".into(),
                });
            }
            Some(_) => {}
        }
    }
    Ok(())
}
