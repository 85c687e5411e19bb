//! Mail leaves the house: one message to one recipient over SMTP (RFC 5321).
//!
//! # Architecture invariants
//! - **No database and no clock.** What was sent is for the caller to keep.
//! - **The text goes out only from a [`Threshold`]**, which [`Relay::knock`] gives once the server said
//!   that it would take the text. Whoever keeps the outbox can commit what is about to happen before
//!   they step over it: up to there nothing was sent, behind it nobody but the server knows.
//! - **What is not certain is told as uncertain.** A line that breaks after the text began is
//!   [`Handed::Unknown`], never a failure to be tried again.
//! - **No mail goes out in the clear** except to a server on this machine, and no password ever does.
//!   What was said before a line turned private is no answer to what was asked in private.

mod line;
mod relay;
mod settings;
mod sheet;

pub use relay::{Handed, Relay, Threshold, Trouble};
pub use settings::{Login, Settings, Tls, Unfit};
pub use sheet::{Page, Sheet, Unwritable};
