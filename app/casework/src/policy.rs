//! The promise: a document with versions, each in force from a day.

pub mod made;

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    ground::Ground,
    words::Prose,
};

/// The number of a policy version, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PolicyVersion(pub u32);

impl std::fmt::Display for PolicyVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "version {}", self.0)
    }
}

/// One version of the promise, in the company's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub version: PolicyVersion,
    pub in_force_from: civil::Date,
    #[serde(flatten)]
    pub clauses: Clauses,
}

/// The text of the promise and of its three exceptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clauses {
    pub promise: Prose,
    pub rights_or_property: Prose,
    pub emergency: Prose,
    pub legal_directive: Prose,
}

impl std::str::FromStr for PolicyVersion {
    type Err = std::num::ParseIntError;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

impl Clauses {
    /// The clause a ground relies on.
    pub fn of(&self, ground: Ground) -> &Prose {
        match ground {
            Ground::RightsOrProperty => &self.rights_or_property,
            Ground::Emergency => &self.emergency,
            Ground::LegalDirective => &self.legal_directive,
        }
    }
}

/// Reads a new version from its form: the day it comes into force, and its clauses.
///
/// # Errors
/// Every fault of the form; a version in force before `after`, the newest one's day, is one.
pub fn parse(
    fields: &Fields,
    after: Option<civil::Date>,
) -> Result<(civil::Date, Clauses), Faults> {
    let mut reader = Reader::new(fields);
    let from = reader.maybe_date("in_force_from");
    match (from, after) {
        // Cases are pinned by the day of receipt: a version put in before the newest would
        // change which clause filed cases rely on.
        (Some(from), Some(after)) if from <= after => reader.blame(
            "in_force_from",
            format!("The newest version is in force from {after}; a new one must come after it."),
        ),
        (None, _) if fields.get("in_force_from").trim().is_empty() => {
            reader.blame(
                "in_force_from",
                "Say from which day this version is in force.",
            );
        }
        _ => {}
    }
    let clauses = (
        reader.prose("promise", "Write the promise itself."),
        reader.prose(
            "rights_or_property",
            "Write the clause for rights or property.",
        ),
        reader.prose("emergency", "Write the clause for emergencies."),
        reader.prose("legal_directive", "Write the clause for legal directives."),
    );
    let made = match (from, clauses) {
        (
            Some(from),
            (Some(promise), Some(rights_or_property), Some(emergency), Some(legal_directive)),
        ) => Some((
            from,
            Clauses {
                promise,
                rights_or_property,
                emergency,
                legal_directive,
            },
        )),
        _ => None,
    };
    reader.done(made)
}

/// The version in force on a day: the newest that had begun. Before the first, the first.
pub fn in_force(policies: &[Policy], on: civil::Date) -> Option<&Policy> {
    policies
        .iter()
        .filter(|policy| policy.in_force_from <= on)
        .max_by_key(|policy| (policy.in_force_from, policy.version))
        .or_else(|| {
            policies
                .iter()
                .min_by_key(|policy| (policy.in_force_from, policy.version))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn version(number: u32, from: civil::Date) -> Policy {
        let text = || Prose::parse("text").unwrap();
        Policy {
            version: PolicyVersion(number),
            in_force_from: from,
            clauses: Clauses {
                promise: text(),
                rights_or_property: text(),
                emergency: text(),
                legal_directive: text(),
            },
        }
    }

    #[test]
    fn a_case_is_judged_by_the_version_of_the_day_it_came_in() {
        let all = [version(1, date(2020, 1, 1)), version(2, date(2026, 1, 1))];
        let on = |day| in_force(&all, day).map(|policy| policy.version.0);
        assert_eq!(on(date(2025, 12, 31)), Some(1));
        assert_eq!(on(date(2026, 1, 1)), Some(2));
        assert_eq!(
            on(date(2019, 1, 1)),
            Some(1),
            "before the first version, the first speaks"
        );
    }

    #[test]
    fn a_new_version_may_not_slip_in_before_the_newest() {
        let fields: Fields = [
            ("in_force_from", "2025-01-01"),
            ("promise", "p"),
            ("rights_or_property", "r"),
            ("emergency", "e"),
            ("legal_directive", "l"),
        ]
        .into_iter()
        .collect();
        assert!(parse(&fields, Some(date(2026, 1, 1))).is_err());
        assert!(parse(&fields, Some(date(2024, 1, 1))).is_ok());
    }
}
