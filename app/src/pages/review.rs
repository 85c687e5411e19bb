//! A second manager's review: of an emergency release, or of a grant of contents before anything is
//! disclosed.

use casework::{case::StepKind, decision::ReviewFinding, ground::Ground};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::{case, decide},
    parts::{Form, case_head, clock, decided, gate, proof, scope, signals},
};

/// What was released and on what answers, and the finding.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Review, |file: &CaseFile| {
        let form = Form::blank();
        let emergency = file.case.ground() == Some(Ground::Emergency);
        let (purpose, asks, follows) = if emergency {
            (
                "One manager released this because there was no time. You look at it again with time: was the danger real, was the requester who they said, was the scope narrow?",
                "Was the release right?",
                "Not upheld, the release ends here: what was not disclosed yet never is.",
            )
        } else {
            (
                "One manager granted contents of communications. Nothing is disclosed before you, a second one, agree.",
                "Should these contents be disclosed?",
                "Not upheld, the case is denied and nothing is disclosed.",
            )
        };
        let fields = view! {
            {form.radios::<ReviewFinding>("finding", asks)}
            {form
                .prose("reasons", "Why")
                .hint(follows)}
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
            {case_head::purpose(purpose)}
            <div class="beside deciding">
                <div>
                    {released.map(|one| decide::part("What was released", decided::decision(one, true)))}
                    {disclosed(file)}
                    {decide::part("The request", case::request(file))}
                    {decide::part("Ground and answers", case::classified(file))}
                    {decide::part("Scope", scope::matrix(&file.case))}
                    {decide::beside(file)}
                    {decide::part("Calls back", called(file))}
                    {signals::panel(file)}
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
