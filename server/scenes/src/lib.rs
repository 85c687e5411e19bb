//! Cases lived through step by step, with a ledger of their own: for tests, benches and specimens.
//!
//! Whatever a scene gives could have happened: each step passed the rules, each was sealed, and the
//! evidence proves it. Salts and keys are fixed, so a scene is the same each time. Nothing that is
//! served depends on this crate.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a scene that cannot be set is a broken test"
)]

mod beside;
mod cases;
mod hostile;
mod law;
mod ledger;
mod papers;
mod people;
mod scene;

pub use beside::*;
pub use cases::*;
pub use hostile::{Dice, hostile};
pub use law::*;
pub use ledger::Ledger;
pub use papers::*;
pub use people::*;
pub use scene::Scene;
