//! Clocks, hands and the whole timeline.

use casework::clock::{self, Urgency};
use casework::ledger::Entry;
use casework::ledger::evidence::Sound;

use super::Story;
use super::beside;
use super::phrases::{moment, sentence};
use crate::setting::{Cell, Column, Compositor, Table};

pub(super) fn clocks(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Clocks");
    let clocks = clock::clocks(story.case);
    if clocks.is_empty() {
        page.text(section, "No clock runs in this case.");
        return;
    }
    let columns = vec![
        Column {
            head: "Clock",
            share: 0.2,
        },
        Column {
            head: "From, until",
            share: 0.27,
        },
        Column {
            head: "How computed",
            share: 0.35,
        },
        Column {
            head: "Stands",
            share: 0.18,
        },
    ];
    let rows = clocks
        .iter()
        .map(|clock| {
            let stands = match clock.urgency(story.dossier.as_of, &jiff::tz::TimeZone::UTC) {
                Urgency::Stopped => "Stopped",
                Urgency::Paused => "Paused",
                Urgency::Over | Urgency::Late => "Over",
                Urgency::Today | Urgency::Soon | Urgency::Later => "Running",
            };
            vec![
                Cell::text(clock.kind.word()),
                Cell::text(format!(
                    "{}\n{}",
                    moment(clock.starts),
                    clock.ends.map_or_else(|| "no end".to_owned(), moment)
                )),
                Cell::text(clock.because()),
                Cell::text(stands),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Clocks, and how each end was computed",
            columns,
            rows,
        },
    );
    beside::pauses(page, section, &story.case.beside().pauses);
}

/// Duties are separate: a judge sees at a glance that nobody decided what they had worked on.
pub(super) fn hands(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Who had a hand in it");
    page.text(
        section,
        "Whoever filed, edited, classified or verified a case never decides it.",
    );
    let columns = vec![
        Column {
            head: "Member",
            share: 0.28,
        },
        Column {
            head: "Edited",
            share: 0.11,
        },
        Column {
            head: "Filed",
            share: 0.11,
        },
        Column {
            head: "Classified",
            share: 0.14,
        },
        Column {
            head: "Verified",
            share: 0.12,
        },
        Column {
            head: "Decided",
            share: 0.12,
        },
        Column {
            head: "Reviewed",
            share: 0.12,
        },
    ];
    let yes = |is: bool| Cell::text(if is { "Yes" } else { "–" });
    let rows = story
        .case
        .hands()
        .map(|(_, hand)| {
            vec![
                Cell::text(hand.name.as_str()),
                yes(hand.edited),
                yes(hand.filed),
                yes(hand.classified),
                yes(hand.verified),
                yes(hand.decided),
                yes(hand.reviewed),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Members and what each did",
            columns,
            rows,
        },
    );
}

pub(super) fn timeline(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Timeline");
    if story.history.is_empty() {
        page.text(section, "Nothing has happened yet.");
        return;
    }
    page.text(
        section,
        "Every step of the case and every attempt that the rules refused, in the order of the ledger. \
         A leaf's number says where in the ledger it was sealed.",
    );
    let columns = vec![
        Column {
            head: "Step",
            share: 0.055,
        },
        Column {
            head: "Leaf",
            share: 0.063,
        },
        Column {
            head: "When",
            share: 0.264,
        },
        Column {
            head: "Member",
            share: 0.178,
        },
        Column {
            head: "What happened",
            share: 0.44,
        },
    ];
    let rows = story
        .history
        .iter()
        .map(|sound| row(story, sound))
        .collect();
    page.table(
        section,
        &Table {
            summary: "Everything that happened, in order",
            columns,
            rows,
        },
    );
}

fn row(story: &Story<'_>, sound: &Sound) -> Vec<Cell> {
    let (step, who, told) = match &sound.opened.entry {
        Entry::Step { event } => {
            let told = sentence(&event.told());
            let told = match event.words() {
                Some(words) => format!("{told}\n“{words}”"),
                None => told,
            };
            let who = format!("{}\n{}", event.by.name, event.by.role.word());
            (event.version.to_string(), who, told)
        }
        Entry::Refused { step, says, .. } => (
            "–".into(),
            story.who(sound.leaf.actor),
            format!("Refused: {}\n“{says}”", step.word()),
        ),
        _ => return Vec::new(),
    };
    vec![
        Cell::number(step),
        Cell::number(sound.leaf.seq.to_string()),
        Cell::text(moment(sound.leaf.at)),
        Cell::text(who),
        Cell::text(told),
    ]
}
