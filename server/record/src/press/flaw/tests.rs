//! A sound document, spoilt in one way after another.

use super::*;
use crate::faces::{FontId, Voice};
use crate::paragraph::{Line, Phrase, Placed, Run};
use crate::plain::Plain;
use crate::setting::{Cell, Column, Compositor, Imprint, Running, Table};
use crate::sheet::{Attachment, Ink, Mark, Relation, Scope, Tags};
use std::rc::Rc;

fn sound(book: &FontBook) -> Sheets {
    let imprint = Imprint {
        title: "Sound",
        subject: "A document without a flaw",
        author: "Nobody",
        language: "en",
        written: jiff::Timestamp::UNIX_EPOCH,
        draft: false,
    };
    let mut page = Compositor::new(book, &imprint);
    page.title("Sound");
    let section = page.section("Section");
    let columns = vec![
        Column {
            head: "A",
            share: 1.0,
        },
        Column {
            head: "B",
            share: 1.0,
        },
    ];
    let rows = vec![vec![Cell::text("1"), Cell::text("2")]];
    page.table(
        section,
        &Table {
            summary: "One row",
            columns,
            rows,
        },
    );
    page.symbol(section, &["A"], "A code that holds A", "It holds A.");
    page.finish(&Running {
        left: String::new(),
        right: String::new(),
        checkpoint: Default::default(),
        symbol: String::new(),
        state: String::new(),
        draft: None,
    })
}

/// The flaws after the sound document was spoilt.
fn after(spoil: impl FnOnce(&mut Sheets)) -> Vec<Flaw> {
    let book = FontBook::load(None).unwrap();
    let mut sheets = sound(&book);
    spoil(&mut sheets);
    crate::press::press(&sheets, &book)
        .err()
        .unwrap_or_default()
}

fn nothing() -> Plain {
    Plain::new(&FontBook::load(None).unwrap(), Voice::Text, "")
}

#[test]
fn a_sound_document_is_printed() {
    assert_eq!(after(|_| ()), []);
}

#[test]
fn every_flaw_is_told_at_once() {
    let flaws = after(|sheets| {
        sheets.title = nothing();
        sheets.language = String::new();
        sheets.outline.clear();
    });
    assert_eq!(
        flaws,
        [
            Flaw::NoTitle,
            Flaw::NoLanguage(String::new()),
            Flaw::NoOutline
        ]
    );
}

#[test]
fn a_language_is_named_as_bcp_47_names_it() {
    for good in ["en", "de-CH", "zh-Hant-TW", "es-419"] {
        assert_eq!(after(|sheets| sheets.language = good.into()), []);
    }
    for bad in ["english please", "e_n", "-", "419", "de-"] {
        let flaws = after(|sheets| sheets.language = bad.into());
        assert_eq!(flaws, [Flaw::NoLanguage(bad.into())]);
    }
}

#[test]
fn a_document_without_pages_is_refused() {
    let flaws = after(|sheets| sheets.pages.clear());
    assert!(
        flaws.contains(&Flaw::NoPages) && flaws.contains(&Flaw::NoFigure),
        "{flaws:?}"
    );
}

#[test]
fn an_outline_that_points_past_the_end_is_refused() {
    let flaws = after(|sheets| sheets.outline[0].page = 7);
    assert_eq!(flaws, [Flaw::OutlineAstray { page: 8, pages: 1 }]);
}

#[test]
fn a_figure_needs_words_and_a_place() {
    let flaws = after(|sheets| {
        sheets
            .tags
            .add(Tags::ROOT, Meaning::Figure { says: nothing() });
    });
    assert_eq!(flaws, [Flaw::NoAlternative, Flaw::NoFigure]);
}

#[test]
fn a_table_is_regular_summarised_and_headed() {
    let flaws = after(|sheets| {
        let table = sheets
            .tags
            .add(Tags::ROOT, Meaning::Table { summary: nothing() });
        let body = sheets.tags.add(table, Meaning::TableBody);
        for cells in [2, 3] {
            let row = sheets.tags.add(body, Meaning::Row);
            for _ in 0..cells {
                sheets.tags.add(row, Meaning::Cell);
            }
        }
    });
    assert_eq!(
        flaws,
        [
            Flaw::NoSummary,
            Flaw::RaggedTable {
                expected: 2,
                found: 3
            },
            Flaw::NoHeadCells,
        ]
    );
    let headed = after(|sheets| {
        let summary = sheets.title.clone();
        let table = sheets.tags.add(Tags::ROOT, Meaning::Table { summary });
        let body = sheets.tags.add(table, Meaning::TableBody);
        let row = sheets.tags.add(body, Meaning::Row);
        sheets.tags.add(row, Meaning::HeadCell(Scope::Row));
    });
    assert_eq!(headed, []);
}

#[test]
fn no_heading_is_skipped_on_the_way_down() {
    let flaws = after(|sheets| {
        let title = sheets.title.clone();
        sheets.tags.add(Tags::ROOT, Meaning::Heading(4, title));
    });
    assert_eq!(flaws, [Flaw::SkippedHeading { last: 2, found: 4 }]);
}

#[test]
fn a_mark_without_a_tag_is_refused() {
    let flaws = after(|sheets| {
        let mark = Mark::Fill {
            x: 0.0,
            y: 0.0,
            width: 1.0,
            height: 1.0,
            ink: Ink::BLACK,
        };
        sheets.pages[0].marks.push((Owner::Tag(TagId(9_999)), mark));
    });
    assert_eq!(flaws, [Flaw::NoTag { page: 1 }]);
}

#[test]
fn a_glyph_that_no_face_has_is_refused() {
    let flaws = after(|sheets| {
        let glyph = Placed {
            id: 0,
            at: 0.0,
            up: 0.0,
            text: 0..1,
            alone: true,
        };
        let run = Run {
            font: FontId(0),
            x: 0.0,
            glyphs: vec![glyph],
        };
        let phrase = Phrase {
            runs: vec![run],
            text: "?".into(),
            ..Phrase::default()
        };
        let line = Rc::new(Line {
            size: 9.0,
            phrases: vec![phrase],
            width: 1.0,
        });
        let mark = Mark::Text {
            line,
            x: 0.0,
            y: 0.0,
            ink: Ink::BLACK,
        };
        sheets.pages[0].marks.push((Owner::Tag(Tags::ROOT), mark));
    });
    assert_eq!(flaws, [Flaw::NoGlyph("?".into())]);
}

#[test]
fn an_attachment_names_its_type_and_what_it_is() {
    let flaws = after(|sheets| {
        sheets.attachments.push(Attachment {
            name: "case.json".into(),
            media_type: "json".into(),
            description: nothing(),
            relation: Relation::Source,
            bytes: Vec::new(),
        });
    });
    assert_eq!(flaws, [Flaw::BareAttachment("case.json".into())]);
}
