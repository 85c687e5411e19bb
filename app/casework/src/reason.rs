//! Reason codes for rejecting or narrowing.
//!
//! The codes the desk is delivered with are the domain's; an administrator offers others, or stops
//! offering some, in the tables. A decision keeps the words its code had when it was made.
//!
//! Under e-Evidence a provider reports impossibility or concern; only the enforcing authority
//! raises the grounds of Article 12. No decision on such an order gives them: [`ReasonCode::is_for`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::instrument::Instrument;

/// Why a request was rejected or narrowed: a code that can be counted. Source: domain, section 5.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReasonCode(Cow<'static, str>);

/// Most characters of a code.
const CODE_MOST: usize = 60;

impl ReasonCode {
    pub const NO_LEGAL_PROCESS: Self = Self(Cow::Borrowed("no_legal_process"));
    pub const INFORMAL_REQUEST: Self = Self(Cow::Borrowed("informal_request"));
    pub const WRONG_ENTITY: Self = Self(Cow::Borrowed("wrong_entity"));
    pub const NO_JURISDICTION: Self = Self(Cow::Borrowed("no_jurisdiction"));
    pub const FOREIGN: Self = Self(Cow::Borrowed("foreign"));
    pub const UNSIGNED_OR_UNSEALED: Self = Self(Cow::Borrowed("unsigned_or_unsealed"));
    pub const EXPIRED_INSTRUMENT: Self = Self(Cow::Borrowed("expired_instrument"));
    pub const SUSPECT_AUTHENTICITY: Self = Self(Cow::Borrowed("suspect_authenticity"));
    pub const REQUESTER_UNVERIFIED: Self = Self(Cow::Borrowed("requester_unverified"));
    pub const INCOMPLETE_IDENTIFIERS: Self = Self(Cow::Borrowed("incomplete_identifiers"));
    pub const VAGUE: Self = Self(Cow::Borrowed("vague"));
    pub const OVERBROAD: Self = Self(Cow::Borrowed("overbroad"));
    pub const INSTRUMENT_INSUFFICIENT: Self = Self(Cow::Borrowed("instrument_insufficient"));
    pub const NOT_NECESSARY: Self = Self(Cow::Borrowed("not_necessary"));
    pub const DATA_NOT_HELD: Self = Self(Cow::Borrowed("data_not_held"));
    pub const ALREADY_DELETED: Self = Self(Cow::Borrowed("already_deleted"));
    pub const ACCOUNT_NOT_FOUND: Self = Self(Cow::Borrowed("account_not_found"));
    pub const DUPLICATE: Self = Self(Cow::Borrowed("duplicate"));
    pub const ALREADY_PUBLIC: Self = Self(Cow::Borrowed("already_public"));
    pub const REDIRECT_TO_CONTROLLER: Self = Self(Cow::Borrowed("redirect_to_controller"));
    pub const IMPOSSIBLE: Self = Self(Cow::Borrowed("impossible"));
    pub const MANIFEST_ERROR: Self = Self(Cow::Borrowed("manifest_error"));
    pub const CONFLICT_OF_LAWS: Self = Self(Cow::Borrowed("conflict_of_laws"));
    pub const IMMUNITY_PRIVILEGE_PRESS: Self = Self(Cow::Borrowed("immunity_privilege_press"));
    pub const FUNDAMENTAL_RIGHTS: Self = Self(Cow::Borrowed("fundamental_rights"));
    pub const EMERGENCY_NOT_MET: Self = Self(Cow::Borrowed("emergency_not_met"));
    pub const GAG_MISSING: Self = Self(Cow::Borrowed("gag_missing"));
    pub const SHIELD_LAW: Self = Self(Cow::Borrowed("shield_law"));
    pub const WITHDRAWN_BY_REQUESTER: Self = Self(Cow::Borrowed("withdrawn_by_requester"));
    pub const CHALLENGE_PENDING: Self = Self(Cow::Borrowed("challenge_pending"));
    pub const LANGUAGE_NOT_ACCEPTED: Self = Self(Cow::Borrowed("language_not_accepted"));
    pub const FEE_UNPAID: Self = Self(Cow::Borrowed("fee_unpaid"));

    /// Reads a code: small letters, digits and low lines.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let raw = raw.trim();
        let fits = !raw.is_empty()
            && raw.len() <= CODE_MOST
            && raw
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        fits.then(|| Self(Cow::Owned(raw.to_owned()))).ok_or(
            "A reason's code is made of small letters, digits and low lines, as in data_not_held.",
        )
    }

    /// The stable code: stored, and sent by forms.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether a decision on this instrument may give it: the grounds of Article 12 are not the
    /// company's to raise against a European order.
    /// Source: domain, section 5; Regulation (EU) 2023/1543, Article 12.
    pub fn is_for(&self, instrument: Option<Instrument>) -> bool {
        let european = matches!(instrument, Some(Instrument::Epoc | Instrument::EpocPr));
        !(european && [Self::IMMUNITY_PRIVILEGE_PRESS, Self::FUNDAMENTAL_RIGHTS].contains(self))
    }

    /// Whether it says that there is nothing to disclose.
    pub fn finds_nothing(&self) -> bool {
        [
            Self::DATA_NOT_HELD,
            Self::ALREADY_DELETED,
            Self::ACCOUNT_NOT_FOUND,
        ]
        .contains(self)
    }

    /// The word the desk was delivered with; the code itself for one that was added since.
    pub fn word(&self) -> &str {
        DELIVERED
            .iter()
            .find(|(code, _)| *code == self.0)
            .map_or(&self.0, |(_, word)| word)
    }
}

impl std::fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl TryFrom<String> for ReasonCode {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw)
    }
}

impl From<ReasonCode> for String {
    fn from(code: ReasonCode) -> Self {
        code.0.into_owned()
    }
}

/// The codes the desk is delivered with, and their words, in the domain's order.
pub const DELIVERED: &[(&str, &str)] = &[
    ("no_legal_process", "No legal process"),
    ("informal_request", "Informal request"),
    ("wrong_entity", "Wrong entity served"),
    ("no_jurisdiction", "No jurisdiction, or not domesticated"),
    ("foreign", "Foreign: use mutual legal assistance"),
    ("unsigned_or_unsealed", "Unsigned or unsealed"),
    ("expired_instrument", "Expired instrument"),
    ("suspect_authenticity", "Suspect authenticity"),
    ("requester_unverified", "Requester unverified"),
    ("incomplete_identifiers", "Incomplete identifiers"),
    ("vague", "Vague"),
    ("overbroad", "Overbroad"),
    (
        "instrument_insufficient",
        "Instrument insufficient for category",
    ),
    ("not_necessary", "Not reasonably necessary"),
    ("data_not_held", "Data not held"),
    ("already_deleted", "Already deleted"),
    ("account_not_found", "Account not found"),
    ("duplicate", "Duplicate"),
    ("already_public", "Already public"),
    ("redirect_to_controller", "Redirect to the client"),
    ("impossible", "Impossible"),
    ("manifest_error", "Manifest error"),
    ("conflict_of_laws", "Conflict of laws"),
    ("immunity_privilege_press", "Immunity, privilege or press"),
    (
        "fundamental_rights",
        "Manifest breach of fundamental rights",
    ),
    ("emergency_not_met", "Emergency threshold not met"),
    ("gag_missing", "Gag missing or open-ended"),
    ("shield_law", "Shield law"),
    ("withdrawn_by_requester", "Withdrawn by requester"),
    ("challenge_pending", "Challenge by the subject pending"),
    ("language_not_accepted", "Language not accepted"),
    ("fee_unpaid", "Fee unpaid"),
];
