//! The record tells all that lives beside the stage, and nothing of what there is none of.

use record::Job;
use record::sheet::{Mark, Owner};
use scenes::Scene;

use crate::BOOK;

/// All that the pages say, line by line joined by spaces: a sentence may be broken anywhere.
fn told(scene: &Scene) -> String {
    let dossier = scene.dossier();
    let sheets = record::set(&BOOK, &Job::of(&dossier)).expect("a scene is set");
    let marks = sheets.pages.iter().flat_map(|page| &page.marks);
    let lines = marks.filter_map(|(owner, mark)| match (owner, mark) {
        (Owner::Tag(_), Mark::Text { line, .. }) => Some(line.text()),
        _ => None,
    });
    let lines: Vec<String> = lines.collect();
    lines
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn tells(scene: &Scene, wanted: &[&str]) {
    let told = told(scene);
    for words in wanted {
        assert!(told.contains(words), "{words:?} is not in:\n{told}");
    }
}

#[test]
fn a_hold_is_told_with_its_owner_renewals_conversion_and_release() {
    tells(
        &scenes::preserved(42),
        &[
            "Data kept By Ines Baumann, storage operations: renewed 2 times; released for the production in DD-2026-00057",
            "Kept in Cold copy 2026-114, cluster Frankfurt 2",
            "by Form 3 of the regulation, 25 January 2027",
            "production was asked for in DD-2026-00057",
            "Deleted No: kept on for the production",
            "Confirmation of preservation, en, from the template as delivered; to Staatsanwaltschaft Hamburg",
        ],
    );
    tells(
        &scenes::deleted(42),
        &[
            "Deleted 2027-01-02 10:00:00 +01:00 (Europe/Berlin) by Ines Baumann, storage operations",
            "deletion log of cluster Frankfurt 2, entry 4711.",
        ],
    );
}

#[test]
fn a_gag_is_told_with_its_renewal_and_the_notice_word_for_word() {
    tells(
        &scenes::gagged(42),
        &[
            "Second manager: agreed to the release of contents",
            "Last day 2027-01-28",
            "until 2027-04-28 by Order 3:27-mj-00021 of 2027-01-22",
            "Was the subject told Yes, after the case was closed. By e-mail from this desk; 2027-04-29 09:00:00 UTC",
            "Was the subject told No: gagged until 2027-01-28",
            "You may ask a court to quash or narrow it, and tell us so",
        ],
    );
    tells(
        &scenes::no_longer_gagged(42),
        &[
            "Last day none: it is open-ended",
            "Bound until 2026-11-23",
            "The court vacated it on our motion",
        ],
    );
}

#[test]
fn an_objection_is_told_with_what_became_of_it() {
    tells(
        &scenes::overruled(42),
        &[
            "Objections Priya Raman, counsel for the subject: overruled",
            "Objection 1 of 1: overruled",
            "A motion to quash was filed today",
            "The court denied the motion to quash",
        ],
    );
    tells(&scenes::sustained(42), &["Objection 1 of 1: sustained"]);
}

#[test]
fn an_emergency_is_told_with_its_days_its_end_and_what_came_of_formal_process() {
    tells(
        &scenes::rescued(42, false),
        &[
            "Days of data released 2026-11-01 to 2026-11-02; to be used until 2026-11-03",
            "Only data from 2026-11-01 to 2026-11-02 is released.",
            "Formal process Did not arrive",
            "None came in thirty days.",
            "An emergency release may be used 24 hours",
        ],
    );
    tells(&scenes::rescued(42, true), &["Formal process arrived"]);
}

#[test]
fn the_matrix_is_told_whole_with_who_looked_and_every_pause_with_its_reason() {
    tells(
        &scenes::narrowed(42),
        &[
            "Category Depth Requested Permitted Held Granted Produced",
            "Contact information Subscriber data Yes Yes Not held No No",
            "IP history Traffic data Yes No Held No No",
            "Looked in the accounts and in billing",
            "Judged under: tables, version 0",
            "“We asked which of two accounts of this name is meant.”",
            "“They named the account client-77120.”",
        ],
    );
}

#[test]
fn what_there_is_none_of_is_not_told() {
    let told = told(&scenes::closed());
    for word in [
        "Data kept",
        "Nondisclosure orders",
        "Objections",
        "Letters",
        "Formal process",
        "Pauses",
        "Judged under",
        "Held Granted",
        "Days of data released",
    ] {
        assert!(!told.contains(word), "{word} is in:\n{told}");
    }
}
