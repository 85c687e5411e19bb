//! The rules, as one follows a case through its life.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene has failed"
)]

mod scene;

mod beside;
mod clocks;
mod directory;
mod gate;
mod journeys;
mod letters;
mod lives;
mod made;
mod matrix;
mod notes;
mod owed;
mod periods;
mod proofs;
mod random;
mod refused;
mod sealed;
mod signals;
mod vectors;
