//! The calendar: a month at a glance, and a day as the working list for the morning.

mod day;
mod month;

use jiff::{ToSpan, civil};
use leptos::prelude::*;

use crate::{
    desk::{CalendarPage, Ends},
    parts::{address, badge, clock, load::load, time},
};

/// How many days a day's list looks ahead.
const AHEAD: i64 = 3;

/// What the address asks for: `?day=2026-03-02`, or `?month=2026-03`; without either, or where it
/// cannot be read, the month that is now.
pub fn page() -> AnyView {
    let query = address::query();
    let day: Option<civil::Date> = query.get("day").parse().ok();
    let month: Option<civil::Date> = format!("{}-01", query.get("month")).parse().ok();
    load(
        move |desk| async move {
            let today = desk.now().to_zoned_datetime(desk.zone()).date();
            if let Some(day) = day {
                let until = day.checked_add(AHEAD.days()).unwrap_or(day);
                return Ok((Some(day), day, desk.calendar(day, until).await?));
            }
            let first = month.unwrap_or(today).first_of_month();
            let (from, until) = month::weeks(first);
            Ok((None, first, desk.calendar(from, until).await?))
        },
        |(day, first, page): (Option<civil::Date>, civil::Date, CalendarPage)| match day {
            Some(day) => day::view(day, &page),
            None => month::view(first, &page),
        },
    )
}

/// Emergency releases that nobody reviewed yet: before anything else.
fn unreviewed(page: &CalendarPage) -> Option<AnyView> {
    (!page.unreviewed.is_empty()).then(|| {
        view! {
            <section class="glare" id="unreviewed" aria-labelledby="unreviewed-head">
                <h2 id="unreviewed-head">"Emergency releases that have not been reviewed by a second manager"</h2>
                {list(&page.unreviewed, page, "Review due")}
            </section>
        }
        .into_any()
    })
}

/// What is late, if anything is.
fn late(page: &CalendarPage) -> Option<AnyView> {
    (!page.late.is_empty()).then(|| {
        view! {
            <section id="late" aria-labelledby="late-head">
                <h2 id="late-head">"Late"</h2>
                {list(&page.late, page, "Was due")}
            </section>
        }
        .into_any()
    })
}

/// Clocks as a table: when, what, which case, who asks, whose turn.
fn list(ends: &[Ends], page: &CalendarPage, when: &'static str) -> AnyView {
    let rows = ends.iter().map(|one| row(one, page, when));
    view! {
        <div class="wide">
            <table class="ends">
                <thead>
                    <tr>
                        <th scope="col">{when}</th>
                        <th scope="col">"Clock"</th>
                        <th scope="col">"Case"</th>
                        <th scope="col">"Requester"</th>
                        <th scope="col">"Stage, awaits"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(one: &Ends, page: &CalendarPage, when: &'static str) -> AnyView {
    let card = &one.card;
    let local = one.at.to_zoned_datetime(page.zone.clone());
    let authority = card
        .authority
        .as_ref()
        .map_or_else(|| "Not named yet".to_owned(), ToString::to_string);
    view! {
        <tr data-urgency=one.urgency.code()>
            <td data-label=when>
                <span class="due">
                    <span class="due-far">{far(one, page)}</span>
                    " "
                    {time::zoned(&local)}
                </span>
            </td>
            <td data-label="Clock">{one.kind.word()} {clock::computed(&one.how)}</td>
            <th scope="row" class="number">
                <a href=address::case(card.id)>{card.number.to_string()}</a>
                " "
                {badge::test(card.test)}
            </th>
            <td data-label="Requester">{authority}</td>
            <td data-label="Stage">
                {badge::stage(card.stage)}
                <span class="under">{card.awaits.word()}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// How far off an end is, or that it no longer matters.
fn far(one: &Ends, page: &CalendarPage) -> String {
    use casework::clock::Urgency;
    match one.urgency {
        Urgency::Stopped => "done".to_owned(),
        Urgency::Over => "over".to_owned(),
        _ => time::until(one.at, page.now),
    }
}

/// Says that there is more than is shown.
fn more(page: &CalendarPage) -> Option<AnyView> {
    page.more.then(|| {
        view! {
            <p class="notice">
                "There is more than fits here. The "
                <a href="/cases?sort=due">"list of cases"</a>
                " shows everything that is due."
            </p>
        }
        .into_any()
    })
}

/// Says that not every date on the page tells how it was computed.
fn explained(page: &CalendarPage) -> Option<AnyView> {
    page.explained.map(|many| {
        view! {
            <p class="notice">
                "The first " {many} " dates here tell how they were computed; the others do on their cases\u{2019} own pages."
            </p>
        }
        .into_any()
    })
}

fn day_address(day: civil::Date) -> String {
    format!("/calendar?day={day}")
}

fn month_address(first: civil::Date) -> String {
    format!("/calendar?month={}", first.strftime("%Y-%m"))
}
