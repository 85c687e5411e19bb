//! The promise: its versions, what changed from one to another, and a new one.

use casework::{
    form::Fields,
    member::Duty,
    policy::{Clauses, Policy},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, PolicyRow},
    parts::{Form, address, compare, load::load, proof, time},
};

/// Every version, what changed, and for those who publish a form.
pub fn page() -> AnyView {
    let query = address::query();
    load(
        |desk| async move { Ok((desk.me()?, desk.policies().await?)) },
        move |(me, rows): (Me, Vec<PolicyRow>)| {
            let publishes = me.member.role.may(Duty::Administer);
            view! {
                <Title text="Policy · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Policy"</h1>
                    <p>
                        "Each case is pinned to the version in force on the day its request was received, and stays with it. What cases are judged by beside it: "
                        <a href="/tables">"the tables"</a> "; what letters begin from: " <a href="/letters">"the templates"</a> "."
                    </p>
                </header>
                {versions(&rows)}
                {changes(&rows, &query)}
                {publishes.then(|| publish(&me, rows.first().map(|row| &row.policy)))}
            }
            .into_any()
        },
    )
}

/// The clauses with their names, in the order of the promise.
pub fn clauses(clauses: &Clauses) -> [(&'static str, &'static str, String); 4] {
    [
        ("promise", "The promise", clauses.promise.to_string()),
        (
            "rights_or_property",
            "Rights or property",
            clauses.rights_or_property.to_string(),
        ),
        ("emergency", "Emergency", clauses.emergency.to_string()),
        (
            "legal_directive",
            "Legal directive",
            clauses.legal_directive.to_string(),
        ),
    ]
}

fn versions(rows: &[PolicyRow]) -> AnyView {
    if rows.is_empty() {
        return view! {
            <p class="none">"No version is published yet. Requests can be filed once the first one is."</p>
        }
        .into_any();
    }
    let each: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            version(
                row,
                place.checked_sub(1).and_then(|newer| rows.get(newer)),
                rows.get(place + 1),
            )
        })
        .collect();
    view! {
        <div class="wide">
            <table class="versions">
                <caption>"Newest first. A version never changes once it is published."</caption>
                <thead>
                    <tr>
                        <th scope="col">"Version"</th>
                        <th scope="col">"In force"</th>
                        <th scope="col">"Cases pinned"</th>
                        <th scope="col">"Disclosures made"</th>
                        <th scope="col">"What changed"</th>
                    </tr>
                </thead>
                <tbody>{each}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn version(row: &PolicyRow, newer: Option<&PolicyRow>, older: Option<&PolicyRow>) -> AnyView {
    let number = row.policy.version.0;
    let until = newer
        .and_then(|newer| newer.policy.in_force_from.yesterday().ok())
        .map(|last| view! { " to " {time::day(last)} });
    let changed = older.map(|older| {
        let from = older.policy.version.0;
        let count = compare::count(changed(&older.policy, &row.policy), 4);
        view! {
            <a href=format!("/policy?from={from}&to={number}#changes")>
                {format!("Against version {from}")}
            </a>
            " "
            <span class="under">{count}</span>
        }
    });
    let ill = (row.ill > 0).then(|| {
        view! { <span class="under warn">{format!("{} of them to be looked at", row.ill)}</span> }
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/policy/{number}")>{format!("Version {number}")}</a></th>
            <td data-label="In force">"from " {time::day(row.policy.in_force_from)} {until}</td>
            <td data-label="Cases pinned">{row.cases.to_string()}</td>
            <td data-label="Disclosures">{row.disclosures.to_string()} " " {ill}</td>
            <td data-label="What changed">{changed}</td>
        </tr>
    }
    .into_any()
}

/// In how many clauses two versions differ.
fn changed(one: &Policy, other: &Policy) -> usize {
    clauses(&one.clauses)
        .into_iter()
        .zip(clauses(&other.clauses))
        .filter(|((_, _, one), (_, _, other))| one != other)
        .count()
}

/// Two versions compared: those that the address names, else the newest with the one before.
fn changes(rows: &[PolicyRow], query: &Fields) -> Option<AnyView> {
    let newest = rows.first()?;
    let named = |name: &str| {
        let number: u32 = query.get(name).parse().ok()?;
        rows.iter().find(|row| row.policy.version.0 == number)
    };
    let to = named("to").unwrap_or(newest);
    let before = |row: &PolicyRow| {
        let place = rows.iter().position(|one| one == row)?;
        rows.get(place + 1)
    };
    let Some(from) = named("from").or_else(|| before(to)) else {
        return Some(whole(&to.policy));
    };
    let (old, new) = (&from.policy, &to.policy);
    let each = clauses(&old.clauses)
        .into_iter()
        .zip(clauses(&new.clauses))
        .map(|((_, title, was), (_, _, is))| {
            let same = (was == is).then(|| view! { " " <span class="mark">"unchanged"</span> });
            view! { <h3>{title} {same}</h3> {compare::passage(&was, &is)} }
        });
    Some(
        view! {
            <section id="changes" aria-labelledby="changes-head">
                <h2 id="changes-head">
                    {format!("From version {} to version {}", old.version.0, new.version.0)}
                </h2>
                {(rows.len() > 2).then(|| choose(rows, old, new))}
                <p class="hint">
                    {compare::count(changed(old, new), 4)}
                    ". Removed words are struck, added ones underlined."
                </p>
                {each.collect_view()}
            </section>
        }
        .into_any(),
    )
}

/// The only version there is.
fn whole(policy: &Policy) -> AnyView {
    let each = clauses(&policy.clauses)
        .into_iter()
        .map(|(_, title, text)| view! { <h3>{title}</h3> <blockquote>{text}</blockquote> });
    view! {
        <section id="changes" aria-labelledby="changes-head">
            <h2 id="changes-head">{format!("Version {}", policy.version.0)}</h2>
            {each.collect_view()}
        </section>
    }
    .into_any()
}

/// Any two versions, by an address.
fn choose(rows: &[PolicyRow], old: &Policy, new: &Policy) -> AnyView {
    let menu = |name: &'static str, label: &'static str, chosen: &Policy| {
        let options = rows.iter().map(|row| {
            let number = row.policy.version.0;
            view! {
                <option value=number.to_string() selected=row.policy.version == chosen.version>
                    {format!("Version {number}, from {}", row.policy.in_force_from)}
                </option>
            }
        });
        view! { <label><span>{label}</span><select name=name>{options.collect_view()}</select></label> }
    };
    view! {
        <form method="get" action="/policy#changes" class="filters">
            {menu("from", "From", old)}
            {menu("to", "To", new)}
            <p class="filter-send"><button>"Compare"</button></p>
        </form>
    }
    .into_any()
}

fn publish(me: &Me, newest: Option<&Policy>) -> AnyView {
    let filled: Fields = newest
        .into_iter()
        .flat_map(|policy| clauses(&policy.clauses))
        .map(|(name, _, text)| (name, text))
        .collect();
    let form = Form::filled(filled);
    view! {
        <section aria-labelledby="publish-head">
            <h2 id="publish-head">"Publish a new version"</h2>
            <form method="post" action="/policy" class="step" novalidate=true>
                {form.summary()}
                {form
                    .date("in_force_from", "In force from")
                    .hint("After the newest version's day. Cases received before it stay with the version they are pinned to.")}
                {form.prose("promise", "The promise").rows(6)}
                {form.prose("rights_or_property", "Rights or property")}
                {form.prose("emergency", "Emergency")}
                {form.prose("legal_directive", "Legal directive")}
                {proof::ask(&form, me)}
                <p class="send"><button class="primary">"Publish"</button></p>
            </form>
        </section>
    }
    .into_any()
}
