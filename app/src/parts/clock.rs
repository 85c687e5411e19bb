//! Clocks: what is due, how far off it is, and how the date was computed, so that a person can
//! check it by hand.

use casework::clock::{Clock, Urgency, urgency};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;

use crate::{desk::Glares, parts::time};

/// Every clock of a case.
pub fn list(clocks: &[Clock], now: Timestamp, zone: &TimeZone) -> Option<AnyView> {
    (!clocks.is_empty()).then(|| {
        let each: Vec<_> = clocks
            .iter()
            .map(|clock| view! { <li>{one(clock, now, zone)}</li> })
            .collect();
        view! { <ul class="clocks">{each}</ul> }.into_any()
    })
}

/// One clock with its computation.
fn one(clock: &Clock, now: Timestamp, zone: &TimeZone) -> AnyView {
    let urgency = clock.urgency(now, zone);
    let far = match (urgency, clock.ends) {
        (Urgency::Stopped, _) => "done".to_owned(),
        (Urgency::Paused, _) => "paused".to_owned(),
        (Urgency::Over, _) => "over".to_owned(),
        (_, None) => "no end".to_owned(),
        (_, Some(ends)) => time::until(ends, now),
    };
    let ends = clock.ends.map(|ends| {
        view! { <p class="clock-ends">{time::moment(ends)}</p> }
    });
    let flagged = (clock.flagged && !clock.stopped)
        .then(|| view! { <p class="clock-flag">"Look at this one: see how it was computed."</p> });
    view! {
        <div class="clock" data-urgency=urgency.code()>
            <p class="clock-kind">{clock.kind.word()}</p>
            <p class="clock-far">{far}</p>
            {ends}
            {flagged}
            {pauses(clock)}
            {computed(&clock.how)}
        </div>
    }
    .into_any()
}

/// When a clock stood still, and why.
fn pauses(clock: &Clock) -> Option<AnyView> {
    (!clock.pauses.is_empty()).then(|| {
        let each = clock.pauses.iter().map(|pause| {
            let until = match pause.until {
                Some(until) => view! { " to " {time::moment(until)} }.into_any(),
                None => view! { " until now" }.into_any(),
            };
            view! {
                <li>"Paused from " {time::moment(pause.from)} {until} ": " {pause.reasons.to_string()}</li>
            }
        });
        view! { <ul class="clock-pauses">{each.collect_view()}</ul> }.into_any()
    })
}

/// How a date was computed, one click away.
pub fn computed(how: &[String]) -> Option<AnyView> {
    (!how.is_empty()).then(|| {
        let each = how.iter().map(|said| view! { <li>{said.clone()}</li> });
        view! {
            <details>
                <summary>"How this date was computed"</summary>
                <ol class="computed">{each.collect_view()}</ol>
            </details>
        }
        .into_any()
    })
}

/// A deadline in a row of a list: how far off, and when.
pub fn brief(ends: Timestamp, now: Timestamp, zone: &TimeZone) -> AnyView {
    view! {
        <span class="due" data-urgency=urgency(ends, now, zone).code()>
            <span class="due-far">{time::until(ends, now)}</span>
            " "
            {time::moment(ends)}
        </span>
    }
    .into_any()
}

/// What is owed beside the cases' own next steps glares wherever work is looked for.
pub fn glares(owed: Glares) -> Vec<AnyView> {
    let told = [
        (
            owed.unreviewed,
            "unreviewed",
            "emergency release has not been reviewed by a second manager",
            "emergency releases have not been reviewed by a second manager",
        ),
        (
            owed.notices,
            "late",
            "subject may be told by now, and was not",
            "subjects may be told by now, and were not",
        ),
        (
            owed.processes,
            "late",
            "emergency is over, and nobody has said whether formal process arrived",
            "emergencies are over, and nobody has said whether formal process arrived",
        ),
    ];
    told.into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, part, one, more)| {
            let says = match count {
                1 => format!("1 {one}"),
                Glares::MOST.. => format!("More than {} {more}", Glares::MOST - 1),
                _ => format!("{count} {more}"),
            };
            view! { <p class="glare"><a href=format!("/calendar#{part}")>{says}</a></p> }.into_any()
        })
        .collect()
}
