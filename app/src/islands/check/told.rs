//! The checker's answer, as the page shows it. The crate `verifier` says what each part means; it
//! is not named here, so that the islands' WASM carries none of it.

use serde::Deserialize;

/// A report.
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    /// `intact`, `altered`, …
    pub verdict: String,
    pub says: String,
    pub checks: Vec<Check>,
    pub record: Option<About>,
}

/// One thing that was checked.
#[derive(Clone, Debug, Deserialize)]
pub struct Check {
    /// None where there was nothing to check it by.
    pub holds: Option<bool>,
    pub says: String,
}

/// What the record says it is.
#[derive(Clone, Debug, Deserialize)]
pub struct About {
    pub number: String,
    pub edition: String,
    pub organisation: String,
    pub origin: String,
    pub size: u64,
    pub root: String,
    pub as_of: String,
    pub sealed_by: Option<String>,
    pub certificate_sha256: Option<String>,
    pub timestamp: Option<Stamp>,
    pub keys: Vec<String>,
    pub cosigned_by: Vec<String>,
    pub sha256: String,
}

/// What a timestamp authority told.
#[derive(Clone, Debug, Deserialize)]
pub struct Stamp {
    pub at: String,
    pub by: String,
}

impl Told {
    /// The verdict in a word, and how it is to be taken.
    pub fn word(&self) -> (&'static str, &'static str) {
        match self.verdict.as_str() {
            "intact" => ("Intact", "good"),
            "altered" => ("Altered", "bad"),
            "diverged" => ("Diverged", "bad"),
            "rules-broken" => ("Rules broken", "bad"),
            "older" => ("Older", "open"),
            "not-connected" => ("Not connected", "open"),
            "signature-unknown" => ("Signature unknown", "open"),
            _ => ("Unreadable", "bad"),
        }
    }

    /// The first sentence, and what explains it.
    pub fn sentences(&self) -> (String, Option<String>) {
        match self.says.split_once(". ") {
            Some((first, rest)) => (format!("{first}."), Some(rest.to_owned())),
            None => (self.says.clone(), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use verifier::{Check, Report, Verdict};

    use super::*;

    fn answered(report: &Report) -> Told {
        serde_json::from_str(&serde_json::to_string(report).unwrap()).unwrap()
    }

    #[test]
    fn whatever_the_verifier_answers_is_read() {
        let record = verifier::About {
            number: "DD-2026-00042".into(),
            edition: "redacted",
            organisation: "Example Ltd".into(),
            origin: "disclosure-desk/3f9c2ab1".into(),
            size: 7,
            root: "00".into(),
            as_of: "2026-11-23T18:02:01Z".into(),
            sealed_by: None,
            certificate_sha256: None,
            timestamp: None,
            keys: vec!["a key".into()],
            cosigned_by: Vec::new(),
            sha256: "00".into(),
        };
        let told = answered(&Report {
            verdict: Verdict::Altered,
            says: "This record was altered. The seal does not fit.".into(),
            checks: vec![Check {
                check: "seal",
                holds: Some(false),
                says: "The seal does not fit.".into(),
            }],
            record: Some(record),
        });
        assert_eq!(told.word(), ("Altered", "bad"));
        assert_eq!(
            told.sentences(),
            (
                "This record was altered.".into(),
                Some("The seal does not fit.".into())
            )
        );
        assert_eq!(told.checks[0].holds, Some(false));
        assert_eq!(told.record.unwrap().edition, "redacted");
    }

    #[test]
    fn what_is_no_record_is_told_too() {
        let report = verifier::verify(b"a letter", &verifier::Held::default());
        assert_eq!(answered(&report).word().0, "Unreadable");
    }
}
