//! The matrix of scope: requested, permitted, granted, produced. Each may only narrow the one before.

use std::collections::BTreeSet;

use casework::case::Case;
use casework::disclosure::Answer;
use casework::scope::Category;

use super::Story;
use super::phrases::sentence;
use crate::setting::{Cell, Column, Compositor, Table};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let case = story.case;
    let section = page.section("Scope");
    let mut categories: BTreeSet<Category> = case.requested();
    categories.extend(case.granted());
    categories.extend(
        case.disclosures()
            .iter()
            .flat_map(|one| one.what.answers.keys()),
    );
    if categories.is_empty() {
        page.text(section, "No category of data has been asked for yet.");
        return;
    }
    page.text(
        section,
        "Granted may never exceed permitted, and produced may never exceed granted.",
    );
    let columns = vec![
        Column {
            head: "Category",
            share: 0.29,
        },
        Column {
            head: "Depth",
            share: 0.19,
        },
        Column {
            head: "Requested",
            share: 0.12,
        },
        Column {
            head: "Permitted",
            share: 0.12,
        },
        Column {
            head: "Granted",
            share: 0.10,
        },
        Column {
            head: "Produced",
            share: 0.18,
        },
    ];
    let rows = categories
        .iter()
        .map(|category| {
            vec![
                Cell::text(category.word()),
                Cell::text(sentence(category.tier().word())),
                Cell::text(yes(case.requested().contains(category))),
                Cell::text(permitted(case, *category)),
                Cell::text(granted(case, *category)),
                Cell::text(produced(case, *category)),
            ]
        })
        .collect();
    let summary = "For each category of data: requested, permitted, granted, produced";
    page.table(
        section,
        &Table {
            summary,
            columns,
            rows,
        },
    );
    for category in &categories {
        if let Err(why) = case.permits(*category) {
            page.remark(section, &format!("{category}: {why}"));
        }
    }
}

fn yes(is: bool) -> &'static str {
    if is { "Yes" } else { "No" }
}

fn permitted(case: &Case, category: Category) -> &'static str {
    match case.classification() {
        None => "Not classified",
        Some(_) => yes(case.permits(category).is_ok()),
    }
}

fn granted(case: &Case, category: Category) -> &'static str {
    if case.granted().contains(&category) {
        "Yes"
    } else if case.decisions().is_empty() {
        "Undecided"
    } else {
        "No"
    }
}

/// What was produced once stays produced, whatever a later disclosure answers.
fn produced(case: &Case, category: Category) -> &'static str {
    let answers: Vec<Answer> = case
        .disclosures()
        .iter()
        .filter_map(|disclosure| disclosure.what.answers.get(&category).copied())
        .collect();
    if answers.contains(&Answer::Produced) {
        "Produced"
    } else {
        match answers.last() {
            Some(answer) => answer.word(),
            None if case.granted().contains(&category) => "Not yet",
            None => "No",
        }
    }
}
