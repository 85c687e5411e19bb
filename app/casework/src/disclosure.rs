//! What left the house: what, to whom, how, when, and the SHA-256 of what was sent. And how a
//! case ends.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    notice::DELAY_ENDS,
    order::Digest,
    scope::Category,
    words::{Line, Prose},
};

crate::choice! {
    /// What became of a granted category.
    Answer {
        Produced = "produced", "Produced";
        NotHeld = "not_held", "Not held";
        AlreadyDeleted = "already_deleted", "Already deleted";
        PublicOrNotOurs = "public_or_not_ours", "Public or not ours";
        RedirectedToController = "redirected_to_controller", "Redirected to the client";
    }
}

crate::choice! {
    /// How it was sent.
    Means {
        Portal = "portal", "The authority's portal";
        EncryptedMail = "encrypted_mail", "Encrypted e-mail";
        SecureTransfer = "secure_transfer", "Secure file transfer";
        Courier = "courier", "Courier, sealed medium";
        Post = "post", "Registered post";
        InPerson = "in_person", "Handed over in person";
        Telephone = "telephone", "By telephone, to the verified number";
    }
}

/// One production, and what became of each granted category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    pub answers: BTreeMap<Category, Answer>,
    /// To whom it went.
    pub recipient: Line,
    pub means: Means,
    pub sent: ZonedDateTime,
    /// What was sent, in words a custodian of records can certify.
    pub what: Prose,
    /// The SHA-256 of the bytes sent; none only where nothing was produced.
    pub sha256: Option<Digest>,
}

impl Disclosure {
    /// Reads the form; `granted` are the categories that the standing decision grants.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(
        fields: &Fields,
        granted: &BTreeSet<Category>,
        now: jiff::Timestamp,
    ) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let mut answers = BTreeMap::new();
        for category in granted {
            let field = answer_field(*category);
            if let Some(answer) = reader.choice(&field, "Say what became of this category.") {
                answers.insert(*category, answer);
            }
        }
        let recipient = reader.line("recipient", "Say to whom it went: name, office, address.");
        let means = reader.choice("means", "Say how it was sent.");
        let sent = reader.moment("sent", "zone", "Say when it was sent.");
        if sent.as_ref().is_some_and(|sent| sent.timestamp() > now) {
            reader.blame(
                "sent",
                "This lies in the future; a disclosure is recorded after it was made.",
            );
        }
        let what = reader.prose(
            "what",
            "Say what was sent, as a custodian of records would certify it.",
        );
        let raw = fields.get("sha256").trim();
        let sha256 = (!raw.is_empty()).then(|| Digest::parse(raw)).transpose();
        let sha256 = match sha256 {
            Err(says) => {
                reader.blame("sha256", says);
                None
            }
            Ok(None) if answers.values().any(|answer| *answer == Answer::Produced) => {
                reader.blame(
                    "sha256",
                    "Give the SHA-256 of what was sent; a court will ask for it.",
                );
                None
            }
            Ok(sha256) => sha256,
        };
        let made = (|| {
            Some(Self {
                answers,
                recipient: recipient?,
                means: means?,
                sent: sent?,
                what: what?,
                sha256,
            })
        })();
        reader.done(made)
    }

    /// The categories that were produced.
    pub fn produced(&self) -> impl Iterator<Item = Category> {
        self.answers
            .iter()
            .filter(|(_, answer)| **answer == Answer::Produced)
            .map(|(category, _)| *category)
    }
}

/// The field of the disclosure form that answers for a category.
pub fn answer_field(category: Category) -> String {
    format!("answer.{}", category.code())
}

crate::choice! {
    /// What a case came to. Source: domain, section 5.
    Outcome {
        ProducedInFull = "produced_in_full", "Produced in full";
        ProducedInPart = "produced_in_part", "Produced in part";
        NoDataFound = "no_data_found", "No data found";
        Rejected = "rejected", "Rejected";
        Withdrawn = "withdrawn", "Withdrawn";
        PreservedOnly = "preserved_only", "Preserved only";
        RedirectedToController = "redirected_to_controller", "Redirected to the client";
        Pending = "pending", "Pending";
    }
}

crate::choice! {
    /// Whether and when the subject was told. Source: domain, section 5.
    NoticeOutcome {
        NotifiedBefore = "notified_before", "Told before disclosure";
        NotifiedAfter = "notified_after", "Told after disclosure";
        Gagged = "gagged", "Gagged until a date";
        ExigentDelay = "exigent_delay", "Delayed: telling would endanger someone";
        NoContact = "no_contact", "No contact known";
        IssuingAuthorityNotifies = "issuing_authority_notifies", "The issuing authority tells them";
        NotRequired = "not_required", "Not required";
    }
}

/// How a case was closed: whether the subject was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub notice: NoticeOutcome,
    /// The day a gag ends; only with [`NoticeOutcome::Gagged`]. None where the order that stands names
    /// no end.
    pub gagged_until: Option<civil::Date>,
    /// The last day of a delay; only with [`NoticeOutcome::ExigentDelay`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delayed_until: Option<civil::Date>,
    /// The day the subject was told, or why not.
    pub words: Option<Prose>,
}

impl Closing {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field: a delay has an end, and what is not required has a reason.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let notice = reader.choice("notice", "Say whether the subject was told.");
        let gagged_until = reader.maybe_date("gagged_until");
        let words = reader.maybe_prose("words");
        let delayed_until = reader.maybe_date("delayed_until");
        if notice == Some(NoticeOutcome::ExigentDelay)
            && reader.fields().get("delayed_until").trim().is_empty()
        {
            reader.blame("delayed_until", DELAY_ENDS);
        }
        match notice {
            Some(
                NoticeOutcome::NotRequired | NoticeOutcome::ExigentDelay | NoticeOutcome::NoContact,
            ) if words.is_none() => {
                reader.blame("words", "Say why the subject was not told.");
            }
            _ => {}
        }
        let gagged_until = gagged_until.filter(|_| notice == Some(NoticeOutcome::Gagged));
        let delayed_until = delayed_until.filter(|_| notice == Some(NoticeOutcome::ExigentDelay));
        let made = notice.map(|notice| Self {
            notice,
            gagged_until,
            delayed_until,
            words,
        });
        reader.done(made)
    }
}
