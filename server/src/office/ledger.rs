//! The ledger: reading it, and verifying that it tells the truth.

use std::fmt;

use app::{
    desk::{LedgerAsk, LedgerPage},
    fault::Fault,
};
use casework::{case::CaseId, member::Duty};
use store::{Findings, Head, Kept, KeptCheckpoint};

use super::{AtDesk, Office, incident, reading::told};

/// Lines on one page of the ledger.
const PAGE: u64 = 100;

impl AtDesk {
    pub(super) async fn ledger_page(&self, ask: LedgerAsk) -> Result<LedgerPage, Fault> {
        let may_read_cases = self.on_duty(Duty::ReadLedger)?.role.may(Duty::ReadCases);
        let store = &self.office.store;
        let wanted = store::LedgerAsk {
            before: ask.before,
            action: ask.action,
            actor: ask.actor,
            // Who may not read cases may not single one out either.
            case: ask.case.filter(|_| may_read_cases),
        };
        let mut rows = store
            .ledger(&wanted, PAGE + 1)
            .await
            .map_err(incident::store)?;
        let more = u64::try_from(rows.len()).is_ok_and(|rows| rows > PAGE);
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let cases: Vec<CaseId> = rows.iter().filter_map(|row| row.leaf.case).collect();
        let numbers = store.numbers(&cases).await.map_err(incident::store)?;
        let number = |row: &store::Row| row.leaf.case.and_then(|case| numbers.get(&case).copied());
        let head = store.head().await.map_err(incident::store)?;
        let members = store.members().await.map_err(incident::store)?;
        Ok(LedgerPage {
            next: rows.last().map(|row| row.leaf.seq).filter(|_| more),
            happenings: rows
                .into_iter()
                .map(|row| {
                    let number = number(&row);
                    told(row, number, false)
                })
                .collect(),
            watch: self.watch_page().await?,
            size: head.size,
            root: casework::order::Digest(head.root).to_string(),
            members: members
                .into_iter()
                .map(|row| (row.member.id, row.member.name))
                .collect(),
        })
    }
}

/// What a verification found.
pub struct Verified {
    pub findings: Findings,
    /// Orders and records whose bytes are not what the ledger sealed, and checkpoints that none of
    /// the ledger's keys signed, each as a sentence.
    pub others: Vec<String>,
}

impl Verified {
    /// Whether nothing was found.
    pub fn holds(&self) -> bool {
        self.findings.holds() && self.others.is_empty()
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings.findings {
            writeln!(f, "FOUND  {finding}")?;
        }
        if self.findings.more {
            writeln!(f, "FOUND  More of the kind; the first are told.")?;
        }
        for other in &self.others {
            writeln!(f, "FOUND  {other}")?;
        }
        let Findings {
            head,
            cases,
            orders,
            ..
        } = &self.findings;
        writeln!(
            f,
            "read   {} entries, {cases} cases, {orders} orders",
            head.size
        )?;
        writeln!(f, "root   {}", casework::order::Digest(head.root))?;
        if self.holds() {
            writeln!(
                f,
                "The ledger holds: the tree, every case, order and record are what was sealed."
            )
        } else {
            writeln!(f, "The ledger does NOT hold.")
        }
    }
}

impl Office {
    /// Checks the tree, re-derives every case from its events, and reads every order again. `kept`
    /// are sizes and roots from elsewhere, such as records print: the ledger must still contain them.
    ///
    /// # Errors
    /// Where the records cannot be reached; what is wrong with them is a finding.
    pub async fn verify(&self, kept: &[Head]) -> Result<Verified, store::Error> {
        let keys = self.all_keys().await?;
        let (mut bytes, mut others) = (Vec::new(), Vec::new());
        let findings = self
            .store
            .verify(kept, |kept| match kept {
                Kept::Bytes(kept) => bytes.push(kept),
                Kept::Checkpoint(KeptCheckpoint { note, .. }) => {
                    if !keys.iter().any(|key| note.is_signed_by(key)) {
                        let size = note.checkpoint().size;
                        others.push(format!(
                            "The checkpoint over {size} entries is signed by no key of the ledger."
                        ));
                    }
                }
            })
            .await?;
        for kept in &bytes {
            others.extend(self.check_bytes(kept).await);
        }
        Ok(Verified { findings, others })
    }
}
