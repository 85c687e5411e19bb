//! The request, as it was filed; a draft as far as it was typed.

use casework::{
    case::Case,
    form::{Choice, Fields},
    request::{Channel, IdentifierKind, RequesterKind},
};
use leptos::prelude::*;

use crate::parts::time;

/// What they ask, first in their own words, then who they are and how it came.
pub fn view(case: &Case) -> AnyView {
    let typed = case.fields();
    view! {
        {passage(typed, "asks", "They ask")}
        {passage(typed, "legal_basis", "They cite")}
        <div class="columns">
            {requester(typed)}
            {receipt(case)}
        </div>
        {subject(typed)}
        {confidentiality(case)}
    }
    .into_any()
}

fn passage(typed: &Fields, name: &str, label: &'static str) -> Option<AnyView> {
    let text = typed.get(name).to_owned();
    (!text.is_empty()).then(|| {
        view! {
            <h3>{label}</h3>
            <blockquote>{text}</blockquote>
        }
        .into_any()
    })
}

/// A fact as typed; what was not typed is not listed.
fn fact(label: &'static str, value: impl Into<String>) -> Option<AnyView> {
    let value = value.into();
    (!value.is_empty()).then(|| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any())
}

fn word<C: Choice>(typed: &Fields, name: &str) -> String {
    let found = C::all()
        .iter()
        .copied()
        .find(|one| one.code() == typed.get(name));
    found.map(|one| one.word().to_owned()).unwrap_or_default()
}

fn requester(typed: &Fields) -> AnyView {
    view! {
        <div>
            <h3>"Requester"</h3>
            <dl class="facts">
                {fact("Kind", word::<RequesterKind>(typed, "requester_kind"))}
                {fact("Authority, firm or company", typed.get("authority"))}
                {fact("Unit", typed.get("unit"))}
                {fact("Country", typed.get("country"))}
                {fact("Person", typed.get("person"))}
                {fact("Title", typed.get("title"))}
                {fact("Badge or identity number", typed.get("badge"))}
                {fact("Official e-mail", typed.get("email"))}
                {fact("Telephone", typed.get("phone"))}
                {fact("Their reference", typed.get("reference"))}
            </dl>
        </div>
    }
    .into_any()
}

fn receipt(case: &Case) -> AnyView {
    let typed = case.fields();
    let received = case.request().map(|request| {
        view! { <div><dt>"Received"</dt><dd>{time::zoned(&request.received)}</dd></div> }
    });
    let filed = case.filed().map(|filed| {
        view! {
            <div><dt>"Filed"</dt><dd>{time::moment(filed.at)} " by " {filed.by.name.to_string()}</dd></div>
        }
    });
    let dates = [typed.get("from"), typed.get("until")];
    let span = match dates {
        ["", ""] => String::new(),
        [from, ""] => format!("from {from}"),
        ["", until] => format!("to {until}"),
        [from, until] => format!("{from} to {until}"),
    };
    view! {
        <div>
            <h3>"Receipt and dates"</h3>
            <dl class="facts">
                {fact("How it came", word::<Channel>(typed, "channel"))}
                {fact("Addressed to", typed.get("served_entity"))}
                {fact("Served at", typed.get("served_at"))}
                {received}
                {filed}
                {fact("Complete on", typed.get("complete_on"))}
                {fact("Dated", typed.get("issued"))}
                {fact("Deadline it states", format!("{} {}", typed.get("due"), typed.get("due_time")).trim())}
                {fact("Period asked for", span)}
                {fact("Deliver to", typed.get("deliver_to"))}
                {fact("Language", typed.get("language"))}
            </dl>
        </div>
    }
    .into_any()
}

fn subject(typed: &Fields) -> Option<AnyView> {
    let kinds = typed.all("identifier_kind");
    let each: Vec<_> = kinds
        .zip(typed.all("identifier_value"))
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(kind, value)| {
            let kind = IdentifierKind::from_code(kind).unwrap_or(IdentifierKind::Other);
            view! { <div><dt>{kind.word()}</dt><dd>{value.to_owned()}</dd></div> }
        })
        .collect();
    (!each.is_empty()).then(|| {
        view! {
            <h3>"Subject"</h3>
            <dl class="facts">{each}</dl>
        }
        .into_any()
    })
}

fn confidentiality(case: &Case) -> Option<AnyView> {
    let demand = case.request()?.confidentiality.as_ref()?;
    let until = match demand.until {
        Some(day) => view! { "until " {time::day(day)} }.into_any(),
        None => {
            view! { <strong class="warn">"open-ended: ask for an end date"</strong> }.into_any()
        }
    };
    Some(
        view! {
            <h3>"Confidentiality"</h3>
            <p>"The subject may not be told, under " {demand.basis.to_string()} ", " {until} "."</p>
        }
        .into_any(),
    )
}
