//! The scope matrix: requested, permitted, granted, produced, category by category.

use casework::{case::Case, scope::Category};
use leptos::prelude::*;

use crate::parts::badge;

/// The matrix of a case.
pub fn matrix(case: &Case) -> AnyView {
    let asked = asked(case);
    if asked.is_empty() {
        return view! { <p class="none">"No category is asked for yet."</p> }.into_any();
    }
    let rows = asked.into_iter().map(|category| row(case, category));
    view! {
        <div class="wide">
            <table class="matrix">
                <caption class="unseen">"Scope: what is asked for, what may be given, what was"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Category"</th>
                        <th scope="col">"Permitted"</th>
                        <th scope="col">"Granted"</th>
                        <th scope="col">"Produced"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The categories asked for; a draft's as far as they were ticked.
pub fn asked(case: &Case) -> Vec<Category> {
    let ticked = || {
        case.fields()
            .all("categories")
            .filter_map(Category::from_code)
            .collect()
    };
    case.request().map_or_else(ticked, |request| {
        request.categories.iter().copied().collect()
    })
}

fn row(case: &Case, category: Category) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                {category.word()} " " {badge::tier(category)}
            </th>
            <td data-label="Permitted">{permitted(case, category)}</td>
            <td data-label="Granted">{granted(case, category)}</td>
            <td data-label="Produced">{produced(case, category)}</td>
        </tr>
    }
    .into_any()
}

/// Whether the instrument reaches a category; where not, the sentence that says why.
pub fn permitted(case: &Case, category: Category) -> AnyView {
    if case.classification().is_none() {
        return unknown("not classified yet");
    }
    match case.permits(category) {
        Ok(()) => answer("yes", "Yes", None),
        Err(refusal) => answer("no", "No", Some(refusal.to_string())),
    }
}

fn granted(case: &Case, category: Category) -> AnyView {
    if case.granted().contains(&category) {
        return answer("yes", "Granted", None);
    }
    match case.refused(category) {
        Some(refused) => answer(
            "no",
            "Refused",
            Some(format!("{}. {}", refused.says(), refused.reasons)),
        ),
        None => unknown("not decided"),
    }
}

fn produced(case: &Case, category: Category) -> AnyView {
    let last = case
        .disclosures()
        .iter()
        .rev()
        .find_map(|one| one.what.answers.get(&category));
    match last {
        Some(casework::disclosure::Answer::Produced) => answer("yes", "Produced", None),
        Some(other) => answer("no", other.word(), None),
        None if case.refused(category).is_some() => unknown("\u{2014}"),
        None => unknown("nothing yet"),
    }
}

fn answer(code: &'static str, word: &'static str, why: Option<String>) -> AnyView {
    view! {
        <span class="answer" data-answer=code>{word}</span>
        {why.map(|why| view! { " " <span class="why">{why}</span> })}
    }
    .into_any()
}

fn unknown(word: &'static str) -> AnyView {
    view! { <span class="answer" data-answer="unknown">{word}</span> }.into_any()
}
