//! The list of authorities: what can be asked of it, and what a row tells.

use super::{Authority, AuthorityId};
use crate::{form::Fields, request::RequesterKind, words::Line};

/// Rows on one page of the list.
pub const PAGE: u64 = 50;

/// What is asked of the list; everything left out does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Name, country, domain, unit or person, as typed.
    pub text: String,
    /// Where the page before ended, as [`Page::next`] gave it.
    pub after: Option<String>,
}

impl Ask {
    /// Reads an address's query.
    pub fn parse(query: &Fields) -> Self {
        let text: String = query.get("q").chars().take(200).collect();
        Self {
            text: text.trim().to_owned(),
            after: Some(query.get("after").to_owned()).filter(|after| !after.is_empty()),
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub id: AuthorityId,
    pub kind: RequesterKind,
    pub name: Line,
    pub country: Line,
    /// As a reader sees them.
    pub domains: Vec<String>,
    pub phones: usize,
    pub retired: bool,
}

impl Card {
    /// The row of an authority.
    pub fn of(authority: &Authority) -> Self {
        Self {
            id: authority.id,
            kind: authority.kind,
            name: authority.name.clone(),
            country: authority.country.clone(),
            domains: authority.domains.iter().map(super::Domain::shown).collect(),
            phones: authority.phones.len(),
            retired: authority.retired.is_some(),
        }
    }
}

/// A page of the list, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub cards: Vec<Card>,
    /// What to ask `after` for the page that follows; none on the last.
    pub next: Option<String>,
    /// The search found more than it looks at.
    pub cut: bool,
}
