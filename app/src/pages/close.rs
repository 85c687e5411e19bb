//! Closing a case: whether the subject was told.

use casework::{case::StepKind, disclosure::NoticeOutcome, form::Fields};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, clock},
};

/// The notice, a gag's end, and words.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Close, |file: &CaseFile| {
        let demanded = file
            .case
            .request()
            .and_then(|request| request.confidentiality.as_ref()?.until);
        let until = demanded.map(|day| day.to_string()).unwrap_or_default();
        let form = Form::filled(Fields::new());
        let fields = view! {
            {form.radios::<NoticeOutcome>("notice", "Was the subject told?")}
            {form
                .date("gagged_until", "Gagged until")
                .hint("The day it ends, a notice falls due.")
                .or(&until)
                .asked_of("gagged".into())}
            {form
                .prose("words", "When the subject was told, or why not")
                .hint("Needed where the subject was not told and no gag says so.")
                .optional()}
            {case_head::send(file, "Close the case")}
        }
        .into_any();
        view! {
            <p class="lead">"The case has come to: " <strong>{file.case.outcome().word()}</strong> "."</p>
            {clock::list(&file.clocks, file.now, &file.zone)}
            {case_head::step_form(file, StepKind::Close, &form, "closing", fields)}
        }
        .into_any()
    })
}
