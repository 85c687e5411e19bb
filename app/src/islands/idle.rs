//! Saying that a session is about to end, while there is time to stay.

use std::time::Duration;

use leptos::prelude::*;

use super::send::{Body, send};

/// How long before the end it is said.
const AHEAD: i64 = 120;

/// Where a session stands.
#[derive(Clone, Copy, PartialEq)]
enum Session {
    Runs,
    Ends,
    Ended,
}

/// Says two minutes before the session ends that it will; `seconds` is how long it has.
#[island]
pub fn IdleWarning(seconds: i64) -> impl IntoView {
    let session = RwSignal::new(Session::Runs);
    // Each time somebody stays, the clocks of the time before tell nothing any more.
    let round = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let mine = round.get();
        let turn = move |to: Session, after: i64| {
            let after = Duration::from_secs(after.max(1).unsigned_abs());
            set_timeout(
                move || {
                    if round.get_untracked() == mine {
                        session.set(to);
                    }
                },
                after,
            );
        };
        turn(Session::Ends, seconds - AHEAD);
        turn(Session::Ended, seconds);
    });
    let stay = move |_| {
        send(
            "/account/here",
            &Body::Nothing,
            |_| {},
            move |answer| {
                if answer.done() {
                    session.set(Session::Runs);
                    round.update(|round| *round += 1);
                } else {
                    session.set(Session::Ended);
                }
            },
        );
    };
    let says = move || {
        match session.get() {
        Session::Runs => None,
        Session::Ends => Some(
            view! {
                <p>
                    "Your session ends in two minutes. "
                    <button type="button" on:click=stay>"Stay signed in"</button>
                </p>
            }
            .into_any(),
        ),
        Session::Ended => Some(
            view! { <p>"Your session has ended. What you send now is kept while you sign in again."</p> }.into_any(),
        ),
    }
    };
    view! { <div class="idle" role="alert">{says}</div> }
}
