//! Closing a case: whether the subject was told.

use casework::{case::StepKind, disclosure::NoticeOutcome, form::Fields};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, clock, time},
};

/// The notice, a gag's end, and words.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Close, |file: &CaseFile| {
        let stands = file.case.notice_stands();
        let form = Form::filled(begun(stands));
        let on_file = stands.map(|(outcome, until)| {
            let said = match (outcome, until) {
                (NoticeOutcome::Gagged, Some(_)) => "Gagged",
                (NoticeOutcome::Gagged, None) => "Gagged, without an end",
                (NoticeOutcome::ExigentDelay, Some(_)) => "Put off",
                _ => outcome.word(),
            };
            let until = until.map(|until| view! { " until the end of " {time::day(until)} });
            view! { <p class="lead">"On file: " <strong>{said} {until}</strong> "."</p> }
        });
        let fields = view! {
            {form.radios::<NoticeOutcome>("notice", "Was the subject told?")}
            {form
                .date("gagged_until", "Gagged until")
                .hint("The day it ends, a notice falls due. Blank only where the order on file names no end.")
                .asked_of("gagged".into())}
            {form
                .date("delayed_until", "Delayed until")
                .hint("The day after, a notice falls due.")
                .asked_of("exigent_delay".into())}
            {form
                .prose("words", "When the subject was told, or why not")
                .hint("Needed where no notice and no order on file says so.")
                .optional()}
            {case_head::send(file, "Close the case")}
        }
        .into_any();
        view! {
            <p class="lead">"The case has come to: " <strong>{file.case.outcome().word()}</strong> "."</p>
            {on_file}
            {clock::list(&file.clocks, file.now, &file.zone)}
            {case_head::step_form(file, StepKind::Close, &form, "closing", fields)}
        }
        .into_any()
    })
}

/// What is on file of the notice is what the case is closed with.
fn begun(stands: Option<(NoticeOutcome, Option<jiff::civil::Date>)>) -> Fields {
    let Some((outcome, until)) = stands else {
        return Fields::new();
    };
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    let fields = Fields::new().with("notice", outcome.code());
    match outcome {
        NoticeOutcome::Gagged => fields.with("gagged_until", until),
        NoticeOutcome::ExigentDelay => fields.with("delayed_until", until),
        _ => fields,
    }
}
