//! The requesters' directory: who the authorities are, by what a member found out independently of
//! any request.
//!
//! # Invariants
//! - **The directory opens no gate.** That an authority stands in it, that a domain is official or
//!   that it was confirmed last month is told beside a case; what counts for the case is its own
//!   verification.
//! - **A number has a source and a day.** One that only a request gave is not kept.
//! - **Merging keeps everything of both** ([`Authority::merge`]); the older id stands and the other
//!   points to it, so a case that was linked to either is found under the one.

mod ask;
mod domain;
mod merge;
mod parse;
mod verified;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    order::Digest,
    request::RequesterKind,
    search::words,
    words::{Line, Prose},
};

pub use ask::{Ask, Card, PAGE, Page};
pub use domain::{Domain, NoDomain};
pub use merge::Unmergeable;
pub use parse::{DOMAINS_MOST, PEOPLE_MOST, PHONES_MOST};
pub use verified::{ACTS_MOST, Act, holds_until};

crate::id! {
    /// Names an authority for good. Ids are made in the order of time, so of two the smaller one is
    /// the older.
    AuthorityId
}
crate::id! {
    /// Names a telephone number of an authority, so that a form can choose it.
    PhoneId
}
crate::id! {
    /// Names a person of an authority.
    PersonId
}

/// A number is looked at again after this; until then its source is taken to hold. Our own rule.
pub const PHONE_STALE_DAYS: i32 = 365;
/// An authority counts as new for this long after it was entered: an impostor has their "agency"
/// entered first. Our own rule.
pub const NEW_DAYS: i32 = 30;

/// An authority, firm or court, as the directory knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    pub id: AuthorityId,
    pub kind: RequesterKind,
    pub name: Line,
    /// Other names it goes by, and those of authorities that were merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Line>,
    pub country: Line,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Line>,
    /// Official ones; what lies below them is official too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Domain>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<Prose>,
    /// Why it is no longer used, where it is not: it was dissolved, say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Line>,
    /// The authority that stands for this one since they were merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<AuthorityId>,
}

/// A telephone number found independently of any request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    pub id: PhoneId,
    pub number: Line,
    /// Whose it is: "duty desk".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line>,
    /// Where it was found.
    pub source: Line,
    /// The day on which somebody last looked there.
    pub checked_on: civil::Date,
}

impl Phone {
    /// Whether nobody looked for too long.
    pub fn is_stale(&self, today: civil::Date) -> bool {
        days(self.checked_on, today) > PHONE_STALE_DAYS
    }
}

/// Somebody who works there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Line>,
}

/// An authority, and since when the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub authority: Authority,
    pub entered_at: Timestamp,
    pub changed_at: Timestamp,
}

impl Known {
    /// Tells one state of an entry from another, for forms that were made from it.
    pub fn seen(&self) -> Digest {
        // It was read from JSON, so it can be written as JSON.
        let body = serde_json::to_vec(&self.authority).unwrap_or_default();
        Digest(Sha256::digest(&body).into())
    }
}

impl Authority {
    /// Whether cases may still be linked to it.
    pub fn stands(&self) -> bool {
        self.retired.is_none() && self.merged_into.is_none()
    }

    /// Whether a domain is one of its own, or lies below one.
    pub fn owns(&self, domain: &Domain) -> bool {
        self.domains.iter().any(|own| domain.is_within(own))
    }

    /// Whether this is one of its names, however it is cased and accented.
    pub fn is_called(&self, name: &str) -> bool {
        let wanted = folded(name);
        std::iter::once(&self.name)
            .chain(&self.also)
            .any(|own| folded(own.as_str()) == wanted)
    }

    /// The words it is found by, once each: names, units, country, domains, people.
    pub fn words(&self) -> Vec<String> {
        let mut text: Vec<&str> = vec![self.name.as_str(), self.country.as_str()];
        text.extend(self.also.iter().chain(&self.units).map(Line::as_str));
        text.extend(self.people.iter().map(|person| person.name.as_str()));
        let shown: Vec<String> = self
            .domains
            .iter()
            .flat_map(|domain| [domain.to_string(), domain.shown()])
            .collect();
        text.extend(shown.iter().map(String::as_str));
        let all: std::collections::BTreeSet<String> = text.into_iter().flat_map(words).collect();
        all.into_iter().collect()
    }
}

/// Words of a text as they are compared: without case, accents and signs.
pub fn folded(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

/// Whole days from one to the other.
pub(crate) fn days(from: civil::Date, to: civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
