//! Recording how the requester's identity was tested.

use casework::{
    case::StepKind,
    form::Fields,
    ground::Ground,
    verification::{Finding, Method},
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, decided, signals},
};

mod numbers;

/// What the request says of the requester beside the form, so that it is *not* what gets called.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Verify, |file: &CaseFile| {
        let form = Form::filled(Fields::new());
        let zone = file.case.fields().get("received_zone").to_owned();
        let fields = view! {
            {form.radios::<Method>("method", "How it was tested")}
            {numbers::choose(file, &form)}
            {form.line("contact", "Contact used").hint("The number called, the register searched, the address used.")}
            {form
                .line("source", "Where that was found")
                .hint("Independently of the request: the authority's own site, a directory, earlier post.")}
            {numbers::keep(file, &form)}
            {form.line("answered_by", "Who answered").hint("Name and title; for a register, the entry found.")}
            {form.moment("at", "When")}
            {form.zone("zone").or(&zone)}
            {form.radios::<Finding>("finding", "What it showed").in_a_row()}
            {form.prose("remarks", "Remarks").optional()}
            {at_once(file, &form)}
            {case_head::send(file, "Record the verification")}
        }
        .into_any();
        view! {
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Verify, &form, "", fields)}</div>
                <aside>{given(file)} {signals::panel(file)} {before(file)}</aside>
            </div>
        }
        .into_any()
    })
}

/// In an emergency minutes count: who confirmed may put the case before a manager in the same act.
fn at_once(file: &CaseFile, form: &Form) -> Option<AnyView> {
    let hurried = file.case.ground() == Some(Ground::Emergency)
        && StepKind::Submit.roles().contains(&file.me.member.role);
    hurried.then(|| {
        form.tick("submit", "Put the case before a manager at once")
            .hint("Where something is still open the verification is recorded, and the case tells what is missing.")
            .into_render()
    })
}

fn given(file: &CaseFile) -> AnyView {
    let typed = file.case.fields();
    let facts = [
        ("Authority", "authority"),
        ("Person", "person"),
        ("E-mail", "email"),
        ("Telephone", "phone"),
    ]
    .into_iter()
    .filter(|(_, name)| !typed.get(name).is_empty())
    .map(
        |(label, name)| view! { <div><dt>{label}</dt><dd>{typed.get(name).to_owned()}</dd></div> },
    );
    view! {
        <section class="panel">
            <h2>"What the request says"</h2>
            <dl class="facts">{facts.collect_view()}</dl>
            <p class="warn">
                "Do not call this number or answer this address: both came with the request. Fake requests are sent from genuine mailboxes that were broken into."
            </p>
        </section>
    }
    .into_any()
}

fn before(file: &CaseFile) -> Option<AnyView> {
    let all = file.case.verifications();
    (!all.is_empty()).then(|| {
        view! {
            <section class="panel">
                <h2>"Tested before"</h2>
                {all.iter().map(decided::verification).collect_view()}
            </section>
        }
        .into_any()
    })
}
