//! Letters are set by the same hands as records, and keep the same promises.

use casework::order::Digest;
use record::letter::{Letter, Sent, print, set};
use record::sheet::Meaning::{Item, ItemBody, ItemMark, List};
use record::sheet::{Mark, Meaning, Owner, Sheets};

use crate::BOOK;
use crate::order_of_reading::read;

const TEXT: &str = "Dear Dr. Muster,\n\nwe produce what is listed below:\n\n- contact information\n- IP history\n\n## What was sent\n\n@manifest What | Day | SHA-256\n\n@sign Name and office\n@sign Signature\n\nSincerely,";

fn letter(text: &str) -> Letter<'_> {
    Letter {
        organisation: "Example Conversations Ltd",
        to: "Dr. Jana Muster\nVienna Regional Criminal Court\nAustria",
        day: "23. November 2026",
        subject: "Herausgabe (unser Zeichen DD-2026-00042)",
        text,
        language: "de",
        number: "DD-2026-00042",
        written: jiff::Timestamp::UNIX_EPOCH,
        sent: &[],
    }
}

fn sent() -> [Sent; 1] {
    [Sent {
        what: "One archive".into(),
        day: "12. November 2026".into(),
        sha256: Some(Digest([0xab; 32])),
    }]
}

fn says(sheets: &Sheets) -> String {
    read(sheets)
        .into_iter()
        .map(|(_, said)| said + "\n")
        .collect()
}

#[test]
fn a_letter_is_read_aloud_in_its_order() {
    let sent = sent();
    let letter = Letter {
        sent: &sent,
        ..letter(TEXT)
    };
    let told = says(&set(&BOOK, &letter));
    let places: Vec<usize> = [
        "Example Conversations Ltd",
        "Dr. Jana Muster",
        "23. November 2026",
        "Herausgabe",
        "Dear Dr. Muster",
        "contact information",
        "What was sent",
        "One archive",
        "abababab",
        "Signature",
        "Sincerely",
    ]
    .iter()
    .map(|words| {
        told.find(words)
            .unwrap_or_else(|| panic!("{words} in {told}"))
    })
    .collect();
    assert!(places.is_sorted(), "{told}");
}

#[test]
fn an_item_is_a_mark_and_a_body_within_a_list() {
    let sheets = set(&BOOK, &letter("- one\n- two"));
    let meanings: Vec<Meaning> = read(&sheets)
        .into_iter()
        .map(|(meaning, _)| meaning)
        .skip_while(|meaning| *meaning != List)
        .collect();
    assert_eq!(
        meanings,
        [List, Item, ItemMark, ItemBody, Item, ItemMark, ItemBody]
    );
}

#[test]
fn a_letter_conforms_in_its_own_language() {
    let bytes = print(&BOOK, &letter(TEXT)).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let holds = |words: &str| {
        bytes
            .windows(words.len())
            .any(|one| one == words.as_bytes())
    };
    assert!(
        holds("<rdf:li>de</rdf:li>") || holds("(de)"),
        "the language is named"
    );
    assert!(holds("pdfuaid:part") && holds("pdfaid:part"));
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(print(&BOOK, &letter(TEXT)), print(&BOOK, &letter(TEXT)));
}

#[test]
fn a_long_letter_turns_its_pages_and_loses_nothing() {
    let item = |place| {
        format!(
            "- item {place} of many, long enough to take a second line of this narrow page, as reasons do"
        )
    };
    let text = (0..400).map(item).collect::<Vec<_>>().join("\n");
    let sheets = set(&BOOK, &letter(&text));
    assert!(sheets.pages.len() > 5);
    let told = says(&sheets);
    assert!((0..400).all(|place| told.contains(&format!("item {place} of"))));
    for (page, sheet) in sheets.pages.iter().enumerate() {
        let lowest = sheet
            .marks
            .iter()
            .filter_map(|(owner, mark)| match (owner, mark) {
                (Owner::Tag(_), Mark::Text { y, .. }) => Some(*y),
                _ => None,
            });
        assert!(lowest.fold(0.0, f32::max) < 760.0, "page {page}");
    }
}

/// Where a line stands: on which page, and how far from its left and its top.
fn stands(sheets: &Sheets, words: &str) -> (usize, f32, f32) {
    let marks = sheets.pages.iter().enumerate();
    let mut marks =
        marks.flat_map(|(page, sheet)| sheet.marks.iter().map(move |mark| (page, mark)));
    let found = marks.find_map(|(page, (owner, mark))| match (owner, mark) {
        (Owner::Tag(_), Mark::Text { line, x, y, .. }) if line.text().trim() == words => {
            Some((page, *x, *y))
        }
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{words} stands nowhere"))
}

#[test]
fn a_letter_ends_on_one_page_with_its_last_words_and_room_to_sign() {
    for filler in 0..60 {
        let text = "Words.\n\n".repeat(filler)
            + "Tell us.\n\nSincerely,\n\nAnna Lindqvist\nExample Conversations Ltd";
        let sheets = set(&BOOK, &letter(&text));
        let (page, _, last) = stands(&sheets, "Sincerely,");
        let (signed, _, who) = stands(&sheets, "Anna Lindqvist");
        let (led, _, _) = stands(&sheets, "Tell us.");
        assert_eq!((page, page), (signed, led), "{filler}");
        assert!(who - last > 40.0, "{filler}");
    }
}

#[test]
fn what_only_looks_like_an_end_is_set_as_it_was() {
    for text in ["We sent:\n\nOne archive", "It is done.\n\nAnna Lindqvist"] {
        let sheets = set(&BOOK, &letter(text));
        let (before, after) = text.split_once("\n\n").unwrap();
        let (_, _, first) = stands(&sheets, before);
        let (_, _, second) = stands(&sheets, after);
        assert!(second - first < 25.0, "{text}");
    }
}

#[test]
fn a_letter_from_right_to_left_begins_everything_at_the_right() {
    let sent = sent();
    for (text, leftwards) in [
        (
            "לכבוד Helena Marsh,\n\nאנו מוסרים את המפורט להלן.\n\n- אחת\n\n@manifest מה | יום | SHA-256\n\n@sign חתימה",
            true,
        ),
        (
            "Dear שלום,\n\n- one\n\n@manifest What | Day | SHA-256\n\n@sign Signature",
            false,
        ),
    ] {
        let letter = Letter {
            sent: &sent,
            ..letter(text)
        };
        let sheets = set(&BOOK, &letter);
        let (_, mark, _) = stands(&sheets, "•");
        assert_eq!(mark > 300.0, leftwards, "{text}");
        let (_, archive, _) = stands(&sheets, "One archive");
        let (_, digest, _) = stands(&sheets, "SHA-256");
        assert_eq!(archive > digest, leftwards, "{text}");
        let (_, label, _) = stands(&sheets, if leftwards { "חתימה" } else { "Signature" });
        assert_eq!(label > 300.0, leftwards, "{text}");
    }
}

#[test]
fn the_head_of_a_table_stands_with_its_first_row() {
    let sent = [Sent {
        what: "One archive\n".repeat(30),
        day: "today".into(),
        sha256: None,
    }];
    for filler in 0..40 {
        let text = "Words.\n\n".repeat(filler) + "@manifest What | Day | Digest";
        let letter = Letter {
            sent: &sent,
            ..letter(&text)
        };
        let sheets = set(&BOOK, &letter);
        let (head, ..) = stands(&sheets, "Digest");
        let (row, ..) = stands(&sheets, "today");
        assert_eq!(head, row, "{filler}");
    }
}

#[test]
fn a_subject_of_any_length_makes_a_title_that_can_be_shown() {
    let subject = "\u{1f600}".repeat(200);
    let long = Letter {
        subject: &subject,
        ..letter(TEXT)
    };
    let sheets = set(&BOOK, &long);
    assert_eq!(sheets.title.as_str().chars().count(), 200);
    assert!(sheets.title.as_str().ends_with('…'));
}

#[test]
fn hostile_text_still_conforms() {
    for count in 0..60 {
        let mut dice = scenes::Dice::thrown(count);
        let text = dice.text(2_000);
        let line = dice.text(200);
        let hostile = Letter {
            organisation: &line,
            to: &text,
            subject: &line,
            text: &text,
            ..letter("")
        };
        if line.trim().is_empty() {
            continue;
        }
        assert_eq!(print(&BOOK, &hostile).map(drop), Ok(()), "{count}");
    }
}
