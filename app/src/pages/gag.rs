//! What forbids telling the subject, and its end.

use casework::{case::StepKind, form::Fields};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, beside, case_head, clock},
};

/// A nondisclosure order, with its basis and its days.
pub fn record() -> AnyView {
    case_head::step_page(StepKind::Gag, |file: &CaseFile| {
        let form = Form::filled(demanded(file));
        let fields = view! {
            {form
                .line("basis", "Basis")
                .hint("The provision or order it rests on, as in 18 USC 2705(b), docket 26-mj-0417.")}
            <div class="grid">
                {form.date("from", "First day")}
                {form
                    .date("until", "Last day")
                    .hint("Blank where the order names none: an open-ended order is flagged.")
                    .optional()}
            </div>
            {case_head::send(file, "Record the order")}
        }
        .into_any();
        view! {
            {case_head::purpose("Records an order that forbids telling the subject. While it runs the desk refuses to notify; the day after it ends, a notice falls due.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Gag, &form, "", fields)}</div>
                <aside>{beside::head()} {beside::gag(file)}</aside>
            </div>
        }
        .into_any()
    })
}

/// What the request itself demands is a start.
fn demanded(file: &CaseFile) -> Fields {
    let Some(demand) = file
        .case
        .request()
        .and_then(|request| request.confidentiality.as_ref())
    else {
        return Fields::new();
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Fields::new()
        .with("basis", demand.basis.to_string())
        .with("from", day(demand.from))
        .with("until", day(demand.until))
}

/// It no longer binds.
pub fn lift() -> AnyView {
    case_head::step_page(StepKind::Lift, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form.date("on", "Last day it bound")}
            {form
                .prose("reasons", "What ended it")
                .hint("Which order, or which fact: a letter of the court, a demand without a legal basis.")}
            {case_head::send(file, "Record that it ended")}
        }
        .into_any();
        view! {
            {case_head::purpose("Records that what forbade telling the subject no longer binds. A notice to the subject falls due at once.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Lift, &form, "", fields)}</div>
                <aside>{beside::head()} {beside::gag(file)} {clock::list(&file.clocks, file.now, &file.zone)}</aside>
            </div>
        }
        .into_any()
    })
}
