//! A transaction that is over with its first failure.
//!
//! `SQLite` undoes a transaction by itself where the disk is full or fails
//! (its manual, "Transaction", section 3); whatever followed would then be kept at once and
//! alone. `PostgreSQL` answers COMMIT of a failed transaction with ROLLBACK and no error. Either
//! would acknowledge what is not kept, so nothing passes after a failure, and least of all COMMIT.

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    entity::prelude::async_trait,
};

#[derive(Debug)]
pub struct Watched {
    transaction: DatabaseTransaction,
    broken: AtomicBool,
}

impl Watched {
    pub fn new(transaction: DatabaseTransaction) -> Self {
        Self {
            transaction,
            broken: AtomicBool::new(false),
        }
    }

    /// The transaction, to be committed: it ran without a failure.
    pub fn unbroken(self) -> Result<DatabaseTransaction, DbErr> {
        self.pass()?;
        Ok(self.transaction)
    }

    pub fn bare(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    fn pass(&self) -> Result<(), DbErr> {
        if self.broken.load(Ordering::Acquire) {
            Err(DbErr::Custom(
                "something failed before in this transaction; nothing of it is kept".into(),
            ))
        } else {
            Ok(())
        }
    }

    fn watch<T>(&self, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        if answer.is_err() {
            self.broken.store(true, Ordering::Release);
        }
        answer
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Watched {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.pass()?;
        self.watch(self.transaction.execute_raw(stmt).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.pass()?;
        self.watch(self.transaction.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.pass()?;
        self.watch(self.transaction.query_one_raw(stmt).await)
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.pass()?;
        self.watch(self.transaction.query_all_raw(stmt).await)
    }
}
