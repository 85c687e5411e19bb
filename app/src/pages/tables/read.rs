//! The tables as they stand, for those who work by them and for auditors.

use casework::{
    calendar::Calendar,
    tables::{Period, Tables},
};
use leptos::prelude::*;

/// Every table of a version.
pub fn all(tables: &Tables) -> AnyView {
    let ceilings = tables
        .ceilings
        .iter()
        .map(|(instrument, ceiling)| (instrument.word().to_owned(), ceiling.reach().to_owned()));
    let tiers = tables
        .tiers
        .iter()
        .map(|(category, tier)| (category.word().to_owned(), tier.word().to_owned()));
    let periods = tables.periods.iter().map(|(period, length)| {
        let length = if *length == period.delivered() {
            format!("{length} ({})", Period::source(*period))
        } else {
            format!("{length}; delivered with {}", period.delivered())
        };
        (period.word().to_owned(), length)
    });
    let reasons = tables
        .reasons
        .iter()
        .filter(|row| row.offered)
        .map(|row| (row.word.to_string(), row.code.code().to_owned()));
    let yes_no = |set: bool| if set { "Yes" } else { "No" }.to_owned();
    let rules = [
        ("The desk's time zone".to_owned(), tables.zone.to_string()),
        (
            "Two managers where contents are granted".to_owned(),
            yes_no(tables.two_for_contents),
        ),
        (
            "An objection stops production".to_owned(),
            yes_no(tables.objection_stops),
        ),
    ];
    let calendars: Vec<_> = tables
        .calendars
        .iter()
        .map(|(code, kept)| calendar(code.as_str(), kept))
        .collect();
    view! {
        <p class="lead">
            "In force: " <strong>{tables.version.to_string()}</strong>
            {(tables.version.0 == 0).then_some(", as the desk was delivered")} "."
        </p>
        {table("ceilings", "What each instrument reaches", ceilings)}
        {table("tiers", "How deep each category lies", tiers)}
        {table("periods", "How long each period is", periods)}
        {table("reasons", "Reasons for rejecting or narrowing", reasons)}
        {table("rules", "Rules of the house", rules.into_iter())}
        <section aria-labelledby="calendars-head">
            <h2 id="calendars-head">"Calendars"</h2>
            {calendars}
        </section>
    }
    .into_any()
}

fn table(
    id: &'static str,
    title: &'static str,
    rows: impl Iterator<Item = (String, String)>,
) -> AnyView {
    let head = format!("{id}-head");
    view! {
        <section aria-labelledby=head.clone()>
            <h2 id=head.clone()>{title}</h2>
            {facts(rows)}
        </section>
    }
    .into_any()
}

fn facts(rows: impl Iterator<Item = (String, String)>) -> AnyView {
    let each: Vec<_> = rows
        .map(|(name, says)| view! { <div><dt>{name}</dt><dd>{says}</dd></div> })
        .collect();
    view! { <dl class="facts">{each}</dl> }.into_any()
}

fn calendar(code: &str, calendar: &Calendar) -> AnyView {
    let weekend: Vec<_> = calendar.weekend.iter().map(|day| day.word()).collect();
    let days = calendar
        .holidays
        .iter()
        .map(|(day, name)| (day.to_string(), name.to_string()));
    view! {
        <details>
            <summary>{format!("{code}: {} holidays; free: {}", calendar.holidays.len(), weekend.join(", "))}</summary>
            {facts(days)}
        </details>
    }
    .into_any()
}
