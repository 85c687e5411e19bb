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
    #[error("what stands for a text is spelled otherwise")]
    Odd,
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
    let told = Told::by(&value);
    let mut openings = Vec::new();
    walk(&mut value, &mut Vec::new(), &mut |path, text| {
        if let Value::String(value) = text
            && !value.is_empty()
            && told.place(path).is_some()
        {
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
    /// The places of texts that stand in the payload as they are: entries from before texts were
    /// sealed one by one. Nothing of such an entry can be left out.
    pub plain: BTreeSet<Place>,
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
        let told = Told::by(&value);
        let mut used = BTreeSet::new();
        let (mut opened, mut hidden, mut odd) = (Vec::new(), BTreeMap::new(), false);
        let mut plain = BTreeSet::new();
        walk(&mut value, &mut Vec::new(), &mut |path, text| {
            let Value::Object(sealed) = &*text else {
                if text.as_str().is_some_and(|text| !text.is_empty()) {
                    plain.extend(told.place(path));
                }
                return;
            };
            let Some((text_digest, digest)) = sealed_as(sealed) else {
                odd = true;
                return;
            };
            let place = told.place(path).unwrap_or_else(|| path.join("/"));
            if let Some(opening) = by_digest.get(text_digest) {
                used.insert(text_digest.to_owned());
                opened.push((place, (*opening).clone()));
                *text = opening.value.clone().into();
            } else {
                hidden.insert(place, digest);
                *text = MASK.into();
            }
        });
        if odd {
            return Err(Unopened::Odd);
        }
        if let Some((_, stray)) = by_digest.iter().find(|(digest, _)| !used.contains(*digest)) {
            return Err(Unopened::Unfitting(stray.value.clone()));
        }
        Ok(Self {
            entry: serde_json::from_value(value).map_err(no_entry)?,
            texts: opened,
            masked: hidden.keys().cloned().collect(),
            hidden,
            plain,
        })
    }
}

/// The key of an object that stands for a text.
const SEALED: &str = "sealed";

/// The hash that such an object holds, as text and as bytes; `None` for any other spelling.
fn sealed_as(map: &Map<String, Value>) -> Option<(&str, Digest)> {
    let text = map.get(SEALED)?.as_str().filter(|_| map.len() == 1)?;
    let digest = Digest::parse(text).ok()?;
    (digest.to_string() == text).then_some((text, digest))
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
    "served_at",
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
    "owner",
    "kept_in",
    "reference",
    "basis",
    "to",
    "by",
];

/// Visits every text and every object that stands for one, with the keys that lead to it.
fn walk(value: &mut Value, path: &mut Vec<String>, visit: &mut impl FnMut(&[String], &mut Value)) {
    match value {
        Value::String(_) => visit(path, value),
        Value::Object(map) if map.contains_key(SEALED) => visit(path, value),
        Value::Object(map) => {
            for (key, value) in map {
                path.push(key.clone());
                walk(value, path, visit);
                path.pop();
            }
        }
        Value::Array(all) => {
            for (row, value) in all.iter_mut().enumerate() {
                path.push(row.to_string());
                walk(value, path, visit);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What an entry tells of itself that names its texts.
struct Told {
    version: u64,
    by: String,
    refused: Option<String>,
}

impl Told {
    fn by(entry: &Value) -> Self {
        let event = &entry["event"];
        Self {
            version: event["version"].as_u64().unwrap_or(0),
            by: event["by"]["id"].as_str().unwrap_or("").to_owned(),
            refused: entry["step"].as_str().map(str::to_owned),
        }
    }

    /// The place of a text; `None` for what the rules read.
    fn place(&self, path: &[String]) -> Option<Place> {
        let version = self.version;
        match path
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice()
        {
            ["event", "by", "name"] => Some(format!("by/{}", self.by)),
            ["event", "step", "fields", name, row] => TEXT_FIELDS
                .contains(name)
                .then(|| format!("fields/{name}/{row}")),
            ["event", "step", "answers", key] => text_questions()
                .any(|known| known == *key)
                .then(|| format!("answers/{key}")),
            // What an attached message says of its way. No other step has such a part.
            ["event", "step", "mail", key] => Some(format!("v{version}/mail/{key}")),
            ["event", "step", "refused", category, "reasons"] => {
                Some(format!("v{version}/refused/{category}"))
            }
            ["event", "step", "deleted", key @ ("by" | "what")] => {
                Some(format!("v{version}/deleted/{key}"))
            }
            ["event", "step", key] => STEP_TEXTS
                .contains(key)
                .then(|| format!("v{version}/{key}")),
            // A refused attempt: the sentence may name a member.
            ["says"] => self.refused.as_ref().map(|step| format!("refused/{step}")),
            _ => None,
        }
    }
}
