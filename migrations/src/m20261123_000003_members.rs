//! Who works the desk, their sessions, the versions of the promise, the organisation.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000003_members",
    sqlite: include_str!("m20261123_000003_members/sqlite.sql"),
    postgres: include_str!("m20261123_000003_members/postgres.sql"),
};
