//! What is wrong with sheets that may not be printed, all of it at once.
//!
//! The checks of ISO 14289-1 (PDF/UA) and ISO 19005-3 (PDF/A-3a) that the layout could break. What the
//! press writes by itself, such as fonts and metadata, is right by construction and tested from outside.

use std::collections::BTreeSet;

use casework::ledger::evidence::Unsound;
use casework::order::OrderId;

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
    #[error("the evidence of the case does not hold: {0}")]
    Unsound(#[from] Unsound),
    #[error("the bytes of the order {0} are not those whose digest is sealed")]
    AlteredOrder(OrderId),
    #[error("an order that is not on the case was to be enclosed: {0}")]
    StrangeOrder(OrderId),
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
mod tests;
