//! The promise: its versions, what changed from one to the next, and a new one.

use casework::{
    form::Fields,
    policy::{Clauses, Policy},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::Me,
    parts::{Form, compare, load::load, proof, time},
};

/// Every version, newest first, each beside the one before.
pub fn page() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.policies().await?)) },
        |(me, policies): (Me, Vec<Policy>)| {
            let versions: Vec<_> = policies
                .iter()
                .enumerate()
                .map(|(place, policy)| version(policy, policies.get(place + 1), place == 0))
                .collect();
            view! {
                <Title text="Policy · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Policy"</h1>
                    <p>"Each case is pinned to the version in force on the day its request was received."</p>
                </header>
                {versions}
                {publish(&me, policies.first())}
            }
            .into_any()
        },
    )
}

/// The clauses with their names, in the order of the promise.
fn clauses(clauses: &Clauses) -> [(&'static str, &'static str, String); 4] {
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

fn version(policy: &Policy, before: Option<&Policy>, newest: bool) -> AnyView {
    let earlier = before.map(|before| clauses(&before.clauses));
    let each = clauses(&policy.clauses)
        .into_iter()
        .enumerate()
        .map(|(place, (_, title, text))| {
            let was = earlier
                .as_ref()
                .and_then(|all| all.get(place))
                .map(|(_, _, text)| text.clone());
            clause(title, text, was)
        });
    let against = before.map(|before| format!("; changes are shown against {}", before.version));
    view! {
        <details class="version" open=newest>
            <summary>
                <h2>"Version " {policy.version.0.to_string()}</h2> " in force from "
                {time::day(policy.in_force_from)} {against}
            </summary>
            {each.collect_view()}
        </details>
    }
    .into_any()
}

/// A clause, compared with what it was.
fn clause(title: &'static str, text: String, was: Option<String>) -> AnyView {
    let text = match was {
        Some(was) => compare::passage(&was, &text),
        None => view! { <blockquote>{text}</blockquote> }.into_any(),
    };
    view! { <h3>{title}</h3> {text} }.into_any()
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
