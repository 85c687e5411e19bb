//! Templates of letters, each version for good, and where the bytes of filed letters lie.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000008_letters",
    sqlite: include_str!("m20261123_000008_letters/sqlite.sql"),
    postgres: include_str!("m20261123_000008_letters/postgres.sql"),
};
