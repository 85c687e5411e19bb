//! What a redacted edition leaves out, and the hashes by which it can be proven later.

use std::collections::BTreeMap;

use casework::dossier::Edition;
use casework::gate::questions::questions;
use casework::order::Digest;

use super::Story;
use super::orders::halved;
use crate::plain::LEFT_OUT;
use crate::setting::{Cell, Column, Compositor, Table};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    if story.dossier.edition == Edition::Full {
        return;
    }
    let section = page.section("What is left out");
    page.text(
        section,
        &format!(
            "Where a text is left out, {LEFT_OUT} stands in its place. In the ledger each text is \
             committed to by its salted hash, HMAC-SHA256 with a salt of 128 random bits as its key. \
             Without the salt nothing can be guessed from a hash; with it, only the text that was \
             sealed fits. Whoever is shown a text and its salt later can compute the hash given here."
        ),
    );
    // A text that is told in several steps is sealed anew in each.
    let mut rows: BTreeMap<(u64, &str), &Digest> = BTreeMap::new();
    for sound in &story.history {
        for (place, digest) in &sound.opened.hidden {
            rows.insert((sound.leaf.seq, place), digest);
        }
    }
    let columns = vec![
        Column {
            head: "Leaf",
            share: 0.1,
        },
        Column {
            head: "Left out",
            share: 0.5,
        },
        Column {
            head: "Salted hash",
            share: 0.4,
        },
    ];
    let rows = rows
        .into_iter()
        .map(|((leaf, place), digest)| {
            vec![
                Cell::number(leaf.to_string()),
                Cell::text(named(story, place)),
                Cell::code(halved(&digest.to_string())),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Every text that is left out, with its salted hash",
            columns,
            rows,
        },
    );
}

/// A place in words.
fn named(story: &Story<'_>, place: &str) -> String {
    let parts: Vec<&str> = place.split('/').collect();
    let spaced = |code: &str| code.replace('_', " ");
    match parts.as_slice() {
        ["by", _] => "Name of a member".into(),
        ["fields", name, "0"] => format!("Request: {}", spaced(name)),
        ["fields", name, row] => {
            let row = row.parse::<u32>().map_or(0, |row| row + 1);
            format!("Request: {}, no. {row}", spaced(name))
        }
        ["answers", key] => {
            let asked = story.case.classification().and_then(|classification| {
                questions(classification.instrument).find(|question| question.key == *key)
            });
            match asked {
                Some(question) => format!("Answer: {}", question.asks),
                None => format!("Answer: {}", spaced(key)),
            }
        }
        ["refused", step] => format!("What the rules said to a refused attempt: {}", spaced(step)),
        [version, "refused", category] => format!(
            "Step {}: why not {}",
            version.trim_start_matches('v'),
            spaced(category)
        ),
        [version, "deleted", what] => format!(
            "Step {}: proof of deletion, {}",
            version.trim_start_matches('v'),
            spaced(what)
        ),
        [version, what] => format!("Step {}: {}", version.trim_start_matches('v'), spaced(what)),
        _ => place.to_owned(),
    }
}
