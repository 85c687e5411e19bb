//! The matrix of scope: requested, permitted, held, granted, produced. Each may only narrow the one
//! before; what is held is told where somebody looked.

use std::collections::BTreeSet;

use casework::case::Case;
use casework::disclosure::Answer;
use casework::scope::Category;

use super::Story;
use super::phrases::{member, moment, sentence};
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

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
    let looked = !case.beside().searches.is_empty();
    let heads: &[(&str, f32)] = if looked {
        &[
            ("Category", 0.22),
            ("Depth", 0.12),
            ("Requested", 0.13),
            ("Permitted", 0.13),
            ("Held", 0.13),
            ("Granted", 0.11),
            ("Produced", 0.16),
        ]
    } else {
        &[
            ("Category", 0.29),
            ("Depth", 0.19),
            ("Requested", 0.12),
            ("Permitted", 0.12),
            ("Granted", 0.10),
            ("Produced", 0.18),
        ]
    };
    let columns = heads
        .iter()
        .map(|(head, share)| Column {
            head,
            share: *share,
        })
        .collect();
    let terms = case.terms();
    let rows = categories
        .iter()
        .map(|category| {
            let mut row = vec![
                category.word().to_owned(),
                sentence(terms.tier(*category).word()),
                yes(case.requested().contains(category)).to_owned(),
                permitted(case, *category).to_owned(),
                granted(case, *category).to_owned(),
                produced(case, *category).to_owned(),
            ];
            if looked {
                row.insert(4, held(case, *category).to_owned());
            }
            row.into_iter().map(Cell::text).collect()
        })
        .collect();
    let summary = if looked {
        "For each category of data: requested, permitted, held, granted, produced"
    } else {
        "For each category of data: requested, permitted, granted, produced"
    };
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
    answered(page, section, case);
}

/// Who answered what, each time somebody looked: the last word counts, and earlier ones stay.
fn answered(page: &mut Compositor<'_>, section: TagId, case: &Case) {
    let searches = &case.beside().searches;
    for (place, search) in searches.iter().enumerate() {
        page.minor(
            section,
            &format!("What is held, {} of {}", place + 1, searches.len()),
        );
        page.text(
            section,
            &format!("{}, {}.", member(&search.by), moment(search.at)),
        );
        let facts: Vec<(&str, Cell)> = search
            .what
            .answers
            .iter()
            .map(|(category, holding)| (category.word(), Cell::text(holding.word())))
            .collect();
        page.facts(section, "Whether each category is held", &facts);
        if let Some(remarks) = &search.what.remarks {
            page.quote(section, remarks.as_str());
        }
    }
}

fn held(case: &Case, category: Category) -> &'static str {
    case.holding(category)
        .map_or("Not told", |(holding, _)| holding.word())
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
