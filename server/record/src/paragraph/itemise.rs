//! A paragraph cut into items that one face, one script and one direction can shape.

use std::ops::Range;

use unicode_bidi::Level;
use unicode_script::{Script, UnicodeScript};

use super::Directions;
use crate::faces::{FontBook, FontId, Voice};

#[derive(Debug)]
pub(super) struct Item {
    pub(super) font: FontId,
    pub(super) script: Option<harfrust::Script>,
    pub(super) level: Level,
    pub(super) range: Range<usize>,
}

pub(super) fn items(
    book: &FontBook,
    voice: Voice,
    text: &str,
    direction: &Directions<'_>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut script = leading_script(text);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let level = direction.level(at);
        let own = script_of(c);
        let neutral = matches!(own, Script::Common | Script::Inherited);
        if !neutral {
            script = own;
        }
        let held = items.last().map(|item| item.font);
        let font = match held {
            Some(held) if stays(own, level) && book.draws(held, c) => held,
            _ => book.face_for(voice, c).unwrap_or(FontId(0)),
        };
        let shaped_as = harfrust_script(script);
        match items.last_mut() {
            Some(item)
                if item.font == font
                    && item.level == level
                    && (neutral || item.script == shaped_as) =>
            {
                item.range.end = end;
            }
            _ => items.push(Item {
                font,
                script: shaped_as,
                level,
                range: at..end,
            }),
        }
    }
    items
}

/// A mark stays in the face of its letter, and the signs of right-to-left text in the face of the text.
fn stays(own: Script, level: Level) -> bool {
    own == Script::Inherited || own == Script::Common && level.is_rtl()
}

/// Signs before the first letter belong to its script.
fn leading_script(text: &str) -> Script {
    text.chars()
        .map(script_of)
        .find(|script| !matches!(script, Script::Common | Script::Inherited))
        .unwrap_or(Script::Latin)
}

/// Most text is ASCII, and looking a script up is dear.
fn script_of(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\u{7f}' => Script::Common,
        _ => c.script(),
    }
}

fn harfrust_script(script: Script) -> Option<harfrust::Script> {
    script.short_name().parse().ok()
}

/// The language to name for a phrase, by its first letter that is not Latin, Greek or Cyrillic.
///
/// A screen reader needs a voice that knows the script. Which language a stranger's name is in,
/// nobody told us: this names the one most written in that script.
pub(super) fn language_of(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    text.chars().find_map(|c| match script_of(c) {
        Script::Arabic => Some("ar"),
        Script::Hebrew => Some("he"),
        Script::Han => Some("zh"),
        Script::Hiragana | Script::Katakana => Some("ja"),
        Script::Hangul => Some("ko"),
        _ => None,
    })
}
