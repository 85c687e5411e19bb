//! A paragraph laid out: plain text in, lines of placed glyphs out.
//!
//! Lines break where Unicode allows it (UAX #14), and a word longer than the line breaks at any letter.
//! Direction follows the bidirectional algorithm (UAX #9); the paragraph's own direction decides its side.

mod breaking;
mod itemise;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use unicode_bidi::{BidiInfo, Level};

use crate::faces::{FontBook, FontId, Shaped, Shaper, Voice};
use crate::plain::Plain;
use itemise::Item;

/// One line, ready to be put anywhere on a page.
#[derive(Debug, Default)]
pub struct Line {
    pub(crate) size: f32,
    /// In reading order, and so are the glyphs within; each knows where it stands.
    pub(crate) phrases: Vec<Phrase>,
    /// Without the spaces at its end.
    pub(crate) width: f32,
}

impl Line {
    /// What the line says, in reading order.
    pub fn text(&self) -> String {
        self.phrases
            .iter()
            .map(|phrase| phrase.text.as_str())
            .collect()
    }
}

/// Part of a line that is read on its own.
#[derive(Debug, Default)]
pub(crate) struct Phrase {
    pub(crate) runs: Vec<Run>,
    /// What the phrase says, in reading order.
    pub(crate) text: String,
    /// Whether some of it runs right to left: programs guess at the order, so they are told the text.
    pub(crate) reordered: bool,
    /// The language its script is most used for, where that is not the document's.
    pub(crate) language: Option<&'static str>,
}

/// Glyphs of one face, from `x` points right of the line's start.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) font: FontId,
    pub(crate) x: f32,
    pub(crate) glyphs: Vec<Placed>,
}

/// A glyph on a line: how far right of its run's start and above the baseline it is drawn, in
/// thousandths of an em, and which bytes of its phrase it says.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) id: u16,
    pub(crate) at: f32,
    pub(crate) up: f32,
    pub(crate) text: Range<usize>,
    pub(crate) alone: bool,
}

/// Lays out paragraphs and remembers them: in a record the same words come again and again.
pub struct Typesetter<'a> {
    book: &'a FontBook,
    shaper: Shaper<'a>,
    known: HashMap<Asked, Lines>,
    leftwards: bool,
}

/// Voice, size and width, the lengths as bits, and the text.
type Asked = (Voice, u32, u32, Plain);
/// The lines of a text, shared by all who asked for them.
pub type Lines = Rc<[Rc<Line>]>;
/// A run of bytes, shown as one, and its level.
type VisualRun = (Range<usize>, Level);

impl<'a> Typesetter<'a> {
    pub fn new(book: &'a FontBook) -> Self {
        Self {
            book,
            shaper: Shaper::new(book),
            known: HashMap::new(),
            leftwards: false,
        }
    }

    /// From here on, every line begins at the right, as lines do in a document that runs from right to
    /// left; each is still read in its own paragraph's direction.
    pub fn turn_leftwards(&mut self) {
        self.leftwards = true;
        self.known.clear();
    }

    pub fn is_leftwards(&self) -> bool {
        self.leftwards
    }

    pub fn book(&self) -> &'a FontBook {
        self.book
    }

    /// The lines of a text at a size, none wider than `width` unless one letter is.
    pub fn lines(&mut self, voice: Voice, size: f32, width: f32, raw: &str) -> Lines {
        let plain = Plain::new(self.book, voice, raw);
        let key = (voice, size.to_bits(), width.to_bits(), plain);
        if let Some(lines) = self.known.get(&key) {
            return Rc::clone(lines);
        }
        let mut lines = Vec::new();
        let mut paragraphs = key.3.as_str().split('\n').peekable();
        while let Some(paragraph) = paragraphs.next() {
            // Who listens hears a line and the next one run together, unless a blank parts them.
            let parted = format!("{paragraph} ");
            let ends = paragraph.is_empty() || paragraphs.peek().is_none();
            let paragraph = if ends { paragraph } else { &parted };
            self.lay_out(voice, size, width, paragraph, &mut lines);
        }
        let lines: Lines = lines.into();
        self.known.insert(key, Rc::clone(&lines));
        lines
    }

    /// A single line, for furniture that never wraps.
    pub fn line(&mut self, voice: Voice, size: f32, raw: &str) -> Rc<Line> {
        self.lines(voice, size, f32::MAX, raw)
            .first()
            .map(Rc::clone)
            .unwrap_or_default()
    }

    fn lay_out(
        &mut self,
        voice: Voice,
        size: f32,
        width: f32,
        text: &str,
        lines: &mut Vec<Rc<Line>>,
    ) {
        if text.is_empty() {
            lines.push(Rc::new(Line {
                size,
                ..Line::default()
            }));
            return;
        }
        let direction = Directions::of(text);
        let items = itemise::items(self.book, voice, text, &direction);
        let shaped: Vec<(Item, Vec<Shaped>)> = items
            .into_iter()
            .map(|item| {
                let (rtl, range) = (item.level.is_rtl(), item.range.clone());
                let glyphs = self.shaper.shape(item.font, item.script, rtl, text, range);
                (item, glyphs)
            })
            .collect();
        let measure = breaking::Measure::of(text, size, &shaped);
        for range in breaking::lines(text, width, &measure) {
            let inside = InLine {
                text,
                size,
                shaped: &shaped,
                direction: &direction,
                leftwards: self.leftwards,
            };
            lines.push(Rc::new(inside.set(range, width, &measure)));
        }
    }
}

/// The level of every byte, and the order in which a line shows them.
struct Directions<'t>(Option<BidiInfo<'t>>);

impl<'t> Directions<'t> {
    /// Below Hebrew nothing runs right to left, and most text is below Hebrew.
    fn of(text: &'t str) -> Self {
        let simple = text.chars().all(|c| c < '\u{590}');
        Self((!simple).then(|| BidiInfo::new(text, None)))
    }

    fn base_is_rtl(&self) -> bool {
        let first = self.0.as_ref().and_then(|bidi| bidi.paragraphs.first());
        first.is_some_and(|paragraph| paragraph.level.is_rtl())
    }

    fn level(&self, at: usize) -> Level {
        self.0
            .as_ref()
            .and_then(|bidi| bidi.levels.get(at).copied())
            .unwrap_or(Level::ltr())
    }

    /// Runs of the line from left to right, each with its level there.
    fn visual_runs(&self, line: Range<usize>) -> Vec<VisualRun> {
        let Some((bidi, paragraph)) = self
            .0
            .as_ref()
            .and_then(|bidi| Some((bidi, bidi.paragraphs.first()?)))
        else {
            return vec![(line, Level::ltr())];
        };
        let (levels, runs) = bidi.visual_runs(paragraph, line);
        runs.into_iter()
            .map(|run| {
                let level = levels.get(run.start).copied().unwrap_or(Level::ltr());
                (run, level)
            })
            .collect()
    }
}

/// What setting one line needs to know of its paragraph.
struct InLine<'p> {
    text: &'p str,
    size: f32,
    shaped: &'p [(Item, Vec<Shaped>)],
    direction: &'p Directions<'p>,
    leftwards: bool,
}

impl InLine<'_> {
    fn set(&self, line: Range<usize>, width: f32, measure: &breaking::Measure) -> Line {
        let rtl = self.direction.base_is_rtl();
        let full = measure.between(line.start, line.end);
        let seen = measure.between(
            line.start,
            line.start + self.text[line.clone()].trim_end().len(),
        );
        let mut x = match (rtl, self.leftwards) {
            _ if width >= f32::MAX => 0.0,
            // The spaces that end a right-to-left line stand at its left, outside the measure.
            (true, _) => width - full,
            (false, true) => width - seen,
            (false, false) => 0.0,
        };

        let mut phrases: Vec<Phrase> = Vec::new();
        let mut joined: Option<Vec<VisualRun>> = None;
        let mut groups: Vec<(bool, Vec<VisualRun>)> = Vec::new();
        for (run, level) in self.direction.visual_runs(line) {
            // In a right-to-left paragraph the whole line is one phrase; in a left-to-right one,
            // what is embedded stays together, and the phrases then follow in reading order.
            if rtl || level.number() > 0 {
                joined.get_or_insert_default().push((run, level));
            } else {
                groups.extend(joined.take().map(|runs| (true, runs)));
                groups.push((false, vec![(run, level)]));
            }
        }
        groups.extend(joined.map(|runs| (true, runs)));
        for (reordered, runs) in groups {
            phrases.push(self.phrase(reordered, &runs, &mut x));
        }
        Line {
            size: self.size,
            phrases,
            width: seen,
        }
    }

    fn phrase(&self, reordered: bool, runs: &[VisualRun], x: &mut f32) -> Phrase {
        let start = runs.iter().map(|(run, _)| run.start).min().unwrap_or(0);
        let end = runs.iter().map(|(run, _)| run.end).max().unwrap_or(0);
        let text = &self.text[start..end];
        let mut phrase = Phrase {
            runs: Vec::new(),
            text: text.to_owned(),
            reordered,
            language: itemise::language_of(text),
        };
        for (run, level) in runs {
            // Items stand in the order of the text; a paragraph may hold thousands.
            let first = self
                .shaped
                .partition_point(|(item, _)| item.range.end <= run.start);
            let mut inside: Vec<&(Item, Vec<Shaped>)> = self.shaped[first..]
                .iter()
                .take_while(|(item, _)| item.range.start < run.end)
                .collect();
            if level.is_rtl() {
                inside.reverse();
            }
            for (item, glyphs) in inside {
                let mut pen = 0.0;
                let mut placed: Vec<Placed> = glyphs
                    .iter()
                    .filter(|glyph| run.contains(&glyph.text.start))
                    .map(|glyph| {
                        let at = pen + glyph.right;
                        pen += glyph.advance;
                        Placed {
                            id: glyph.id,
                            at,
                            up: glyph.up,
                            text: glyph.text.start - start..glyph.text.end.min(end) - start,
                            alone: glyph.alone,
                        }
                    })
                    .collect();
                // Shaping gives glyphs from left to right; a reader meets them as they are read.
                if level.is_rtl() {
                    placed.reverse();
                }
                if !placed.is_empty() {
                    phrase.runs.push(Run {
                        font: item.font,
                        x: *x,
                        glyphs: placed,
                    });
                    *x += pen * self.size / 1000.0;
                }
            }
        }
        phrase
            .runs
            .sort_by_key(|run| run.glyphs.first().map(|glyph| glyph.text.start));
        phrase
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(width: f32, text: &str) -> Lines {
        let book = FontBook::load(None).unwrap();
        Typesetter::new(&book).lines(Voice::Text, 10.0, width, text)
    }

    #[test]
    fn glyphs_follow_the_order_of_reading_in_every_direction() {
        for text in [
            "served on דוד כהן at 14:05",
            "الوعد: (مثل 4711/2026) نعم",
            "שָׁלוֹם abc",
            "e\u{301}a",
        ] {
            for line in set(500.0, text).iter() {
                assert_eq!(line.text(), text);
                let starts: Vec<usize> = line
                    .phrases
                    .iter()
                    .flat_map(|phrase| {
                        phrase
                            .runs
                            .iter()
                            .flat_map(|run| &run.glyphs)
                            .map(|glyph| glyph.text.start)
                    })
                    .collect();
                let phrases = line.phrases.len();
                let falls = starts.windows(2).filter(|pair| pair[1] < pair[0]).count();
                assert!(falls < phrases, "{text}: {starts:?}");
            }
        }
    }

    #[test]
    fn right_to_left_text_is_told_and_named() {
        let lines = set(500.0, "served on דוד כהן at 14:05");
        let told: Vec<_> = lines[0]
            .phrases
            .iter()
            .map(|phrase| (phrase.text.as_str(), phrase.reordered, phrase.language))
            .collect();
        assert_eq!(
            told,
            [
                ("served on ", false, None),
                ("דוד כהן", true, Some("he")),
                (" at 14:05", false, None),
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_letter_is_lost() {
        for text in [
            "a word and another word",
            &"x".repeat(300),
            "السلام عليكم ورحمة الله وبركاته",
        ] {
            let lines = set(60.0, text);
            assert!(lines.len() > 1);
            assert!(lines.iter().all(|line| line.width <= 60.1));
            assert_eq!(
                lines.iter().map(|line| line.text()).collect::<String>(),
                text
            );
        }
    }

    #[test]
    fn a_line_that_is_broken_off_is_read_apart_from_the_next() {
        let lines = set(500.0, "Helena Marsh\nDetective Sergeant\n\nAustria");
        let read: String = lines.iter().map(|line| line.text()).collect();
        assert_eq!(read, "Helena Marsh Detective Sergeant Austria");
        let apart = set(500.0, "Helena Marsh");
        assert!((lines[0].width - apart[0].width).abs() < 0.01);
    }

    #[test]
    fn in_a_document_from_right_to_left_every_line_begins_at_the_right() {
        let book = FontBook::load(None).unwrap();
        let mut typesetter = Typesetter::new(&book);
        typesetter.turn_leftwards();
        for text in ["שלום", "Anna Lindqvist", "one line and then\nanother"] {
            for line in typesetter.lines(Voice::Text, 10.0, 300.0, text).iter() {
                let left = line.phrases[0].runs[0].x;
                assert!((left + line.width - 300.0).abs() < 0.1, "{text}");
            }
        }
    }

    #[test]
    fn a_right_to_left_paragraph_stands_to_the_right() {
        let lines = set(300.0, "שלום");
        let left = lines[0].phrases[0].runs[0].x;
        assert!((left + lines[0].width - 300.0).abs() < 0.1);
    }
}
