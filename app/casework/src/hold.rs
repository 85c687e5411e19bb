//! Keeping data from deletion: a hold given to a named owner, its renewals, its conversion when
//! the production order comes, and its release with proof of deletion.
//! Source: domain, sections 3 to 5; 18 USC 2703(f); Regulation (EU) 2023/1543, Article 11.

use jiff::{Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseNumber,
    form::{Faults, Fields, Reader},
    words::{Line, Prose, Reasons},
};

/// Data is kept from deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Who keeps it: a person by name, who answers for it.
    pub owner: Line,
    /// What is kept.
    pub what: Prose,
    /// The system or place where it lies.
    pub kept_in: Line,
}

impl Hold {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let owner = reader.line("owner", "Name the person who keeps it and answers for it.");
        let what = reader.prose(
            "what",
            "Say what is kept: which data, of whom, of which days.",
        );
        let kept_in = reader.line("kept_in", "Say where it lies: the system or the place.");
        let made = (|| {
            Some(Self {
                owner: owner?,
                what: what?,
                kept_in: kept_in?,
            })
        })();
        reader.done(made)
    }
}

crate::choice! {
    /// What is renewed.
    Renews {
        Hold = "hold", "The preservation";
        Gag = "gag", "The nondisclosure order";
    }
}

/// A hold or a nondisclosure order is prolonged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    pub of: Renews,
    /// The form, letter or order that renews it.
    pub reference: Line,
    /// The new last day; a preservation's follows from the tables and is not told here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<civil::Date>,
}

impl Renewal {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let of = reader.choice("of", "Say what is renewed.");
        let reference = reader.line(
            "reference",
            "Name the form, letter or order that renews it.",
        );
        let until = reader.maybe_date("until");
        if of == Some(Renews::Gag) && fields.get("until").trim().is_empty() {
            reader.blame("until", "Give the new last day of the nondisclosure order.");
        }
        let made = of.zip(reference).map(|(of, reference)| Self {
            of,
            reference,
            until: until.filter(|_| of == Renews::Gag),
        });
        reader.done(made)
    }
}

/// The production order came: the data is kept as long as that case needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    pub production: CaseNumber,
}

impl Conversion {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let raw = fields.get("production").trim().to_ascii_uppercase();
        let production = CaseNumber::try_from(raw).ok();
        if production.is_none() {
            reader.blame(
                "production",
                "Give the number of the case that asks for production, as in DD-2026-00042.",
            );
        }
        reader.done(production.map(|production| Self { production }))
    }
}

/// Proof that what was kept is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// Who deleted it.
    pub by: Line,
    pub at: ZonedDateTime,
    /// What was deleted, and where that is logged.
    pub what: Prose,
}

/// The hold ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldRelease {
    pub reasons: Reasons,
    /// None only where the data is kept on for the production that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Deletion>,
}

impl HoldRelease {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, now: Timestamp) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let reasons = reader.prose("reasons", "Say why the hold ends.");
        let any = ["deleted_by", "deleted_what", "deleted_at"]
            .iter()
            .any(|field| !fields.get(field).trim().is_empty());
        let deleted = if any {
            let by = reader.line("deleted_by", "Name who deleted it.");
            let at = reader.moment("deleted_at", "zone", "Say when it was deleted.");
            if at.as_ref().is_some_and(|at| at.timestamp() > now) {
                reader.blame("deleted_at", "This lies in the future.");
            }
            let what = reader.prose(
                "deleted_what",
                "Say what was deleted, and where that is logged.",
            );
            (|| {
                Some(Deletion {
                    by: by?,
                    at: at?,
                    what: what?,
                })
            })()
        } else {
            None
        };
        reader.done(reasons.map(|reasons| Self { reasons, deleted }))
    }
}
