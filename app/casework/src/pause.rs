//! Pausing a clock, with its reason. Source: domain, section 4.

use serde::{Deserialize, Serialize};

use crate::{
    clock::ClockKind,
    form::{Faults, Fields, Reader},
    words::Reasons,
};

/// A clock is paused, or runs again; the reason says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub clock: ClockKind,
    pub reasons: Reasons,
}

impl Pause {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let clock = reader.choice("clock", "Choose the clock.");
        let reasons = reader.prose("reasons", "Say why; the requester may ask.");
        let made = clock
            .zip(reasons)
            .map(|(clock, reasons)| Self { clock, reasons });
        reader.done(made)
    }
}
