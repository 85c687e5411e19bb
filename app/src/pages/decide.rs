//! The decision: the order, the scope and the answers side by side with the verdict.

use casework::{case::StepKind, decision::Verdict, ground::Ground, tables::Tables};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::case,
    parts::{Form, case_head, clock, decided, gate, order, proof},
};

mod grants;

/// What the manager weighs on one side, what they decide on the other.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Decide, |file: &CaseFile| {
        let form = Form::filled(grants::preset(file));
        view! {
            <div class="beside deciding">
                <div>{weigh(file)} <a class="button primary jump" href="#yours">"Your decision"</a></div>
                <aside id="yours" aria-label="Your decision">
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {gate::left(&file.gate)}
                    {case_head::step_form(file, StepKind::Decide, &form, "verdict", verdict(file, &form))}
                </aside>
            </div>
        }
        .into_any()
    })
}

fn weigh(file: &CaseFile) -> AnyView {
    let earlier: Vec<_> = file
        .case
        .decisions()
        .iter()
        .rev()
        .map(|one| decided::decision(one, false))
        .collect();
    let earlier = (!earlier.is_empty()).then(|| part("Decided before", earlier.into_any()));
    let verified: Vec<_> = file
        .case
        .verifications()
        .iter()
        .map(decided::verification)
        .collect();
    view! {
        {part("The request", case::request(file))}
        {part("Orders", order::list(file))}
        {part("Ground and answers", case::classified(file))}
        {part("Who the requester is", verified.into_any())}
        {part("The gate", gate::list(&file.gate))}
        {earlier}
    }
    .into_any()
}

/// A part of what is weighed, under its own head.
pub fn part(title: &'static str, body: AnyView) -> AnyView {
    view! { <section><h2>{title}</h2>{body}</section> }.into_any()
}

fn verdict(file: &CaseFile, form: &Form) -> AnyView {
    let claims = file.case.ground() == Some(Ground::RightsOrProperty);
    view! {
        <h2>"Your decision"</h2>
        {form.radios::<Verdict>("verdict", "Verdict")}
        {grants::list(file, form)}
        <div class="field-group" data-for="deny">
            {form.select_of("code", "Reason", reasons(&file.tables))}
            {form.prose("reasons", "Why").hint("In words the requester could be told.")}
        </div>
        {form
            .prose("needs", "What is missing")
            .hint("So that it can be mended at once.")
            .asked_of(Verdict::Return.code().into())}
        {claims
            .then(|| {
                form.tick("not_claiming", "I am not the person harmed or claiming")
                    .asked_of(both(Verdict::Approve, Verdict::ApproveInPart))
                    .into_render()
            })}
        {form
            .prose("remarks", "Remarks")
            .rows(2)
            .optional()
            .asked_of(both(Verdict::Approve, Verdict::ApproveInPart))}
        {proof::ask(form, &file.me)}
        {case_head::send(file, "Record the decision")}
    }
    .into_any()
}

/// The reasons that a decision may give.
pub fn reasons(tables: &Tables) -> Vec<(String, String)> {
    tables
        .reasons
        .iter()
        .filter(|row| row.offered)
        .map(|row| (row.code.code().to_owned(), row.word.to_string()))
        .collect()
}

fn both(one: Verdict, other: Verdict) -> String {
    format!("{} {}", one.code(), other.code())
}
