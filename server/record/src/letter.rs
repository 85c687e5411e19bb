//! A letter: text in, the bytes of a typeset PDF out, as conforming as a record.

use casework::order::Digest;
use casework::template::{Block, blocks};
use jiff::Timestamp;
use unicode_bidi::{BidiClass, bidi_class};

use crate::faces::FontBook;
use crate::press::{self, Flaw};
use crate::setting::{Cell, Column, Compositor, Imprint, Table};
use crate::sheet::{Sheets, Tags};

/// A letter to print. The same letter and the same faces give the same bytes.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    pub organisation: &'a str,
    /// Name and address, one under the other.
    pub to: &'a str,
    /// The day it is written, in words.
    pub day: &'a str,
    pub subject: &'a str,
    /// Its lines mean what [`casework::template::blocks`] says.
    pub text: &'a str,
    /// BCP 47, of the text.
    pub language: &'a str,
    /// The case's number, on every page.
    pub number: &'a str,
    pub written: Timestamp,
    /// What stands where the text wants the list of what was sent.
    pub sent: &'a [Sent],
}

/// One production, for the list of what was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub what: String,
    /// The day, in words.
    pub day: String,
    /// None where nothing was produced.
    pub sha256: Option<Digest>,
}

/// Prints a letter.
///
/// # Errors
/// Everything that keeps it from conforming to PDF/A-3a and PDF/UA-1.
pub fn print(book: &FontBook, letter: &Letter<'_>) -> Result<Vec<u8>, Vec<Flaw>> {
    press::press(&set(book, letter), book)
}

/// Sets a letter, without printing it.
pub fn set(book: &FontBook, letter: &Letter<'_>) -> Sheets {
    let mut page = Compositor::new(
        book,
        &Imprint {
            title: letter.subject,
            subject: letter.number,
            author: letter.organisation,
            language: letter.language,
            written: letter.written,
            draft: false,
        },
    );
    if runs_leftwards(letter.text) {
        page.turn_leftwards();
    }
    page.letterhead(letter.organisation, letter.to, letter.day);
    page.subject(letter.subject);
    let blocks = blocks(letter.text);
    let (blocks, end) = parted(&blocks);
    let last = blocks.len().saturating_sub(1);
    for (place, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading(title) => page.part(title),
            Block::Paragraph(text) => {
                if end.is_some() && place == last {
                    page.lead_to_end();
                }
                page.text(Tags::ROOT, text);
            }
            Block::List(items) => page.list(items),
            Block::Manifest(heads) => manifest(&mut page, heads, letter.sent),
            Block::Sign(labels) => {
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                let end = end.filter(|_| place == last).map(|(_, who)| who);
                page.sign(&labels, end);
            }
        }
    }
    if let Some((words, who)) = end {
        page.end(words, who);
    }
    page.finish_letter(letter.organisation, letter.number)
}

/// Whether a text runs from right to left. Most of its letters decide: its first may belong to a name.
fn runs_leftwards(text: &str) -> bool {
    let (mut left, mut right) = (0_u32, 0_u32);
    let words = text.lines().filter(|line| !line.starts_with('@'));
    for c in words.flat_map(str::chars) {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => left += 1,
            BidiClass::L => right += 1,
            _ => {}
        }
    }
    left > right
}

/// A letter without its end, and the end: some last words that are no sentence, and who signs.
fn parted(blocks: &[Block]) -> (&[Block], Option<(&str, &str)>) {
    const WORDS_MOST: usize = 60;
    const SIGNERS_MOST: usize = 5;
    if let [before @ .., Block::Paragraph(words), Block::Paragraph(who)] = blocks
        && words.lines().count() == 1
        && words.chars().count() <= WORDS_MOST
        && !words.ends_with(['.', ':', '!', '?', '。'])
        && who.lines().count() <= SIGNERS_MOST
        && who.lines().all(|line| line.chars().count() <= WORDS_MOST)
    {
        (before, Some((words, who)))
    } else {
        (blocks, None)
    }
}

/// What was sent, each with the SHA-256 by which the recipient knows it again.
fn manifest(page: &mut Compositor<'_>, heads: &[String; 3], sent: &[Sent]) {
    let [what, day, digest] = heads.each_ref().map(String::as_str);
    let rows = sent.iter().map(|one| {
        let digest = one
            .sha256
            .map_or_else(|| "–".to_owned(), |digest| digest.to_string());
        vec![
            Cell::text(one.what.as_str()),
            Cell::text(one.day.as_str()),
            Cell::code(digest),
        ]
    });
    let column = |head, share| Column { head, share };
    page.table(
        Tags::ROOT,
        &Table {
            summary: what,
            columns: vec![column(what, 0.46), column(day, 0.2), column(digest, 0.34)],
            rows: rows.collect(),
        },
    );
}
