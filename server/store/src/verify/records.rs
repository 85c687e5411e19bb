//! Compares the records that were issued with those whose bytes are on record.

use casework::{
    case::{CaseId, CaseNumber},
    ledger::Entry,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::ExprTrait,
};

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

impl Records {
    /// Compares the records of one case, and hands over those that fit.
    pub async fn compare(
        &mut self,
        db: &impl ConnectionTrait,
        case: CaseId,
        number: CaseNumber,
        findings: &mut Findings,
        kept: &mut (impl FnMut(Kept) + Send),
    ) -> Result<(), Error> {
        let rows = issued::rows(db, case).await?;
        let told = told(db, case).await?;
        self.rows += rows.len() as u64;
        self.told += told.len() as u64;
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
        Ok(())
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

/// Where records of a case were issued, and what was told; nothing where that cannot be read.
async fn told(
    db: &impl ConnectionTrait,
    case: CaseId,
) -> Result<Vec<(ledger_leaf::Model, Option<Entry>)>, Error> {
    use ledger_leaf::Column::{Action, CaseId, Seq};
    let rows = with_payloads()
        .filter(CaseId.eq(case.0))
        .filter(unindexed(Action).eq("record.issue"))
        .order_by_asc(Seq)
        .all(db)
        .await?;
    let read = |(leaf, payload): ledger::Sealed| {
        let entry = payload.and_then(|payload| ledger::read(&payload).ok().flatten());
        (leaf, entry)
    };
    Ok(rows.into_iter().map(read).collect())
}
