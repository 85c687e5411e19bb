//! Records as the desk makes them, and what becomes of the verdict when somebody touches them.

mod data;
mod desk;
mod editions;
mod hostile;
mod ledger;
mod seal;
