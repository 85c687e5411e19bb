//! Merging two entries of one authority: choose the duplicate, see what comes of it, then do it.

use casework::{
    directory::{Authority, Domain, Known},
    words::Line,
};
use leptos::prelude::*;

use super::head;
use crate::{
    desk::Merger,
    parts::{
        Form, address,
        form::{hidden, id},
        load::{load, refuse},
        proof,
    },
};

/// The page of both steps: without a second entry, the choice; with one, what would come of it.
pub fn page() -> AnyView {
    let id = match address::requester_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    let query = address::query();
    let with = query.get("with").parse().ok();
    let text = query.get("q").to_owned();
    load(
        move |desk| async move { desk.merger(id, with, text).await },
        |merger: Merger| {
            let body = match &merger.with {
                None => choose(&merger),
                Some((other, Ok(both))) => confirm(&merger, other, both),
                Some((other, Err(why))) => view! {
                    <p class="notice">{other.authority.name.to_string()} ": " {why.clone()}</p>
                    {choose(&merger)}
                }
                .into_any(),
            };
            view! { {head(&merger.known, "Merge with a duplicate")} {body} }.into_any()
        },
    )
}

fn choose(merger: &Merger) -> AnyView {
    let address = format!("{}/merge", address::requester(merger.known.authority.id));
    let each = merger.candidates.iter().map(|card| {
        view! {
            <li>
                <a href=format!("{address}?with={}", card.id)>{card.name.to_string()}</a> ", "
                {card.country.to_string()} " " <span class="mark">{card.domains.join(", ")}</span>
            </li>
        }
    });
    let none = merger.candidates.is_empty().then(
        || view! { <p class="none">"No other entry is like it. Search for the duplicate."</p> },
    );
    view! {
        {Form::blank().summary()}
        <search>
            <form method="get" action=address.clone() class="filters">
                <label class="q">
                    <span>"The duplicate: name, country or domain"</span>
                    <input type="search" name="q" value=merger.text.clone() autocomplete="off"/>
                </label>
                <p class="filter-send"><button>"Search"</button></p>
            </form>
        </search>
        <h2>"Which entry is the same authority?"</h2>
        {none}
        <ul id=id("with") tabindex="-1">{each.collect_view()}</ul>
    }
    .into_any()
}

fn confirm(merger: &Merger, other: &Known, both: &Authority) -> AnyView {
    let form = Form::blank();
    let one = &merger.known;
    let address = format!("{}/merge", address::requester(one.authority.id));
    let back = address.clone();
    let lost = one.authority.not_taken_over(&other.authority);
    let lost = (!lost.is_empty()).then(|| {
        let each = lost
            .into_iter()
            .map(|(what, text)| view! { <li>{what} ": " {text}</li> });
        view! {
            <h3>"Stays only on the entry that is merged"</h3>
            <ul>{each.collect_view()}</ul>
        }
    });
    view! {
        <p>
            "Everything of both is kept, nothing twice. The older entry stands; the other one points to it, and requests linked to either are found under the one. This cannot be undone."
        </p>
        <div class="beside">
            <section class="panel"><h2>{one.authority.name.to_string()}</h2>{told(&one.authority)}</section>
            <section class="panel"><h2>{other.authority.name.to_string()}</h2>{told(&other.authority)}</section>
        </div>
        <section aria-labelledby="both-head">
            <h2 id="both-head">"What comes of it: " {both.name.to_string()}</h2>
            {told(both)}
            {lost}
        </section>
        <form method="post" action=address class="step" novalidate=true>
            {form.summary()}
            <div id=id("with") tabindex="-1">{form.told("with")}</div>
            {hidden("with", &other.authority.id.to_string())}
            {hidden("seen_entry", &one.seen().to_string())}
            {hidden("seen_with", &other.seen().to_string())}
            {proof::ask(&form, &merger.me)}
            <p class="send">
                <button class="primary">"Merge them"</button>
                <a href=back>"Choose another"</a>
            </p>
        </form>
    }
    .into_any()
}

fn told(authority: &Authority) -> AnyView {
    let lines = |all: &[Line]| {
        all.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let phones = authority.phones.iter().map(|phone| {
        format!(
            "{} ({}, looked up on {})",
            phone.number, phone.source, phone.checked_on
        )
    });
    let people = authority.people.iter().map(|person| match &person.title {
        Some(title) => format!("{}, {title}", person.name),
        None => person.name.to_string(),
    });
    let facts = [
        ("Name", authority.name.to_string()),
        ("Also called", lines(&authority.also)),
        ("Kind", authority.kind.word().to_owned()),
        ("Country", authority.country.to_string()),
        ("Units", lines(&authority.units)),
        (
            "Domains",
            authority
                .domains
                .iter()
                .map(Domain::shown)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ("Numbers", phones.collect::<Vec<_>>().join("; ")),
        ("People", people.collect::<Vec<_>>().join("; ")),
        (
            "Remarks",
            authority
                .remarks
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> });
    view! { <dl class="facts">{facts.collect_view()}</dl> }.into_any()
}
