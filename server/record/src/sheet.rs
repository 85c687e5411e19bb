//! Sheets ready for the press: what stands where, and what it means. Nothing here knows of PDF.
//!
//! Every mark on a page has an owner: a tag, and then it is part of the text and in its reading order,
//! or furniture, and then a reader who listens is spared it.

use std::rc::Rc;

use jiff::Timestamp;

use crate::paragraph::Line;
use crate::plain::Plain;

/// A whole document, set.
pub struct Sheets {
    pub title: Plain,
    /// BCP 47, of the running text.
    pub language: String,
    pub author: Plain,
    pub subject: Plain,
    pub written: Timestamp,
    pub paper: Paper,
    pub pages: Vec<Page>,
    pub tags: Tags,
    pub outline: Vec<Bookmark>,
    pub attachments: Vec<Attachment>,
}

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    pub width: f32,
    pub height: f32,
}

impl Paper {
    /// Source: ISO 216, 210 × 297 mm.
    pub const A4: Self = Self {
        width: 595.28,
        height: 841.89,
    };
}

#[derive(Default)]
pub struct Page {
    pub marks: Vec<(Owner, Mark)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Tag(TagId),
    Furniture(Furniture),
}

/// What repeats or decorates, and is passed over when the page is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    Header,
    Footer,
    Watermark,
    /// The head of a table that runs on, said once where the table begins.
    Repeated,
    /// Rules and bands.
    Layout,
}

/// Something to draw. `x` grows to the right and `y` downwards, from the paper's upper left corner.
pub enum Mark {
    /// A line of text whose baseline lies at `y`.
    Text {
        line: Rc<Line>,
        x: f32,
        y: f32,
        ink: Ink,
    },
    /// A line of text about its own middle at `x`, `y`, turned against the clock.
    Turned {
        line: Rc<Line>,
        x: f32,
        y: f32,
        degrees: f32,
        ink: Ink,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    /// A square of dark and light modules, `side` points wide.
    Modules {
        x: f32,
        y: f32,
        side: f32,
        dark: Rc<[Vec<bool>]>,
    },
}

impl Mark {
    /// The same mark further down, or up by a negative length.
    #[must_use]
    pub fn lowered(mut self, by: f32) -> Self {
        match &mut self {
            Self::Text { y, .. }
            | Self::Turned { y, .. }
            | Self::Fill { y, .. }
            | Self::Modules { y, .. } => *y += by,
        }
        self
    }
}

/// A grey; everything is told in words as well, and prints well in black.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink(pub u8);

impl Ink {
    pub const BLACK: Self = Self(0x11);
    pub const QUIET: Self = Self(0x4d);
    pub const RULE: Self = Self(0x99);
    pub const HAIR: Self = Self(0xc4);
    pub const PALE: Self = Self(0xf0);
}

/// A place in the outline; `y` is where the reader should land.
#[derive(Debug)]
pub struct Bookmark {
    pub title: Plain,
    pub page: usize,
    pub y: f32,
}

/// A file that travels inside the record.
#[derive(Debug)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub description: Plain,
    pub relation: Relation,
    pub bytes: Vec<u8>,
}

/// What an attached file is to the page.
/// Source: ISO 19005-3, Annex E.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// What the page was made from.
    Source,
    /// What the page speaks of.
    Supplement,
}

/// Place of a tag in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TagId(pub(crate) usize);

/// The meaning of the document as a tree; tags are kept in reading order.
pub struct Tags(Vec<Tag>);

pub struct Tag {
    pub meaning: Meaning,
    pub parent: Option<TagId>,
    pub children: Vec<TagId>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Document,
    Section,
    /// 1 is the title of the document.
    Heading(u8, Plain),
    Paragraph,
    Quote,
    /// Its items, each a mark and a body.
    List,
    Item,
    ItemMark,
    ItemBody,
    Table {
        summary: Plain,
    },
    TableHead,
    TableBody,
    Row,
    HeadCell(Scope),
    Cell,
    Figure {
        says: Plain,
    },
}

/// What a head cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Column,
    Row,
}

impl Default for Tags {
    fn default() -> Self {
        Self(vec![Tag {
            meaning: Meaning::Document,
            parent: None,
            children: Vec::new(),
        }])
    }
}

impl Tags {
    pub const ROOT: TagId = TagId(0);

    pub fn add(&mut self, parent: TagId, meaning: Meaning) -> TagId {
        let id = TagId(self.0.len());
        self.0.push(Tag {
            meaning,
            parent: Some(parent),
            children: Vec::new(),
        });
        self.0[parent.0].children.push(id);
        id
    }

    pub fn get(&self, id: TagId) -> &Tag {
        &self.0[id.0]
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.len() <= 1
    }

    pub fn iter(&self) -> impl Iterator<Item = (TagId, &Tag)> {
        self.0
            .iter()
            .enumerate()
            .map(|(place, tag)| (TagId(place), tag))
    }
}
