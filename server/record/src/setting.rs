//! Setting: words, tables and figures in, sheets out. The page's measures live here and nowhere else.
//!
//! A4, one text face at 9.5 on 13.5 points, a measure of some ninety letters. Tables have rules above
//! and below and hairlines between, no boxes; what is written in them reads from left to right, row by row.

mod company;
mod furniture;
mod letterhead;
pub(crate) mod symbol;
mod table;

use std::rc::Rc;

use jiff::Timestamp;

use crate::faces::{FontBook, Voice};
use crate::paragraph::{Line, Typesetter};
use crate::plain::Plain;
use crate::sheet::{
    Attachment, Bookmark, Furniture, Ink, Mark, Meaning, Owner, Page, Paper, Sheets, TagId, Tags,
};
pub use furniture::Running;
pub use table::{Cell, Column, Table};

const PAPER: Paper = Paper::A4;
const LEFT: f32 = 70.0;
/// Where the text begins; lower on the pages of a draft, whose head takes more room.
const TOP: f32 = 70.0;
const TOP_OF_DRAFT: f32 = 88.0;
const BOTTOM: f32 = PAPER.height - 84.0;
const MEASURE: f32 = PAPER.width - 2.0 * LEFT;

/// Longest that a window or a list shows a document's title; a subject spelt out may be longer.
const TITLE_MOST: usize = 200;
/// Room for a line to fill in by hand.
const BLANK: f32 = 30.0;

/// A size of type and the distance of its baselines.
#[derive(Clone, Copy, Debug)]
struct Type {
    size: f32,
    lead: f32,
}

const TITLE: Type = Type {
    size: 19.0,
    lead: 25.0,
};
const SECTION: Type = Type {
    size: 12.0,
    lead: 17.0,
};
const MINOR: Type = Type {
    size: 9.5,
    lead: 13.5,
};
const TEXT: Type = Type {
    size: 9.5,
    lead: 13.5,
};
const SMALL: Type = Type {
    size: 8.5,
    lead: 12.0,
};

impl Type {
    /// Fixed pitch looks larger than the text face, so it is set smaller.
    fn size_for(self, voice: Voice) -> f32 {
        if voice == Voice::Code {
            self.size * 0.86
        } else {
            self.size
        }
    }

    /// Where the first baseline lies below the top of its line.
    fn drop(self) -> f32 {
        f32::midpoint(self.lead, self.size * 0.71)
    }
}

/// How far behind the others lines begin, and whether a rule stands in the room that leaves.
#[derive(Clone, Copy, Debug)]
struct Indent {
    by: f32,
    ruled: bool,
}

impl Indent {
    const NONE: Self = Self {
        by: 0.0,
        ruled: false,
    };
}

/// Sets a document from top to bottom.
pub struct Compositor<'a> {
    typesetter: Typesetter<'a>,
    sheets: Sheets,
    sections: u32,
    top: f32,
    y: f32,
    waiting: Option<company::Waiting>,
}

/// What a document is called and who made it.
pub struct Imprint<'t> {
    pub title: &'t str,
    pub subject: &'t str,
    pub author: &'t str,
    pub language: &'t str,
    pub written: Timestamp,
    pub draft: bool,
}

impl<'a> Compositor<'a> {
    pub fn new(book: &'a FontBook, imprint: &Imprint<'_>) -> Self {
        let plain = |text| Plain::new(book, Voice::Text, text);
        let sheets = Sheets {
            title: plain(imprint.title).cut(TITLE_MOST),
            language: imprint.language.to_owned(),
            author: plain(imprint.author),
            subject: plain(imprint.subject),
            written: imprint.written,
            paper: PAPER,
            pages: vec![Page::default()],
            tags: Tags::default(),
            outline: Vec::new(),
            attachments: Vec::new(),
        };
        let top = if imprint.draft { TOP_OF_DRAFT } else { TOP };
        Self {
            typesetter: Typesetter::new(book),
            sheets,
            sections: 0,
            top,
            y: top,
            waiting: None,
        }
    }

    /// The title, as the first heading.
    pub fn title(&mut self, text: &str) {
        self.heading(Tags::ROOT, 1, text, TITLE);
        self.y += 2.0;
    }

    /// A section with its numbered heading; what belongs to it is put under the tag given back.
    pub fn section(&mut self, title: &str) -> TagId {
        let section = self.sheets.tags.add(Tags::ROOT, Meaning::Section);
        self.free();
        // A heading keeps at least four lines of what follows.
        self.need(24.0 + SECTION.lead + 4.0 * TEXT.lead);
        if self.y > self.top {
            self.y += 18.0;
        }
        self.sections += 1;
        self.heading(section, 2, &format!("{}  {title}", self.sections), SECTION);
        self.y += 3.0;
        section
    }

    /// A heading within a section.
    pub fn minor(&mut self, section: TagId, title: &str) {
        self.free_if_introduced();
        self.need(6.0 + MINOR.lead + 3.0 * TEXT.lead);
        self.y += 6.0;
        self.heading(section, 3, title, MINOR);
        self.y += 2.0;
    }

    fn heading(&mut self, parent: TagId, level: u8, text: &str, kind: Type) {
        self.wait();
        let plain = Plain::new(self.typesetter.book(), Voice::Strong, text);
        let tag = self
            .sheets
            .tags
            .add(parent, Meaning::Heading(level, plain.clone()));
        if level <= 2 {
            let page = self.sheets.pages.len() - 1;
            self.sheets.outline.push(Bookmark {
                title: plain,
                page,
                y: self.y - 6.0,
            });
        }
        self.set(tag, Voice::Strong, kind, Ink::BLACK, text);
    }

    /// A paragraph of running text.
    pub fn text(&mut self, parent: TagId, text: &str) {
        self.paragraph(parent, Voice::Text, TEXT, Ink::BLACK, text);
    }

    /// A paragraph that carries the point of its section.
    pub fn strong(&mut self, parent: TagId, text: &str) {
        self.paragraph(parent, Voice::Strong, TEXT, Ink::BLACK, text);
    }

    /// A remark in smaller type.
    pub fn remark(&mut self, parent: TagId, text: &str) {
        self.paragraph(parent, Voice::Text, SMALL, Ink::QUIET, text);
    }

    /// A digest or an identifier on lines of its own.
    pub fn code(&mut self, parent: TagId, text: &str) {
        self.paragraph(parent, Voice::Code, SMALL, Ink::BLACK, text);
    }

    /// Words quoted as they stand, indented behind a rule.
    pub fn quote(&mut self, parent: TagId, text: &str) {
        let quote = self.sheets.tags.add(parent, Meaning::Quote);
        let tag = self.sheets.tags.add(quote, Meaning::Paragraph);
        self.y += 2.0;
        let ruled = Indent {
            by: 16.0,
            ruled: true,
        };
        self.set_in(tag, Voice::Text, TEXT, Ink::BLACK, ruled, text);
        self.y += 7.0;
        self.free();
    }

    /// Lines to fill in by hand, each behind what belongs on it.
    pub fn blanks(&mut self, parent: TagId, labels: &[&str]) {
        #[expect(clippy::cast_precision_loss, reason = "a form has a handful of lines")]
        self.need(labels.len() as f32 * BLANK);
        for label in labels {
            let tag = self.sheets.tags.add(parent, Meaning::Paragraph);
            let line = self.typesetter.line(Voice::Text, SMALL.size, label);
            self.y += BLANK;
            let y = self.y - 3.0;
            let mark = Mark::Text {
                x: self.along(0.0, line.width),
                line,
                y,
                ink: Ink::BLACK,
            };
            self.mark(Owner::Tag(tag), mark);
            let indent = MEASURE * 0.27;
            let measure = MEASURE - indent;
            self.fill(
                self.along(indent, measure),
                y + 2.0,
                measure,
                0.5,
                Ink::BLACK,
            );
        }
        self.y += 9.0;
        self.free();
    }

    fn paragraph(&mut self, parent: TagId, voice: Voice, kind: Type, ink: Ink, text: &str) {
        let tag = self.sheets.tags.add(parent, Meaning::Paragraph);
        // What a colon announces must be in sight.
        let announces = text.ends_with(':');
        if announces {
            self.wait();
        }
        self.set(tag, voice, kind, ink, text);
        self.y += kind.lead / 2.0;
        if !announces {
            self.introduce();
        }
    }

    /// Sets lines one under the other, over as many pages as they need; never one line alone
    /// at the foot or at the head of a page.
    fn set(&mut self, tag: TagId, voice: Voice, kind: Type, ink: Ink, text: &str) {
        self.set_in(tag, voice, kind, ink, Indent::NONE, text);
    }

    fn set_in(
        &mut self,
        tag: TagId,
        voice: Voice,
        kind: Type,
        ink: Ink,
        indent: Indent,
        text: &str,
    ) {
        let size = kind.size_for(voice);
        let measure = MEASURE - indent.by;
        let lines = self.typesetter.lines(voice, size, measure, text);
        let mut left: &[Rc<Line>] = &lines;
        while !left.is_empty() {
            let room = self.room(kind.lead);
            let fits = match left.len().saturating_sub(room) {
                0 => left.len(),
                1 if room > 2 => room - 1,
                _ if room < 2 => 0,
                _ => room,
            };
            if fits == 0 && self.y > self.top {
                self.turn_together();
                continue;
            }
            let (now, later) = left.split_at(fits.max(1));
            let top = self.y;
            for line in now {
                let y = self.y + kind.drop();
                let mark = Mark::Text {
                    line: Rc::clone(line),
                    x: self.along(indent.by, measure),
                    y,
                    ink,
                };
                self.mark(Owner::Tag(tag), mark);
                self.y += kind.lead;
            }
            if indent.ruled {
                self.fill(self.along(0.0, 1.2), top, 1.2, self.y - top, Ink::RULE);
            }
            left = later;
            if !left.is_empty() {
                self.turn();
            }
        }
    }

    /// A file to travel inside the document.
    pub fn attach(&mut self, attachment: Attachment) {
        self.sheets.attachments.push(attachment);
    }

    pub fn book(&self) -> &'a FontBook {
        self.typesetter.book()
    }

    /// Turns the page unless this many points are left on it.
    pub fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > self.top {
            self.turn_together();
        }
    }

    /// How many lines the page still takes.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a page takes some fifty lines"
    )]
    fn room(&self, lead: f32) -> usize {
        ((BOTTOM - self.y + 0.01) / lead).max(0.0) as usize
    }

    /// Begins a new page.
    pub fn turn(&mut self) {
        self.waiting = None;
        self.sheets.pages.push(Page::default());
        self.y = self.top;
    }

    /// Where something of this width begins that stands so far behind the beginning of lines.
    fn along(&self, by: f32, width: f32) -> f32 {
        if self.typesetter.is_leftwards() {
            LEFT + MEASURE - by - width
        } else {
            LEFT + by
        }
    }

    fn mark(&mut self, owner: Owner, mark: Mark) {
        if let Some(page) = self.sheets.pages.last_mut() {
            page.marks.push((owner, mark));
        }
    }

    fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        let mark = Mark::Fill {
            x,
            y,
            width,
            height,
            ink,
        };
        self.mark(Owner::Furniture(Furniture::Layout), mark);
    }
}
