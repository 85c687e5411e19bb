//! What stands on every page: whose record, in which state, which checkpoint, which page of how many.

use std::rc::Rc;

use super::symbol::{self, Modules};
use super::{Compositor, LEFT, MEASURE, PAPER};
use crate::faces::Voice;
use crate::sheet::{Furniture, Ink, Mark, Owner, Page, Sheets};

/// The words at the head and the foot of every page.
pub struct Running {
    pub left: String,
    pub right: String,
    /// The first lines of the foot, letter by letter comparable.
    pub checkpoint: [String; 2],
    /// What the small symbol in the foot holds, for comparing without typing.
    pub symbol: String,
    pub state: String,
    /// Why these pages prove nothing yet; said on each of them.
    pub draft: Option<String>,
}

const HEAD: f32 = 46.0;
const FOOT: f32 = PAPER.height - 66.0;
/// Four modules of white about the symbol are its own; the foot's rule keeps clear of them.
const SYMBOL: f32 = 40.0;

impl Compositor<'_> {
    /// Puts head and foot on every page, now that it is known how many there are.
    pub fn finish(mut self, running: &Running) -> Sheets {
        let pages = self.sheets.pages.len();
        let symbol = Some(running.symbol.as_str()).filter(|says| !says.is_empty());
        let symbol = symbol.and_then(symbol::modules);
        for place in 0..pages {
            let mut under = Page::default();
            if let Some(draft) = &running.draft {
                self.watermark(&mut under);
                self.band(&mut under, draft);
            }
            let number = format!("Page {} of {pages}", place + 1);
            self.head(&mut under, running, &number);
            let mut over = Page::default();
            self.foot(&mut over, running, &number, symbol.as_ref());

            let page = &mut self.sheets.pages[place].marks;
            under.marks.append(page);
            under.marks.append(&mut over.marks);
            *page = under.marks;
        }
        self.sheets
    }

    fn watermark(&mut self, page: &mut Page) {
        let line = self.typesetter.line(Voice::Strong, 150.0, "DRAFT");
        let (x, y) = (PAPER.width / 2.0, PAPER.height / 2.0);
        let mark = Mark::Turned {
            line,
            x,
            y,
            degrees: 52.0,
            ink: Ink::PALE,
        };
        page.marks
            .push((Owner::Furniture(Furniture::Watermark), mark));
    }

    /// The word, in the head of each page, between two rules so that a copy in black still shows it.
    fn band(&mut self, page: &mut Page, draft: &str) {
        let header = Owner::Furniture(Furniture::Header);
        let line = self.fitted(Voice::Strong, 8.5, MEASURE - 8.0, draft);
        let x = LEFT + (MEASURE - line.width) / 2.0;
        let (top, tall) = (HEAD + 9.0, 16.0);
        page.marks.push((header, rule(top, 0.8)));
        page.marks.push((
            header,
            Mark::Text {
                line,
                x,
                y: top + 11.3,
                ink: Ink::BLACK,
            },
        ));
        page.marks.push((header, rule(top + tall, 0.8)));
    }

    fn head(&mut self, page: &mut Page, running: &Running, number: &str) {
        let header = Owner::Furniture(Furniture::Header);
        let right = format!("{} · {number}", running.right);
        let right = self.fitted(Voice::Text, 8.0, MEASURE * 0.65, &right);
        let room = MEASURE - right.width - 16.0;
        let left = self.fitted(Voice::Strong, 8.0, room, &running.left);
        let x = LEFT + MEASURE - right.width;
        page.marks.push((
            header,
            Mark::Text {
                line: left,
                x: LEFT,
                y: HEAD,
                ink: Ink::BLACK,
            },
        ));
        page.marks.push((
            header,
            Mark::Text {
                line: right,
                x,
                y: HEAD,
                ink: Ink::BLACK,
            },
        ));
        if running.draft.is_none() {
            page.marks.push((header, rule(HEAD + 6.0, 0.5)));
        }
    }

    fn foot(&mut self, page: &mut Page, running: &Running, number: &str, symbol: Option<&Modules>) {
        let footer = Owner::Furniture(Furniture::Footer);
        page.marks.push((footer, rule(FOOT, 0.5)));
        let measure = match symbol {
            Some(dark) => {
                let mark = Mark::Modules {
                    x: LEFT + MEASURE - SYMBOL,
                    y: FOOT + 5.5,
                    side: SYMBOL,
                    dark: Rc::clone(dark),
                };
                page.marks.push((footer, mark));
                MEASURE - SYMBOL - 12.0
            }
            None => MEASURE,
        };
        let number = self.typesetter.line(Voice::Text, 8.0, number);
        let room = measure - number.width - 16.0;
        let lines = [
            self.fitted(Voice::Code, 6.8, measure, &running.checkpoint[0]),
            self.fitted(Voice::Code, 6.8, measure, &running.checkpoint[1]),
            self.fitted(Voice::Text, 8.0, room, &running.state),
        ];
        let x = LEFT + measure - number.width;
        for (line, (ink, drop)) in
            lines
                .into_iter()
                .zip([(Ink::QUIET, 12.5), (Ink::QUIET, 22.5), (Ink::BLACK, 36.0)])
        {
            let mark = Mark::Text {
                line,
                x: LEFT,
                y: FOOT + drop,
                ink,
            };
            page.marks.push((footer, mark));
        }
        let mark = Mark::Text {
            line: number,
            x,
            y: FOOT + 36.0,
            ink: Ink::BLACK,
        };
        page.marks.push((footer, mark));
    }

    /// The first line of a text that may be too long for its place, with a sign that more follows.
    pub(super) fn fitted(
        &mut self,
        voice: Voice,
        size: f32,
        width: f32,
        text: &str,
    ) -> Rc<crate::paragraph::Line> {
        let lines = self.typesetter.lines(voice, size, width, text);
        if lines.len() <= 1 {
            return self.typesetter.line(voice, size, text);
        }
        let first = lines[0].text();
        let kept = first.trim_end().chars().count().saturating_sub(2);
        let shortened: String = first.chars().take(kept).chain(['…']).collect();
        // Set by itself: in a place of its own, a right-to-left line would keep to that place's end.
        self.typesetter.line(voice, size, &shortened)
    }
}

fn rule(y: f32, height: f32) -> Mark {
    Mark::Fill {
        x: LEFT,
        y,
        width: MEASURE,
        height,
        ink: Ink::BLACK,
    }
}
