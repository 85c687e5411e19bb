//! What keeps: entities and queries, in `SQLite` or `PostgreSQL`, one code for both.
//!
//! # Architecture invariants
//! - **Only this crate names a table.** Rows do not leave it; the rules' own types do.
//! - **No step without a ledger entry.** [`Writing::keep`] saves a case and seals its entry in one
//!   function; whatever changes a member, a session, a policy or the organisation's name seals its
//!   own. [`Writing::seal`] takes only what changes nothing: something read, something refused.
//! - **One writer.** [`Store::begin`] waits for the one before it; within a [`Writing`] nothing
//!   else changes. Dropping it undoes everything.
//! - **What was sealed is never written again**, nor what was signed or issued. Leaves, payloads and
//!   checkpoints are kept and checked as bytes; both databases refuse to change them, and
//!   [`Store::verify`] finds whoever did it anyway.
//! - **Nothing here grows with the number of cases**: lists and the ledger's page are read along an
//!   index from where the page before ended, and nothing is counted: what a page counts is a number
//!   kept with each step. Only `verify` reads it all, and the first start on newer rules.
//! - **No clock.** Moments arrive as arguments, whole milliseconds, and are kept as such in UTC.

mod blobs;
mod cases;
mod checkpoints;
mod clocks;
mod directory;
mod error;
mod evidence;
mod feeds;
mod issued;
mod ledger;
mod letters;
mod list;
mod made;
mod members;
mod moments;
mod numbers;
mod outbox;
mod rows;
mod search;
mod sessions;
mod settings;
mod store;
mod tables;
mod verify;
mod witnesses;
mod writing;

pub use blobs::Blob;
pub use checkpoints::KeptCheckpoint;
pub use clocks::{Ends, Told};
pub use directory::{History, Request};
pub use error::Error;
pub use issued::{Issued, RecordId};
pub use ledger::{Head, LedgerAsk, Row};
pub use letters::{LetterBlob, PublishedTemplate};
pub use members::{MemberRow, NewMember};
pub use outbox::{MailBox, Posted, Settled, Turn};
pub use sessions::{SessionRow, TokenHash};
pub use store::Store;
pub use tables::PublishedTables;
pub use verify::{Finding, Findings, Kept, KeptBytes, KeptWhat};
pub use writing::Writing;
