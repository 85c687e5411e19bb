//! The requesters' directory, and the keys by which one request is found to be like another.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000007_directory",
    sqlite: include_str!("m20261123_000007_directory/sqlite.sql"),
    postgres: include_str!("m20261123_000007_directory/postgres.sql"),
};
