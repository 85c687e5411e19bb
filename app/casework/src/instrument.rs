//! The kinds of legal paper, what each reaches, and under which ground it stands.

use serde::{Deserialize, Serialize};

use crate::{ground::Ground, scope::Tier};

crate::choice! {
    /// The kind of legal paper a request came with. Source: domain, section 3.
    Instrument {
        Subpoena = "subpoena", "Subpoena";
        CourtOrder2703d = "court_order_2703d", "Court order, 18 USC 2703(d)";
        SearchWarrant = "search_warrant", "Search warrant";
        OtherCourtOrder = "other_court_order", "Other court order";
        NationalSecurityLetter = "national_security_letter", "National security letter";
        PreservationRequest = "preservation_request", "Preservation request, 18 USC 2703(f)";
        CivilSubpoena = "civil_subpoena", "Civil subpoena";
        Epoc = "epoc", "European Production Order (EPOC)";
        EpocPr = "epoc_pr", "European Preservation Order (EPOC-PR)";
        MutualLegalAssistance = "mutual_legal_assistance", "Mutual legal assistance";
        ForeignDirect = "foreign_direct", "Foreign direct request";
        EmergencyRequest = "emergency_request", "Emergency disclosure request";
        OwnClaim = "own_claim", "The company's own claim";
    }
}

/// The highest tier an instrument reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Ceiling {
    /// Up to and including this tier.
    Tier(Tier),
    /// The categories that the instrument's text names, and no other.
    AsOrdered,
    /// What the ground's necessity test bears out.
    AsNeeded,
    /// Data may be kept, none disclosed.
    Preserve,
    /// Nothing; the requester is sent elsewhere.
    Nothing,
}

impl Ceiling {
    /// Every ceiling, the lowest tier first.
    pub const ALL: &'static [Self] = &[
        Self::Tier(Tier::Subscriber),
        Self::Tier(Tier::Traffic),
        Self::Tier(Tier::Contents),
        Self::AsOrdered,
        Self::AsNeeded,
        Self::Preserve,
        Self::Nothing,
    ];

    /// The stable code: stored, and sent by forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tier(Tier::Subscriber) => "subscriber",
            Self::Tier(Tier::Traffic) => "traffic",
            Self::Tier(Tier::Contents) => "contents",
            Self::AsOrdered => "as_ordered",
            Self::AsNeeded => "as_needed",
            Self::Preserve => "preserve",
            Self::Nothing => "nothing",
        }
    }

    /// The ceiling in words, for forms and records.
    pub const fn reach(self) -> &'static str {
        match self {
            Self::Tier(Tier::Subscriber) => "Reaches subscriber data, no more.",
            Self::Tier(Tier::Traffic) => "Reaches subscriber and traffic data, no contents.",
            Self::Tier(Tier::Contents) => "Reaches contents too.",
            Self::AsOrdered => "Reaches the categories its text names, no other.",
            Self::AsNeeded => "Reaches what the necessity test bears out.",
            Self::Preserve => "Data is kept; nothing is disclosed.",
            Self::Nothing => {
                "Reaches nothing: refer to mutual legal assistance, without confirming that an account exists."
            }
        }
    }
}

impl crate::form::Choice for Ceiling {
    fn all() -> &'static [Self] {
        Self::ALL
    }
    fn code(self) -> &'static str {
        self.code()
    }
    fn word(self) -> &'static str {
        self.reach()
    }
}

impl TryFrom<String> for Ceiling {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|one| one.code() == code)
            .ok_or("no ceiling has this code")
    }
}

impl From<Ceiling> for &'static str {
    fn from(ceiling: Ceiling) -> Self {
        ceiling.code()
    }
}

impl Instrument {
    /// The one ground this instrument stands under.
    pub const fn ground(self) -> Ground {
        match self {
            Self::OwnClaim => Ground::RightsOrProperty,
            Self::EmergencyRequest => Ground::Emergency,
            _ => Ground::LegalDirective,
        }
    }

    /// The instruments that stand under a ground.
    pub fn under(ground: Ground) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |one| one.ground() == ground)
    }

    /// What it reaches. Source: domain, section 3.
    pub const fn ceiling(self) -> Ceiling {
        match self {
            Self::Subpoena | Self::CivilSubpoena | Self::NationalSecurityLetter => {
                Ceiling::Tier(Tier::Subscriber)
            }
            Self::CourtOrder2703d => Ceiling::Tier(Tier::Traffic),
            Self::SearchWarrant => Ceiling::Tier(Tier::Contents),
            Self::OtherCourtOrder | Self::Epoc | Self::MutualLegalAssistance => Ceiling::AsOrdered,
            Self::PreservationRequest | Self::EpocPr => Ceiling::Preserve,
            Self::ForeignDirect => Ceiling::Nothing,
            Self::EmergencyRequest | Self::OwnClaim => Ceiling::AsNeeded,
        }
    }

    /// The ceiling in words, as the desk is delivered.
    pub const fn reach(self) -> &'static str {
        self.ceiling().reach()
    }

    /// The instrument at the start of a sentence.
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Subpoena => "A subpoena",
            Self::CourtOrder2703d => "A court order under 18 USC 2703(d)",
            Self::SearchWarrant => "A search warrant",
            Self::OtherCourtOrder => "A court order of this kind",
            Self::NationalSecurityLetter => "A national security letter",
            Self::PreservationRequest => "A preservation request",
            Self::CivilSubpoena => "A civil subpoena",
            Self::Epoc => "A European Production Order",
            Self::EpocPr => "A European Preservation Order",
            Self::MutualLegalAssistance => "A request for mutual legal assistance",
            Self::ForeignDirect => "A foreign direct request",
            Self::EmergencyRequest => "An emergency disclosure request",
            Self::OwnClaim => "The company's own claim",
        }
    }

    /// Whether approving it means keeping data, not disclosing any.
    pub fn preserves_only(self) -> bool {
        self.ceiling() == Ceiling::Preserve
    }

    /// Whether the categories its text names must be told.
    pub fn names_categories(self) -> bool {
        self.ceiling() == Ceiling::AsOrdered
    }
}
