//! The clocks of the cases, so that what falls due is found along an index; and calendar feeds.

use crate::spoken::Spoken;

pub const MIGRATION: Spoken = Spoken {
    name: "m20261123_000005_clocks",
    sqlite: include_str!("m20261123_000005_clocks/sqlite.sql"),
    postgres: include_str!("m20261123_000005_clocks/postgres.sql"),
};
