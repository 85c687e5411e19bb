//! Payloads in which each text is sealed by itself.
//!
//! A text that a person typed does not stand in the payload: its salted hash does, and the
//! opening (salt and text) lies beside it. So one text can be left out of an edition of a record
//! while the payload, the leaf and the proof still fit, and can be shown later and fit again.
//! What the rules read (kinds, ids, categories, times) is never sealed: a masked history replays.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::Sha256;

use super::{Entry, coded};
use crate::{gate::questions::text_questions, order::Digest};

/// What stands where a text is left out.
pub const MASK: &str = "\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}";

/// Whether a text is the mask.
pub fn is_mask(text: &str) -> bool {
    text == MASK
}

/// The salt of one text: 16 random bytes.
pub type TextSalt = [u8; 16];

/// A text and the salt that it was sealed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    #[serde(with = "coded")]
    pub salt: TextSalt,
    pub value: String,
}

impl Opening {
    /// What stands in the payload instead of the text: HMAC-SHA256 keyed by the salt.
    pub fn digest(&self) -> Digest {
        let mut mac = <Hmac<Sha256>>::new_from_slice(&self.salt)
            .unwrap_or_else(|_| unreachable!("an HMAC takes a key of any length"));
        mac.update(self.value.as_bytes());
        Digest(mac.finalize().into_bytes().into())
    }
}

/// Why a payload does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    #[error("the payload is not an entry: {0}")]
    NoEntry(String),
    /// The text itself is not told: what is wrong may be logged.
    #[error("a text does not fit what was sealed")]
    Unfitting(String),
    #[error("a text is missing")]
    Missing,
}

/// Names a text of a case, the same in every entry that tells it again: `fields/person/0`,
/// `answers/judge`, `by/<member>`, `v7/reasons`.
pub type Place = String;

/// An entry as it is sealed: the payload's bytes, and an opening for each text in it.
///
/// # Errors
/// None that the types of an entry can bring about; a map keyed by other than strings would.
pub fn seal(
    entry: &Entry,
    mut salt: impl FnMut() -> TextSalt,
) -> Result<(Vec<u8>, Vec<Opening>), serde_json::Error> {
    let mut value = serde_json::to_value(entry)?;
    let mut openings = Vec::new();
    texts(&mut value, &mut |_, text| {
        if let Value::String(value) = text {
            let opening = Opening {
                salt: salt(),
                value: std::mem::take(value),
            };
            let mut sealed = Map::new();
            sealed.insert(SEALED.into(), opening.digest().to_string().into());
            *text = Value::Object(sealed);
            openings.push(opening);
        }
    });
    Ok((serde_json::to_vec(&value)?, openings))
}

/// The entry that a payload tells, whole.
///
/// # Errors
/// Where an opening is missing or does not fit.
pub fn open(payload: &[u8], openings: &[Opening]) -> Result<Entry, Unopened> {
    let opened = Opened::of(payload, openings)?;
    if opened.masked.is_empty() {
        Ok(opened.entry)
    } else {
        Err(Unopened::Missing)
    }
}

/// A payload with what could be opened of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub entry: Entry,
    /// Every text that was opened, by its place.
    pub texts: Vec<(Place, Opening)>,
    /// The places of the texts that were not: they read as [`MASK`].
    pub masked: BTreeSet<Place>,
    /// The hashes of those texts, which a later unmasking has to fit.
    pub hidden: BTreeMap<Place, Digest>,
}

impl Opened {
    /// Opens what the openings fit.
    ///
    /// # Errors
    /// Where one fits nothing, or what results is no entry.
    pub fn of(payload: &[u8], openings: &[Opening]) -> Result<Self, Unopened> {
        let no_entry = |fault: serde_json::Error| Unopened::NoEntry(fault.to_string());
        let mut value: Value = serde_json::from_slice(payload).map_err(no_entry)?;
        let by_digest: BTreeMap<String, &Opening> = openings
            .iter()
            .map(|opening| (opening.digest().to_string(), opening))
            .collect();
        let mut used = BTreeSet::new();
        let (mut opened, mut hidden) = (Vec::new(), BTreeMap::new());
        texts(&mut value, &mut |place, text| {
            let Some(digest) = sealed_as(text).map(str::to_owned) else {
                return;
            };
            if let Some(opening) = by_digest.get(&digest) {
                *text = opening.value.clone().into();
                opened.push((place, (*opening).clone()));
                used.insert(digest);
            } else {
                if let Ok(digest) = Digest::parse(&digest) {
                    hidden.insert(place, digest);
                }
                *text = MASK.into();
            }
        });
        if let Some((_, stray)) = by_digest.iter().find(|(digest, _)| !used.contains(*digest)) {
            return Err(Unopened::Unfitting(stray.value.clone()));
        }
        Ok(Self {
            entry: serde_json::from_value(value).map_err(no_entry)?,
            texts: opened,
            masked: hidden.keys().cloned().collect(),
            hidden,
        })
    }
}

/// The key of an object that stands for a text.
const SEALED: &str = "sealed";

fn sealed_as(value: &Value) -> Option<&str> {
    match value {
        Value::Object(map) if map.len() == 1 => map.get(SEALED)?.as_str(),
        _ => None,
    }
}

/// The fields of the request's form that hold a person's own words; the others are chosen,
/// counted or dated, and the rules read them.
const TEXT_FIELDS: &[&str] = &[
    "authority",
    "unit",
    "country",
    "person",
    "title",
    "badge",
    "email",
    "phone",
    "reference",
    "served_entity",
    "asks",
    "identifier_value",
    "legal_basis",
    "confidential_basis",
    "deliver_to",
    "language",
];

/// The texts of a step beside its form and its answers.
const STEP_TEXTS: &[&str] = &[
    "name",
    "reasons",
    "contact",
    "source",
    "answered_by",
    "remarks",
    "needs",
    "recipient",
    "what",
    "words",
];

/// Visits every place of a payload that holds a text, sealed or not. Blank ones are passed over.
fn texts(entry: &mut Value, visit: &mut impl FnMut(Place, &mut Value)) {
    let mut visit = |place: String, value: &mut Value| {
        let sealed = sealed_as(value).is_some();
        if sealed || value.as_str().is_some_and(|text| !text.is_empty()) {
            visit(place, value);
        }
    };
    // A refused attempt: the sentence may name a member.
    let step = entry.get("step").and_then(Value::as_str).map(str::to_owned);
    if let (Some(step), Some(says)) = (step, entry.get_mut("says")) {
        visit(format!("refused/{step}"), says);
    }
    let Some(event) = entry.get_mut("event") else {
        return;
    };
    let version = event.get("version").and_then(Value::as_u64).unwrap_or(0);
    if let Some(by) = event.get_mut("by") {
        let id = by
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned();
        if let Some(name) = by.get_mut("name") {
            visit(format!("by/{id}"), name);
        }
    }
    let Some(step) = event.get_mut("step").and_then(Value::as_object_mut) else {
        return;
    };
    for (key, value) in step.iter_mut() {
        match (key.as_str(), value) {
            ("fields", Value::Object(fields)) => {
                for (name, values) in fields {
                    let text = TEXT_FIELDS.contains(&name.as_str());
                    for (row, value) in values.as_array_mut().into_iter().flatten().enumerate() {
                        if text || sealed_as(value).is_some() {
                            visit(format!("fields/{name}/{row}"), value);
                        }
                    }
                }
            }
            ("answers", Value::Object(answers)) => {
                for (name, value) in answers {
                    if sealed_as(value).is_some() || text_questions().any(|key| key == name) {
                        visit(format!("answers/{name}"), value);
                    }
                }
            }
            ("refused", Value::Object(refused)) => {
                for (category, refused) in refused {
                    if let Some(reasons) = refused.get_mut("reasons") {
                        visit(format!("v{version}/refused/{category}"), reasons);
                    }
                }
            }
            (key, value) if STEP_TEXTS.contains(&key) || sealed_as(value).is_some() => {
                visit(format!("v{version}/{key}"), value);
            }
            _ => {}
        }
    }
}
