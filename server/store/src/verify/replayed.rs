//! Derives every case from its events once more, with the rules, and compares.

use std::collections::BTreeMap;

use casework::{
    case::{Case, CaseId, CaseNumber, Event, Step},
    order::OrderId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Finding, Findings, Kept, KeptBytes, KeptWhat, Roster, letters, listed::AllMade,
    notices::Notices, records::Records, roster::broken,
};
use crate::{
    Error, cases, clocks,
    directory::OfCase,
    made::{self, Listed},
    rows::{case_file, order_blob},
    search,
};

/// Rows of cases held at once.
const BATCH: u64 = 50;

/// Checks every case, and hands over the orders attached to it and the records issued of it.
pub(super) async fn cases(
    db: &impl ConnectionTrait,
    roster: &Roster,
    findings: &mut Findings,
    kept: &mut (impl FnMut(Kept) + Send),
) -> Result<(), Error> {
    use case_file::Column::Serial;
    let mut records = Records::default();
    let mut all_made = AllMade::default();
    let mut notices = Notices::default();
    let mut last = i64::MIN;
    loop {
        let rows = case_file::Entity::find()
            .filter(Serial.gt(last))
            .order_by_asc(Serial)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(end) = rows.last() else {
            all_made.ended(db, findings).await?;
            notices.ended(db, findings).await?;
            return records.ended(db, roster.issued(), findings).await;
        };
        last = end.serial;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut of_cases = records.of(db, &ids).await?;
        for row in rows {
            findings.cases += 1;
            let number = CaseNumber {
                year: row.number_year.try_into().unwrap_or_default(),
                count: row.number_count.try_into().unwrap_or_default(),
            };
            let id = CaseId(row.id);
            of_cases.compare(id, number, findings, kept);
            match cases::events(db, id).await {
                Ok(events) => match events.first() {
                    None => {
                        findings.tell(Finding::CaseWithoutEvents { number });
                        notices.compare(db, id, number, &[], findings).await?;
                    }
                    Some((_, first)) => {
                        let case = Case::new(first.case, first.number);
                        let (case, made) = replay(case, &events, roster, findings);
                        compare(db, &row, &case, findings).await?;
                        all_made
                            .compare(db, row.serial, &case, &made, findings)
                            .await?;
                        compare_orders(db, &case, findings, kept).await?;
                        letters::compare(db, &case, findings, kept).await?;
                        notices
                            .compare(db, id, case.number(), &events, findings)
                            .await?;
                    }
                },
                Err(Error::Corrupt(why)) => {
                    findings.tell(Finding::CaseUnreadable { number, why });
                    all_made.take_as_it_stands(db, &row).await?;
                    notices.take_as_they_stand(db, id).await?;
                }
                Err(err) => return Err(err),
            }
        }
    }
}

/// Asks the rules of every event whether they make it, and follows it whether or not they do.
/// Answers the case, and its disclosures with the grounds they were made under.
fn replay(
    mut case: Case,
    events: &[(u64, Event)],
    roster: &Roster,
    findings: &mut Findings,
) -> (Case, Vec<Listed>) {
    let mut all = Vec::new();
    for (seq, event) in events {
        match case.take(event.step.clone(), &event.by, event.at) {
            Ok(made) if made == *event => {}
            Ok(_) => findings.tell(broken(
                event,
                "The rules make another event of this step.".into(),
            )),
            Err(refusal) => findings.tell(broken(event, refusal.to_string())),
        }
        case = case.after(event);
        all.extend(made::disclosed(&event.step, *seq, &case));
        if let (Step::File { policy }, Some(request)) = (&event.step, case.request()) {
            let day = request.received.date();
            if roster
                .policy_at(*seq, day)
                .is_none_or(|in_force| in_force.version != *policy)
            {
                findings.tell(broken(
                    event,
                    format!("Policy {policy} was not in force on {day}."),
                ));
            }
        }
    }
    (case, all)
}

/// Compares a row and its words with the case that the events make.
async fn compare(
    db: &impl ConnectionTrait,
    row: &case_file::Model,
    case: &Case,
    findings: &mut Findings,
) -> Result<(), Error> {
    let number = case.number();
    let what = differing(row, &cases::to_row(row.serial, case)?);
    if !what.is_empty() {
        findings.tell(Finding::CaseRowEdited {
            number,
            what: what.join(", "),
        });
    }
    let clocks = clocks::kept(db, case.id()).await?;
    let derived = clocks::rows_of(case);
    let same = clocks.len() == derived.len()
        && clocks
            .iter()
            .zip(&derived)
            .all(|(one, other)| clocks::same(one, other));
    if !same {
        findings.tell(Finding::ClocksEdited { number });
    }
    if search::kept(db, row.serial).await? != Some(search::words_of(case)) {
        findings.tell(Finding::SearchEdited { number });
    }
    if OfCase::kept(db, row.serial).await? != OfCase::of(case) {
        findings.tell(Finding::TracesEdited { number });
    }
    Ok(())
}

/// The columns in which two rows differ.
fn differing(one: &case_file::Model, other: &case_file::Model) -> Vec<&'static str> {
    let case_file::Model {
        serial: _,
        id,
        number_year,
        number_count,
        version,
        stage,
        ground,
        instrument,
        authority,
        reference,
        subject,
        received_on,
        due_at,
        due_kind,
        awaits,
        awaits_staff,
        awaits_manager,
        changed_at,
        test,
        body,
    } = one;
    let columns = [
        ("id", *id == other.id),
        (
            "number",
            (*number_year, *number_count) == (other.number_year, other.number_count),
        ),
        ("version", *version == other.version),
        ("stage", *stage == other.stage),
        ("ground", *ground == other.ground),
        ("instrument", *instrument == other.instrument),
        ("authority", *authority == other.authority),
        ("reference", *reference == other.reference),
        ("subject", *subject == other.subject),
        ("day of receipt", *received_on == other.received_on),
        (
            "deadline",
            (*due_at, due_kind) == (other.due_at, &other.due_kind),
        ),
        (
            "whose turn it is",
            (awaits, *awaits_staff, *awaits_manager)
                == (&other.awaits, other.awaits_staff, other.awaits_manager),
        ),
        ("last change", *changed_at == other.changed_at),
        ("test", *test == other.test),
        ("body", *body == other.body),
    ];
    columns
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(name, _)| name)
        .collect()
}

/// Compares the orders that were attached with those whose bytes are on record.
async fn compare_orders(
    db: &impl ConnectionTrait,
    case: &Case,
    findings: &mut Findings,
    kept: &mut (impl FnMut(Kept) + Send),
) -> Result<(), Error> {
    let rows = order_blob::Entity::find()
        .filter(order_blob::Column::CaseId.eq(case.id().0))
        .all(db)
        .await?;
    let mut rows: BTreeMap<OrderId, _> = rows
        .into_iter()
        .map(|row| (OrderId(row.order_id), row))
        .collect();
    let number = case.number();
    for order in case
        .orders()
        .iter()
        .map(casework::order::OrderOnCase::order)
    {
        findings.orders += 1;
        match rows.remove(&order.id) {
            None => findings.tell(Finding::OrderWithoutBlob {
                number,
                order: order.id,
            }),
            Some(row) => kept(Kept::Bytes(KeptBytes {
                case: case.id(),
                number,
                what: KeptWhat::Order(order.id),
                sha256: order.sha256,
                size: order.size,
                blob: row.blob,
                wrapped_key: row.wrapped_key,
            })),
        }
    }
    for order in rows.into_keys() {
        findings.tell(Finding::BlobWithoutOrder { number, order });
    }
    Ok(())
}
