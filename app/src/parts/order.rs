//! Attached orders: what each is, and the digest a court will ask for.

use casework::{case::StepKind, order::OrderOnCase};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{address, badge, time},
};

/// Every order of a case, struck ones too.
pub fn list(file: &CaseFile) -> AnyView {
    let case = &file.case;
    if case.orders().is_empty() {
        return view! { <p class="none">"No order is attached."</p> }.into_any();
    }
    let may_strike = case.may(StepKind::Strike, &file.me.member).is_ok();
    let each: Vec<_> = case
        .orders()
        .iter()
        .map(|order| view! { <li>{one(file, order, may_strike)}</li> })
        .collect();
    view! { <ul class="orders">{each}</ul> }.into_any()
}

fn one(file: &CaseFile, on_case: &OrderOnCase, may_strike: bool) -> AnyView {
    let order = on_case.order();
    let case = file.case.id();
    let struck = on_case.struck.as_ref().map(|strike| {
        view! {
            <p class="struck">
                "Struck by " {strike.by.name.to_string()} ", " {time::moment(strike.at)} ": "
                <q>{strike.what.reasons.to_string()}</q>
            </p>
        }
    });
    let strike = (may_strike && on_case.stands()).then(|| {
        let href = format!(
            "{}?order={}",
            address::step(case, StepKind::Strike),
            order.id
        );
        view! { <a href=href class="quiet">"Strike"</a> }
    });
    view! {
        <article class="order" data-struck=(!on_case.stands()).then_some("")>
            <h3>
                <a href=address::order(case, order.id) rel="external" download="">{order.name.to_string()}</a>
            </h3>
            <p class="order-facts">
                {order.media_type.to_string()} ", " {badge::size(order.size)} "; attached by "
                {on_case.attached.by.name.to_string()} ", " {time::moment(on_case.attached.at)} " " {strike}
            </p>
            <p class="order-digest">"SHA-256 " {badge::digest(&order.sha256)}</p>
            {struck}
        </article>
    }
    .into_any()
}
