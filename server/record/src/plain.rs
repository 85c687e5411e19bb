//! Text made fit for the page: nothing unseen, nothing undrawable, nothing lost.
//!
//! Text comes from strangers. A control that reverses reading, a character of no width or one that no
//! face draws would make the printed page say something else than the case file. Raw random text breaks
//! conformance in nearly every document; plain text in none. `case.json` keeps the original.

use std::fmt::Write as _;

use casework::ledger::sealed::MASK;

use crate::faces::{FontBook, Voice};

/// What stands on a page where an edition leaves a text out.
pub const LEFT_OUT: &str = "[left out]";

/// Text that one voice can draw entirely. Only [`Plain::new`] makes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plain(String);

impl Plain {
    pub fn new(book: &FontBook, voice: Voice, raw: &str) -> Self {
        // Read aloud, five blocks say nothing; words do, and every face draws them.
        if raw.contains(MASK) {
            return Self::new(book, voice, &raw.replace(MASK, LEFT_OUT));
        }
        let mut plain = String::with_capacity(raw.len());
        let mut empty_lines = 0;
        for line in raw.split(['\n', '\u{2028}', '\u{2029}']) {
            let line = line.trim_end();
            // One empty line parts paragraphs; a thousand would only make pages.
            empty_lines = if line.is_empty() { empty_lines + 1 } else { 0 };
            if empty_lines > 1 {
                continue;
            }
            if !plain.is_empty() {
                plain.push('\n');
            }
            for c in line.chars() {
                write_plainly(book, voice, c, &mut plain);
            }
        }
        plain.truncate(plain.trim_end().len());
        if plain.trim().is_empty() && !raw.trim().is_empty() {
            // Something was written, and none of it can be seen.
            plain = "–".into();
        }
        Self(plain)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, cut off where it is longer than so many characters, with a sign that more follows.
    #[must_use]
    pub fn cut(mut self, most: usize) -> Self {
        if self.0.chars().count() > most {
            let kept = self.0.chars().take(most.saturating_sub(1));
            self.0 = kept.chain(['…']).collect();
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

fn write_plainly(book: &FontBook, voice: Voice, c: char, out: &mut String) {
    if matches!(c, '\t' | '\r') {
        out.push(' ');
    } else if !leaves_no_mark(c) {
        if !is_private(c) && book.face_for(voice, c).is_some() {
            out.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "[U+{:04X}]", u32::from(c));
        }
    }
}

/// Controls, direction marks, joiners, fillers and variation selectors: they have no glyph of their own.
fn leaves_no_mark(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00..=0x1f
            | 0x7f..=0x9f
            | 0xad
            | 0x034f
            | 0x061c
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0x3164
            | 0xfe00..=0xfe0f
            | 0xfeff
            | 0xffa0
            | 0xfff0..=0xfffc
            | 0x1_d173..=0x1_d17a
            | 0xe_0000..=0xe_0fff
    )
}

/// Private and never-assigned code points mean nothing outside their maker's house.
/// Source: ISO 19005-3, 6.2.11.7.3, allows them only with a replacement text.
fn is_private(c: char) -> bool {
    let code = u32::from(c);
    (0xe000..=0xf8ff).contains(&code)
        || (0xfdd0..=0xfdef).contains(&code)
        || code >= 0xf_0000
        || code & 0xfffe == 0xfffe
}
