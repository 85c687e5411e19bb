//! What proves a case to others: openings of sealed texts, checkpoints and who cosigned them,
//! witnesses, and the records that were issued.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000004_evidence",
    sqlite: include_str!("m20261123_000004_evidence/sqlite.sql"),
    postgres: include_str!("m20261123_000004_evidence/postgres.sql"),
};
