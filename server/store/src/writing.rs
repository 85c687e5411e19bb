//! The one writer.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::Error;

/// Holds `PostgreSQL`'s writers in one queue, also across processes; any number would do.
const LOCK: &str = "SELECT pg_advisory_xact_lock(5236411987001337)";

/// Everything done through this happens at once, on [`Self::commit`], or not at all.
#[derive(Debug)]
pub struct Writing {
    transaction: DatabaseTransaction,
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
        Ok(Self { transaction })
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// Nothing was kept, except after [`Error::Unconfirmed`] and a connection lost midway: then
    /// only the database knows.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit().await?)
    }

    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}
