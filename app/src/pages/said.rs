//! Two steps that carry nothing but their reasons: withdrawing a case, and taking it up again.

use casework::case::StepKind;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head},
};

/// The request no longer stands.
pub fn withdraw() -> AnyView {
    case_head::step_page(StepKind::Withdraw, |file: &CaseFile| {
        say(
            file,
            StepKind::Withdraw,
            "Why the request no longer stands",
            "Withdraw the case",
        )
    })
}

/// An ended case is taken up again.
pub fn reopen() -> AnyView {
    case_head::step_page(StepKind::Reopen, |file: &CaseFile| {
        say(
            file,
            StepKind::Reopen,
            "Why the case is taken up again",
            "Reopen the case",
        )
    })
}

fn say(file: &CaseFile, step: StepKind, why: &str, does: &str) -> AnyView {
    let form = Form::blank();
    let fields = view! {
        {form.prose("reasons", why).hint("These words stay on the case. Earlier decisions and their reasons stay too.")}
        {case_head::send(file, does)}
    }
    .into_any();
    case_head::step_form(file, step, &form, "", fields)
}
