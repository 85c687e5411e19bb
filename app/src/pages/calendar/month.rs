//! A month: weeks from Monday to Sunday, what ends on each day, and the holidays.

use casework::calendar::Weekday;
use jiff::{ToSpan, civil};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{day_address, late, month_address, more, unreviewed};
use crate::{
    desk::{CalendarPage, Ends},
    parts::{address, time},
};

/// Most clocks that one day of a month shows; the day's own list shows all.
const SHOWN_MOST: usize = 4;

/// The first Monday and the last Sunday that a month's weeks reach.
pub fn weeks(first: civil::Date) -> (civil::Date, civil::Date) {
    let last = first.last_of_month();
    let before = i64::from(first.weekday().to_monday_zero_offset());
    let after = 6 - i64::from(last.weekday().to_monday_zero_offset());
    (
        first.checked_sub(before.days()).unwrap_or(first),
        last.checked_add(after.days()).unwrap_or(last),
    )
}

/// The month that begins on this day.
pub fn view(first: civil::Date, page: &CalendarPage) -> AnyView {
    let (from, until) = weeks(first);
    let days: Vec<civil::Date> = from
        .series(1.day())
        .take_while(|day| *day <= until)
        .collect();
    let rows = days.chunks(7).map(|week| {
        let cells = week.iter().map(|day| cell(*day, first, page));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let names = Weekday::ALL
        .iter()
        .map(|day| view! { <th scope="col">{day.word()}</th> });
    let name = first.strftime("%B %Y").to_string();
    view! {
        <Title text=format!("{name} · Calendar · Disclosure Desk")/>
        <header class="page-head">
            <h1>{name.clone()}</h1>
            {way(first, page.today)}
        </header>
        {unreviewed(page)}
        {more(page)}
        <table class="month">
            <caption>
                {format!("What ends on each day of {name}, in the time zone of the desk, {}.", zone(page))}
            </caption>
            <thead><tr>{names.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {late(page)}
    }
    .into_any()
}

fn cell(day: civil::Date, first: civil::Date, page: &CalendarPage) -> AnyView {
    let ends: Vec<&Ends> = page
        .ends
        .iter()
        .filter(|one| one.at.to_zoned_datetime(page.zone.clone()).date() == day)
        .collect();
    let holidays = page.holidays.get(&day);
    let rest = ends.len().saturating_sub(SHOWN_MOST);
    let each = ends.iter().take(SHOWN_MOST).map(|one| entry(one, page));
    let rest = (rest > 0).then(|| {
        view! { <li><a href=day_address(day)>{format!("and {rest} more")}</a></li> }
    });
    let list = (!ends.is_empty()).then(|| view! { <ul>{each.collect_view()} {rest}</ul> });
    let holiday = holidays.map(|names| {
        view! { <p class="holiday"><span class="unseen">"Holiday: "</span> {names.join("; ")}</p> }
    });
    // On a narrow screen only days with something on them are shown.
    let bare = (ends.is_empty() && holidays.is_none() && day != page.today).then_some("yes");
    let other = (day.first_of_month() != first).then_some("yes");
    let current = (day == page.today).then_some("date");
    view! {
        <td data-bare=bare data-other=other data-holiday=holidays.map(|_| "yes")>
            <a class="date" href=day_address(day) aria-current=current>
                <time datetime=day.to_string()>
                    <span class="date-day">{day.day()}</span>
                    <span class="date-whole">{format!("{} {day}", Weekday::of(day))}</span>
                </time>
            </a>
            {holiday}
            {list}
        </td>
    }
    .into_any()
}

fn entry(one: &Ends, page: &CalendarPage) -> AnyView {
    let local = one.at.to_zoned_datetime(page.zone.clone());
    let said = match super::far(one, page).as_str() {
        // What lies ahead is told by the day it stands on.
        far if far == "done" || far == "over" || far.starts_with("late") => format!(", {far}"),
        _ => String::new(),
    };
    view! {
        <li data-urgency=one.urgency.code()>
            <a href=address::case(one.card.id)>{one.card.number.to_string()}</a>
            " "
            <span class="due-far">{one.kind.word()} {said}</span>
            " "
            {time::clock(&local)}
        </li>
    }
    .into_any()
}

fn zone(page: &CalendarPage) -> String {
    page.zone
        .iana_name()
        .map_or_else(|| "UTC".to_owned(), str::to_owned)
}

/// To the month before, to today's list, to the month after.
fn way(first: civil::Date, today: civil::Date) -> AnyView {
    let before = first.checked_sub(1.month()).ok().map(|before| {
        view! { <li><a rel="prev" href=month_address(before)>"Month before"</a></li> }
    });
    let after = first.checked_add(1.month()).ok().map(|after| {
        view! { <li><a rel="next" href=month_address(after)>"Month after"</a></li> }
    });
    let back = (first != today.first_of_month())
        .then(|| view! { <li><a href=month_address(today)>"This month"</a></li> });
    view! {
        <nav class="turns" aria-label="Months">
            <ul>
                {before}
                {back}
                {after}
                <li><a href=day_address(today)>"Today's list"</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let march = weeks(civil::date(2026, 3, 1));
        assert_eq!(march, (civil::date(2026, 2, 23), civil::date(2026, 4, 5)));
        // A February that begins on a Monday has four.
        let february = weeks(civil::date(2027, 2, 1));
        assert_eq!(
            february,
            (civil::date(2027, 2, 1), civil::date(2027, 2, 28))
        );
    }
}
