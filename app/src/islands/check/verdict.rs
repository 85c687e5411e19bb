//! The verdict in one sentence, then what was checked, then what the record is.

use leptos::{html, prelude::*};

use super::told::{About, Check, Told};
use crate::parts::badge;

const UNREAD: &str = "cannot be read";

/// The whole of it.
pub fn view(told: &Told, head: NodeRef<html::H2>) -> AnyView {
    let (word, taken) = told.word();
    let (first, rest) = told.sentences();
    let checks = told.checks.iter().map(check).collect_view();
    view! {
        <article class="found" data-taken=taken>
            <p class="found-word">{word}</p>
            <h2 node_ref=head tabindex="-1">{first}</h2>
            {rest.map(|rest| view! { <p class="found-why">{rest}</p> })}
            <h3>"What was checked"</h3>
            <ul class="checks">{checks}</ul>
            {told.record.as_ref().map(about)}
        </article>
    }
    .into_any()
}

fn check(one: &Check) -> AnyView {
    let (code, word) = match one.holds {
        Some(true) => ("met", "Holds"),
        Some(false) => ("against", "Does not hold"),
        None => ("open", "Not checked"),
    };
    view! {
        <li data-stands=code><span class="stands">{word}</span> <span>{one.says.clone()}</span></li>
    }
    .into_any()
}

fn about(record: &About) -> AnyView {
    let edition = if record.edition == "redacted" {
        "Redacted edition: texts are left out"
    } else {
        "Full edition"
    };
    let keys = record.keys.iter().map(|key| badge::key(key)).collect_view();
    let stamp = record.timestamp.as_ref().map_or_else(
        || "none".to_owned(),
        |stamp| format!("{}, by {}", spoken(&stamp.at), stamp.by),
    );
    let cosigned = match record.cosigned_by.as_slice() {
        [] => "nobody whose key you gave".to_owned(),
        all => all.join(", "),
    };
    let certificate = record
        .certificate_sha256
        .as_deref()
        .map_or_else(|| UNREAD.into_any(), badge::hex);
    view! {
        <h3>"What the record says it is"</h3>
        <dl class="facts">
            {fact("Number", record.number.clone())}
            {fact("Organisation", record.organisation.clone())}
            {fact("Edition", edition)}
            {fact("As of", spoken(&record.as_of))}
            {fact("Ledger", format!("{}, {} leaves", record.origin, record.size))}
            {fact("Root", badge::hex(&record.root))}
            {fact("Signed by the ledger key", keys)}
            {fact("Cosigned by", cosigned)}
            {fact("Sealed by", record.sealed_by.clone().unwrap_or_else(|| UNREAD.into()))}
            {fact("Its certificate, SHA-256", certificate)}
            {fact("Timestamp", stamp)}
            {fact("The file, SHA-256", badge::hex(&record.sha256))}
        </dl>
    }
    .into_any()
}

fn fact(label: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value.into_view()}</dd></div> }.into_any()
}

/// A moment in RFC 3339 as pages say it: to the minute, with its zone.
fn spoken(moment: &str) -> String {
    match (moment.get(..10), moment.get(11..16)) {
        (Some(day), Some(time)) if moment.ends_with('Z') => format!("{day} {time} UTC"),
        _ => moment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_said_as_pages_say_it() {
        assert_eq!(spoken("2026-11-23T18:02:01.123Z"), "2026-11-23 18:02 UTC");
        assert_eq!(spoken("some time"), "some time");
    }
}
