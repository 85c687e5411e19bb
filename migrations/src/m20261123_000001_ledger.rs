//! The ledger: leaves, payloads, nodes, and the guards that keep them append-only.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000001_ledger",
    sqlite: include_str!("m20261123_000001_ledger/sqlite.sql"),
    postgres: include_str!("m20261123_000001_ledger/postgres.sql"),
};
