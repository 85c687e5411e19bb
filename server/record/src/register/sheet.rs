//! The pages of the register: measures, head and foot, rows.

use std::rc::Rc;

use base64ct::{Base64, Encoding};

use crate::faces::{FontBook, Voice};
use crate::paragraph::{Lines, Typesetter};
use crate::plain::Plain;
use crate::setting::symbol::Modules;
use crate::sheet::{
    Bookmark, Furniture, Ink, Mark, Meaning, Owner, Page, Paper, Scope, Sheets, TagId, Tags,
};

use super::{RegisterHead, titled};

/// Source: ISO 216, turned.
pub(super) const PAPER: Paper = Paper {
    width: Paper::A4.height,
    height: Paper::A4.width,
};
const LEFT: f32 = 46.0;
const MEASURE: f32 = PAPER.width - 2.0 * LEFT;
const TOP: f32 = 64.0;
const FOOT: f32 = PAPER.height - 60.0;
const BOTTOM: f32 = FOOT - 12.0;
const SYMBOL: f32 = 40.0;
const GUTTER: f32 = 9.0;
const PAD: f32 = 2.5;
const SIZE: f32 = 8.0;
const LEAD: f32 = 10.5;
/// Most lines of one cell. Only names whose every letter is written as its number are longer; the
/// record of the case tells them whole.
const MOST_LINES: usize = 24;

/// Head, share of the measure, and whether it holds counts.
pub(super) const COLUMNS: [(&str, f32, bool); 10] = [
    ("Case", 0.100, false),
    ("Received", 0.088, false),
    ("Authority", 0.200, false),
    ("Instrument", 0.180, false),
    ("State", 0.085, false),
    ("Outcome", 0.105, false),
    ("Asked", 0.047, true),
    ("Granted", 0.055, true),
    ("Produced", 0.062, true),
    ("Notice", 0.130, false),
];

/// What all pages share.
pub(super) struct Frame<'h> {
    pub(super) head: &'h RegisterHead<'h>,
    pub(super) symbol: Option<Modules>,
}

/// A page being set.
pub(super) struct Leaf<'a> {
    typesetter: Typesetter<'a>,
    sheets: Sheets,
    table: Option<(TagId, TagId)>,
    y: f32,
}

/// A row laid out.
pub(super) type Set = Vec<Lines>;

impl<'a> Leaf<'a> {
    fn blank(book: &'a FontBook, frame: &Frame<'_>, number: usize) -> Self {
        let mut sheets = titled(book, frame.head);
        sheets.pages.push(Page::default());
        sheets.outline.push(Bookmark {
            title: sheets.title.clone(),
            page: 0,
            y: 0.0,
        });
        let mut leaf = Self {
            typesetter: Typesetter::new(book),
            sheets,
            table: None,
            y: TOP,
        };
        leaf.furnish(frame, number);
        leaf
    }

    /// The first page: what the register is, then its table's head.
    pub(super) fn first(book: &'a FontBook, frame: &Frame<'_>) -> Self {
        let mut leaf = Self::blank(book, frame, 1);
        let title = leaf.sheets.title.clone();
        leaf.say(
            Meaning::Heading(1, title.clone()),
            Voice::Strong,
            17.0,
            title.as_str(),
        );
        leaf.say(Meaning::Paragraph, Voice::Text, 9.0, frame.head.selection);
        let told = format!(
            "As of {}. Asked, granted and produced count categories of data. The ledger's size and root, \
             at the foot of each page, say which ledger the register was taken from.",
            frame.head.as_of.strftime("%Y-%m-%d %H:%M:%S UTC")
        );
        leaf.say(Meaning::Paragraph, Voice::Text, SIZE, &told);
        leaf.y += 6.0;
        leaf
    }

    /// A page on which the table runs on.
    pub(super) fn further(book: &'a FontBook, frame: &Frame<'_>, number: usize) -> Self {
        let mut leaf = Self::blank(book, frame, number);
        leaf.open(false);
        leaf
    }

    /// A page for the end alone.
    pub(super) fn closing(book: &'a FontBook, frame: &Frame<'_>, number: usize) -> Self {
        Self::blank(book, frame, number)
    }

    /// The table's head: said once, repeated for the eye.
    fn open(&mut self, said: bool) -> (TagId, TagId) {
        let summary = Plain::new(self.typesetter.book(), Voice::Text, "The cases, one a row");
        let tags = &mut self.sheets.tags;
        let table = tags.add(Tags::ROOT, Meaning::Table { summary });
        let owners: Vec<Owner> = if said {
            let group = tags.add(table, Meaning::TableHead);
            let row = tags.add(group, Meaning::Row);
            COLUMNS
                .iter()
                .map(|_| Owner::Tag(tags.add(row, Meaning::HeadCell(Scope::Column))))
                .collect()
        } else {
            vec![Owner::Furniture(Furniture::Repeated); COLUMNS.len()]
        };
        let body = tags.add(table, Meaning::TableBody);
        self.table = Some((table, body));
        self.rule(0.8, Ink::BLACK);
        let set = columns()
            .zip(COLUMNS)
            .map(|((_, width), (head, _, _))| {
                self.typesetter.lines(Voice::Strong, SIZE, width, head)
            })
            .collect();
        self.draw(&set, &owners);
        self.rule(0.5, Ink::BLACK);
        (table, body)
    }

    pub(super) fn lay(&mut self, cells: &[String]) -> Set {
        columns()
            .zip(cells)
            .map(|((_, width), cell)| {
                let lines = self.typesetter.lines(Voice::Text, SIZE, width, cell);
                if lines.len() <= MOST_LINES {
                    return lines;
                }
                let more = self.typesetter.line(Voice::Text, SIZE, "…");
                let kept = lines.iter().take(MOST_LINES - 1).cloned();
                kept.chain([more]).collect()
            })
            .collect()
    }

    pub(super) fn takes(&self, set: &Set) -> bool {
        let head = if self.table.is_some() {
            0.0
        } else {
            LEAD + 2.0 * PAD
        };
        self.y + head + height(set) <= BOTTOM
    }

    pub(super) fn takes_the_end(&self) -> bool {
        self.y + 6.0 * LEAD <= BOTTOM
    }

    pub(super) fn put(&mut self, set: &Set) {
        let (_, body) = self.table.unwrap_or_else(|| self.open(true));
        let tags = &mut self.sheets.tags;
        let row = tags.add(body, Meaning::Row);
        let owners: Vec<Owner> = (0..COLUMNS.len())
            .map(|place| {
                Owner::Tag(tags.add(
                    row,
                    if place == 0 {
                        Meaning::HeadCell(Scope::Row)
                    } else {
                        Meaning::Cell
                    },
                ))
            })
            .collect();
        self.draw(set, &owners);
        self.rule(0.3, Ink::HAIR);
    }

    /// Says that nothing follows: a page that was lost is missed.
    /// What stands below the last row; `unreviewed` releases are told where nobody overlooks them.
    pub(super) fn ends(&mut self, cases: u64, unreviewed: u64, pages: usize) {
        self.y += LEAD;
        let cases = match cases {
            1 => "1 case".to_owned(),
            many => format!("{many} cases"),
        };
        let pages = match pages {
            1 => "1 page".to_owned(),
            many => format!("{many} pages"),
        };
        let told = format!("The register ends here: {cases} on {pages}.");
        self.say(Meaning::Paragraph, Voice::Strong, SIZE, &told);
        let glare = match unreviewed {
            0 => return,
            1 => "1 emergency release has not been reviewed by a second manager.".to_owned(),
            many => {
                format!("{many} emergency releases have not been reviewed by a second manager.")
            }
        };
        self.say(Meaning::Paragraph, Voice::Strong, SIZE, &glare);
    }

    /// The page, and the tags of the table and of its body, where rows are on it.
    pub(super) fn done(mut self) -> (Sheets, Option<(TagId, TagId)>) {
        self.y = BOTTOM;
        (self.sheets, self.table)
    }

    fn say(&mut self, meaning: Meaning, voice: Voice, size: f32, text: &str) {
        let tag = self.sheets.tags.add(Tags::ROOT, meaning);
        let lead = size * 1.35;
        let lines = self.typesetter.lines(voice, size, MEASURE, text);
        for line in lines.iter().take(MOST_LINES) {
            self.y += lead;
            let mark = Mark::Text {
                line: Rc::clone(line),
                x: LEFT,
                y: self.y,
                ink: Ink::BLACK,
            };
            self.mark(Owner::Tag(tag), mark);
        }
        self.y += lead * 0.4;
    }

    fn draw(&mut self, set: &Set, owners: &[Owner]) {
        let top = self.y + PAD;
        for ((lines, owner), ((x, width), (_, _, counts))) in
            set.iter().zip(owners).zip(columns().zip(COLUMNS))
        {
            let mut y = top + SIZE;
            for line in lines.iter() {
                let x = if counts { x + width - line.width } else { x };
                let mark = Mark::Text {
                    line: Rc::clone(line),
                    x,
                    y,
                    ink: Ink::BLACK,
                };
                self.mark(*owner, mark);
                y += LEAD;
            }
        }
        self.y += height(set);
    }

    fn furnish(&mut self, frame: &Frame<'_>, number: usize) {
        let header = Owner::Furniture(Furniture::Header);
        let footer = Owner::Furniture(Furniture::Footer);
        let checkpoint = frame.head.checkpoint;

        let root = Base64::encode_string(&checkpoint.root);
        let as_of = frame.head.as_of.strftime("%Y-%m-%d %H:%M:%S UTC");
        let (wide, short) = (MEASURE * 0.6, MEASURE * 0.35);
        for (owner, voice, size, y, width, text) in [
            (
                header,
                Voice::Strong,
                8.0,
                40.0,
                wide,
                frame.head.organisation.to_owned(),
            ),
            (
                footer,
                Voice::Code,
                6.8,
                FOOT + 12.5,
                wide,
                format!("{}  size {}", checkpoint.origin, checkpoint.size),
            ),
            (
                footer,
                Voice::Code,
                6.8,
                FOOT + 22.5,
                wide,
                format!("root {root}"),
            ),
            (
                footer,
                Voice::Text,
                8.0,
                FOOT + 36.0,
                wide,
                format!("Register as of {as_of}"),
            ),
        ] {
            if let Some(line) = self.typesetter.lines(voice, size, width, &text).first() {
                let line = Rc::clone(line);
                let mark = Mark::Text {
                    line,
                    x: LEFT,
                    y,
                    ink: Ink::BLACK,
                };
                self.mark(owner, mark);
            }
        }
        for (owner, right, y, text) in [
            (
                header,
                0.0,
                40.0,
                format!("Register of disclosure cases · Page {number}"),
            ),
            (footer, SYMBOL + 12.0, FOOT + 36.0, format!("Page {number}")),
        ] {
            if let Some(line) = self
                .typesetter
                .lines(Voice::Text, 8.0, short, &text)
                .first()
            {
                let x = LEFT + MEASURE - right - line.width;
                let line = Rc::clone(line);
                let ink = Ink::BLACK;
                self.mark(owner, Mark::Text { line, x, y, ink });
            }
        }
        for (owner, y) in [(header, 46.0), (footer, FOOT)] {
            let mark = Mark::Fill {
                x: LEFT,
                y,
                width: MEASURE,
                height: 0.5,
                ink: Ink::BLACK,
            };
            self.mark(owner, mark);
        }
        if let Some(dark) = &frame.symbol {
            let mark = Mark::Modules {
                x: LEFT + MEASURE - SYMBOL,
                y: FOOT + 5.5,
                side: SYMBOL,
                dark: Rc::clone(dark),
            };
            self.mark(footer, mark);
        }
    }

    fn rule(&mut self, height: f32, ink: Ink) {
        let mark = Mark::Fill {
            x: LEFT,
            y: self.y,
            width: MEASURE,
            height,
            ink,
        };
        self.mark(Owner::Furniture(Furniture::Layout), mark);
    }

    fn mark(&mut self, owner: Owner, mark: Mark) {
        if let Some(page) = self.sheets.pages.last_mut() {
            page.marks.push((owner, mark));
        }
    }
}

/// Left edge and width of each column.
fn columns() -> impl Iterator<Item = (f32, f32)> {
    let shares: f32 = COLUMNS.iter().map(|(_, share, _)| share).sum();
    #[expect(clippy::cast_precision_loss, reason = "there are ten columns")]
    let gutters = GUTTER * (COLUMNS.len() - 1) as f32;
    let mut x = LEFT;
    COLUMNS.into_iter().map(move |(_, share, _)| {
        let width = (MEASURE - gutters) * share / shares;
        let place = (x, width);
        x += width + GUTTER;
        place
    })
}

fn height(set: &Set) -> f32 {
    let lines = set.iter().map(|lines| lines.len()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "a dozen lines at most")]
    let lines = lines as f32;
    lines * LEAD + 2.0 * PAD
}
