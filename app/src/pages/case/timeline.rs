//! Everything that ever happened to a case: steps in full, reads folded away.

use leptos::prelude::*;

use crate::{desk::Happening, parts::time};

/// Steps newest last, as they were taken; then who looked.
pub fn view(timeline: &[Happening]) -> AnyView {
    let (reads, steps): (Vec<_>, Vec<_>) = timeline.iter().partition(|one| one.reading);
    let count = reads.len();
    let looked = (count > 0).then(|| {
        view! {
            <details class="reads">
                <summary>{if count == 1 { "Read once".to_owned() } else { format!("Read {count} times") }}</summary>
                <ol class="timeline">{reads.into_iter().map(one).collect_view()}</ol>
            </details>
        }
    });
    view! {
        <ol class="timeline">{steps.into_iter().map(one).collect_view()}</ol>
        {looked}
    }
    .into_any()
}

fn one(happening: &Happening) -> AnyView {
    let who = happening
        .who
        .as_ref()
        .map_or_else(|| "The desk".to_owned(), ToString::to_string);
    let words = happening
        .words
        .clone()
        .map(|words| view! { <blockquote>{words}</blockquote> });
    view! {
        <li data-action=happening.action.clone()>
            <p>
                <span class="at">{time::moment(happening.at)}</span> " "
                <strong>{who}</strong> " " {happening.told.clone()} " "
                <span class="seq">"leaf " {happening.seq.to_string()}</span>
            </p>
            {words}
        </li>
    }
    .into_any()
}
