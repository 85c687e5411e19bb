//! The seal of a record: PAdES baseline B-B, or B-T with a timestamp, as an incremental update over
//! what the press printed.
//!
//! Architecture invariants
//! - **What was printed stays, byte for byte.** A seal is appended; its signature covers the whole
//!   file but for itself.
//! - **No clock.** The moment a seal tells is the record's own; whether a certificate is in force is
//!   for the caller, who has the clock. Without a timestamp the same file and key give the same bytes.
//! - **Only files of the press are sealed**: one revision, a classic cross-reference table, nothing
//!   signed yet. All else is refused with a sentence; nothing is repaired.
//! - **A timestamp is proven before it enters a seal**, whoever fetched it: a record that a verifier
//!   would call altered is never issued.
//! - **Chance is used twice**: for a new key with its certificate's number, and for the nonce of a
//!   question to a timestamp authority. **The network once**: in [`OverHttp`].
//!
//! Deliberately absent: a visible signature (a line on the page tells of the seal), the time of
//! signing as an attribute (EN 319 142-1 forbids it beside `/M`), and trust: who vouches for a
//! certificate is for those who verify.

mod authority;
mod ess;
mod fault;
mod key;
mod oids;
mod pdf;
mod proof;
mod sealer;
mod signed;
mod subject;
mod token;

pub use authority::{Authority, OverHttp, is_this_machine};
pub use fault::Fault;
pub use sealer::Sealer;
