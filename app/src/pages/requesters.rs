//! The requesters' directory: a search, and the authorities by name.

use casework::{
    directory::{Ask, Card, Page},
    member::Duty,
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::Me,
    parts::{address, load::load},
};

/// The search and the rows. What is asked stands in the address, so that it can be sent on.
pub fn page() -> AnyView {
    let ask = Ask::parse(&address::query());
    load(
        |desk| async move {
            let page = desk.authorities(ask.clone()).await?;
            Ok((ask, page, desk.me()?))
        },
        |(ask, page, me): (Ask, Page, Me)| view(&ask, &page, &me),
    )
}

fn view(ask: &Ask, page: &Page, me: &Me) -> AnyView {
    let add =
        me.member.role.may(Duty::KeepDirectory).then(
            || view! { <p><a class="button" href="/requesters/new">"Add an authority"</a></p> },
        );
    view! {
        <Title text="Requesters · Disclosure Desk"/>
        <header class="page-head">
            <h1>"Requesters"</h1>
            <p>"Authorities as they were found independently of any request: their domains, numbers and people."</p>
            {add}
        </header>
        <search>
            <form method="get" action="/requesters" class="filters">
                <label class="q">
                    <span>"Name, country, domain, unit or person"</span>
                    <input type="search" name="q" value=ask.text.clone() autocomplete="off"/>
                </label>
                <p class="filter-send"><button class="primary">"Search"</button></p>
            </form>
        </search>
        {rows(ask, page)}
    }
    .into_any()
}

fn rows(ask: &Ask, page: &Page) -> AnyView {
    if page.cards.is_empty() {
        let says = if ask.text.is_empty() {
            "The directory is empty."
        } else {
            "No authority matches."
        };
        return view! { <p class="none">{says}</p> }.into_any();
    }
    let cut = page
        .cut
        .then(|| view! { <p class="notice">"More match than were looked at. Add a word."</p> });
    let next = page.next.clone().map(|after| {
        let mut href = format!("/requesters?after={}", address::encoded(&after));
        if !ask.text.is_empty() {
            href = format!("{href}&q={}", address::encoded(&ask.text));
        }
        view! { <a class="button" rel="next" href=href>"Next page"</a> }
    });
    view! {
        {cut}
        <div class="wide">
            <table>
                <caption class="unseen">"Authorities"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Authority"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Country"</th>
                        <th scope="col">"Official domains"</th>
                        <th scope="col">"Numbers"</th>
                    </tr>
                </thead>
                <tbody>{page.cards.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="pager">{next}</p>
    }
    .into_any()
}

fn row(card: &Card) -> AnyView {
    let retired = card
        .retired
        .then(|| view! { <span class="mark">"no longer used"</span> });
    view! {
        <tr>
            <th scope="row"><a href=address::requester(card.id)>{card.name.to_string()}</a> " " {retired}</th>
            <td data-label="Kind">{card.kind.word()}</td>
            <td data-label="Country">{card.country.to_string()}</td>
            <td data-label="Domains">{card.domains.join(", ")}</td>
            <td data-label="Numbers">{card.phones.to_string()}</td>
        </tr>
    }
    .into_any()
}
