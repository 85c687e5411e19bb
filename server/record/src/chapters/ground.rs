//! The ground with the clause it rests on, the instrument, and the gate both had to pass.

use casework::calendar::Length;
use casework::clock;
use casework::gate::questions::{Kind, Question};
use casework::gate::{self, Classification, Standing};
use casework::ground::Ground;
use casework::tables::Terms;

use super::Story;
use super::phrases::sentence;
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let case = story.case;
    let section = page.section("Ground, instrument and gate");
    let Some(classification) = case.classification() else {
        page.text(section, "The case has not been classified under a ground.");
        return;
    };
    let (ground, instrument) = (classification.ground, classification.instrument);
    page.minor(section, &format!("Ground: {ground}"));
    page.text(section, &format!("{} {}", ground.promise(), ground.test()));
    match &story.dossier.policy {
        Some(policy) => {
            page.text(
                section,
                &format!(
                    "The company's policy, {}, in force from {}, promises:",
                    policy.version, policy.in_force_from
                ),
            );
            page.quote(section, policy.clauses.promise.as_str());
            page.text(section, "and excepts, in the clause relied on here:");
            page.quote(section, policy.clauses.of(ground).as_str());
        }
        None => page.text(
            section,
            "No version of the policy is pinned to the case yet.",
        ),
    }
    page.minor(section, &format!("Instrument: {instrument}"));
    page.text(section, classification.terms().ceiling.reach());
    if !classification.ordered.is_empty() {
        let named: Vec<&str> = classification
            .ordered
            .iter()
            .map(|category| category.word())
            .collect();
        page.text(section, &format!("Its text names: {}.", named.join("; ")));
    }
    if let Some(terms) = &classification.terms {
        judged_under(page, section, terms);
    }
    checklist(page, section, story, classification);
    further(page, section, classification);
}

/// The slice of the desk's tables that the case took, whatever they say later.
fn judged_under(page: &mut Compositor<'_>, section: TagId, terms: &Terms) {
    page.minor(section, &format!("Judged under: tables, {}", terms.tables));
    page.text(
        section,
        "The case keeps the values it was classified under, whatever the desk's tables say later.",
    );
    let facts = [
        ("Reach of the instrument", terms.ceiling.reach()),
        (
            "Contents of communications",
            if terms.two_for_contents {
                "Leave the house only when a second manager agrees"
            } else {
                "Need one manager, as other data does"
            },
        ),
        (
            "The subject's objection",
            if terms.objection_stops {
                "Nothing is produced while they may object, or have objected"
            } else {
                "Does not stop a production"
            },
        ),
        ("The desk's time zone", terms.zone.as_str()),
    ]
    .map(|(name, told)| (name, Cell::text(told)));
    page.facts(section, "What the case is judged under", &facts);
    let columns = vec![
        Column {
            head: "Period",
            share: 0.62,
        },
        Column {
            head: "Length",
            share: 0.38,
        },
    ];
    let rows = terms
        .periods
        .iter()
        .map(|(period, length)| {
            vec![
                Cell::text(period.word()),
                Cell::text(in_words(length, terms)),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "The periods that the case is judged by",
            columns,
            rows,
        },
    );
}

fn in_words(length: &Length, terms: &Terms) -> String {
    match &length.calendar {
        Some(code) => match terms.calendars.get(code) {
            Some(calendar) => format!("{length}, by the calendar {} ({code})", calendar.name),
            None => format!("{length}, by the calendar {code}"),
        },
        None => length.to_string(),
    }
}

/// Validity is a matter of the day: the gate is shown as it stood when the last decision was made.
fn checklist(
    page: &mut Compositor<'_>,
    section: TagId,
    story: &Story<'_>,
    classification: &Classification,
) {
    let case = story.case;
    let decided = case.decisions().last();
    let day = clock::day(decided.map_or(story.dossier.as_of, |decision| decision.at));
    page.minor(
        section,
        match classification.ground {
            Ground::LegalDirective => "Validity, item by item",
            Ground::RightsOrProperty | Ground::Emergency => "Necessity, item by item",
        },
    );
    page.text(
        section,
        &format!(
            "What must be true before anyone may approve, judged as of {day}, {}.",
            if decided.is_some() {
                "the day of the last decision"
            } else {
                "the day of this record"
            }
        ),
    );
    let columns = vec![
        Column {
            head: "What must be true",
            share: 0.36,
        },
        Column {
            head: "Answer",
            share: 0.42,
        },
        Column {
            head: "Stands",
            share: 0.22,
        },
    ];
    let rows = gate::items(case, day)
        .into_iter()
        .map(|item| {
            let given = classification
                .asked()
                .find(|(question, _)| question.required && question.must == item.what);
            let answer = match given {
                Some((question, Some(answer))) => read(question, answer),
                Some((_, None)) => "Not answered".into(),
                None => "As the case itself shows".into(),
            };
            let stands = match item.stands {
                Standing::Met => "Yes".into(),
                Standing::Open => "Open".into(),
                Standing::Against(says) => format!("No. {says}"),
            };
            vec![
                Cell::text(item.what),
                Cell::text(answer),
                Cell::text(stands),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "What must be true, the answer given, and whether it is so",
            columns,
            rows,
        },
    );
}

/// What was asked beside what must be true.
fn further(page: &mut Compositor<'_>, section: TagId, classification: &Classification) {
    let facts: Vec<(&str, Cell)> = classification
        .asked()
        .filter(|(question, _)| !question.required)
        .filter_map(|(question, answer)| Some((question.asks, Cell::text(read(question, answer?)))))
        .collect();
    if !facts.is_empty() {
        page.minor(section, "Told besides");
        page.facts(section, "What was answered besides", &facts);
    }
}

fn read(question: &Question, answer: &str) -> String {
    match question.kind {
        Kind::Affirm | Kind::YesNo => sentence(answer),
        Kind::Line | Kind::Prose | Kind::Date => answer.to_owned(),
    }
}
