//! Whether formal process ever arrived after an emergency release.

use casework::case::StepKind;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::decide,
    parts::{Form, beside, case_head, clock, decided, order},
};

/// Yes or no, and what was done about it.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Process, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form.yes_no("arrived", "Did formal process arrive?")}
            {form
                .prose("reasons", "Which, or what was done")
                .hint("Name the order that arrived and attach it; else say what was done about its absence.")}
            {case_head::send(file, "Record it")}
        }
        .into_any();
        let released = file
            .case
            .decisions()
            .iter()
            .rfind(|one| one.what.approves());
        view! {
            {case_head::purpose("Answers for an emergency release: did the order that should follow it ever come? A no stays on the case, and stands in what is reported under the policy.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Process, &form, "", fields)}</div>
                <aside>
                    {beside::head()}
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {beside::processes(file)}
                    {decide::part("Orders", order::list(file))}
                    {released.map(|one| decide::part("What was released", decided::decision(one, true)))}
                </aside>
            </div>
        }
        .into_any()
    })
}
