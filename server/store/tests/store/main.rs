//! The store over real databases: each fact is tried on `SQLite`, and on `PostgreSQL` where
//! `TEST_POSTGRES_URL` names a server and a superuser of it.
#![expect(clippy::unwrap_used, reason = "in a test the panic is the failure")]

mod checkpoints;
mod clocks;
mod directory;
mod evidence;
mod full;
mod guards;
mod healing;
mod issued;
mod keeping;
mod lists;
mod made;
mod notices;
mod outbox;
mod people;
mod plans;
mod scene;
mod searching;
mod verifying;
