//! Telling the subject, and what forbids it: nondisclosure orders, notices, objections.
//! Source: domain, sections 1, 4 and 5; 18 USC 2705.

use jiff::{Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::{
    disclosure::NoticeOutcome,
    form::{Faults, Fields, Reader},
    words::{Line, Prose, Reasons},
};

/// A nondisclosure order: a basis, a start and an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gag {
    /// The provision or order it rests on.
    pub basis: Line,
    pub from: civil::Date,
    /// Its last day; none where it is open-ended, which is flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<civil::Date>,
}

impl Gag {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let basis = reader.line("basis", "Name the provision or order it rests on.");
        let from = reader.maybe_date("from");
        if fields.get("from").trim().is_empty() {
            reader.blame("from", "Say from which day it forbids a notice.");
        }
        let until = reader.maybe_date("until");
        if until.is_some_and(|until| from.is_some_and(|from| until < from)) {
            reader.blame("until", "The last day lies before the first.");
        }
        let made = basis
            .zip(from)
            .map(|(basis, from)| Self { basis, from, until });
        reader.done(made)
    }
}

/// A nondisclosure order, or a demand for confidentiality, no longer binds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lift {
    /// The last day it bound.
    pub on: civil::Date,
    pub reasons: Reasons,
}

impl Lift {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let on = reader.maybe_date("on");
        if fields.get("on").trim().is_empty() {
            reader.blame("on", "Say on which day it ended.");
        }
        let reasons = reader.prose("reasons", "Say what ended it: which order, or which fact.");
        let made = on.zip(reasons).map(|(on, reasons)| Self { on, reasons });
        reader.done(made)
    }
}

crate::choice! {
    /// How a notice reaches the subject.
    NoticeMeans {
        /// A service notice by e-mail: it cannot be opted out of. Source: domain, section 1.
        Outbox = "outbox", "By e-mail from this desk";
        Elsewhere = "elsewhere", "Sent elsewhere, recorded here";
    }
}

/// The subject is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub how: NoticeMeans,
    /// The address it goes to.
    pub to: Line,
    /// When it was sent; for the desk's own e-mail, when it was put into the outbox.
    pub sent: ZonedDateTime,
    /// What the subject is told, word for word.
    pub what: Prose,
}

impl Notice {
    /// Reads the form; `zone` is the desk's, for what it sends itself.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, now: Timestamp, zone: &str) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let how = reader.choice("how", "Say how the subject is told.");
        let to = reader.line("to", "Give the address it goes to.");
        if how == Some(NoticeMeans::Outbox)
            && to
                .as_ref()
                .is_some_and(|to| !crate::request::looks_like_email(to.as_str()))
        {
            reader.blame("to", "This is not an e-mail address.");
        }
        let sent = if how == Some(NoticeMeans::Elsewhere) {
            let sent = reader.moment("sent", "zone", "Say when it was sent.");
            if sent.as_ref().is_some_and(|sent| sent.timestamp() > now) {
                reader.blame(
                    "sent",
                    "This lies in the future; a notice is recorded after it was sent.",
                );
            }
            sent
        } else {
            now.in_tz(zone).ok()
        };
        let what = reader.prose("what", "Write what the subject is told.");
        let made = (|| {
            Some(Self {
                how: how?,
                to: to?,
                sent: sent?,
                what: what?,
            })
        })();
        reader.done(made)
    }
}

crate::choice! {
    /// Why the subject is not told. Source: domain, section 5.
    WhyUntold {
        /// Until a day; then a notice falls due.
        ExigentDelay = "exigent_delay", "Delayed: telling would endanger someone";
        NoContact = "no_contact", "No contact known";
        IssuingAuthorityNotifies = "issuing_authority_notifies", "The issuing authority tells them";
        NotRequired = "not_required", "Not required";
    }
}

impl From<WhyUntold> for NoticeOutcome {
    fn from(why: WhyUntold) -> Self {
        match why {
            WhyUntold::ExigentDelay => Self::ExigentDelay,
            WhyUntold::NoContact => Self::NoContact,
            WhyUntold::IssuingAuthorityNotifies => Self::IssuingAuthorityNotifies,
            WhyUntold::NotRequired => Self::NotRequired,
        }
    }
}

/// Nobody tells the subject, and why: it ends the duty, or puts it off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    pub why: WhyUntold,
    /// The last day of a delay; only with [`WhyUntold::ExigentDelay`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<civil::Date>,
    pub reasons: Reasons,
}

impl Untold {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field: a delay has an end.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let why = reader.choice("why", "Say why the subject is not told.");
        let until = reader.maybe_date("until");
        if why == Some(WhyUntold::ExigentDelay) && fields.get("until").trim().is_empty() {
            reader.blame("until", DELAY_ENDS);
        }
        let reasons = reader.prose("reasons", "Say what speaks against telling them.");
        let made = why.zip(reasons).map(|(why, reasons)| Self {
            why,
            until: until.filter(|_| why == WhyUntold::ExigentDelay),
            reasons,
        });
        reader.done(made)
    }
}

/// A delay that has no end is a notice that is never given.
pub(crate) const DELAY_ENDS: &str =
    "Say until when the notice is put off; the day after, it falls due.";

/// A notice to begin from: who asked, for what, and until when the subject may object as far as the
/// case tells. It says nothing about a ground that would endanger somebody; a person reads it first.
pub fn drafted(case: &crate::case::Case, organisation: &str) -> String {
    let Some(request) = case.request() else {
        return String::new();
    };
    let asked: Vec<String> = request
        .categories
        .iter()
        .map(|category| crate::scope::in_sentence(*category))
        .collect();
    let done = if case.produced().is_empty() {
        "We have not disclosed anything so far."
    } else {
        "We have answered it as our published policy allows, and disclosed nothing beyond that."
    };
    format!(
        "On {}, {organisation} received a request for information about you from {} ({}).\n\n\
         It asks for: {}.\n\n{done}\n\n\
         If you object, write to us, or have your counsel write to us, and name our reference {}. \
         This is a notice about your own information, not marketing.\n\n{organisation}",
        request.received.date(),
        request.requester.authority,
        request.requester.country,
        asked.join("; "),
        case.number(),
    )
}

/// The subject, or somebody for them, objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Who objects: the subject, or their counsel.
    pub by: Line,
    /// When it reached the desk.
    pub at: ZonedDateTime,
    /// What they say, in their own words.
    pub what: Prose,
}

impl Objection {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, now: Timestamp) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let by = reader.line("by", "Say who objects: the subject, or their counsel.");
        let at = reader.moment("at", "zone", "Say when it reached us.");
        if at.as_ref().is_some_and(|at| at.timestamp() > now) {
            reader.blame("at", "This lies in the future.");
        }
        let what = reader.prose("what", "Quote what they say.");
        let made = (|| {
            Some(Self {
                by: by?,
                at: at?,
                what: what?,
            })
        })();
        reader.done(made)
    }
}

crate::choice! {
    /// What became of an objection.
    SettlementFinding {
        Sustained = "sustained", "Sustained: the decision is taken anew";
        Overruled = "overruled", "Overruled: the decision stands";
        Withdrawn = "withdrawn", "Withdrawn by whoever objected";
    }
}

/// A manager settles an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub finding: SettlementFinding,
    pub reasons: Reasons,
}

impl Settlement {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let finding = reader.choice("finding", "Say what becomes of the objection.");
        let reasons = reader.prose("reasons", "Say why; a court's order is named here.");
        let made = finding
            .zip(reasons)
            .map(|(finding, reasons)| Self { finding, reasons });
        reader.done(made)
    }
}
