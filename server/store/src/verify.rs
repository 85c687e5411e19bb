//! Compares everything with the ledger, and the ledger with itself and with the rules.
//!
//! Hashes find what was edited; replaying the rules finds what fits the hashes and was never
//! allowed, such as an approval by the member who filed. What neither can find is a ledger
//! rewritten from some point on, hashes, tables and all: for that, give a checkpoint that was kept
//! elsewhere.
//!
//! Memory holds a batch of leaves with the checkpoints over them, one case and its events, the
//! members, the witnesses, the policies and the directory.

mod checkpoints;
mod directory;
mod feeds;
mod finding;
mod letters;
mod listed;
mod notices;
mod records;
mod replayed;
mod roster;
mod walk;

use sea_orm::{
    AccessMode, DatabaseTransaction, DbBackend, IsolationLevel, TransactionOptions,
    TransactionTrait,
};

use crate::{Error, Head, Store};
pub use finding::{Finding, Findings, Kept, KeptBytes, KeptWhat};
use roster::Roster;

impl Store {
    /// Verifies everything but what takes a key: the bytes of orders and records, and the ledger's
    /// own signatures. Each of those is handed to `kept`, so that the caller can compare it.
    /// `checkpoints` are heads that were kept elsewhere.
    ///
    /// # Errors
    /// Where the database cannot be read; what is wrong with it is a finding, not an error.
    pub async fn verify(
        &self,
        checkpoints: &[Head],
        mut kept: impl FnMut(Kept) + Send,
    ) -> Result<Findings, Error> {
        let seen = self.snapshot().await?;
        let mut findings = Findings::none();
        let mut roster = Roster::default();
        // Boxed: each holds what a batch takes.
        Box::pin(walk::leaves(
            &seen,
            checkpoints,
            &mut roster,
            &mut findings,
            &mut kept,
        ))
        .await?;
        Box::pin(replayed::cases(&seen, &roster, &mut findings, &mut kept)).await?;
        Box::pin(roster.compare(&seen, &mut findings)).await?;
        seen.rollback().await?;
        Ok(findings)
    }

    /// Everything as it is now, whatever is written meanwhile.
    async fn snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let options = match self.readers().get_database_backend() {
            // A deferred transaction of SQLite sees one state from its first read on.
            DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(self.readers().begin_with_options(options).await?)
    }
}
