//! A form that came back: as it was typed, with each fault beside its field.

use casework::form::{Fault, Faults, Fields};
use leptos::prelude::use_context;

/// What a form post left on the page that answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Every field as typed; passwords are never among them.
    pub fields: Fields,
    pub faults: Faults,
    /// What is wrong with the form as a whole, where no field is to blame.
    pub says: Option<String>,
    /// What changed meanwhile, where the form was made from an older state of the case.
    pub changed: Vec<String>,
}

impl Returned {
    /// The form that was just refused, if this page answers one.
    pub fn here() -> Option<Self> {
        use_context()
    }

    /// What is wrong with a field.
    pub fn fault(&self, field: &str) -> Option<String> {
        self.faults.of(field).map(str::to_owned)
    }

    /// Every fault, for the summary at the top of the form.
    pub fn all(&self) -> &[Fault] {
        &self.faults.0
    }
}

/// A form that was posted after the session had ended. Sign-in carries it along, so that nothing
/// typed is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stalled {
    /// The address it was posted to.
    pub path: String,
    /// Its fields; passwords are never among them.
    pub fields: Fields,
}

/// What is shown on this page and never again: a member's first password, the address of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once(pub String);

/// What a search of the directory found, for the form that asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub matches: Vec<Match>,
    /// There are more.
    pub cut: bool,
}

/// An authority, or somebody who works there, that a form may be filled in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// What the form sends: the authority's id, and after a stroke the person's.
    pub pick: String,
    pub told: String,
    pub about: String,
}

/// A letter as it would be set, shown beside the form it was typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewed {
    pub subject: String,
    pub body: String,
}
