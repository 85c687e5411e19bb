//! What pages are made of: one part, one thing shown the same way everywhere.

pub mod address;
pub mod badge;
pub mod beside;
pub mod case_head;
pub mod cell;
pub mod clock;
pub mod compare;
pub mod decided;
pub mod field;
pub mod form;
pub mod frame;
pub mod gate;
pub mod letter;
pub mod load;
pub mod mails;
pub mod order;
pub mod proof;
pub mod scope;
pub mod signals;
pub mod texts;
pub mod time;

pub use form::Form;
