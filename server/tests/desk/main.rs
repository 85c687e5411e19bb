//! The desk as people and their browsers meet it: the real router over a real store and a real
//! vault. Each fact is tried on `SQLite`; journeys also on `PostgreSQL`, where
//! `TEST_POSTGRES_URL` names a server and a superuser of it.
#![expect(clippy::unwrap_used, reason = "in a test the panic is the failure")]

mod access;
mod calendar;
mod carried;
mod directory;
mod forms;
mod gone;
mod headers;
mod hostile;
mod house;
mod journeys;
mod killed;
mod letters;
mod list;
mod mail;
mod matrix;
mod month;
mod new_desk;
mod notices;
mod orders;
mod outside;
mod policy;
mod private;
mod races;
mod records;
mod refused;
mod separation;
mod stale;
mod verify;
