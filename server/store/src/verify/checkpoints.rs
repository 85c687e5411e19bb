//! Compares the checkpoints that are kept with the ledger as it is walked.

use std::collections::BTreeMap;

use casework::ledger::{SignedNote, VerifyingKey, note::Signature};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Finding, Findings, Kept};
use crate::{
    Error, Head, checkpoints,
    ledger::{number, place},
    rows::{ledger_checkpoint, ledger_cosignature},
};

/// Checkpoints over some of the ledger's sizes.
pub(super) struct Checkpoints {
    rows: BTreeMap<i64, ledger_checkpoint::Model>,
    lines: BTreeMap<i64, Vec<ledger_cosignature::Model>>,
}

impl Checkpoints {
    /// Those over these sizes, both ends included.
    pub async fn over(db: &impl ConnectionTrait, from: u64, to: u64) -> Result<Self, Error> {
        use ledger_checkpoint::Column::Size;
        let rows = ledger_checkpoint::Entity::find()
            .filter(Size.gte(number(from)?))
            .filter(Size.lte(number(to)?))
            .all(db)
            .await?;
        let sizes: Vec<i64> = rows.iter().map(|row| row.size).collect();
        Ok(Self {
            rows: rows.into_iter().map(|row| (row.size, row)).collect(),
            lines: checkpoints::cosignatures(db, &sizes).await?,
        })
    }

    /// Compares the one over a size with the ledger of that size, and hands it over.
    pub fn compare(
        &mut self,
        head: Head,
        findings: &mut Findings,
        kept: &mut (impl FnMut(Kept) + Send),
    ) -> Result<(), Error> {
        let at_size = number(head.size)?;
        let Some(row) = self.rows.remove(&at_size) else {
            return Ok(());
        };
        findings.checkpoints += 1;
        let mut lines = self.lines.remove(&at_size).unwrap_or_default();
        let note = checkpoints::signed(&row)
            .ok()
            .filter(|note| note.checkpoint().root == head.root);
        let Some(note) = note else {
            findings.tell(Finding::CheckpointEdited { size: head.size });
            return Ok(());
        };
        lines.retain(|line| {
            let verifies = is_cosigned(&note, line);
            if !verifies {
                findings.tell(Finding::CosignatureEdited {
                    size: head.size,
                    witness: line.witness.clone(),
                });
            }
            verifies
        });
        match checkpoints::read(&row, &lines) {
            Ok(checkpoint) => kept(Kept::Checkpoint(checkpoint)),
            Err(_) => findings.tell(Finding::CheckpointEdited { size: head.size }),
        }
        Ok(())
    }
}

fn is_cosigned(note: &SignedNote, row: &ledger_cosignature::Model) -> bool {
    let witness = row.witness.parse::<VerifyingKey>();
    let line = Signature::parse(&row.line);
    witness
        .ok()
        .zip(line)
        .is_some_and(|(witness, line)| checkpoints::is_cosigned(note, &witness, &line))
}

/// The largest size a kept checkpoint tells of.
pub(super) async fn largest(db: &impl ConnectionTrait) -> Result<Option<u64>, Error> {
    let size = ledger_checkpoint::Entity::find()
        .select_only()
        .column(ledger_checkpoint::Column::Size)
        .order_by_desc(ledger_checkpoint::Column::Size)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    size.map(place).transpose()
}
