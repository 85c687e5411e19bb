//! Mail that was posted, and how far each has come.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000006_outbox",
    sqlite: include_str!("m20261123_000006_outbox/sqlite.sql"),
    postgres: include_str!("m20261123_000006_outbox/postgres.sql"),
};
