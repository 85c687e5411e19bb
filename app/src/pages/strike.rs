//! Striking an order that was attached by mistake. It stays on the case and no longer counts.

use casework::{case::StepKind, form::Fields};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, address, badge, case_head, form::id},
};

/// Which order, and why.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Strike, |file: &CaseFile| {
        let form = Form::filled(Fields::new().with("order", address::query().get("order")));
        let chosen = form.fields().get("order").to_owned();
        let each = file
            .case
            .standing_orders()
            .enumerate()
            .map(|(place, order)| {
                let code = order.id.to_string();
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="order"
                            id=(place == 0).then(|| id("order"))
                            value=code.clone()
                            checked=code == chosen
                        />
                        <span>{order.name.to_string()} " " {badge::digest(&order.sha256)}</span>
                    </label>
                }
            });
        let fields = view! {
            <fieldset class="field" data-faulty=form.faulty("order") aria-describedby=form.described("order")>
                <legend>"Order to strike"</legend>
                {form.told("order")}
                <div class="choices">{each.collect_view()}</div>
            </fieldset>
            {form
                .prose("reasons", "Why it does not belong here")
                .hint("The order is not removed: it stays on the case, struck, with these words.")}
            {case_head::send(file, "Strike the order")}
        }
        .into_any();
        case_head::step_form(file, StepKind::Strike, &form, "", fields)
    })
}
