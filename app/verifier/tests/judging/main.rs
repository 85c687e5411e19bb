//! Records as the desk makes them, and what becomes of the verdict when somebody touches them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up is a broken test"
)]

mod data;
mod desk;
mod editions;
mod hostile;
mod ledger;
mod lives;
mod seal;
