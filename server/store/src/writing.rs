//! The one writer.

mod watched;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::Error;
use watched::Watched;

/// Holds `PostgreSQL`'s writers in one queue, also across processes; any number would do.
const LOCK: &str = "SELECT pg_advisory_xact_lock(5236411987001337)";

/// Everything done through this happens at once, on [`Self::commit`], or not at all. Once the
/// database refused anything, it takes nothing more and can only be dropped.
#[derive(Debug)]
pub struct Writing {
    transaction: Watched,
}

impl Writing {
    pub(crate) async fn begin(writer: &DatabaseConnection) -> Result<Self, Error> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = writer.begin_with_options(immediate).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(LOCK).await?;
        }
        Ok(Self {
            transaction: Watched::new(transaction),
        })
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// Nothing was kept, except after [`Error::Unconfirmed`] and a connection lost midway: then
    /// only the database knows.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.unbroken()?.commit().await?)
    }

    pub(crate) fn connection(&self) -> &Watched {
        &self.transaction
    }

    /// The transaction itself, for the migrations, which take no other.
    pub(crate) fn bare(&self) -> &DatabaseTransaction {
        self.transaction.bare()
    }
}
