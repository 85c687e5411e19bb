//! Recording what left the house.

use casework::{
    case::StepKind,
    disclosure::{Answer, Means, answer_field},
    form::Fields,
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, clock, decided},
};

/// Category by category what became of it, then to whom, how, when, and the digest.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Disclose, |file: &CaseFile| {
        let form = Form::filled(filled(file));
        let answers = file.case.granted().iter().map(|category| {
            form.radios::<Answer>(&answer_field(*category), category.word())
                .in_a_row()
                .into_render()
        });
        let fields = view! {
            <fieldset class="section">
                <legend><h2>"What became of each granted category"</h2></legend>
                {answers.collect_view()}
            </fieldset>
            <fieldset class="section">
                <legend><h2>"What was sent"</h2></legend>
                <div class="grid">
                    {form.line("recipient", "Recipient").hint("Name, office, address.")}
                    {form.select::<Means>("means", "Means")}
                    {form.moment("sent", "Sent")}
                    {form.zone("zone")}
                    {form.prose("what", "What was sent").hint("As a custodian of records would certify it.")}
                </div>
                    {form
                        .line("sha256", "SHA-256 of what was sent")
                        .hint("64 hexadecimal digits, as printed by sha256sum. Leave blank only if nothing was produced.")}
            </fieldset>
            {case_head::send(file, "Record the disclosure")}
        }
        .into_any();
        let standing = file.case.decisions().last();
        view! {
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Disclose, &form, "", fields)}</div>
                <aside>
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {standing.map(|one| decided::decision(one, true))}
                </aside>
            </div>
        }
        .into_any()
    })
}

/// What the request says of the recipient is a start, not an answer.
fn filled(file: &CaseFile) -> Fields {
    let typed = file.case.fields();
    Fields::new()
        .with("zone", typed.get("received_zone"))
        .with("recipient", typed.get("deliver_to"))
}
