//! Clocks: what is due, how far off it is, and how the date was computed, so that a person can
//! check it by hand.

use casework::clock::{Clock, Urgency};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::parts::time;

/// Every clock of a case.
pub fn list(clocks: &[Clock], now: Timestamp) -> Option<AnyView> {
    (!clocks.is_empty()).then(|| {
        let each: Vec<_> = clocks
            .iter()
            .map(|clock| view! { <li>{one(clock, now)}</li> })
            .collect();
        view! { <ul class="clocks">{each}</ul> }.into_any()
    })
}

/// One clock with its computation.
fn one(clock: &Clock, now: Timestamp) -> AnyView {
    let urgency = clock.urgency(now);
    let far = if clock.stopped {
        "done".into()
    } else {
        time::until(clock.ends, now)
    };
    view! {
        <div class="clock" data-urgency=code(urgency)>
            <p class="clock-kind">{clock.kind.word()}</p>
            <p class="clock-far">{far}</p>
            <p class="clock-ends">{time::moment(clock.ends)}</p>
            <details>
                <summary>"How this date was computed"</summary>
                <p>{clock.because.clone()}</p>
                <p>"Starts " {time::moment(clock.starts)} "."</p>
            </details>
        </div>
    }
    .into_any()
}

/// A deadline in a row of a list: how far off, and when.
pub fn brief(ends: Timestamp, now: Timestamp) -> AnyView {
    view! {
        <span class="due" data-urgency=code(casework::clock::urgency(ends, now))>
            <span class="due-far">{time::until(ends, now)}</span>
            " "
            {time::moment(ends)}
        </span>
    }
    .into_any()
}

/// What the style sheet calls it; the words beside it say the same.
const fn code(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Stopped => "stopped",
        Urgency::Late => "late",
        Urgency::Today => "today",
        Urgency::Soon => "soon",
        Urgency::Later => "later",
    }
}
