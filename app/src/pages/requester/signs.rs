//! What about an entry of the directory itself deserves a second look.

use casework::{clock, directory::NEW_DAYS};
use leptos::prelude::*;

use crate::{desk::AuthorityFile, parts::address};

/// That it is new, that its domains look like those of others, that nothing of it can be called.
pub fn view(file: &AuthorityFile) -> Option<AnyView> {
    let authority = &file.known.authority;
    let today = clock::day(file.now);
    let age = clock::day(file.known.entered_at)
        .until(today)
        .map_or(0, |span| span.get_days());
    let new = (age <= NEW_DAYS).then(|| {
        let says = match age {
            ..=0 => "Added today.".to_owned(),
            1 => "Added yesterday.".to_owned(),
            days => format!("Added {days} days ago."),
        };
        view! { <li>{says} " An impostor's agency is entered first and asks soon after; so is every agency that asks for the first time."</li> }
    });
    let alike = file.alike.iter().map(|(own, official, how)| {
        view! {
            <li>
                {own.shown()} " looks like " {official.domain.shown()} " of "
                <a href=address::requester(official.authority)>{official.name.to_string()}</a> ": " {how.told()} "."
            </li>
        }
    });
    let stale = authority
        .phones
        .iter()
        .filter(|phone| phone.is_stale(today))
        .count();
    let stale = (stale > 0).then(|| {
        let says = if stale == 1 {
            "1 number was not looked up for over a year.".to_owned()
        } else {
            format!("{stale} numbers were not looked up for over a year.")
        };
        view! { <li>{says}</li> }
    });
    let any = new.is_some() || stale.is_some() || !file.alike.is_empty();
    any.then(|| {
        view! {
            <section id="signals" class="signals" aria-labelledby="signals-head" data-count="1">
                <h2 id="signals-head">"Look twice"</h2>
                <ul>{new} {alike.collect_view()} {stale}</ul>
            </section>
        }
        .into_any()
    })
}
