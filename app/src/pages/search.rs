//! Saying what is held of what was asked for.

use casework::{
    case::StepKind,
    form::Fields,
    held::{Holding, held_field},
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::{case, decide},
    parts::{Form, case_head, scope, time},
};

/// A choice for each category asked for, with what was said before.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Search, |file: &CaseFile| {
        let form = Form::filled(said_before(file));
        let answers = scope::asked(&file.case).into_iter().map(|category| {
            let before = file.case.holding(category).map(|(_, search)| {
                format!(
                    "Said by {} on {}.",
                    search.by.name,
                    casework::clock::day(search.at)
                )
            });
            form.radios::<Holding>(&held_field(category), category.word())
                .hint(&before.unwrap_or_default())
                .in_a_row()
                .into_render()
        });
        let fields = view! {
            {answers.collect_view()}
            {form
                .prose("remarks", "Where was looked")
                .hint("Which systems, by which identifiers, so that a colleague could look again.")
                .optional()}
            {case_head::send(file, "Record what is held")}
        }
        .into_any();
        view! {
            {case_head::purpose("Records who looked for what, and what was found. What is not held can be neither granted nor produced; the last word on a category counts.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Search, &form, "", fields)}</div>
                <aside>{decide::part("The request", case::request(file))}</aside>
            </div>
        }
        .into_any()
    })
}

/// The last answers stand filled in, so that one who corrects one need not repeat the others.
fn said_before(file: &CaseFile) -> Fields {
    scope::asked(&file.case)
        .into_iter()
        .filter_map(|category| {
            let (holding, _) = file.case.holding(category)?;
            Some((held_field(category), holding.code().to_owned()))
        })
        .collect()
}

/// When and by whom something was last looked for.
pub fn looked(file: &CaseFile) -> Option<AnyView> {
    let search = file.case.beside().searches.last()?;
    let remarks = search
        .what
        .remarks
        .as_ref()
        .map(|remarks| view! { <blockquote>{remarks.to_string()}</blockquote> });
    Some(
        view! {
            <p class="hint">
                "Last looked for by " {search.by.name.to_string()} ", " {time::moment(search.at)} "."
            </p>
            {remarks}
        }
        .into_any(),
    )
}
