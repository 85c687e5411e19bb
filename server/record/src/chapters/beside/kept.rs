//! Data that is kept from deletion, and what became of it.

use casework::case::HoldOnCase;

use super::signed;
use crate::chapters::Story;
use crate::chapters::phrases::local;
use crate::setting::{Cell, Compositor};

pub(in crate::chapters) fn holds(page: &mut Compositor<'_>, story: &Story<'_>) {
    let holds = &story.case.beside().holds;
    if holds.is_empty() {
        return;
    }
    let section = page.section("Data kept");
    for (place, hold) in holds.iter().enumerate() {
        page.minor(section, &format!("Hold {} of {}", place + 1, holds.len()));
        page.facts(section, "A hold, and what became of it", &facts(hold));
        page.text(section, "What is kept:");
        page.quote(section, hold.given.what.what.as_str());
        let Some(released) = &hold.released else {
            continue;
        };
        page.text(section, "Why the hold ended:");
        page.quote(section, released.what.reasons.as_str());
        if let Some(deleted) = &released.what.deleted {
            page.text(section, "Proof of deletion:");
            page.quote(section, deleted.what.as_str());
        }
    }
}

fn facts(hold: &HoldOnCase) -> Vec<(&'static str, Cell)> {
    let given = &hold.given;
    let mut facts = vec![
        ("Kept by", given.what.owner.to_string()),
        ("Kept in", given.what.kept_in.to_string()),
        ("Given", signed(given)),
    ];
    for renewal in &hold.renewals {
        facts.push((
            "Renewed",
            format!("{}\nby {}", signed(renewal), renewal.what.reference),
        ));
    }
    if let Some(converted) = &hold.converted {
        facts.push((
            "Converted",
            format!(
                "{}\nproduction was asked for in {}",
                signed(converted),
                converted.what.production
            ),
        ));
    }
    match &hold.released {
        None => facts.push(("Released", "Not yet: the data is kept".into())),
        Some(released) => {
            facts.push(("Released", signed(released)));
            facts.push((
                "Deleted",
                released.what.deleted.as_ref().map_or_else(
                    || "No: kept on for the production".to_owned(),
                    |deleted| format!("{} by {}", local(&deleted.at), deleted.by),
                ),
            ));
        }
    }
    facts
        .into_iter()
        .map(|(name, told)| (name, Cell::text(told)))
        .collect()
}

/// What is kept, in a line.
pub(in crate::chapters) fn in_a_line(hold: &HoldOnCase) -> String {
    let owner = &hold.given.what.owner;
    let stands = match (&hold.released, &hold.converted) {
        (None, None) => "kept".to_owned(),
        (None, Some(converted)) => {
            format!("kept for the production in {}", converted.what.production)
        }
        (Some(released), _) if released.what.deleted.is_some() => "released and deleted".to_owned(),
        (Some(_), Some(converted)) => {
            format!(
                "released for the production in {}",
                converted.what.production
            )
        }
        (Some(_), None) => "released".to_owned(),
    };
    match hold.renewals.len() {
        0 => format!("By {owner}: {stands}"),
        1 => format!("By {owner}: renewed once; {stands}"),
        times => format!("By {owner}: renewed {times} times; {stands}"),
    }
}
