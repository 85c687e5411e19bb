//! Texts that a redacted edition leaves out and somebody shows: each has to be the one.

use crate::checks::ledger::Proven;
use crate::held::Held;
use crate::report::{Findings, UNMASKING, Verdict};

/// Most characters of a text that a sentence repeats.
const TOLD_MOST: usize = 400;

/// Holds each text that is shown against the salted hash that stands in its place.
pub fn check(proven: &Proven, held: &Held, findings: &mut Findings) {
    for shown in &held.openings {
        let place = &shown.place;
        let entry = proven
            .entries
            .iter()
            .find(|sound| sound.leaf.seq == shown.seq);
        let Some(entry) = entry else {
            findings.fails(
                UNMASKING,
                Verdict::Altered,
                format!(
                    "Entry {} of the ledger, of which {place} is shown, is not in this record.",
                    shown.seq
                ),
            );
            continue;
        };
        let open = entry
            .opened
            .texts
            .iter()
            .any(|(open, opening)| open == place && *opening == shown.opening);
        match entry.opened.hidden.get(place) {
            Some(hidden) if *hidden == shown.opening.digest() => findings.holds(
                UNMASKING,
                format!(
                    "{place} in entry {} of the ledger reads \u{201c}{}\u{201d}: that is what was sealed.",
                    shown.seq,
                    cut(&shown.opening.value)
                ),
            ),
            None if open => findings.holds(
                UNMASKING,
                format!("{place} in entry {} of the ledger is shown in this record already, and is the same.", shown.seq),
            ),
            Some(_) => findings.fails(
                UNMASKING,
                Verdict::Altered,
                format!(
                    "The text shown for {place} in entry {} of the ledger is not the one that was sealed.",
                    shown.seq
                ),
            ),
            None => findings.fails(
                UNMASKING,
                Verdict::Altered,
                format!("Nothing is left out at {place} in entry {} of the ledger.", shown.seq),
            ),
        }
    }
}

fn cut(text: &str) -> String {
    let mut told: String = text.chars().take(TOLD_MOST).collect();
    if told.len() < text.len() {
        told.push('\u{2026}');
    }
    told
}
