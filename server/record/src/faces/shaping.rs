//! Characters in, placed glyphs out: one face, one script and one direction at a time.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use harfrust::{
    BufferFlags, Direction, Feature, FontRef, Script, ShapeOptions, ShapePlan, Tag, UnicodeBuffer,
};

use super::{FontBook, FontId};

/// One glyph where shaping put it; lengths in thousandths of an em.
#[derive(Clone, Debug)]
pub(crate) struct Shaped {
    pub(crate) id: u16,
    pub(crate) advance: f32,
    pub(crate) right: f32,
    pub(crate) up: f32,
    /// The bytes of the text that this glyph's cluster draws.
    pub(crate) text: Range<usize>,
    /// Whether it draws them alone; a base and its mark, or a letter in two parts, do not.
    pub(crate) alone: bool,
}

/// Shapes runs with one reused buffer.
pub(crate) struct Shaper<'a> {
    book: &'a FontBook,
    buffer: Option<UnicodeBuffer>,
}

impl<'a> Shaper<'a> {
    pub(crate) fn new(book: &'a FontBook) -> Self {
        Self { book, buffer: None }
    }

    /// Shapes `text[range]`; the glyphs come in visual order.
    pub(crate) fn shape(
        &mut self,
        font: FontId,
        script: Option<Script>,
        rtl: bool,
        text: &str,
        range: Range<usize>,
    ) -> Vec<Shaped> {
        let face = self.book.font(font);
        let Ok(reference) = FontRef::from_index(&face.data, 0) else {
            return Vec::new();
        };
        let shaper = face.shaping.shaper(&reference).build();

        let direction = if rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        };
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.push_str(&text[range.clone()]);
        buffer.set_direction(direction);
        if let Some(script) = script {
            buffer.set_script(script);
        }
        // A dotted circle would be a glyph that no character of the text asked for.
        buffer.set_flags(BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        let plan = self.book.plans.recall((font, script_key(script), rtl), || {
            ShapePlan::new(&shaper, direction, script, None, &PLAIN_LETTERS)
        });
        let options = ShapeOptions::new()
            .plan(Some(&plan))
            .features(&PLAIN_LETTERS);
        let result = shaper.shape(buffer, options);

        let ends = ClusterEnds::of(result.glyph_infos(), range.len());
        let scale = face.metrics.per_unit;
        #[expect(clippy::cast_precision_loss, reason = "font units are far below 2^24")]
        let glyphs = result
            .glyph_infos()
            .iter()
            .zip(result.glyph_positions())
            .map(|(info, at)| {
                let start = info.cluster as usize;
                let (end, alone) = ends.after(start);
                Shaped {
                    // A face of more than 65,536 glyphs does not exist; glyph 0 is refused later.
                    id: u16::try_from(info.glyph_id).unwrap_or(0),
                    advance: at.x_advance as f32 * scale,
                    right: at.x_offset as f32 * scale,
                    up: at.y_offset as f32 * scale,
                    text: range.start + start..range.start + end,
                    alone,
                }
            })
            .collect();
        self.buffer = Some(result.clear());
        glyphs
    }
}

/// Ligatures of choice stay off: a record is searched and copied letter by letter.
/// Those that a script requires, such as lam-alef, are another feature and stay on.
static PLAIN_LETTERS: [Feature; 2] = [off(*b"liga"), off(*b"clig")];

const fn off(tag: [u8; 4]) -> Feature {
    Feature {
        tag: Tag::new(&tag),
        value: 0,
        start: 0,
        end: u32::MAX,
    }
}

/// Where each cluster ends, and whether one glyph draws it.
struct ClusterEnds {
    starts: Vec<(usize, usize)>,
    length: usize,
}

impl ClusterEnds {
    fn of(infos: &[harfrust::GlyphInfo], length: usize) -> Self {
        let mut starts: Vec<(usize, usize)> = Vec::with_capacity(infos.len());
        let mut clusters: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        clusters.sort_unstable();
        for start in clusters {
            match starts.last_mut() {
                Some((last, glyphs)) if *last == start => *glyphs += 1,
                _ => starts.push((start, 1)),
            }
        }
        Self { starts, length }
    }

    fn after(&self, start: usize) -> (usize, bool) {
        let here = self.starts.partition_point(|(other, _)| *other < start);
        let end = self
            .starts
            .get(here + 1)
            .map_or(self.length, |(next, _)| *next);
        (
            end,
            self.starts
                .get(here)
                .is_some_and(|(_, glyphs)| *glyphs == 1),
        )
    }
}

type PlanKey = (FontId, u32, bool);

fn script_key(script: Option<Script>) -> u32 {
    script.map_or(0, |script| u32::from_be_bytes(script.tag().to_be_bytes()))
}

/// Plans are dear to make and few: one for each face, script and direction that ever met.
#[derive(Default)]
pub(crate) struct Plans(Mutex<HashMap<PlanKey, Arc<ShapePlan>>>);

impl Plans {
    fn recall(&self, key: PlanKey, make: impl FnOnce() -> ShapePlan) -> Arc<ShapePlan> {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(plans.entry(key).or_insert_with(|| Arc::new(make())))
    }
}

impl fmt::Debug for Plans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plans")
    }
}
