//! Every delivered template over every kind of case; and templates that mean harm.

#![allow(clippy::unwrap_used, reason = "tests")]

mod every_case;
mod hostile;
mod scene;
mod withheld;
