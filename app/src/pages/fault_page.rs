//! Why there is no page here.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{fault::Fault, returned::Returned};

/// What is wrong, and what to do now.
pub fn view(fault: &Fault) -> AnyView {
    let (title, then) = match fault {
        Fault::Refused(refusal) => match refusal.kind() {
            casework::refusal::Kind::Forbidden => ("Not yours to do", "Nothing was changed."),
            casework::refusal::Kind::Unfit => {
                ("This cannot be done as asked", "Nothing was changed.")
            }
            casework::refusal::Kind::Conflict => ("Not at this stage", "Nothing was changed."),
        },
        Fault::SignedOut => ("You are not signed in", ""),
        Fault::ProofWanted => ("Confirm your password", ""),
        Fault::NotFound => (
            "Nothing here",
            "Check the address, or look for the case in the list.",
        ),
        Fault::Gone { .. } => (
            "The records cannot be reached",
            "Try again in a minute. If it goes on, tell your administrator the incident's number.",
        ),
        Fault::NoTimestamp { .. } => (
            "No timestamp to be had",
            "Try again in some minutes. If it goes on, tell your administrator the incident's number; records that were issued before can be downloaded all the while.",
        ),
        Fault::Broken { .. } => (
            "Something failed",
            "Tell your administrator the incident's number; the desk's log tells the rest under it.",
        ),
    };
    let on = match fault {
        Fault::SignedOut => ("/sign-in", "Sign in"),
        Fault::ProofWanted => ("/prove", "Confirm your password"),
        _ => ("/", "Back to the desk"),
    };
    view! {
        <Title text=format!("{title} · Disclosure Desk")/>
        <article class="fault-page">
            <h1>{title}</h1>
            // A form was refused, and its page is not open any more: the refusal says more.
            {Returned::here().and_then(|returned| returned.says).map(|says| view! { <p class="says">{says}</p> })}
            <p class="says">{fault.to_string()}</p>
            <p>{then}</p>
            <p><a class="button" href=on.0>{on.1}</a></p>
        </article>
    }
    .into_any()
}
