//! The verdict, and each check in words.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::About;

/// What came of it, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not a record, or nothing that can be judged as one.
    Unreadable,
    /// Something is not as it was sealed.
    Altered,
    /// The ledger showed another history to whoever kept a checkpoint.
    Diverged,
    /// Sealed and signed, but not what the rules of the desk allow.
    RulesBroken,
    /// A checkpoint that is kept is newer, and nothing connects the two.
    Older,
    /// A checkpoint that is kept is earlier, and nothing connects the two.
    NotConnected,
    /// It holds in itself, and nobody who is known vouches for it.
    SignatureUnknown,
    /// Everything holds.
    Intact,
}

impl Verdict {
    /// What a command ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Intact => 0,
            Self::Altered => 1,
            Self::Unreadable => 2,
            Self::SignatureUnknown => 3,
            Self::Older => 4,
            Self::Diverged => 5,
            Self::RulesBroken => 6,
            Self::NotConnected => 7,
        }
    }

    /// Its name, for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Altered => "altered",
            Self::Unreadable => "unreadable",
            Self::SignatureUnknown => "signature-unknown",
            Self::Older => "older",
            Self::Diverged => "diverged",
            Self::RulesBroken => "rules-broken",
            Self::NotConnected => "not-connected",
        }
    }

    /// Its sentence, which the first check that fails goes on to explain.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Intact => {
                "This record is intact: it is, byte for byte, what was sealed, and every step in it keeps the rules."
            }
            Self::Altered => "This record was altered.",
            Self::Unreadable => "This is not a record that can be judged.",
            Self::SignatureUnknown => {
                "This record holds in itself, but nobody you know vouches for it."
            }
            Self::Older => "This record is older than a checkpoint you hold.",
            Self::Diverged => {
                "The ledger this record comes from shows you another history than it showed before."
            }
            Self::RulesBroken => "This record tells a step that the rules of the desk refuse.",
            Self::NotConnected => "Nothing connects this record with a checkpoint you hold.",
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its name, for programs.
    pub check: &'static str,
    /// `None` where there was nothing to check, or nothing to check it by.
    pub holds: Option<bool>,
    /// What was found, for people.
    pub says: String,
}

/// Everything that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub verdict: Verdict,
    /// The verdict in a sentence or two.
    pub says: String,
    /// In the order they were made.
    pub checks: Vec<Check>,
    /// What the record is, where its data can be read. It is worth what the verdict is.
    pub record: Option<About>,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 5)?;
        report.serialize_field("verdict", &self.verdict)?;
        report.serialize_field("code", &self.verdict.code())?;
        report.serialize_field("says", &self.says)?;
        report.serialize_field("checks", &self.checks)?;
        report.serialize_field("record", &self.record)?;
        report.end()
    }
}

/// The check of texts that are shown beside a record.
pub(crate) const UNMASKING: &str = "unmasking";

/// Checks as they are made.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    checks: Vec<Check>,
    failed: Vec<(Verdict, usize)>,
}

impl Findings {
    fn push(&mut self, check: &'static str, holds: Option<bool>, says: String) {
        self.checks.push(Check { check, holds, says });
    }

    pub fn holds(&mut self, check: &'static str, says: impl Into<String>) {
        self.push(check, Some(true), says.into());
    }

    /// Nothing to check, or nothing to check it by.
    pub fn silent(&mut self, check: &'static str, says: impl Into<String>) {
        self.push(check, None, says.into());
    }

    pub fn fails(&mut self, check: &'static str, verdict: Verdict, says: impl Into<String>) {
        self.failed.push((verdict, self.checks.len()));
        self.push(check, Some(false), says.into());
    }

    /// It cannot be said, and that decides what can be said of the whole.
    pub fn leaves_open(&mut self, check: &'static str, verdict: Verdict, says: impl Into<String>) {
        self.failed.push((verdict, self.checks.len()));
        self.push(check, None, says.into());
    }

    /// The worst so far.
    pub fn verdict(&self) -> Verdict {
        self.failed
            .iter()
            .map(|(verdict, _)| *verdict)
            .min()
            .unwrap_or(Verdict::Intact)
    }

    /// Whether anything found so far means this.
    pub fn found(&self, verdict: Verdict) -> bool {
        self.count(verdict) > 0
    }

    /// How many findings mean this.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.failed
            .iter()
            .filter(|(one, _)| *one == verdict)
            .count()
    }

    pub fn report(self, record: Option<About>) -> Report {
        let verdict = self.verdict();
        let first = self
            .failed
            .iter()
            .find(|(one, _)| *one == verdict)
            .and_then(|(_, place)| self.checks.get(*place));
        Report {
            verdict,
            says: first.map_or_else(
                || verdict.says().to_owned(),
                |check| match check.check {
                    // The record is not to blame for what is shown beside it.
                    UNMASKING => check.says.clone(),
                    _ => format!("{} {}", verdict.says(), check.says),
                },
            ),
            checks: self.checks,
            record,
        }
    }
}
