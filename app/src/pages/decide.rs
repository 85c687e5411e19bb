//! The decision: the order, the scope and the answers side by side with the verdict.

use casework::{case::StepKind, decision::Verdict, ground::Ground, scope::Tier, tables::Period};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::case,
    parts::{Form, beside, case_head, clock, decided, gate, order, proof, scope, signals},
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
    let proposed = file
        .case
        .proposed()
        .map(|one| part("Put before you for refusal", decided::said("Proposed", one)));
    view! {
        {proposed}
        {signals::panel(file)}
        {part("The request", case::request(file))}
        {part("Orders", order::list(file))}
        {part("Ground and answers", case::classified(file))}
        {part("Who the requester is", verified.into_any())}
        {part("The gate", gate::list(&file.gate))}
        {part("Scope", scope::matrix(&file.case))}
        {beside(file)}
        {earlier}
    }
    .into_any()
}

/// What lives beside the stage, where anything does.
pub fn beside(file: &CaseFile) -> Option<AnyView> {
    let all = beside::all(file);
    (!all.is_empty()).then(|| {
        part(
            "Beside the decision",
            view! { <div class="beside-stage">{all}</div> }.into_any(),
        )
    })
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
            {form.select_of("code", "Reason", reasons(file))}
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
        {span(file, form)}
        {contents(file)}
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

/// An emergency is released for stated days of data only; those the request names are a start.
fn span(file: &CaseFile, form: &Form) -> Option<AnyView> {
    let boxed = file.case.ground() == Some(Ground::Emergency) && file.case.is_under_terms();
    boxed.then(|| {
        let lapses = file.case.terms().period(Period::EmergencyRelease);
        view! {
            <div class="field-group" data-for=both(Verdict::Approve, Verdict::ApproveInPart)>
                <p class="hint">
                    {format!("You release stated days of data, for {lapses}: after that the release lapses. A second manager reviews it.")}
                </p>
                <div class="grid">
                    {form.date("span_from", "First day of the data").or(file.case.fields().get("from"))}
                    {form.date("span_until", "Last day of the data").or(file.case.fields().get("until"))}
                </div>
            </div>
        }
        .into_any()
    })
}

/// That a grant of contents is not the last word.
fn contents(file: &CaseFile) -> Option<AnyView> {
    let terms = file.case.terms();
    let asked = file
        .case
        .requested()
        .into_iter()
        .any(|category| terms.tier(category) == Tier::Contents);
    let told = asked && terms.two_for_contents && file.case.ground() != Some(Ground::Emergency);
    told.then(|| {
        view! {
            <p class="hint" data-for=both(Verdict::Approve, Verdict::ApproveInPart)>
                "Contents of communications are asked for: where you grant them, a second manager must agree before anything is disclosed."
            </p>
        }
        .into_any()
    })
}

/// The reasons that a decision on this case may give.
pub fn reasons(file: &CaseFile) -> Vec<(String, String)> {
    let instrument = file.case.classification().map(|one| one.instrument);
    file.tables
        .reasons
        .iter()
        .filter(|row| row.offered && row.code.is_for(instrument))
        .map(|row| (row.code.code().to_owned(), row.word.to_string()))
        .collect()
}

fn both(one: Verdict, other: Verdict) -> String {
    format!("{} {}", one.code(), other.code())
}
