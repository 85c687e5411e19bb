//! The ground with the clause it rests on, the instrument, and the gate both had to pass.

use casework::case::Case;
use casework::clock;
use casework::gate::questions::{Kind, Question, of_ground, of_instrument};
use casework::gate::{self, Classification, Standing};

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
    answers(
        page,
        section,
        "Answers to what the ground asks",
        classification,
        of_ground(ground),
    );

    page.minor(section, &format!("Instrument: {instrument}"));
    page.text(section, instrument.reach());
    if !classification.ordered.is_empty() {
        let named: Vec<&str> = classification
            .ordered
            .iter()
            .map(|category| category.word())
            .collect();
        page.text(section, &format!("Its text names: {}.", named.join("; ")));
    }
    answers(
        page,
        section,
        "Answers to what the instrument asks",
        classification,
        of_instrument(instrument),
    );
    gate(page, section, case, story);
}

fn answers(
    page: &mut Compositor<'_>,
    section: TagId,
    summary: &str,
    classification: &Classification,
    questions: &[Question],
) {
    let columns = vec![
        Column {
            head: "Asked",
            share: 0.4,
        },
        Column {
            head: "Answer",
            share: 0.6,
        },
    ];
    let rows = questions
        .iter()
        .filter_map(|question| {
            let answer = match (classification.answer(question.key), question.kind) {
                (Some(answer), Kind::Affirm | Kind::YesNo) => sentence(answer),
                (Some(answer), _) => answer.to_owned(),
                (None, _) if question.required => "Not answered".into(),
                (None, _) => return None,
            };
            Some(vec![Cell::text(question.asks), Cell::text(answer)])
        })
        .collect();
    page.table(
        section,
        &Table {
            summary,
            columns,
            rows,
        },
    );
}

/// Validity is a matter of the day: the gate is shown as it stood when the last decision was made.
fn gate(page: &mut Compositor<'_>, section: TagId, case: &Case, story: &Story<'_>) {
    let decided = case
        .decisions()
        .last()
        .map(|decision| clock::day(decision.at));
    let day = decided.unwrap_or_else(|| clock::day(story.dossier.as_of));
    page.minor(section, "The gate");
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
            share: 0.6,
        },
        Column {
            head: "Is it so?",
            share: 0.4,
        },
    ];
    let rows = gate::items(case, day)
        .into_iter()
        .map(|item| {
            let stands = match item.stands {
                Standing::Met => "Yes".into(),
                Standing::Open => "Open".into(),
                Standing::Against(says) => format!("No. {says}"),
            };
            vec![Cell::text(item.what), Cell::text(stands)]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "The gate, item by item",
            columns,
            rows,
        },
    );
}
