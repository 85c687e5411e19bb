//! Compares the records that were issued with those whose bytes are on record.

use std::collections::BTreeMap;

use casework::{
    case::{CaseId, CaseNumber},
    ledger::Entry,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::ExprTrait,
};
use uuid::Uuid;

use super::{Finding, Findings, Kept, KeptBytes, KeptWhat};
use crate::{
    Error, RecordId,
    issued::{self, Issued},
    ledger::{self, unindexed, with_payloads},
    rows::{issued_record, ledger_leaf},
};

/// How many entries and rows were met in cases.
#[derive(Default)]
pub(super) struct Records {
    told: u64,
    rows: u64,
}

/// The records of some cases: the entries that tell of each, none where one cannot be read, and
/// the rows.
pub(super) struct OfCases {
    told: BTreeMap<Uuid, Vec<(ledger_leaf::Model, Option<Entry>)>>,
    rows: BTreeMap<Uuid, Vec<issued_record::Model>>,
}

impl Records {
    /// The records of these cases.
    pub async fn of(
        &mut self,
        db: &impl ConnectionTrait,
        cases: &[Uuid],
    ) -> Result<OfCases, Error> {
        use ledger_leaf::Column::{Action, CaseId, Seq};
        let mut of_cases = OfCases {
            told: BTreeMap::new(),
            rows: BTreeMap::new(),
        };
        for row in issued::rows(db, cases).await? {
            self.rows += 1;
            of_cases.rows.entry(row.case_id).or_default().push(row);
        }
        let told = with_payloads()
            .filter(CaseId.is_in(cases.iter().copied()))
            .filter(unindexed(Action).eq("record.issue"))
            .order_by_asc(Seq);
        for (leaf, payload) in told.all(db).await? {
            self.told += 1;
            let entry = payload.and_then(|payload| ledger::read(&payload).ok().flatten());
            let of_case = of_cases.told.entry(leaf.case_id.unwrap_or_default());
            of_case.or_default().push((leaf, entry));
        }
        Ok(of_cases)
    }

    /// Whether every entry and every row belongs to a case that there is.
    pub async fn ended(
        &self,
        db: &impl ConnectionTrait,
        told: u64,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = issued_record::Entity::find().count(db).await?;
        if told > self.told || rows > self.rows {
            findings.tell(Finding::RecordsStray);
        }
        Ok(())
    }
}

impl OfCases {
    /// Compares the records of one case, and hands over those that fit.
    pub fn compare(
        &mut self,
        case: CaseId,
        number: CaseNumber,
        findings: &mut Findings,
        kept: &mut (impl FnMut(Kept) + Send),
    ) {
        let rows = self.rows.remove(&case.0).unwrap_or_default();
        let told = self.told.remove(&case.0).unwrap_or_default();
        let mut unmatched = Vec::new();
        for row in &rows {
            match issued::read(row) {
                Ok(issued) => unmatched.push(issued),
                Err(_) => findings.tell(Finding::RecordEdited {
                    number,
                    record: RecordId(row.id),
                }),
            }
        }
        for (leaf, entry) in told {
            // What cannot be read was told when the ledger was walked.
            let Some(entry @ Entry::RecordIssued { sha256, size, .. }) = entry else {
                continue;
            };
            let fits = |issued: &Issued| {
                issued.entry() == entry
                    && issued.at.as_millisecond() == leaf.at
                    && Some(issued.by.0) == leaf.actor
            };
            let Some(found) = unmatched.iter().position(fits) else {
                findings.tell(Finding::RecordMissing { number, sha256 });
                continue;
            };
            let issued = unmatched.swap_remove(found);
            findings.records += 1;
            kept(Kept::Bytes(KeptBytes {
                case,
                number,
                what: KeptWhat::Record(issued.id),
                sha256,
                size,
                blob: issued.blob,
                wrapped_key: issued.wrapped_key,
            }));
        }
        for issued in unmatched {
            findings.tell(Finding::RecordEdited {
                number,
                record: issued.id,
            });
        }
    }
}
