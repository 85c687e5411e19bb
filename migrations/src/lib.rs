//! Dated changes to the tables.
//!
//! Knows tables, knows nobody: a migration that was built from today's entities would change when
//! they do. Each is written out twice, in the words of each database, because what matters most
//! here (STRICT tables, guards on the ledger, text search) has no common spelling.
//!
//! A migration that was ever applied is never edited; a new one follows it. There is no way down:
//! going back would drop what the ledger promised to keep.

mod m20261123_000001_ledger;
mod m20261123_000002_cases;
mod m20261123_000003_members;
mod m20261123_000004_evidence;
mod m20261123_000005_clocks;
mod m20261123_000006_outbox;
mod m20261123_000007_directory;
mod m20261123_000008_letters;
mod m20261123_000009_tables;
mod m20261123_000010_policy;
mod spoken;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{MigrationTrait, async_trait};

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_ledger::MIGRATION),
            Box::new(m20261123_000002_cases::MIGRATION),
            Box::new(m20261123_000003_members::MIGRATION),
            Box::new(m20261123_000004_evidence::MIGRATION),
            Box::new(m20261123_000005_clocks::MIGRATION),
            Box::new(m20261123_000006_outbox::MIGRATION),
            Box::new(m20261123_000007_directory::MIGRATION),
            Box::new(m20261123_000008_letters::MIGRATION),
            Box::new(m20261123_000009_tables::MIGRATION),
            Box::new(m20261123_000010_policy::MIGRATION),
        ]
    }
}
