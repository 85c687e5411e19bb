//! A day: what is late, what falls due on it, and what follows.

use casework::{calendar::Weekday, clock::Urgency};
use jiff::{ToSpan, civil};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{day_address, explained, late, list, month_address, more, unreviewed};
use crate::desk::{CalendarPage, Ends};

/// The list of a day.
pub fn view(day: civil::Date, page: &CalendarPage) -> AnyView {
    let on = |one: &Ends| one.at.to_zoned_datetime(page.zone.clone()).date();
    // What is late stands in a list of its own.
    let shown = |one: &&Ends| one.urgency != Urgency::Late || page.late.is_empty();
    let today: Vec<Ends> = page
        .ends
        .iter()
        .filter(|one| on(one) == day)
        .filter(shown)
        .cloned()
        .collect();
    let next: Vec<Ends> = page
        .ends
        .iter()
        .filter(|one| on(one) > day && one.urgency != Urgency::Stopped)
        .cloned()
        .collect();
    let holidays = page.holidays.get(&day).map(|names| {
        view! { <p class="holiday">"Holiday: " {names.join("; ")}</p> }
    });
    let due = if today.is_empty() {
        view! { <p class="none">"Nothing else falls due on this day."</p> }.into_any()
    } else {
        list(&today, page, "Due")
    };
    let follows = (!next.is_empty()).then(|| {
        view! {
            <section aria-labelledby="next-head">
                <h2 id="next-head">"The three days after"</h2>
                {list(&next, page, "Due")}
            </section>
        }
    });
    let title = format!("{} {day}", Weekday::of(day));
    let head = if day == page.today {
        "Due today"
    } else {
        "Due on this day"
    };
    view! {
        <Title text=format!("{day} · Calendar · Disclosure Desk")/>
        <header class="page-head">
            <p class="way"><a href=month_address(day.first_of_month())>"Calendar"</a></p>
            <h1>{title}</h1>
            {way(day, page.today)}
        </header>
        {holidays}
        {unreviewed(page)}
        {more(page)}
        {explained(page)}
        {late(page)}
        <section aria-labelledby="due-head">
            <h2 id="due-head">{head}</h2>
            {due}
        </section>
        {follows}
    }
    .into_any()
}

/// To the day before, to today, to the day after.
fn way(day: civil::Date, today: civil::Date) -> AnyView {
    let before = day.checked_sub(1.day()).ok().map(|before| {
        view! { <li><a rel="prev" href=day_address(before)>"Day before"</a></li> }
    });
    let after = day.checked_add(1.day()).ok().map(|after| {
        view! { <li><a rel="next" href=day_address(after)>"Day after"</a></li> }
    });
    let back = (day != today).then(|| view! { <li><a href=day_address(today)>"Today"</a></li> });
    view! { <nav class="turns" aria-label="Days"><ul>{before} {back} {after}</ul></nav> }.into_any()
}
