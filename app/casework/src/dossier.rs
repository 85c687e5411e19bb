//! What a record is made from: the case, and all that proves it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, Event},
    ledger::{
        Entry, Evidence,
        evidence::{Sealed, Unsound},
        sealed::Place,
    },
    policy::Policy,
    words::Line,
};

crate::choice! {
    /// Who a record is for.
    Edition {
        Full = "full", "Full edition";
        /// For release outside: chosen texts are left out, and only their salted hashes stay.
        Redacted = "redacted", "Redacted edition";
    }
}

/// Names the format of `case.json`, so that a later one cannot be taken for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    #[default]
    #[serde(rename = "disclosure-desk/record/v2")]
    V2,
}

/// A case with all that happened to it, and all that proves it.
///
/// It serialises to `case.json`, the file that travels inside the record: what the pages say is
/// derived from it, and it keeps every character that no face could draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    pub format: Format,
    pub edition: Edition,
    pub organisation: Line,
    /// When the last leaf under the checkpoint was sealed: what the record tells, it tells as of
    /// then, whenever it is printed.
    pub as_of: Timestamp,
    /// What the entries amount to.
    pub case: Case,
    /// The version of the promise that the case is judged by, once it is filed.
    pub policy: Option<Policy>,
    /// The texts that are left out.
    pub masked: BTreeSet<Place>,
    pub ledger: Evidence,
}

impl Dossier {
    /// The dossier that the evidence amounts to. Nothing in it comes from elsewhere, so what is
    /// masked in the evidence is nowhere.
    ///
    /// # Errors
    /// Where the evidence does not hold.
    pub fn of(organisation: Line, as_of: Timestamp, ledger: Evidence) -> Result<Self, Unsound> {
        let mut masked = BTreeSet::new();
        let mut case: Option<Case> = None;
        for sealed in &ledger.entries {
            let opened = sealed.open()?.opened;
            masked.extend(opened.masked);
            if let Entry::Step { event } = opened.entry {
                let before = case.unwrap_or_else(|| Case::new(event.case, event.number));
                case = Some(before.after(&event));
            }
        }
        let policy = ledger.policy.as_ref().map(Sealed::open).transpose()?;
        Ok(Self {
            format: Format::V2,
            edition: if masked.is_empty() {
                Edition::Full
            } else {
                Edition::Redacted
            },
            organisation,
            as_of,
            case: case.ok_or(Unsound::NoLeaf)?,
            policy: policy.and_then(|sound| match sound.opened.entry {
                Entry::PolicyPublished { policy } => Some(policy),
                _ => None,
            }),
            masked,
            ledger,
        })
    }

    /// The steps of the case, in the order they were taken.
    ///
    /// # Errors
    /// Where the evidence does not hold.
    pub fn events(&self) -> Result<Vec<Event>, Unsound> {
        let mut events = Vec::new();
        for sealed in &self.ledger.entries {
            if let Entry::Step { event } = sealed.open()?.opened.entry {
                events.push(event);
            }
        }
        Ok(events)
    }

    /// Only a case that has ended gives a record that is not a draft.
    pub fn is_draft(&self) -> bool {
        !self.case.stage().is_end()
    }

    /// The same with these texts left out.
    ///
    /// # Errors
    /// Where the evidence does not hold.
    pub fn redacted(&self, mask: &BTreeSet<Place>) -> Result<Self, Unsound> {
        let mut ledger = self.ledger.clone();
        for sealed in &mut ledger.entries {
            let texts = sealed.open()?.opened.texts;
            sealed.openings = texts
                .into_iter()
                .filter(|(place, _)| !mask.contains(place))
                .map(|(_, opening)| opening)
                .collect();
        }
        Self::of(self.organisation.clone(), self.as_of, ledger)
    }

    /// The bytes of `case.json`. Keys keep their order, so equal dossiers give equal bytes.
    ///
    /// # Errors
    /// None that the types of a dossier can bring about; a map keyed by other than strings would.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}
