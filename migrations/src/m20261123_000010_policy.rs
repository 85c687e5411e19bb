//! What was done under each version of the promise: every disclosure with the ground it was made
//! under, and how many there are.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000010_policy",
    sqlite: include_str!("m20261123_000010_policy/sqlite.sql"),
    postgres: include_str!("m20261123_000010_policy/postgres.sql"),
};
