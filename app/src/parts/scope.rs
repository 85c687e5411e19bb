//! The minimisation matrix: requested, permitted, held, granted, produced, category by category,
//! each answer with who gave it, when, and why.

use casework::{
    case::Case, clock::day, disclosure::Answer, held::Holding, member::Signed, scope::Category,
};
use leptos::prelude::*;

use crate::parts::{badge, time};

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
                <caption class="unseen">"Scope: what is asked for, what may be given, what is held, what was granted and what was produced"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Requested"</th>
                        <th scope="col">"Permitted"</th>
                        <th scope="col">"Held"</th>
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
                {category.word()} " " {badge::tier(case.terms().tier(category))}
            </th>
            <td data-label="Permitted">{permitted(case, category)}</td>
            <td data-label="Held">{held(case, category)}</td>
            <td data-label="Granted">{granted(case, category)}</td>
            <td data-label="Produced">{produced(case, category)}</td>
        </tr>
    }
    .into_any()
}

/// Whether the instrument reaches a category; where not, the sentence that says why.
pub fn permitted(case: &Case, category: Category) -> AnyView {
    let Some(classification) = case.classification() else {
        return unknown("not classified yet");
    };
    match case.permits(category) {
        Ok(()) => answer(
            "yes",
            "Yes",
            Some(format!(
                "Under {}.",
                lower(classification.instrument.with_article())
            )),
            None,
        ),
        Err(refusal) => answer("no", "No", Some(refusal.to_string()), None),
    }
}

/// What begins a sentence, inside one: it begins with an article.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// Whether it is held, and who looked.
pub fn held(case: &Case, category: Category) -> AnyView {
    match case.holding(category) {
        None => unknown("not looked for yet"),
        Some((Holding::Held, search)) => answer("yes", "Held", None, Some(said(search))),
        Some((other, search)) => answer("no", other.word(), None, Some(said(search))),
    }
}

fn granted(case: &Case, category: Category) -> AnyView {
    let by = case.decisions().last().map(said);
    if case.granted().contains(&category) {
        return answer("yes", "Granted", None, by);
    }
    match case.refused(category) {
        Some(refused) => answer(
            "no",
            "Refused",
            Some(format!("{}. {}", refused.says(), refused.reasons)),
            by,
        ),
        None => unknown("not decided"),
    }
}

fn produced(case: &Case, category: Category) -> AnyView {
    let last = case
        .disclosures()
        .iter()
        .rev()
        .find_map(|one| Some((one.what.answers.get(&category)?, said(one))));
    match last {
        Some((Answer::Produced, by)) => answer("yes", "Produced", None, Some(by)),
        Some((other, by)) => answer("no", other.word(), None, Some(by)),
        None if case.refused(category).is_some() => unknown("\u{2014}"),
        None => unknown("nothing yet"),
    }
}

/// Who gave an answer, and on which day.
fn said<T>(signed: &Signed<T>) -> AnyView {
    view! { {signed.by.name.to_string()} ", " {time::day(day(signed.at))} }.into_any()
}

fn answer(
    code: &'static str,
    word: &'static str,
    why: Option<String>,
    by: Option<AnyView>,
) -> AnyView {
    view! {
        <span class="answer" data-answer=code>{word}</span>
        {why.map(|why| view! { " " <span class="why">{why}</span> })}
        {by.map(|by| view! { " " <span class="by">{by}</span> })}
    }
    .into_any()
}

fn unknown(word: &'static str) -> AnyView {
    view! { <span class="answer" data-answer="unknown">{word}</span> }.into_any()
}
