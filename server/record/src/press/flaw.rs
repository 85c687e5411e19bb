//! What is wrong with sheets that may not be printed, all of it at once.
//!
//! The checks of ISO 14289-1 (PDF/UA) and ISO 19005-3 (PDF/A-3a) that the layout could break. What the
//! press writes by itself, such as fonts and metadata, is right by construction and tested from outside.

use std::collections::BTreeSet;

use super::embedded;
use crate::faces::FontBook;
use crate::sheet::{Meaning, Owner, Sheets, Tag, TagId};

/// One reason for which a document is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("the document has no title")]
    NoTitle,
    #[error("the document does not name its language, or not as BCP 47 does: “{0}”")]
    NoLanguage(String),
    #[error("the document has no pages")]
    NoPages,
    #[error("the document has no outline")]
    NoOutline,
    #[error("the outline points to page {page}, and there are {pages}")]
    OutlineAstray { page: usize, pages: usize },
    #[error("a figure has no alternative text")]
    NoAlternative,
    #[error("a figure is drawn nowhere")]
    NoFigure,
    #[error("a table has no summary")]
    NoSummary,
    #[error("a table has a row of {found} cells where its first row has {expected}")]
    RaggedTable { expected: usize, found: usize },
    #[error("a table has no head cells")]
    NoHeadCells,
    #[error("a heading of level {found} follows one of level {last}")]
    SkippedHeading { last: u8, found: u8 },
    #[error("a mark on page {page} belongs to no tag of this document")]
    NoTag { page: usize },
    #[error("no face draws “{0}”")]
    NoGlyph(String),
    #[error("the attachment “{0}” lacks a name, a media type or a description")]
    BareAttachment(String),
    #[error("case.json cannot be written: {0}")]
    NoSource(String),
    #[error("the face {0} cannot be embedded")]
    Unembeddable(String),
}

pub(super) fn find(sheets: &Sheets, book: &FontBook) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    of_the_whole(sheets, &mut flaws);
    of_the_tags(sheets, &mut flaws);
    of_the_marks(sheets, book, &mut flaws);
    flaws
}

fn of_the_whole(sheets: &Sheets, flaws: &mut Vec<Flaw>) {
    if sheets.title.is_empty() {
        flaws.push(Flaw::NoTitle);
    }
    if !is_language_tag(&sheets.language) {
        flaws.push(Flaw::NoLanguage(sheets.language.clone()));
    }
    if sheets.pages.is_empty() {
        flaws.push(Flaw::NoPages);
    }
    if sheets.outline.is_empty() || sheets.outline.iter().any(|place| place.title.is_empty()) {
        flaws.push(Flaw::NoOutline);
    }
    let pages = sheets.pages.len();
    flaws.extend(
        sheets
            .outline
            .iter()
            .filter(|place| place.page >= pages)
            .map(|place| Flaw::OutlineAstray {
                page: place.page + 1,
                pages,
            }),
    );
    flaws.extend(
        sheets
            .attachments
            .iter()
            .filter(|file| {
                file.name.is_empty()
                    || !file.media_type.contains('/')
                    || file.description.is_empty()
            })
            .map(|file| Flaw::BareAttachment(file.name.clone())),
    );
}

/// Letters and digits in groups of one to eight, the first group of letters.
fn is_language_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(place, part)| {
        (1..=8).contains(&part.len())
            && part
                .chars()
                .all(|c| c.is_ascii_alphabetic() || place > 0 && c.is_ascii_digit())
    })
}

fn of_the_tags(sheets: &Sheets, flaws: &mut Vec<Flaw>) {
    let drawn: BTreeSet<usize> = sheets
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|(owner, _)| match owner {
            Owner::Tag(tag) => Some(tag.0),
            Owner::Furniture(_) => None,
        })
        .collect();
    let mut last = 0;
    for (id, tag) in sheets.tags.iter() {
        match &tag.meaning {
            // Source: ISO 14289-1, 7.4.2: no level is left out on the way down.
            Meaning::Heading(found, _) => {
                if *found > last + 1 {
                    flaws.push(Flaw::SkippedHeading {
                        last,
                        found: *found,
                    });
                }
                last = *found;
            }
            Meaning::Figure { says } => {
                if says.is_empty() {
                    flaws.push(Flaw::NoAlternative);
                }
                if !drawn.contains(&id.0) {
                    flaws.push(Flaw::NoFigure);
                }
            }
            Meaning::Table { summary } => {
                if summary.is_empty() {
                    flaws.push(Flaw::NoSummary);
                }
                of_the_table(sheets, tag, flaws);
            }
            _ => {}
        }
    }
}

/// Source: ISO 14289-1, 7.5: a table is regular and has head cells.
fn of_the_table(sheets: &Sheets, table: &Tag, flaws: &mut Vec<Flaw>) {
    let children = |ids: &[TagId]| {
        ids.iter()
            .map(|id| sheets.tags.get(*id))
            .collect::<Vec<_>>()
    };
    let rows: Vec<&Tag> = children(&table.children)
        .into_iter()
        .flat_map(|group| children(&group.children))
        .collect();
    let expected = rows.first().map_or(0, |row| row.children.len());
    if let Some(row) = rows.iter().find(|row| row.children.len() != expected) {
        flaws.push(Flaw::RaggedTable {
            expected,
            found: row.children.len(),
        });
    }
    let headed = rows
        .iter()
        .flat_map(|row| children(&row.children))
        .any(|cell| matches!(cell.meaning, Meaning::HeadCell(_)));
    if !headed {
        flaws.push(Flaw::NoHeadCells);
    }
}

fn of_the_marks(sheets: &Sheets, book: &FontBook, flaws: &mut Vec<Flaw>) {
    for (place, page) in sheets.pages.iter().enumerate() {
        let astray = |owner: &Owner| matches!(owner, Owner::Tag(tag) if tag.0 >= sheets.tags.len());
        if page.marks.iter().any(|(owner, _)| astray(owner)) {
            flaws.push(Flaw::NoTag { page: place + 1 });
        }
    }
    let mut blank = BTreeSet::new();
    for phrase in embedded::lines(sheets).flat_map(|line| &line.phrases) {
        for run in &phrase.runs {
            let known = book.ids().any(|id| id == run.font);
            for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0 || !known) {
                blank.insert(phrase.text[glyph.text.clone()].to_owned());
            }
        }
    }
    flaws.extend(blank.into_iter().map(Flaw::NoGlyph));
}

#[cfg(test)]
mod tests {
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
        page.symbol(section, "A", "A code that holds A", "It holds A.");
        page.finish(&Running {
            left: String::new(),
            right: String::new(),
            foot: String::new(),
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
}
