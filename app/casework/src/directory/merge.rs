//! Two entries of one authority become one.
//!
//! The law: everything of both is kept and nothing stands twice; the older id stands and the other
//! points to it. Of what can only be one (name, kind, country) the older entry's stands; the other
//! name is kept as another name, and the entry that was merged keeps its own page as it was. In
//! whatever order several are merged, the same comes out.

use std::collections::BTreeMap;

use super::{Authority, AuthorityId, Person, Phone, folded, parse};
use crate::{
    phone,
    request::RequesterKind,
    words::{Line, Prose},
};

/// Why two entries cannot become one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmergeable {
    #[error("An entry cannot be merged with itself.")]
    Same,
    #[error("{0} was merged already; merge the entry that stands for it.")]
    MergedBefore(Line),
    #[error("Together they would have more {0} than fit; remove some first.")]
    TooMuch(&'static str),
}

impl Authority {
    /// Both as one: the entry that stands from now on, under the older of the two ids.
    ///
    /// # Errors
    /// [`Unmergeable`], a sentence for who wanted it.
    pub fn merge(&self, other: &Self) -> Result<Self, Unmergeable> {
        if self.id == other.id {
            return Err(Unmergeable::Same);
        }
        if let Some(before) = [self, other].iter().find(|one| one.merged_into.is_some()) {
            return Err(Unmergeable::MergedBefore(before.name.clone()));
        }
        let (older, younger) = if self.id < other.id {
            (self, other)
        } else {
            (other, self)
        };
        let merged = Self {
            id: older.id,
            kind: older.kind,
            name: older.name.clone(),
            also: names(older, younger),
            country: older.country.clone(),
            units: lines(older.units.iter().chain(&younger.units)),
            domains: {
                let mut all: Vec<_> = older
                    .domains
                    .iter()
                    .chain(&younger.domains)
                    .cloned()
                    .collect();
                all.sort();
                all.dedup();
                all
            },
            phones: phones(older.phones.iter().chain(&younger.phones)),
            people: people(older.people.iter().chain(&younger.people)),
            remarks: remarks(older, younger)?,
            // What one of them still is, both are.
            retired: older.retired.clone().filter(|_| younger.retired.is_some()),
            merged_into: None,
        };
        parse::fits(&merged).map_err(Unmergeable::TooMuch)?;
        Ok(merged)
    }

    /// What is left of an entry that another one stands for.
    #[must_use]
    pub fn pointing_to(mut self, stands: AuthorityId) -> Self {
        self.merged_into = Some(stands);
        self
    }

    /// What the older entry has and the younger one tells otherwise: it is not taken over.
    pub fn not_taken_over(&self, other: &Self) -> Vec<(&'static str, String)> {
        let (older, younger) = if self.id < other.id {
            (self, other)
        } else {
            (other, self)
        };
        let kind = (older.kind != younger.kind)
            .then(|| ("Kind", RequesterKind::word(younger.kind).to_owned()));
        let country = (folded(older.country.as_str()) != folded(younger.country.as_str()))
            .then(|| ("Country", younger.country.to_string()));
        kind.into_iter().chain(country).collect()
    }
}

fn names(older: &Authority, younger: &Authority) -> Vec<Line> {
    let all = older
        .also
        .iter()
        .chain(&younger.also)
        .chain(std::iter::once(&younger.name));
    let own = folded(older.name.as_str());
    lines(all.filter(|name| folded(name.as_str()) != own))
}

/// Each line once, however it is cased; of two spellings, the first by its letters.
fn lines<'a>(all: impl Iterator<Item = &'a Line>) -> Vec<Line> {
    let mut by_fold: BTreeMap<String, &Line> = BTreeMap::new();
    for line in all {
        let stands = by_fold.entry(key(line.as_str())).or_insert(line);
        *stands = (*stands).min(line);
    }
    by_fold.into_values().cloned().collect()
}

/// What makes two texts one. A text without a letter or digit is only ever itself.
fn key(text: &str) -> String {
    let folded = folded(text);
    if folded.is_empty() {
        text.to_owned()
    } else {
        folded
    }
}

/// A number with its label and its source stands once; it was checked on the later of two days.
fn phones<'a>(all: impl Iterator<Item = &'a Phone>) -> Vec<Phone> {
    let mut by_key: BTreeMap<_, Phone> = BTreeMap::new();
    for one in all {
        let maybe = |line: &Option<Line>| line.as_ref().map(|line| key(line.as_str()));
        let number = phone::plain(one.number.as_str()).unwrap_or_else(|| one.number.to_string());
        let key = (number, maybe(&one.label), key(one.source.as_str()));
        match by_key.get_mut(&key) {
            None => {
                by_key.insert(key, one.clone());
            }
            Some(stands) => {
                let checked_on = stands.checked_on.max(one.checked_on);
                if one.id < stands.id {
                    *stands = one.clone();
                }
                stands.checked_on = checked_on;
            }
        }
    }
    let mut all: Vec<_> = by_key.into_values().collect();
    all.sort_by_key(|phone| phone.id);
    all
}

fn people<'a>(all: impl Iterator<Item = &'a Person>) -> Vec<Person> {
    let mut by_key: BTreeMap<_, &Person> = BTreeMap::new();
    for one in all {
        let Person {
            id: _,
            name,
            title,
            badge,
            email,
            phone,
            unit,
        } = one;
        let rest: Vec<Option<String>> = [title, badge, email, phone, unit]
            .into_iter()
            .map(|line| line.as_ref().map(|line| key(line.as_str())))
            .collect();
        let stands = by_key.entry((key(name.as_str()), rest)).or_insert(one);
        if one.id < stands.id {
            *stands = one;
        }
    }
    let mut all: Vec<_> = by_key.into_values().cloned().collect();
    all.sort_by_key(|person| person.id);
    all
}

/// Every paragraph of both, once.
fn remarks(older: &Authority, younger: &Authority) -> Result<Option<Prose>, Unmergeable> {
    let mut all: Vec<&str> = Vec::new();
    for remarks in [&older.remarks, &younger.remarks].into_iter().flatten() {
        for paragraph in remarks.as_str().split("\n\n").map(str::trim) {
            if !paragraph.is_empty() && !all.contains(&paragraph) {
                all.push(paragraph);
            }
        }
    }
    if all.is_empty() {
        return Ok(None);
    }
    Prose::parse(&all.join("\n\n"))
        .map(Some)
        .map_err(|_| Unmergeable::TooMuch("remarks"))
}
