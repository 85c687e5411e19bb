//! A migration written out in the words of each database.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// One dated change, spoken to each database in its own words.
pub struct Spoken {
    /// The date and what it is about; the tables remember it by this.
    pub name: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl MigrationName for Spoken {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Spoken {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let words = match manager.get_database_backend() {
            DbBackend::Sqlite => self.sqlite,
            DbBackend::Postgres => self.postgres,
            other => {
                return Err(DbErr::Migration(format!(
                    "the desk keeps its data in SQLite or PostgreSQL, not in {other:?}"
                )));
            }
        };
        manager
            .get_connection()
            .execute_unprepared(words)
            .await
            .map(drop)
    }
}
