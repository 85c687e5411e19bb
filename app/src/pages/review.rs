//! A second manager's review of an emergency release.

use casework::{case::StepKind, decision::ReviewFinding};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::{case, decide},
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
            <div class="beside deciding">
                <div>
                    {released.map(|one| decide::part("What was released", decided::decision(one, true)))}
                    {disclosed(file)}
                    {decide::part("The request", case::request(file))}
                    {decide::part("Ground and answers", case::classified(file))}
                    {decide::part("Calls back", called(file))}
                    {decide::part("The gate", gate::list(&file.gate))}
                    <a class="button primary jump" href="#yours">"Your review"</a>
                </div>
                <aside id="yours" aria-label="Your review">
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {gate::left(&file.gate)}
                    {case_head::step_form(file, StepKind::Review, &form, "", fields)}
                </aside>
            </div>
        }
        .into_any()
    })
}

fn disclosed(file: &CaseFile) -> Option<AnyView> {
    let all: Vec<_> = file
        .case
        .disclosures()
        .iter()
        .map(decided::disclosure)
        .collect();
    (!all.is_empty()).then(|| decide::part("What was disclosed", all.into_any()))
}

fn called(file: &CaseFile) -> AnyView {
    let all: Vec<_> = file
        .case
        .verifications()
        .iter()
        .map(decided::verification)
        .collect();
    all.into_any()
}
