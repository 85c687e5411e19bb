//! The drawing of one page as PDF operators.

use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::types::{ArtifactAttachment, ArtifactSubtype, ArtifactType};
use pdf_writer::{Content, Finish, Name, Str, TextStr};

use super::COLOURS;
use crate::faces::FontId;
use crate::paragraph::{Line, Phrase, Run};
use crate::press::embedded::{Embedded, Fonts, speaks_for_itself};
use crate::press::symbols::Symbols;
use crate::sheet::{Furniture, Ink, Mark};

pub(super) struct Script<'f> {
    content: Content,
    height: f32,
    fonts: &'f Fonts,
    symbols: &'f Symbols,
    ink: Option<Ink>,
    font: Option<(FontId, f32)>,
    /// Whether a tag owns what is being drawn.
    tagged: bool,
}

impl<'f> Script<'f> {
    pub(super) fn new(height: f32, fonts: &'f Fonts, symbols: &'f Symbols) -> Self {
        let mut content = Content::new();
        content.set_fill_color_space(ColorSpaceOperand::Named(COLOURS));
        Self {
            content,
            height,
            fonts,
            symbols,
            ink: None,
            font: None,
            tagged: false,
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.content.finish().into_vec()
    }

    pub(super) fn begin_tagged(&mut self, number: i32) {
        self.tagged = true;
        self.content
            .begin_marked_content_with_properties(Name(b"Span"))
            .properties()
            .identify(number);
    }

    pub(super) fn begin_furniture(&mut self, furniture: Furniture) {
        self.tagged = false;
        let mut mark = self
            .content
            .begin_marked_content_with_properties(Name(b"Artifact"));
        let mut artifact = mark.properties().artifact();
        match furniture {
            Furniture::Header => artifact
                .kind(ArtifactType::Pagination)
                .attached([ArtifactAttachment::Top])
                .subtype(ArtifactSubtype::Header),
            Furniture::Footer => artifact
                .kind(ArtifactType::Pagination)
                .attached([ArtifactAttachment::Bottom])
                .subtype(ArtifactSubtype::Footer),
            Furniture::Watermark => artifact
                .kind(ArtifactType::Pagination)
                .subtype(ArtifactSubtype::Watermark),
            // It is there because the page was turned.
            Furniture::Repeated => artifact.kind(ArtifactType::Pagination),
            Furniture::Layout => artifact.kind(ArtifactType::Layout),
        };
        artifact.finish();
    }

    pub(super) fn end(&mut self) {
        self.content.end_marked_content();
    }

    pub(super) fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { line, x, y, ink } => {
                self.ink(*ink);
                self.line(line, *x, self.height - y);
            }
            Mark::Turned {
                line,
                x,
                y,
                degrees,
                ink,
            } => {
                // Rounded, since machines differ in the last digit of a sine.
                let (sin, cos) = degrees.to_radians().sin_cos();
                let (sin, cos) = (hundred_thousandth(sin), hundred_thousandth(cos));
                self.content.save_state();
                self.content
                    .transform([cos, sin, -sin, cos, *x, self.height - y]);
                self.ink(*ink);
                // A third of the size lifts the middle of capitals onto the point.
                self.line(line, -line.width / 2.0, -line.size * 0.36);
                self.content.restore_state();
                // Restoring forgets colour and font as well.
                (self.ink, self.font) = (None, None);
            }
            Mark::Fill {
                x,
                y,
                width,
                height,
                ink,
            } => {
                self.ink(*ink);
                self.content
                    .rect(*x, self.height - y - height, *width, *height)
                    .fill_nonzero();
            }
            Mark::Modules { x, y, side, dark } => self.modules(*x, *y, *side, dark),
        }
    }

    fn ink(&mut self, ink: Ink) {
        if self.ink != Some(ink) {
            let grey = (f32::from(ink.0) / 255.0 * 1000.0).round() / 1000.0;
            self.content.set_fill_color([grey; 3]);
            self.ink = Some(ink);
        }
    }

    fn modules(&mut self, x: f32, y: f32, side: f32, dark: &[Vec<bool>]) {
        let Some(drawn) = self.symbols.get(&dark.as_ptr()) else {
            return;
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "a symbol has at most 177 modules a side"
        )]
        let module = side / dark.len().max(1) as f32;
        self.content
            .save_state()
            .transform([module, 0.0, 0.0, module, x, self.height - y - side])
            .x_object(Name(drawn.name.as_bytes()))
            .restore_state();
    }

    fn line(&mut self, line: &Line, x: f32, y: f32) {
        let mut at = (0.0, 0.0);
        self.content.begin_text();
        for phrase in &line.phrases {
            let told = self.tell(phrase);
            for run in &phrase.runs {
                let Some(font) = self.fonts.get(&run.font) else {
                    continue;
                };
                if self.font != Some((run.font, line.size)) {
                    self.content.set_font(Name(font.name.as_bytes()), line.size);
                    self.font = Some((run.font, line.size));
                }
                let start = (hundredth(x + run.x), hundredth(y));
                self.content.next_line(start.0 - at.0, start.1 - at.1);
                at = start;
                self.run(run, font, line.size);
            }
            if told {
                self.content.end_marked_content();
            }
        }
        self.content.end_text();
    }

    /// Opens a span that says what the glyphs do not, and in which language. Furniture is not read,
    /// and ISO 14289-1, 7.1, wants no tagged content in it.
    fn tell(&mut self, phrase: &Phrase) -> bool {
        let speaks = speaks_for_itself(phrase, self.fonts);
        if !self.tagged || speaks && phrase.language.is_none() {
            return false;
        }
        let mut span = self
            .content
            .begin_marked_content_with_properties(Name(b"Span"));
        let mut properties = span.properties();
        if let Some(language) = phrase.language {
            properties.pair(Name(b"Lang"), TextStr(language));
        }
        if !speaks {
            properties.actual_text(TextStr(&phrase.text));
        }
        properties.finish();
        true
    }

    fn run(&mut self, run: &Run, font: &Embedded, size: f32) {
        // Where the pen stands, from the run's start.
        let mut pen = 0.0;
        // Marks raised above their letter part the run: a rise holds for a whole string.
        for level in run.glyphs.chunk_by(|one, next| same(one.up, next.up)) {
            let rise = level.first().map_or(0.0, |glyph| glyph.up);
            let raised = !same(rise, 0.0);
            if raised {
                self.content.set_rise(hundredth(rise * size / 1000.0));
            }
            let mut positioned = self.content.show_positioned();
            let mut items = positioned.items();
            let mut string: Vec<u8> = Vec::with_capacity(2 * level.len());
            for glyph in level {
                let back = tenth(pen - glyph.at);
                if back != 0.0 {
                    if !string.is_empty() {
                        items.show(Str(&string));
                        string.clear();
                    }
                    items.adjust(back);
                    pen -= back;
                }
                let number = font.subset.number(glyph.id);
                string.extend(number.to_be_bytes());
                pen += font.subset.width(number);
            }
            items.show(Str(&string));
            items.finish();
            positioned.finish();
            if raised {
                self.content.set_rise(0.0);
            }
        }
    }
}

fn same(one: f32, other: f32) -> bool {
    (one - other).abs() < 0.05
}

fn tenth(thousandths: f32) -> f32 {
    (thousandths * 10.0).round() / 10.0
}

fn hundred_thousandth(ratio: f32) -> f32 {
    (ratio * 100_000.0).round() / 100_000.0
}

fn hundredth(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
