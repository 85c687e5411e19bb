//! The list of cases. What is asked of it stands in the address, so that it can be sent on.

use casework::{
    case::Awaits,
    ground::Ground,
    list::{Ask, Card, MATCHES_MOST, Page},
    member::Duty,
};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Glares, Me},
    parts::{
        address, badge, clock,
        form::{Form, id},
        load::load,
        time,
    },
    returned::Returned,
};

mod filters;

/// What the list needs beside its page.
struct Shown {
    ask: Ask,
    page: Page,
    me: Me,
    now: Timestamp,
    zone: TimeZone,
    glares: Glares,
}

/// The search, the filters, the rows.
pub fn page() -> AnyView {
    let ask = Ask::parse(&address::query());
    load(
        |desk| async move {
            let page = desk.cases(ask.clone()).await?;
            Ok(Shown {
                ask,
                page,
                me: desk.me()?,
                now: desk.now(),
                zone: desk.zone(),
                glares: desk.glares().await?,
            })
        },
        |shown| view(&shown),
    )
}

fn view(shown: &Shown) -> AnyView {
    let register = shown.me.member.role.may(Duty::ReadRecords).then(|| {
        view! {
            <p><a href="/register.pdf" rel="external" download="">"The register, as PDF"</a></p>
        }
    });
    view! {
        <Title text="Cases · Disclosure Desk"/>
        <header class="page-head">
            <h1>{title(&shown.ask)}</h1>
            {register}
        </header>
        {clock::glares(shown.glares)}
        {filters::view(&shown.ask)}
        {rows(shown)}
    }
    .into_any()
}

/// What is being looked at, in words.
fn title(ask: &Ask) -> String {
    let whose = match ask.awaits {
        Some(Awaits::Staff) => "Cases that await legal staff",
        Some(Awaits::Manager) => "Cases that await a manager",
        Some(Awaits::Both) => "Cases that await legal staff and a second manager",
        Some(Awaits::Nobody) => "Ended cases",
        None => "Cases",
    };
    match &ask.text {
        text if text.is_empty() => whose.into(),
        text => format!("{whose}: \u{201c}{text}\u{201d}"),
    }
}

fn rows(shown: &Shown) -> AnyView {
    let page = &shown.page;
    if page.cards.is_empty() {
        return nothing(&shown.ask);
    }
    let exports = shown.me.member.role.may(Duty::ReadRecords);
    let each: Vec<_> = page
        .cards
        .iter()
        .map(|card| row(card, shown.now, &shown.zone, exports))
        .collect();
    let cut = page.cut.then(|| {
        view! {
            <p class="notice">
                {format!("More than {MATCHES_MOST} cases match; only the newest were looked at. Add a word.")}
            </p>
        }
    });
    let next = page.next.clone().map(|after| {
        let ask = Ask { after: Some(after), ..shown.ask.clone() };
        view! { <a class="button" rel="next" href=format!("/cases?{}", query(&ask))>"Next page"</a> }
    });
    let table = view! {
        <div class="wide">
            <table class="cases">
                <caption class="unseen">"Cases"</caption>
                <thead>
                    <tr>
                        {exports.then(|| view! { <th scope="col"><span class="unseen">"Choose"</span></th> })}
                        <th scope="col">"Case"</th>
                        <th scope="col">"Requester"</th>
                        <th scope="col">"Subject"</th>
                        <th scope="col">"Ground, instrument"</th>
                        <th scope="col">"Stage, awaits"</th>
                        <th scope="col">"Due"</th>
                    </tr>
                </thead>
                <tbody>{each}</tbody>
            </table>
        </div>
    }
    .into_any();
    let table = if exports { export_form(table) } else { table };
    view! { {cut} {table} <p class="pager">{next}</p> }.into_any()
}

/// The records of the ticked cases, in one archive.
fn export_form(table: AnyView) -> AnyView {
    let form = Form::blank();
    view! {
        <form method="post" action="/cases/records" id=id("case") tabindex="-1">
            {form.summary()}
            {table}
            <p class="send">
                <button>"Download the records of the chosen cases"</button>
                <span class="hint">"One ZIP archive. The download is sealed into the ledger."</span>
            </p>
        </form>
    }
    .into_any()
}

fn row(card: &Card, now: Timestamp, zone: &TimeZone, exports: bool) -> AnyView {
    let number = card.number.to_string();
    let choose = exports.then(|| {
        view! {
            <td class="choose">
                <input
                    type="checkbox"
                    name="case"
                    value=card.id.to_string()
                    checked=Returned::here().is_some_and(|returned| returned.fields.has("case", &card.id.to_string()))
                    aria-label=format!("Choose {number}")
                />
            </td>
        }
    });
    let reference = card
        .reference
        .as_ref()
        .map(|one| view! { <span class="under">{one.to_string()}</span> });
    let instrument = card
        .instrument
        .map(|one| view! { <span class="under">{one.word()}</span> });
    let received = card
        .received
        .map(|day| view! { <span class="under">"received " {time::day(day)}</span> });
    let awaits = (card.awaits != Awaits::Nobody)
        .then(|| view! { <span class="under">{card.awaits.word()}</span> });
    let due = card.due.map(|due| {
        let kind = card
            .due_kind
            .map(|kind| view! { <span class="under">{kind.word()}</span> });
        view! { {clock::brief(due, now, zone)} {kind} }
    });
    let words = |line: &Option<casework::words::Line>| line.as_ref().map(ToString::to_string);
    let authority = words(&card.authority).unwrap_or_else(|| "Not named yet".into());
    view! {
        <tr>
            {choose}
            <th scope="row" class="number">
                <a href=address::case(card.id)>{number}</a>
                " "
                {badge::test(card.test)}
                {received}
            </th>
            <td data-label="Requester">{authority} {reference}</td>
            <td data-label="Subject">{words(&card.subject)}</td>
            <td data-label="Ground">{card.ground.map_or("Not classified", Ground::word)} {instrument}</td>
            <td data-label="Stage">{badge::stage(card.stage)} {awaits}</td>
            <td data-label="Due">{due}</td>
        </tr>
    }
    .into_any()
}

fn nothing(ask: &Ask) -> AnyView {
    let says = if ask.narrows() {
        "No case matches."
    } else {
        "There is no case yet."
    };
    view! { <p class="none">{says}</p> }.into_any()
}

/// The query of an address, percent-encoded.
fn query(ask: &Ask) -> String {
    ask.query()
        .iter()
        .map(|(name, value)| format!("{name}={}", address::encoded(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_what_was_asked() {
        let ask = Ask {
            text: "jane & roe".into(),
            after: Some("7|x".into()),
            ..Ask::default()
        };
        assert_eq!(query(&ask), "q=jane%20%26%20roe&after=7%7Cx");
    }
}
