//! What a template may tell of a case, which kind of letter may tell it, and when it may not.

use crate::{
    case::Case,
    decision::Decision,
    instrument::Ceiling,
    letter::LetterKind::{
        self, Acknowledgement, Information, Narrowing, Notice, Preservation, Production, Refusal,
    },
    reason::ReasonCode,
};

/// Something of the case that a template may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// What it holds, for the person who writes the template.
    pub means: &'static str,
    /// As the made-up case has it; the items of a list stand apart by semicolons.
    pub example: &'static str,
    /// The kinds of letter that may tell it.
    pub of: &'static [LetterKind],
    pub shape: Shape,
}

/// How a field is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Every case has it.
    Word,
    /// Asked for first: `{% if due %}`.
    Maybe,
    /// Yes or no, for `{% if … %}`.
    Flag,
    /// Gone through, or told as one list: `{{ requested | listed }}`.
    Words,
    /// Gone through, each item with these parts: name, meaning, example.
    Items(&'static [(&'static str, &'static str, &'static str)]),
}

const ALL: &[LetterKind] = LetterKind::ALL;
/// Letters to the requester.
const REQUESTER: &[LetterKind] = &[
    Acknowledgement,
    Information,
    Narrowing,
    Refusal,
    Production,
    Preservation,
];

const fn word(name: &'static str, means: &'static str, example: &'static str) -> Field {
    Field {
        name,
        means,
        example,
        of: ALL,
        shape: Shape::Word,
    }
}

const fn maybe(name: &'static str, means: &'static str, example: &'static str) -> Field {
    Field {
        shape: Shape::Maybe,
        ..word(name, means, example)
    }
}

impl Field {
    const fn of(self, of: &'static [LetterKind]) -> Self {
        Self { of, ..self }
    }

    const fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }
}

/// Every field there is.
pub const FIELDS: &[Field] = &[
    word("number", "The number of the case", "DD-2026-00042"),
    word("organisation", "The organisation's name", "Example Conversations Ltd"),
    word("date", "The day the letter is written", "23 November 2026"),
    word("member", "Who writes the letter", "Anna Example"),
    word("role", "The role of who writes it", "Legal staff"),
    word("authority", "The authority, firm or company that asks", "Vienna Regional Criminal Court"),
    word("country", "The requester's country", "Austria"),
    word("received", "The day the request was received, in the zone of receipt", "2 November 2026"),
    word("person", "The person who asks", "Dr. Jana Muster").of(REQUESTER),
    maybe("title", "That person's title", "Investigating judge").of(REQUESTER),
    maybe("unit", "The unit within the authority", "Division 12").of(REQUESTER),
    maybe("reference", "The requester's own reference", "12 HR 417/26").of(REQUESTER),
    word("served_entity", "Which of our legal entities the request is addressed to", "Example Conversations Ltd").of(REQUESTER),
    maybe("instrument", "The instrument, once the case is classified", "Search warrant"),
    maybe("policy_version", "The version of the policy the case is pinned to", "3"),
    maybe("clause", "The clause of the policy that the case relies on", "We disclose information on a legal directive, such as a court order."),
    maybe("due", "The day the answer is due", "16 November 2026").of(&[Acknowledgement, Information, Narrowing, Production, Preservation]),
    maybe("from", "First day of the data asked for", "1 October 2026").of(&[Information, Narrowing, Production, Preservation]),
    maybe("until", "Last day of the data asked for", "31 October 2026").of(&[Information, Narrowing, Production, Preservation]),
    word("confirms_nothing", "Whether the letter may not confirm that an account exists: foreign direct requests, and refusals that refer the requester elsewhere", "no").of(REQUESTER).shaped(Shape::Flag),
    word("identifiers", "What identifies the subject; withheld until the case is classified, and where nothing may be confirmed", "account 4711; jane@example.org").of(&[Information, Narrowing, Production, Preservation]).shaped(Shape::Words),
    word("requested", "The categories asked for", "Contact information; IP history; Recorded communications").shaped(Shape::Words),
    word("within", "The categories that the instrument reaches; withheld where nothing may be confirmed", "Contact information; IP history").of(&[Narrowing]).shaped(Shape::Words),
    word("beyond", "The categories that the instrument does not reach", "").of(&[Narrowing]).shaped(Shape::Items(&[
        ("category", "The category", "Recorded communications"),
        ("why", "Why it is out of reach (in English)", "A court order under 18 USC 2703(d) reaches traffic and subscriber data at most."),
    ])),
    maybe("needs", "What the manager who returned the case asks for", "The copy of the order lacks its page 3.").of(&[Information]),
    word("granted", "The categories that the standing decision grants; withheld where nothing may be confirmed", "Contact information; IP history").of(&[Narrowing, Refusal, Production, Notice]).shaped(Shape::Words),
    word("refused", "What the standing decision refuses, and why; a reason that would tell whether data is held is withheld where nothing may be confirmed", "").of(&[Narrowing, Refusal, Production]).shaped(Shape::Items(&[
        ("category", "The category; empty where the whole request is refused", "Recorded communications"),
        ("code", "The reason's code", "instrument_insufficient"),
        ("reason", "The reason in a word", "Instrument insufficient for category"),
        ("words", "The manager's words", "The order reaches no contents of communications."),
    ])),
    word("produced", "The categories that were produced", "Contact information; IP history").of(&[Production, Notice]).shaped(Shape::Words),
    word("answered", "What became of granted categories that were not produced", "").of(&[Production]).shaped(Shape::Items(&[
        ("category", "The category", "Payment information"),
        ("answer", "What became of it", "Not held"),
    ])),
    word("sent", "What was sent", "").of(&[Production]).shaped(Shape::Items(&[
        ("what", "What, in words a custodian of records can certify", "One archive: contact information and IP history of account 4711."),
        ("at", "The day it was sent", "12 November 2026"),
        ("recipient", "To whom", "Vienna Regional Criminal Court, Division 12"),
        ("means", "How", "Encrypted e-mail"),
        ("sha256", "The SHA-256 of the bytes; empty where nothing was produced", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ])),
    maybe("hold_owner", "Who keeps the data from deletion", "Mira Example").of(&[Preservation]),
    maybe("hold_what", "What is kept", "Account 4711 as of 2 November 2026").of(&[Preservation]),
    maybe("hold_until", "The day the preservation ends", "1 January 2027").of(&[Preservation]),
    maybe("gag_until", "The last day on which the subject could not be told", "20 November 2026").of(&[Notice]),
    maybe("objection_until", "The last day on which the subject may object", "30 November 2026").of(&[Notice]),
];

/// The fields that a kind of letter may tell.
pub fn fields_of(kind: LetterKind) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.of.contains(&kind))
}

/// A field that a kind of letter may tell.
pub fn known(kind: LetterKind, name: &str) -> Option<&'static Field> {
    fields_of(kind).find(|field| field.name == name)
}

/// Whether no letter of this case may confirm that an account exists: the instrument reaches
/// nothing, or the standing refusal refers the requester elsewhere. Source: domain, section 3.
pub fn confirms_nothing(case: &Case) -> bool {
    let reaches_nothing =
        case.classification().is_some() && case.terms().ceiling == Ceiling::Nothing;
    let elsewhere = match case.decisions().last().map(|one| &one.what) {
        Some(Decision::Deny(refused)) => [
            ReasonCode::FOREIGN,
            ReasonCode::NO_JURISDICTION,
            ReasonCode::REDIRECT_TO_CONTROLLER,
        ]
        .contains(&refused.code),
        _ => false,
    };
    reaches_nothing || elsewhere
}

/// Whether the subject's identifiers are kept out of letters: always before anybody said what the
/// instrument is, since it may be one that reaches nothing.
pub fn names_nobody(case: &Case) -> bool {
    case.classification().is_none() || confirms_nothing(case)
}

/// Whether a reason tells by itself if data is held.
pub fn tells_of_holdings(code: &ReasonCode) -> bool {
    [
        ReasonCode::DATA_NOT_HELD,
        ReasonCode::ALREADY_DELETED,
        ReasonCode::ACCOUNT_NOT_FOUND,
        ReasonCode::ALREADY_PUBLIC,
        ReasonCode::CHALLENGE_PENDING,
    ]
    .contains(code)
}
