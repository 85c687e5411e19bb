//! The ledger: sealing, and reading what was sealed.

mod sealing;

use std::collections::{BTreeMap, BTreeSet};

use casework::{
    case::CaseId,
    ledger::{
        Entry, Frontier, Hash, Leaf, NodeAt,
        sealed::{self, Opening, Unopened},
    },
    member::MemberId,
    words::Line,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, Func},
};

use crate::{
    Error, Store,
    rows::{ledger_leaf, ledger_node, ledger_payload, member},
};

/// Values that one question binds: `SQLite` takes 32,766 at most, `PostgreSQL` 65,535.
pub(crate) const AT_ONCE: usize = 4_000;

/// Size and root of the ledger: what a checkpoint signs and a record prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub size: u64,
    pub root: Hash,
}

/// A leaf with what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub leaf: Leaf,
    /// The name of who did it: in a case's own steps as it was then, elsewhere as it is now.
    pub actor: Option<Line>,
    /// None: destroyed when its retention ended.
    pub entry: Option<Entry>,
}

/// What is asked of the ledger; everything left out does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerAsk {
    /// Only what was sealed before this one: the last of the page before.
    pub before: Option<u64>,
    /// An action (`case.decide`), or all of an area (`case`).
    pub action: Option<String>,
    pub actor: Option<MemberId>,
    pub case: Option<CaseId>,
}

impl Store {
    /// Size and root of the ledger.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn head(&self) -> Result<Head, Error> {
        let size = size(self.readers()).await?;
        self.head_at(size).await
    }

    /// The root the ledger had when it was this long; for comparing with a checkpoint kept outside.
    ///
    /// # Errors
    /// [`Error::Missing`] where it never was that long.
    pub async fn head_at(&self, size: u64) -> Result<Head, Error> {
        let frontier = frontier(self.readers(), size).await?;
        Ok(Head {
            size,
            root: frontier.root(),
        })
    }

    /// The hash of the complete subtree at a place; all that proofs are made of.
    ///
    /// # Errors
    /// [`Error::Missing`] where no such subtree is complete.
    pub async fn node(&self, place: NodeAt) -> Result<Hash, Error> {
        nodes(self.readers(), [place])
            .await?
            .get(&place)
            .copied()
            .ok_or(Error::Missing("node of the ledger"))
    }

    /// A leaf exactly as it was sealed.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn leaf_bytes(&self, seq: u64) -> Result<Option<Vec<u8>>, Error> {
        let found = ledger_leaf::Entity::find_by_id(number(seq)?)
            .one(self.readers())
            .await?;
        Ok(found.map(|row| row.leaf))
    }

    /// What was sealed about a case, oldest first; the newest `most` where there is more.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn timeline(&self, case: CaseId, most: u64) -> Result<Vec<Row>, Error> {
        let mut rows = self
            .ledger(
                &LedgerAsk {
                    case: Some(case),
                    ..LedgerAsk::default()
                },
                most,
            )
            .await?;
        rows.reverse();
        Ok(rows)
    }

    /// What was sealed, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn ledger(&self, ask: &LedgerAsk, most: u64) -> Result<Vec<Row>, Error> {
        use ledger_leaf::Column::{Action, Actor, Area, CaseId, Seq};
        // The databases count in signed numbers.
        let most = std::cmp::min(most, i64::MAX.unsigned_abs());
        let mut query = with_payloads().order_by_desc(Seq).limit(most);
        if let Some(before) = ask.before {
            query = query.filter(Seq.lt(i64::try_from(before).unwrap_or(i64::MAX)));
        }
        // Of a case there is little; its index is the one to follow, whatever else is asked.
        let narrowed = |column: ledger_leaf::Column| {
            if ask.case.is_some() {
                unindexed(column)
            } else {
                Expr::col(column)
            }
        };
        if let Some(action) = &ask.action {
            let column = if action.contains('.') { Action } else { Area };
            query = query.filter(narrowed(column).eq(action.as_str()));
        }
        if let Some(MemberId(actor)) = ask.actor {
            query = query.filter(narrowed(Actor).eq(actor));
        }
        if let Some(casework::case::CaseId(case)) = ask.case {
            query = query.filter(CaseId.eq(case));
        }
        told(self.readers(), query.all(self.readers()).await?).await
    }
}

/// A column that no index is followed for: left to choose, `SQLite` takes whichever yields the order.
pub(crate) fn unindexed(column: ledger_leaf::Column) -> Expr {
    Func::coalesce([Expr::col(column), Expr::col(column)]).into()
}

/// What stands before an action's point.
pub(crate) fn area(action: &str) -> &str {
    action.split('.').next().unwrap_or(action)
}

/// A place in the ledger as the tables count.
pub(crate) fn number(place: u64) -> Result<i64, Error> {
    i64::try_from(place).map_err(|_| Error::Missing("place in the ledger"))
}

/// A place in the ledger as the tree counts.
pub(crate) fn place(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Corrupt(format!("{number} is no place in the ledger")))
}

/// How many leaves there are: one more than the last one's place.
pub(crate) async fn size(db: &impl ConnectionTrait) -> Result<u64, Error> {
    let last = ledger_leaf::Entity::find()
        .select_only()
        .column(ledger_leaf::Column::Seq)
        .order_by_desc(ledger_leaf::Column::Seq)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    last.map_or(Ok(0), |last| place(last + 1))
}

/// The right edge of a ledger of this size, by one primary key for each of its peaks.
pub(crate) async fn frontier(db: &impl ConnectionTrait, size: u64) -> Result<Frontier, Error> {
    let found = nodes(db, Frontier::places(size)).await?;
    let peaks = Frontier::places(size)
        .map(|place| found.get(&place).copied())
        .collect::<Option<Vec<_>>>();
    peaks
        .and_then(|peaks| Frontier::of(size, peaks))
        .ok_or(Error::Missing("size of the ledger"))
}

/// The nodes that stand at these places, those that do.
pub(crate) async fn nodes(
    db: &impl ConnectionTrait,
    places: impl IntoIterator<Item = NodeAt>,
) -> Result<BTreeMap<NodeAt, Hash>, Error> {
    use ledger_node::Column::{Idx, Level};
    let places: BTreeSet<NodeAt> = places.into_iter().collect();
    let places: Vec<NodeAt> = places.into_iter().collect();
    let mut found = BTreeMap::new();
    for places in places.chunks(AT_ONCE) {
        // One term a level: SQLite nests 1,000 terms at most.
        let mut any = Condition::any();
        for of_level in places.chunk_by(|one, next| one.level == next.level) {
            let indices = of_level.iter().map(|place| number(place.index));
            any = any.add(
                Condition::all()
                    .add(Level.eq(i32::from(of_level[0].level)))
                    .add(Idx.is_in(indices.collect::<Result<Vec<_>, _>>()?)),
            );
        }
        let rows = ledger_node::Entity::find().filter(any).all(db).await?;
        for row in &rows {
            let (place, hash) = node(row)?;
            found.insert(place, hash);
        }
    }
    Ok(found)
}

/// A row as a place and its hash.
pub(crate) fn node(row: &ledger_node::Model) -> Result<(NodeAt, Hash), Error> {
    let odd = || {
        Error::Corrupt(format!(
            "node {} of level {} is no hash",
            row.idx, row.level
        ))
    };
    let at = NodeAt {
        level: u8::try_from(row.level).map_err(|_| odd())?,
        index: place(row.idx)?,
    };
    Ok((at, row.hash.as_slice().try_into().map_err(|_| odd())?))
}

/// A leaf's row, and its payload's where that still stands.
pub(crate) type Sealed = (ledger_leaf::Model, Option<ledger_payload::Model>);

/// Leaves with their payloads.
pub(crate) fn with_payloads() -> sea_orm::SelectTwo<ledger_leaf::Entity, ledger_payload::Entity> {
    use sea_orm::{JoinType, RelationDef};
    let beside: RelationDef = ledger_leaf::Entity::belongs_to(ledger_payload::Entity)
        .from(ledger_leaf::Column::Seq)
        .to(ledger_payload::Column::Seq)
        .into();
    let joined: Select<ledger_leaf::Entity> =
        ledger_leaf::Entity::find().join(JoinType::LeftJoin, beside);
    joined.select_also(ledger_payload::Entity)
}

async fn told(db: &impl ConnectionTrait, sealed: Vec<Sealed>) -> Result<Vec<Row>, Error> {
    let actors: BTreeSet<_> = sealed.iter().filter_map(|(leaf, _)| leaf.actor).collect();
    let members = member::Entity::find()
        .filter(member::Column::Id.is_in(actors))
        .all(db)
        .await?;
    let names: BTreeMap<_, _> = members
        .into_iter()
        .map(|member| (MemberId(member.id), member.name))
        .collect();
    let row = |(leaf, payload): Sealed| {
        let seq = leaf.seq;
        let leaf = Leaf::parse(&leaf.leaf)
            .ok_or_else(|| Error::Corrupt(format!("entry {seq} of the ledger is no leaf")))?;
        let entry = payload.map_or(Ok(None), |payload| read(&payload))?;
        let actor = match &entry {
            Some(Entry::Step { event }) => Some(event.by.name.clone()),
            _ => leaf
                .actor
                .and_then(|actor| names.get(&actor))
                .and_then(|name| Line::parse(name).ok()),
        };
        Ok(Row { leaf, actor, entry })
    };
    sealed.into_iter().map(row).collect()
}

/// A payload as the entry it tells; none where it was destroyed.
pub(crate) fn read(row: &ledger_payload::Model) -> Result<Option<Entry>, Error> {
    let Some(payload) = &row.payload else {
        return Ok(None);
    };
    let opened = openings(row).and_then(|openings| sealed::open(payload, &openings));
    opened.map(Some).map_err(|unopened| {
        // The text itself is not told: errors are logged.
        let says = match unopened {
            Unopened::Unfitting(_) => "a text does not fit".into(),
            other => other.to_string(),
        };
        Error::Corrupt(format!(
            "the payload of entry {} of the ledger: {says}",
            row.seq
        ))
    })
}

/// The texts sealed in a payload; none beside one that its texts stand in.
pub(crate) fn openings(row: &ledger_payload::Model) -> Result<Vec<Opening>, Unopened> {
    row.openings.as_deref().map_or(Ok(Vec::new()), |json| {
        serde_json::from_slice(json).map_err(|_| Unopened::Unfitting(String::new()))
    })
}
