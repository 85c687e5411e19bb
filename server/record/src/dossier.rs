//! What a record is made from.

use casework::case::{Case, Event};
use casework::order::Digest;
use casework::policy::Policy;
use casework::words::Line;
use jiff::Timestamp;
use serde::Serialize;

/// A case with all that happened to it, and where the ledger stood when it was printed.
///
/// It serialises to `case.json`, the file that travels inside the record: what the pages say is
/// derived from it, and it keeps every character that no face could draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    pub organisation: Line,
    pub case: Case,
    /// In the order they happened.
    pub events: Vec<Event>,
    /// The version of the promise that the case is judged by, once it is filed.
    pub policy: Option<Policy>,
    pub checkpoint: Checkpoint,
    pub printed_at: Timestamp,
    pub printed_by: Line,
}

/// Where the ledger stood: how many leaves, under which root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Checkpoint {
    pub size: u64,
    pub root: Digest,
}

impl Dossier {
    /// Only a case that has ended gives a record that is not a draft.
    pub fn is_draft(&self) -> bool {
        !self.case.stage().is_end()
    }

    /// The bytes of `case.json`. Keys keep their order, so equal dossiers give equal bytes.
    ///
    /// # Errors
    /// None that the types of a dossier can bring about; a map keyed by other than strings would.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        struct Versioned<'d> {
            format: &'static str,
            #[serde(flatten)]
            dossier: &'d Dossier,
        }
        let mut json = serde_json::to_vec_pretty(&Versioned {
            format: "disclosure-desk/record/v1",
            dossier: self,
        })?;
        json.push(b'\n');
        Ok(json)
    }
}
