//! One line to fill a template with a case.

use casework::{
    case::Case,
    form::Faults,
    letter::LetterKind,
    template::{Language, Template},
    words::{Line, Prose},
};
use letters::{About, Filled, delivered_for, fill};
use scenes::{anna, policy};

pub fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

pub fn delivered(kind: LetterKind, tag: &str) -> Template {
    delivered_for(kind, &language(tag)).unwrap()
}

pub fn template(kind: LetterKind, body: &str) -> Template {
    Template {
        kind,
        language: language("en"),
        version: 1,
        subject: Line::parse("Case {{ number }}").unwrap(),
        body: Prose::parse(body).unwrap(),
    }
}

pub fn filled(template: &Template, case: &Case) -> Result<Filled, Faults> {
    let (member, policy) = (anna(), policy());
    fill(
        template,
        &About {
            case,
            organisation: "Example Conversations Ltd",
            policy: Some(&policy),
            member: &member,
            now: "2026-12-01T09:00:00Z".parse().unwrap(),
            zone: "Europe/Vienna",
        },
    )
}
