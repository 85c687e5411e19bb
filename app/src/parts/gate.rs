//! The gate: what must be true before anyone may approve, and whether it is.

use casework::gate::{Item, Standing};
use leptos::prelude::*;

/// The whole gate, with a count at its head.
pub fn list(items: &[Item]) -> AnyView {
    rows(items, |_| true)
}

/// The count, and only what does not stand: what a decision must reckon with.
pub fn left(items: &[Item]) -> AnyView {
    rows(items, |stands| *stands != Standing::Met)
}

fn rows(items: &[Item], shown: fn(&Standing) -> bool) -> AnyView {
    let each: Vec<_> = items
        .iter()
        .filter(|item| shown(&item.stands))
        .map(row)
        .collect();
    let list = (!each.is_empty()).then(|| view! { <ul class="gate">{each}</ul> });
    view! { <div><p class="gate-count">{count(items)}</p>{list}</div> }.into_any()
}

fn row(item: &Item) -> AnyView {
    let (code, word, why) = match &item.stands {
        Standing::Met => ("met", "Met", None),
        Standing::Open => ("open", "Open", None),
        Standing::Against(says) => ("against", "Against", Some(says.clone())),
    };
    view! {
        <li data-stands=code>
            <span class="stands">{word}</span>
            <span class="must">{item.what.clone()} {why.map(|why| view! { " " <em>{why}</em> })}</span>
        </li>
    }
    .into_any()
}

/// The gate in one sentence.
pub fn count(items: &[Item]) -> String {
    let of =
        |wanted: fn(&Standing) -> bool| items.iter().filter(|item| wanted(&item.stands)).count();
    let open = of(|stands| *stands == Standing::Open);
    let against = of(|stands| matches!(stands, Standing::Against(_)));
    match (open, against) {
        (0, 0) => "The gate is passed: everything that must be true is.".into(),
        (0, against) => format!("{} against approval.", things(against, "speaks", "speak")),
        (open, 0) => format!("{} open.", things(open, "is", "are")),
        (open, against) => {
            format!(
                "{} open; {} against approval.",
                things(open, "is", "are"),
                things(against, "speaks", "speak")
            )
        }
    }
}

/// What is open: nobody has answered or done it yet.
pub fn open(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .filter(|item| item.stands == Standing::Open)
        .map(|item| item.what.clone())
        .collect()
}

fn things(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 thing {one}")
    } else {
        format!("{count} things {many}")
    }
}
