//! What is checked, one subject each, in the order of `verify`.

pub mod data;
pub mod file;
pub mod history;
pub mod kept;
pub mod keys;
pub mod ledger;
pub mod orders;
pub mod seal;
pub mod unmasking;
