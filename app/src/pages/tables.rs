//! The tables that cases are judged by: what stands, what each version changed, and the next one.

use casework::{
    member::Duty,
    tables::{Change, Tables},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, TablesRow},
    parts::{Form, compare, field, form, load::load, proof, time},
};

mod edit;
mod read;

/// The version in force, its history, and for an administrator the form that makes the next.
pub fn page() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.tables().await?)) },
        |(me, rows): (Me, Vec<TablesRow>)| {
            let newest = rows
                .first()
                .map_or_else(Tables::delivered, |row| (*row.tables).clone());
            view! {
                <Title text="Tables · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Tables"</h1>
                    <p>"What each instrument reaches, how long each period is, which reasons may be given. A case keeps the values it was classified under; a new version binds those classified from then on."</p>
                </header>
                {if me.member.role.may(Duty::Administer) { publish(&me, &newest) } else { read::all(&newest) }}
                {history(&rows)}
                {field::zones()}
            }
            .into_any()
        },
    )
}

fn publish(me: &Me, newest: &Tables) -> AnyView {
    let form = Form::filled(newest.fields());
    view! {
        <form method="post" action="/tables" class="step tables" novalidate=true>
            {form.summary()}
            {form::hidden("version", &newest.version.0.to_string())}
            <p class="lead">
                "In force: " <strong>{newest.version.to_string()}</strong>
                {(newest.version.0 == 0).then_some(", as the desk was delivered")}
                ". Change what should be different, then say why."
            </p>
            {edit::all(&form, newest)}
            <fieldset class="section">
                <legend><h2>"Publish the next version"</h2></legend>
                {form.prose("why", "Why").hint("It stays with the version, for auditors.")}
                {proof::ask(&form, me)}
                <p class="send"><button class="primary">"Publish"</button></p>
            </fieldset>
        </form>
    }
    .into_any()
}

/// Every version, newest first, with what it changed of the one before.
fn history(rows: &[TablesRow]) -> AnyView {
    let each: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| version(row, rows.get(place + 1)))
        .collect();
    view! {
        <section aria-labelledby="history-head">
            <h2 id="history-head">"History"</h2>
            {each}
        </section>
    }
    .into_any()
}

fn version(row: &TablesRow, before: Option<&TablesRow>) -> AnyView {
    let number = row.tables.version.0;
    let published = match &row.published {
        None => view! { "As the desk was delivered." }.into_any(),
        Some((at, by)) => {
            let by = by
                .as_ref()
                .map_or_else(|| "the desk itself".to_owned(), ToString::to_string);
            view! { "Published " {time::moment(*at)} " by " {by} "." }.into_any()
        }
    };
    let why = row
        .tables
        .why
        .as_ref()
        .map(|why| view! { <blockquote>{why.to_string()}</blockquote> });
    let changes = before.map(|before| {
        let each: Vec<_> = row
            .tables
            .changes_of(&before.tables)
            .into_iter()
            .map(change)
            .collect();
        view! { <dl class="facts changes">{each}</dl> }
    });
    view! {
        <article class="act">
            <h3>{format!("Version {number}")}</h3>
            <p class="signed">{published}</p>
            {why}
            {changes}
        </article>
    }
    .into_any()
}

fn change(change: Change) -> AnyView {
    view! {
        <div><dt>{change.of}</dt><dd>{compare::words(change.was.as_deref(), change.is.as_deref())}</dd></div>
    }
    .into_any()
}
