//! Where lines end.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::Item;
use crate::faces::Shaped;

/// Lengths along a paragraph, in points.
pub(super) struct Measure {
    /// Length of the text before each byte.
    before: Vec<f32>,
    /// Whether a cluster begins at each byte; a line never parts what one glyph draws.
    begins: Vec<bool>,
}

impl Measure {
    pub(super) fn of(text: &str, size: f32, shaped: &[(Item, Vec<Shaped>)]) -> Self {
        let mut advance = vec![0.0_f32; text.len() + 1];
        let mut begins = vec![false; text.len() + 1];
        begins[text.len()] = true;
        for glyph in shaped.iter().flat_map(|(_, glyphs)| glyphs) {
            advance[glyph.text.start] += glyph.advance * size / 1000.0;
            begins[glyph.text.start] = true;
        }
        let mut total = 0.0;
        let before = advance
            .into_iter()
            .map(|length| {
                let here = total;
                total += length;
                here
            })
            .collect();
        Self { before, begins }
    }

    pub(super) fn between(&self, start: usize, end: usize) -> f32 {
        self.before[end] - self.before[start]
    }
}

/// Rounding along a long paragraph must not push a word that fits exactly to the next line.
const SLACK: f32 = 0.01;

pub(super) fn lines(text: &str, width: f32, measure: &Measure) -> Vec<Range<usize>> {
    let width = width + SLACK;
    let mut lines = Vec::new();
    let mut start = 0;
    let mut good = 0;
    for (at, opportunity) in linebreaks(text) {
        if !measure.begins[at] {
            continue;
        }
        let seen = good + text[good..at].trim_end().len();
        if good > start && measure.between(start, seen) > width {
            lines.push(start..good);
            start = good;
        }
        while measure.between(start, seen) > width {
            let cut = last_that_fits(start, seen, width, measure);
            if cut >= seen {
                break;
            }
            lines.push(start..cut);
            start = cut;
        }
        good = at;
        if opportunity == BreakOpportunity::Mandatory && at > start {
            lines.push(start..at);
            start = at;
        }
    }
    if start < text.len() {
        lines.push(start..text.len());
    }
    lines
}

/// The end of the longest part of a long word that fits, at least one cluster of it.
fn last_that_fits(start: usize, end: usize, width: f32, measure: &Measure) -> usize {
    let mut cut = None;
    for at in start + 1..=end {
        if measure.begins[at] {
            if cut.is_some() && measure.between(start, at) > width {
                break;
            }
            cut = Some(at);
        }
    }
    cut.unwrap_or(end)
}
