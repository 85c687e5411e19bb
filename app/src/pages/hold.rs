//! Keeping data from deletion: giving a hold, renewing it, converting it, releasing it.

use casework::{
    case::StepKind,
    form::Fields,
    hold::{Hold, Renews},
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::{case, decide},
    parts::{Form, beside, case_head, clock},
};

/// A named owner keeps it.
pub fn give() -> AnyView {
    case_head::step_page(StepKind::Hold, |file: &CaseFile| {
        let last = file.case.beside().holds.last();
        let form = Form::filled(
            last.map(|hold| filled(&hold.given.what))
                .unwrap_or_default(),
        );
        let fields = view! {
            {form.line("owner", "Owner").hint("The person who keeps it and answers for it, by name.")}
            {form.prose("what", "What is kept").hint("Which data, of whom, of which days.")}
            {form.line("kept_in", "Where it lies").hint("The system or the place.")}
            {case_head::send(file, "Give the hold")}
        }
        .into_any();
        view! {
            {case_head::purpose("Keeps data from deletion, in the hands of a named owner. Until it is released with proof of deletion, or converted, the case cannot be closed.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Hold, &form, "", fields)}</div>
                <aside>
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {decide::part("The request", case::request(file))}
                </aside>
            </div>
        }
        .into_any()
    })
}

fn filled(hold: &Hold) -> Fields {
    Fields::new()
        .with("owner", hold.owner.as_str())
        .with("what", hold.what.as_str())
        .with("kept_in", hold.kept_in.as_str())
}

/// A hold, or a nondisclosure order, is prolonged.
pub fn renew() -> AnyView {
    case_head::step_page(StepKind::Renew, |file: &CaseFile| {
        let beside = file.case.beside();
        let hold = beside
            .hold()
            .is_some_and(|hold| hold.converted.is_none())
            .then_some(Renews::Hold);
        let gag = beside.gag_order().map(|_| Renews::Gag);
        let open: Vec<Renews> = hold.into_iter().chain(gag).collect();
        let only = match open.as_slice() {
            [one] => one.code(),
            _ => "",
        };
        let form = Form::filled(Fields::new().with("of", only));
        let choices = open
            .iter()
            .map(|one| (one.code().to_owned(), one.word().to_owned()))
            .collect();
        let until = gag.map(|_| {
            form.date("until", "New last day")
                .hint("Of the nondisclosure order. A preservation's follows from the tables.")
                .asked_of(Renews::Gag.code().into())
                .into_render()
        });
        let fields = view! {
            {form.radios_of("of", "What is renewed", choices)}
            {form.line("reference", "Renewed by").hint("The form, letter or order, with its number and day.")}
            {until}
            {case_head::send(file, "Record the renewal")}
        }
        .into_any();
        view! {
            {case_head::purpose("Prolongs a preservation or a nondisclosure order because its issuer asked for it. The clock then ends later, and says by how much and why.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Renew, &form, "renewing", fields)}</div>
                <aside>{beside::head()} {beside::hold(file)} {beside::gag(file)}</aside>
            </div>
        }
        .into_any()
    })
}

/// The production order came.
pub fn convert() -> AnyView {
    case_head::step_page(StepKind::Convert, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form
                .line("production", "The case that asks for production")
                .hint("Its number, as in DD-2026-00042. File the production order as a case of its own first.")}
            {case_head::send(file, "Convert the hold")}
        }
        .into_any();
        view! {
            {case_head::purpose("The order to produce what is kept has come, as a case of its own. The hold then lasts as long as that case needs the data, and ends without proof of deletion.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Convert, &form, "", fields)}</div>
                <aside>{beside::head()} {beside::hold(file)}</aside>
            </div>
        }
        .into_any()
    })
}

/// The hold ends, with proof of deletion.
pub fn release() -> AnyView {
    case_head::step_page(StepKind::Release, |file: &CaseFile| {
        let zone = file.case.fields().get("received_zone").to_owned();
        let form = Form::filled(Fields::new().with("zone", zone));
        let converted = file
            .case
            .beside()
            .hold()
            .is_some_and(|hold| hold.converted.is_some());
        let hint = if converted {
            "The hold was converted, so the data may be kept on for the production. Leave these blank where it is."
        } else {
            "A hold that ends without a production ends with deletion."
        };
        let fields = view! {
            {form.prose("reasons", "Why the hold ends")}
            <fieldset class="section">
                <legend><h2>"Proof of deletion"</h2></legend>
                <p class="hint">{hint}</p>
                <div class="grid">
                    {form.line("deleted_by", "Deleted by")}
                    {form.moment("deleted_at", "Deleted at")}
                    {form.zone("zone")}
                    {form
                        .prose("deleted_what", "What was deleted")
                        .hint("And where that is logged.")}
                </div>
            </fieldset>
            {case_head::send(file, "Release the hold")}
        }
        .into_any();
        view! {
            {case_head::purpose("Lets go of what was kept. Once released, the case can be closed; what was deleted cannot be brought back.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Release, &form, "", fields)}</div>
                <aside>{beside::head()} {beside::hold(file)} {clock::list(&file.clocks, file.now, &file.zone)}</aside>
            </div>
        }
        .into_any()
    })
}
