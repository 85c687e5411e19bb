//! One's own calendar feed: an address that a calendar program reads.

use casework::member::Duty;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    desk::Me,
    parts::{Form, form::hidden, proof, time},
    returned::Once,
};

/// Opens a feed, shows its address this once, closes it. None for who may read no case.
pub fn view(me: &Me, opened: Option<Timestamp>) -> Option<AnyView> {
    me.member.role.may(Duty::ReadCases).then(|| {
        let form = Form::blank();
        let stands = match opened {
            Some(at) => view! { <p>"Your feed is open since " {time::moment(at)} "."</p> }.into_any(),
            None => view! { <p>"Your feed is closed."</p> }.into_any(),
        };
        let close = opened.map(|_| {
            view! {
                <form method="post" action="/account/feed">
                    {hidden("do", "close")}
                    <p class="send"><button>"Close the feed"</button></p>
                </form>
            }
        });
        let opens = if opened.is_some() {
            "Open it anew at another address"
        } else {
            "Open a feed"
        };
        view! {
            <section aria-labelledby="feed-head">
                <h2 id="feed-head">"Your calendar feed"</h2>
                <p>
                    "What falls due, in your own calendar program. It tells case numbers, the names of the clocks and when they end, with an alarm a day before; no name and nothing of a case. Whoever knows the address can read it without signing in: treat it as a password."
                </p>
                {once()}
                {stands}
                <form method="post" action="/account/feed" class="step" novalidate=true>
                    {hidden("do", "open")}
                    {proof::ask(&form, me)}
                    <p class="send"><button>{opens}</button></p>
                </form>
                {close}
            </section>
        }
        .into_any()
    })
}

/// The address that was just made.
fn once() -> Option<AnyView> {
    let Once(address) = use_context()?;
    Some(
        view! {
            <div class="notice once" role="status">
                <h3>"The address of your feed"</h3>
                <p><code class="key">{address}</code></p>
                <p>
                    "It is shown here once and kept nowhere. Add it to your calendar program as a subscription; one that you had before is answered no more."
                </p>
            </div>
        }
        .into_any(),
    )
}
