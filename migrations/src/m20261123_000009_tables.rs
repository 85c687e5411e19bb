//! The tables that cases are judged by, each version for good.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000009_tables",
    sqlite: include_str!("m20261123_000009_tables/sqlite.sql"),
    postgres: include_str!("m20261123_000009_tables/postgres.sql"),
};
