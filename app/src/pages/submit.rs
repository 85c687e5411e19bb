//! Putting a case before a manager: to be weighed, or for refusal as it stands.

use casework::case::StepKind;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, gate, scope},
};

/// The gate as it stands, the scope, and one button; another where something is left open.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Submit, |file: &CaseFile| {
        let open = !gate::open(&file.gate).is_empty();
        let asked = if open {
            for_refusal(file)
        } else {
            to_weigh(file)
        };
        view! {
            {asked}
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

fn to_weigh(file: &CaseFile) -> AnyView {
    let form = Form::blank();
    let fields = view! {
        <p class="lead">"Nothing is left open. What speaks against approval is for the manager to weigh."</p>
        {case_head::send(file, "Put before a manager")}
    }
    .into_any();
    case_head::step_form(file, StepKind::Submit, &form, "", fields)
}

/// An informal request has no order to attach and no answers to give: it is refused as it stands, and
/// not before somebody made them up.
fn for_refusal(file: &CaseFile) -> AnyView {
    let form = Form::blank();
    let fields = view! {
        <input type="hidden" name="refuse" value="yes"/>
        {form
            .prose("reasons", "Why it should be refused as it stands")
            .hint("The manager reads this first. They may refuse it or return it; approving stays shut while anything is open.")}
        {case_head::send(file, "Put before a manager for refusal")}
    }
    .into_any();
    view! {
        {case_head::purpose("Something is left open: it must be answered or done before a manager may weigh an approval. What names no legal process at all, or cannot be mended, goes to a manager for refusal.")}
        {case_head::step_form(file, StepKind::Submit, &form, "", fields)}
    }
    .into_any()
}
