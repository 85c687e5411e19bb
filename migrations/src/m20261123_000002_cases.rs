//! Cases, the words they are found by, and where the bytes of their orders lie.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000002_cases",
    sqlite: include_str!("m20261123_000002_cases/sqlite.sql"),
    postgres: include_str!("m20261123_000002_cases/postgres.sql"),
};
