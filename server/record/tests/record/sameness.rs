//! The same dossier gives the same bytes.

use record::setting::{Cell, Column, Compositor, Imprint, Running, Table};
use record::{FontBook, Voice};
use sha2::{Digest, Sha256};

use record::Job;

use crate::BOOK;

#[test]
fn a_fresh_book_prints_the_same_bytes_as_one_that_printed_others_before() {
    let dossier = scenes::closed().dossier();
    let first = record::print(&FontBook::load(None).unwrap(), &Job::of(&dossier)).unwrap();
    record::print(&BOOK, &Job::of(&scenes::denied_twice().dossier())).unwrap();
    record::print(&BOOK, &Job::of(&scenes::begun().dossier())).unwrap();
    assert!(record::print(&BOOK, &Job::of(&dossier)).unwrap() == first);
}

#[test]
fn another_checkpoint_gives_other_bytes() {
    let mut scene = scenes::closed();
    let first = record::print(&BOOK, &Job::of(&scene.dossier())).unwrap();
    scene.elsewhere();
    let dossier = scene.dossier();
    assert!(record::print(&BOOK, &Job::of(&dossier)).unwrap() != first);
}

/// Changes when a face changes, or the version of pdf-writer, subsetter, flate2 or zlib-rs.
/// Records already issued are kept, never printed again; let a reader look at a page, then mend this.
#[test]
fn a_fixed_document_has_the_bytes_it_always_had() {
    let mut page = Compositor::new(
        &BOOK,
        &Imprint {
            title: "A fixed document",
            subject: "Its bytes are watched",
            author: "Nobody",
            language: "en",
            written: "2026-01-02T03:04:05Z".parse().unwrap(),
            draft: false,
        },
    );
    page.title("A fixed document");
    let section = page.section("Letters");
    page.text(
        section,
        "Æsop, Ἑλλάς, Москва, שלום, السلام عليكم, e\u{301}, 10:30 → ≠",
    );
    page.quote(section, "Quoted.");
    page.code(section, "00ff");
    let columns = vec![
        Column {
            head: "One",
            share: 1.0,
        },
        Column {
            head: "Two",
            share: 1.0,
        },
    ];
    let rows = vec![
        vec![Cell::text("a"), Cell::number("1")],
        vec![Cell::strong("b"), Cell::code("2")],
    ];
    page.table(
        section,
        &Table {
            summary: "Two by two",
            columns,
            rows,
        },
    );
    page.symbol(section, &["A"], "A code that holds A", "It holds A.");
    let sheets = page.finish(&Running {
        left: "Left".into(),
        right: "Right".into(),
        checkpoint: ["Ledger".into(), "Root".into()],
        symbol: "Symbol".into(),
        state: "State".into(),
        draft: None,
    });
    let digest = Sha256::digest(record::press::press(&sheets, &BOOK).unwrap());
    assert_eq!(casework::order::Digest(digest.into()).to_string(), GOLDEN);
}

const GOLDEN: &str = "c6b380efb7e69f6374a4191c5ee82b39566ed76f65c29647541da20356c846d7";

#[test]
fn what_no_face_draws_is_named_and_what_has_no_mark_is_dropped() {
    let plain = |raw| {
        record::Plain::new(&BOOK, Voice::Text, raw)
            .as_str()
            .to_owned()
    };
    assert_eq!(plain("a\u{202e}b\u{200b}c\u{feff}\u{7}"), "abc");
    assert_eq!(plain("\u{200b}\u{202e}"), "–");
    assert_eq!(plain("\u{1f600}\u{e000}"), "[U+1F600][U+E000]");
    assert_eq!(
        plain("one\r\n\n\n\n\ttwo\u{2028}three \n"),
        "one\n\n two\nthree"
    );
    assert_eq!(plain("مرحبا שלום Ω Я"), "مرحبا שלום Ω Я");
}
