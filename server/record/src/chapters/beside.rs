//! What lives beside the stage: data that is kept, nondisclosure orders, notices to the subject and
//! their objections, letters, formal process, pauses. What there is none of is not told.

pub(super) mod kept;
mod told;

use casework::case::PauseOnCase;
use casework::letter::Letter;
use casework::member::Signed;

use super::Story;
use super::orders::halved;
use super::phrases::{member, moment};
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

pub(super) use kept::holds;
pub(super) use told::{finding, gags, in_a_line, notices, objections, untold};

/// Who did it and when.
fn signed<T>(done: &Signed<T>) -> String {
    format!("{} by {}", moment(done.at), member(&done.by))
}

/// Whether formal process arrived after an emergency release, each time it was asked.
pub(super) fn process(page: &mut Compositor<'_>, story: &Story<'_>) {
    let asked = &story.case.beside().processes;
    if asked.is_empty() {
        return;
    }
    let section = page.section("Formal process after the emergency");
    for answer in asked {
        let arrived = if answer.what.arrived {
            "Formal process arrived"
        } else {
            "No formal process arrived"
        };
        page.minor(section, arrived);
        page.text(section, &format!("Recorded {}.", signed(answer)));
        page.quote(section, answer.what.reasons.as_str());
    }
}

/// The letters on the case, with the digests that tell each from any other file.
pub(super) fn letters(page: &mut Compositor<'_>, story: &Story<'_>) {
    let letters = &story.case.beside().letters;
    if letters.is_empty() {
        return;
    }
    let section = page.section("Letters");
    let columns = vec![
        Column {
            head: "Letter",
            share: 0.45,
        },
        Column {
            head: "Size",
            share: 0.18,
        },
        Column {
            head: "SHA-256 of the file",
            share: 0.37,
        },
    ];
    let rows = letters
        .iter()
        .map(|filed| {
            let letter = &filed.what;
            vec![
                Cell::text(format!(
                    "{}\n{}; to {}; filed {}",
                    letter.name,
                    paper(letter),
                    letter.recipient,
                    signed(filed)
                )),
                Cell::text(format!("{} bytes", letter.size)),
                Cell::code(halved(&letter.sha256.to_string())),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Letters with their digests",
            columns,
            rows,
        },
    );
}

fn paper(letter: &Letter) -> String {
    let template = match letter.template {
        0 => "the template as delivered".to_owned(),
        version => format!("version {version} of its template"),
    };
    format!("{}, {}, from {template}", letter.letter, letter.language)
}

/// Every pause of a clock, with its reasons.
pub(super) fn pauses(page: &mut Compositor<'_>, section: TagId, pauses: &[PauseOnCase]) {
    if pauses.is_empty() {
        return;
    }
    page.minor(section, "Pauses");
    let columns = vec![
        Column {
            head: "Clock",
            share: 0.2,
        },
        Column {
            head: "Paused",
            share: 0.4,
        },
        Column {
            head: "Ran again",
            share: 0.4,
        },
    ];
    let told = |done: &Signed<casework::pause::Pause>| {
        format!("{}\n“{}”", signed(done), done.what.reasons)
    };
    let rows = pauses
        .iter()
        .map(|pause| {
            let resumed = pause.resumed.as_ref();
            vec![
                Cell::text(pause.paused.what.clock.word()),
                Cell::text(told(&pause.paused)),
                Cell::text(resumed.map_or_else(|| "Not yet".to_owned(), told)),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Pauses of clocks, with reasons",
            columns,
            rows,
        },
    );
}
