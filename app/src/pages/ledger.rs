//! The ledger: what was done, by whom, newest first; and the root that any page of it is held to.

use casework::{case::StepKind, ledger::Entry, member::Role};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Happening, LedgerAsk, LedgerPage},
    parts::{address, field::options, load::load, time},
};

mod watch;

/// The head of the ledger, the filters, the leaves.
pub fn page() -> AnyView {
    let query = address::query();
    let typed = |name: &str| Some(query.get(name).to_owned()).filter(|text| !text.is_empty());
    let ask = LedgerAsk {
        before: query.get("before").parse().ok(),
        action: typed("action"),
        actor: query.get("actor").parse().ok(),
        case: query.get("case").parse().ok(),
    };
    load(
        |desk| async move {
            let page = desk.ledger(ask.clone()).await?;
            Ok((ask, page, desk.me()?.member.role, desk.now()))
        },
        |(ask, page, role, now): (LedgerAsk, LedgerPage, Role, Timestamp)| {
            view(&ask, &page, role, now)
        },
    )
}

fn view(ask: &LedgerAsk, page: &LedgerPage, role: Role, now: Timestamp) -> AnyView {
    let reads_cases = role.may(casework::member::Duty::ReadCases);
    let rows: Vec<_> = page
        .happenings
        .iter()
        .map(|one| row(one, reads_cases))
        .collect();
    let none = rows
        .is_empty()
        .then(|| view! { <p class="none">"No leaf matches."</p> });
    let older = page.next.map(|before| {
        let href = format!("/ledger?{}", query(ask, before));
        view! { <a class="button" rel="next" href=href>"Older leaves"</a> }
    });
    view! {
        <Title text="Ledger · Disclosure Desk"/>
        <header class="page-head">
            <h1>"Ledger"</h1>
        </header>
        {watch::head(page, role, now)}
        {filters(ask, page)}
        <div class="wide">
            <table class="leaves">
                <caption class="unseen">"Leaves of the ledger, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Leaf"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Action"</th>
                        <th scope="col">"Case"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {none}
        <p class="pager">{older}</p>
    }
    .into_any()
}

fn row(one: &Happening, reads_cases: bool) -> AnyView {
    let who = one
        .who
        .as_ref()
        .map_or_else(|| "The desk".to_owned(), ToString::to_string);
    let role = one
        .role
        .map(|role| view! { <span class="role">{role.word()}</span> });
    let case = one.case.map(|(id, number)| {
        if reads_cases {
            view! { <a href=address::case(id)>{number.to_string()}</a> }.into_any()
        } else {
            number.to_string().into_any()
        }
    });
    view! {
        <tr data-reading=one.reading.then_some("")>
            <th scope="row" class="number">{one.seq.to_string()}</th>
            <td data-label="When">{time::moment(one.at)}</td>
            <td data-label="Who">{who} " " {role}</td>
            <td data-label="What">{one.told.clone()}</td>
            <td data-label="Action"><code>{one.action.clone()}</code></td>
            <td data-label="Case">{case}</td>
        </tr>
    }
    .into_any()
}

fn filters(ask: &LedgerAsk, page: &LedgerPage) -> AnyView {
    let members: Vec<_> = page
        .members
        .iter()
        .map(|(id, name)| (id.to_string(), name.to_string()))
        .collect();
    let actor = ask.actor.map(|id| id.to_string()).unwrap_or_default();
    let action = ask.action.clone().unwrap_or_default();
    let narrowed =
        ask.actor.is_some() || ask.action.is_some() || ask.case.is_some() || ask.before.is_some();
    let clear = narrowed.then(|| view! { <a href="/ledger">"Clear"</a> });
    let case = ask
        .case
        .map(|id| crate::parts::form::hidden("case", &id.to_string()));
    view! {
        <form method="get" action="/ledger" class="filters">
            {case}
            <label>
                <span>"What"</span>
                <select name="action">
                    <option value="">"Anything"</option>
                    {options(&actions(), &action)}
                </select>
            </label>
            <label>
                <span>"Who"</span>
                <select name="actor">
                    <option value="">"Anyone"</option>
                    {options(&members, &actor)}
                </select>
            </label>
            <p class="filter-send"><button>"Show"</button> {clear}</p>
        </form>
    }
    .into_any()
}

/// The beginnings and the whole names of actions, with the words for them.
fn actions() -> Vec<(String, String)> {
    let groups = [
        ("case.", "Anything on a case"),
        ("session", "Anything about sessions"),
        ("member.", "Anything about members"),
        ("password.", "Anything about passwords"),
        ("record", "Anything about records"),
        ("witness.", "Anything about witnesses"),
    ];
    let others = [
        "case.refused",
        "case.read",
        "order.read",
        "record.issue",
        "record.read",
        "record.unmask",
        "records.export",
        "register.export",
        "policy.publish",
        "organisation.name",
        "ledger.open",
        "ledger-key.name",
        "seal.name",
    ];
    let steps = StepKind::ALL
        .iter()
        .map(|step| format!("case.{}", step.code()));
    let told = |action: String| {
        let words = Entry::told(&action);
        (action, words.to_owned())
    };
    groups
        .into_iter()
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .chain(steps.map(told))
        .chain(others.into_iter().map(|action| told(action.to_owned())))
        .collect()
}

/// The same filters, further back. Codes and numbers only, so nothing needs to be encoded.
fn query(ask: &LedgerAsk, before: u64) -> String {
    // Only actions of the table: what is not in it is not repeated into an address.
    let action = ask
        .action
        .clone()
        .filter(|action| actions().iter().any(|(code, _)| code == action));
    let others = [
        ("action", action),
        ("actor", ask.actor.map(|id| id.to_string())),
        ("case", ask.case.map(|id| id.to_string())),
    ];
    let others = others
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    std::iter::once(format!("before={before}"))
        .chain(others)
        .collect::<Vec<_>>()
        .join("&")
}
