//! What a record says it is.

use serde::Serialize;

use casework::dossier::Dossier;

use crate::cms::Signed;
use crate::sentences::hex;

/// What the record tells of itself, for whoever shows the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    pub number: String,
    /// `full` or `redacted`.
    pub edition: &'static str,
    pub organisation: String,
    /// The name of the ledger.
    pub origin: String,
    /// How many entries its checkpoint covers.
    pub size: u64,
    /// The root of its checkpoint, in hexadecimal digits.
    pub root: String,
    pub as_of: String,
    /// The name in the certificate of the seal, where the seal can be read.
    pub sealed_by: Option<String>,
    pub certificate_sha256: Option<String>,
    /// When an authority saw the seal, and which.
    pub timestamp: Option<Timestamp>,
    /// The keys that signed its checkpoint.
    pub keys: Vec<String>,
    /// The witnesses among the keys that are held, which cosigned its checkpoint or an earlier one
    /// that it continues.
    pub cosigned_by: Vec<String>,
    /// Of the whole file.
    pub sha256: String,
}

/// What a timestamp authority told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timestamp {
    pub at: String,
    pub by: String,
    pub certificate_sha256: String,
}

impl About {
    pub(crate) fn of(
        dossier: &Dossier,
        signed: Option<&Signed>,
        cosigned_by: Vec<String>,
        sha256: String,
    ) -> Self {
        let head = dossier.ledger.checkpoint.checkpoint();
        let stamp = signed.and_then(|signed| signed.stamp.as_ref());
        Self {
            number: dossier.case.number().to_string(),
            edition: dossier.edition.code(),
            organisation: dossier.organisation.to_string(),
            origin: dossier.ledger.origin.clone(),
            size: head.size,
            root: hex(&head.root),
            as_of: dossier.as_of.to_string(),
            sealed_by: signed.map(|signed| signed.by.clone()),
            certificate_sha256: signed.map(|signed| hex(&signed.certificate)),
            timestamp: stamp.map(|stamp| Timestamp {
                at: stamp.at.to_string(),
                by: stamp.by.clone(),
                certificate_sha256: hex(&stamp.certificate),
            }),
            keys: dossier
                .ledger
                .keys
                .iter()
                .map(ToString::to_string)
                .collect(),
            cosigned_by,
            sha256,
        }
    }
}
