//! Putting a case before a manager.

use casework::case::StepKind;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, gate, scope},
};

/// The gate as it stands, the scope, and one button.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Submit, |file: &CaseFile| {
        let form = Form::blank();
        let open = gate::open(&file.gate);
        let ready = if open.is_empty() {
            "Nothing is left open. What speaks against approval is for the manager to weigh."
        } else {
            "What is open must be answered or done first."
        };
        let fields = view! {
            <p class="lead">{ready}</p>
            {case_head::send(file, "Put before a manager")}
        }
        .into_any();
        view! {
            {case_head::step_form(file, StepKind::Submit, &form, "", fields)}
            <section aria-labelledby="gate-head">
                <h2 id="gate-head">"The gate"</h2>
                {gate::list(&file.gate)}
            </section>
            <section aria-labelledby="scope-head">
                <h2 id="scope-head">"Scope"</h2>
                {scope::matrix(&file.case)}
            </section>
        }
        .into_any()
    })
}
