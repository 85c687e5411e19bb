//! What each ground and each instrument asks. Source: domain, sections 1 and 3.

use crate::{ground::Ground, instrument::Instrument};

/// One question of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The field's name, in the form and in the stored answers.
    pub key: &'static str,
    /// The field's label.
    pub asks: &'static str,
    /// A word of help beneath the label; may be empty.
    pub hint: &'static str,
    pub kind: Kind,
    /// Whether the gate stays shut while it is open.
    pub required: bool,
    /// The gate's item in words: what must be true.
    pub must: &'static str,
    /// For [`Kind::Affirm`]: what "no" means.
    pub otherwise: &'static str,
}

/// What kind of answer a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Prose,
    Date,
    /// Yes or no, and only yes passes.
    Affirm,
    /// Yes or no, and either passes.
    YesNo,
}

/// The questions that a case with this instrument answers, in the order of the form.
pub fn questions(instrument: Instrument) -> impl Iterator<Item = &'static Question> {
    of_ground(instrument.ground())
        .iter()
        .chain(of_instrument(instrument))
}

/// What a ground asks whatever the instrument.
pub const fn of_ground(ground: Ground) -> &'static [Question] {
    match ground {
        Ground::RightsOrProperty => RIGHTS_OR_PROPERTY,
        Ground::Emergency => EMERGENCY,
        Ground::LegalDirective => LEGAL_DIRECTIVE,
    }
}

/// What an instrument asks beside its ground.
pub const fn of_instrument(instrument: Instrument) -> &'static [Question] {
    match instrument {
        Instrument::Subpoena => SUBPOENA,
        Instrument::CourtOrder2703d => COURT_ORDER_2703D,
        Instrument::SearchWarrant => SEARCH_WARRANT,
        Instrument::OtherCourtOrder => OTHER_COURT_ORDER,
        Instrument::NationalSecurityLetter => NATIONAL_SECURITY_LETTER,
        Instrument::PreservationRequest => PRESERVATION_REQUEST,
        Instrument::CivilSubpoena => CIVIL_SUBPOENA,
        Instrument::Epoc => EPOC,
        Instrument::EpocPr => EPOC_PR,
        Instrument::MutualLegalAssistance => MUTUAL_LEGAL_ASSISTANCE,
        Instrument::ForeignDirect => FOREIGN_DIRECT,
        Instrument::OwnClaim => OWN_CLAIM,
        Instrument::EmergencyRequest => &[],
    }
}

/// The keys of the questions that are answered in a person's own words.
pub fn text_questions() -> impl Iterator<Item = &'static str> {
    Instrument::ALL
        .iter()
        .flat_map(|instrument| questions(*instrument))
        .filter(|question| matches!(question.kind, Kind::Line | Kind::Prose))
        .map(|question| question.key)
}

const fn line(
    key: &'static str,
    asks: &'static str,
    hint: &'static str,
    must: &'static str,
) -> Question {
    Question {
        key,
        asks,
        hint,
        kind: Kind::Line,
        required: true,
        must,
        otherwise: "",
    }
}

const fn prose(
    key: &'static str,
    asks: &'static str,
    hint: &'static str,
    must: &'static str,
) -> Question {
    Question {
        kind: Kind::Prose,
        ..line(key, asks, hint, must)
    }
}

const fn date(
    key: &'static str,
    asks: &'static str,
    hint: &'static str,
    must: &'static str,
) -> Question {
    Question {
        kind: Kind::Date,
        ..line(key, asks, hint, must)
    }
}

const fn affirm(
    key: &'static str,
    asks: &'static str,
    must: &'static str,
    otherwise: &'static str,
) -> Question {
    Question {
        kind: Kind::Affirm,
        otherwise,
        ..line(key, asks, "", must)
    }
}

const fn optional(question: Question) -> Question {
    Question {
        required: false,
        ..question
    }
}

const RIGHTS_OR_PROPERTY: &[Question] = &[
    prose(
        "right",
        "Which right or property of the company is to be protected?",
        "",
        "The right or property is named.",
    ),
    prose(
        "necessity",
        "Why is disclosure reasonably necessary to protect it?",
        "",
        "The necessity is argued.",
    ),
    prose(
        "lesser",
        "Why will a lesser disclosure, or another means, not do?",
        "",
        "Lesser means were weighed.",
    ),
    line(
        "recipient",
        "Who is to receive the data?",
        "Name, office and firm.",
        "The recipient is named.",
    ),
    line(
        "claimant",
        "Who is harmed or claims?",
        "By name. This person may not approve.",
        "The person harmed or claiming is named.",
    ),
];

const EMERGENCY: &[Question] = &[
    prose(
        "who",
        "Who is in danger?",
        "Identity if known, else what is known.",
        "It is said who is in danger.",
    ),
    prose(
        "danger",
        "Of what are they in danger?",
        "Death or serious injury; how it is known.",
        "The danger is described.",
    ),
    line(
        "by_when",
        "By when?",
        "The time the harm is feared, with its zone.",
        "It is said by when.",
    ),
    prose(
        "averts",
        "How does this data avert it?",
        "",
        "It is said how the data averts the danger.",
    ),
    prose(
        "too_slow",
        "Why is ordinary process too slow?",
        "",
        "It is said why ordinary process is too slow.",
    ),
];

const LEGAL_DIRECTIVE: &[Question] = &[
    line(
        "issuing_authority",
        "Issuing authority",
        "As on the face of the order.",
        "The issuing authority is named.",
    ),
    line(
        "order_reference",
        "Reference or docket number",
        "",
        "The order's reference is given.",
    ),
    date("issued_on", "Dated", "", "The order's date is given."),
    optional(date(
        "expires",
        "In force until",
        "Leave blank if it states no end.",
        "",
    )),
    affirm(
        "signed",
        "Signature or seal seen?",
        "Signature or seal was seen.",
        "No signature or seal was seen.",
    ),
    affirm(
        "right_entity",
        "Addressed to the right legal entity of ours?",
        "It is addressed to the right entity.",
        "It is addressed to another entity.",
    ),
    affirm(
        "jurisdiction",
        "Does the issuer have jurisdiction over us?",
        "The issuer has jurisdiction.",
        "The issuer has no jurisdiction over us.",
    ),
];

const COURT: Question = line("court", "Court", "", "The court is named.");
const JUDGE: Question = line("judge", "Judge", "", "The judge is named.");
const STATUTE: Question = line(
    "statute",
    "Statute or grand jury",
    "The authority it is issued under.",
    "The statute or grand jury is named.",
);
const DATES_COVERED: Question = line(
    "dates_covered",
    "Date range the order covers",
    "As the order states it.",
    "The order's date range is told.",
);
const FILE_NUMBERS: Question = line(
    "file_numbers",
    "File numbers",
    "Issuing and, where given, validating authority's.",
    "The file numbers are given.",
);
const VALIDATING: Question = line(
    "validating_authority",
    "Validating authority",
    "Write \"issued by a court\" where none is needed.",
    "The validating authority is named.",
);

const SUBPOENA: &[Question] = &[
    STATUTE,
    date(
        "return_date",
        "Return date",
        "",
        "The return date is given.",
    ),
];

const COURT_ORDER_2703D: &[Question] = &[
    COURT,
    JUDGE,
    affirm(
        "specific_facts",
        "Does it find specific and articulable facts?",
        "It finds specific and articulable facts.",
        "It finds no specific and articulable facts.",
    ),
    DATES_COVERED,
];

const SEARCH_WARRANT: &[Question] = &[
    COURT,
    affirm(
        "judge_signed",
        "Signed by a judge?",
        "A judge signed it.",
        "No judge signed it.",
    ),
    affirm(
        "probable_cause",
        "Does it find probable cause?",
        "It finds probable cause.",
        "It finds no probable cause.",
    ),
    prose(
        "accounts",
        "Accounts it names",
        "",
        "The accounts are named.",
    ),
    DATES_COVERED,
    date(
        "execute_by",
        "Execute by",
        "",
        "The execute-by date is given.",
    ),
    Question {
        kind: Kind::YesNo,
        required: false,
        ..line(
            "custodian_certificate",
            "Custodian-of-records certificate asked for?",
            "",
            "",
        )
    },
];

const OTHER_COURT_ORDER: &[Question] = &[
    COURT,
    JUDGE,
    line(
        "act",
        "Act or rule it rests on",
        "A production order, Norwich Pharmacal, a foreign order made enforceable here.",
        "The act or rule is named.",
    ),
    line(
        "days_to_comply",
        "Days to comply",
        "As the order states them.",
        "The days to comply are given.",
    ),
    optional(line(
        "vary",
        "Who may apply to vary or discharge it?",
        "",
        "",
    )),
];

const NATIONAL_SECURITY_LETTER: &[Question] = &[
    line(
        "letter_number",
        "Number of the letter",
        "",
        "The letter's number is given.",
    ),
    STATUTE,
    line(
        "certifying_official",
        "Certifying official",
        "",
        "The certifying official is named.",
    ),
    Question {
        kind: Kind::YesNo,
        ..line(
            "nondisclosure_certified",
            "Nondisclosure certified?",
            "",
            "It is told whether nondisclosure is certified.",
        )
    },
];

const PRESERVATION_REQUEST: &[Question] = &[prose(
    "preserve",
    "What is to be preserved?",
    "",
    "It is said what is to be preserved.",
)];

const CIVIL_SUBPOENA: &[Question] = &[
    COURT,
    line("parties", "Parties", "", "The parties are named."),
    line("attorney", "Issuing attorney", "", "The attorney is named."),
    line(
        "service",
        "How and when was it served?",
        "",
        "The service is described.",
    ),
    affirm(
        "subject_told",
        "Was the subject told, with a window to object?",
        "The subject was told and could object.",
        "The subject was not told.",
    ),
];

const EPOC: &[Question] = &[
    VALIDATING,
    FILE_NUMBERS,
    Question {
        kind: Kind::YesNo,
        ..line(
            "emergency_flag",
            "Marked as an emergency?",
            "Then it is due 8 hours after receipt.",
            "It is told whether it is marked as an emergency.",
        )
    },
    Question {
        kind: Kind::YesNo,
        required: false,
        ..line(
            "authority_notified",
            "Was the enforcing authority notified of it?",
            "Then the data is transmitted at the end of the 10 days, unless released sooner.",
            "",
        )
    },
];

const EPOC_PR: &[Question] = &[VALIDATING, FILE_NUMBERS];

const MUTUAL_LEGAL_ASSISTANCE: &[Question] = &[
    line(
        "requesting_state",
        "Requesting state",
        "",
        "The requesting state is named.",
    ),
    line(
        "central_authority",
        "Central authority",
        "",
        "The central authority is named.",
    ),
    line(
        "domestic_order",
        "Domestic order implementing it",
        "",
        "The domestic order is named.",
    ),
];

const FOREIGN_DIRECT: &[Question] = &[line(
    "requesting_state",
    "Requesting state",
    "",
    "The requesting state is named.",
)];

const OWN_CLAIM: &[Question] = &[
    prose(
        "claim",
        "The claim",
        "What is claimed, against whom, where it stands.",
        "The claim is described.",
    ),
    line("counsel", "Counsel's name", "", "Counsel is named."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_case_is_asked_the_same_thing_twice() {
        for instrument in Instrument::ALL {
            let mut seen = BTreeSet::new();
            for question in questions(*instrument) {
                assert!(
                    seen.insert(question.key),
                    "{instrument} asks {} twice",
                    question.key
                );
            }
        }
    }

    #[test]
    fn every_required_question_says_what_must_be_true() {
        for question in Instrument::ALL
            .iter()
            .flat_map(|one| questions(*one))
            .filter(|one| one.required)
        {
            assert!(question.must.ends_with('.'), "{}", question.key);
            assert_eq!(
                question.kind == Kind::Affirm,
                !question.otherwise.is_empty(),
                "{}",
                question.key
            );
        }
    }
}
