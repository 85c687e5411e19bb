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
