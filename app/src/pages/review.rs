//! A second manager's review of an emergency release.

use casework::{case::StepKind, decision::ReviewFinding};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, clock, decided, gate, proof},
};

/// What was released and on what answers, and the finding.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Review, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form.radios::<ReviewFinding>("finding", "Was the release right?")}
            {form
                .prose("reasons", "Why")
                .hint("Not upheld, the release ends here: what was not disclosed yet never is.")}
            {proof::ask(&form, &file.me)}
            {case_head::send(file, "Record the review")}
        }
        .into_any();
        let released = file
            .case
            .decisions()
            .iter()
            .rfind(|one| one.what.approves());
        view! {
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Review, &form, "", fields)}</div>
                <aside>
                    {clock::list(&file.clocks, file.now)}
                    {released.map(|one| decided::decision(one, true))}
                    {file.case.disclosures().iter().map(decided::disclosure).collect_view()}
                    <h2>"The gate"</h2>
                    {gate::list(&file.gate)}
                    <h2>"Calls back"</h2>
                    {file.case.verifications().iter().map(decided::verification).collect_view()}
                </aside>
            </div>
        }
        .into_any()
    })
}
