//! Verifies a disclosure record: its bytes in, a verdict out.
//!
//! # Architecture invariants
//! - **No I/O, no clock, no chance.** Everything it judges by is in the record or in [`Held`]; it
//!   runs the same on a host and inside a web page, with the network unplugged.
//! - **No input makes it panic, and work and memory are bounded** by the size of what it is given
//!   and by the limits named beside what they limit.
//! - **It rather refuses than forgives.** The PDF reader knows records and nothing else; DER and
//!   JSON have to write themselves back byte for byte.
//! - **It goes on after a fault.** Where the seal fails, the data is checked all the same, to tell
//!   which of the two was changed.
//!
//! What it cannot know: whether a certificate or a timestamp authority deserves trust (both are
//! named, with their fingerprints), and whether steps were taken after the last one that is shown
//! (keep a later checkpoint, or ask for a later record).

mod about;
mod checks;
mod cms;
mod held;
mod pdf;
mod report;
mod sentences;
mod verify;

pub use about::About;
pub use held::{Consistency, Fault, Held, Kept, Unmasking};
pub use report::{Check, Report, Verdict};
pub use verify::verify;
