//! What stands on every page: whose record, in which state, which checkpoint, which page of how many.

use super::{Compositor, LEFT, MEASURE, PAPER};
use crate::faces::Voice;
use crate::sheet::{Furniture, Ink, Mark, Owner, Page, Sheets};

/// The words at the head and the foot of every page.
pub struct Running {
    pub left: String,
    pub right: String,
    /// The first line of the foot, letter by letter comparable.
    pub foot: String,
    pub state: String,
    /// Why these pages prove nothing yet; said on each of them.
    pub draft: Option<String>,
}

const HEAD: f32 = 46.0;
const FOOT: f32 = PAPER.height - 58.0;

impl Compositor<'_> {
    /// Puts head and foot on every page, now that it is known how many there are.
    pub fn finish(mut self, running: &Running) -> Sheets {
        let pages = self.sheets.pages.len();
        for place in 0..pages {
            let mut under = Page::default();
            if let Some(draft) = &running.draft {
                self.watermark(&mut under);
                self.band(&mut under, draft);
            }
            self.head(&mut under, running);
            let mut over = Page::default();
            self.foot(
                &mut over,
                running,
                &format!("Page {} of {pages}", place + 1),
            );

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

    fn head(&mut self, page: &mut Page, running: &Running) {
        let header = Owner::Furniture(Furniture::Header);
        let half = MEASURE / 2.0 - 8.0;
        let left = self.fitted(Voice::Strong, 8.0, half, &running.left);
        let right = self.fitted(Voice::Text, 8.0, half, &running.right);
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

    fn foot(&mut self, page: &mut Page, running: &Running, number: &str) {
        let footer = Owner::Furniture(Furniture::Footer);
        let checkpoint = self.fitted(Voice::Code, 6.5, MEASURE, &running.foot);
        let number = self.typesetter.line(Voice::Text, 8.0, number);
        let state = self.fitted(
            Voice::Text,
            8.0,
            MEASURE - number.width - 16.0,
            &running.state,
        );
        let x = LEFT + MEASURE - number.width;
        page.marks.push((footer, rule(FOOT, 0.5)));
        page.marks.push((
            footer,
            Mark::Text {
                line: checkpoint,
                x: LEFT,
                y: FOOT + 10.5,
                ink: Ink::QUIET,
            },
        ));
        page.marks.push((
            footer,
            Mark::Text {
                line: state,
                x: LEFT,
                y: FOOT + 22.5,
                ink: Ink::BLACK,
            },
        ));
        page.marks.push((
            footer,
            Mark::Text {
                line: number,
                x,
                y: FOOT + 22.5,
                ink: Ink::BLACK,
            },
        ));
    }

    /// The first line of a text that may be too long for its place, with a sign that more follows.
    fn fitted(
        &mut self,
        voice: Voice,
        size: f32,
        width: f32,
        text: &str,
    ) -> std::rc::Rc<crate::paragraph::Line> {
        let lines = self.typesetter.lines(voice, size, width, text);
        if lines.len() <= 1 {
            return lines.first().cloned().unwrap_or_default();
        }
        let first = lines[0].text();
        let kept = first.trim_end().chars().count().saturating_sub(2);
        let shortened: String = first.chars().take(kept).chain(['…']).collect();
        self.typesetter
            .lines(voice, size, width, &shortened)
            .first()
            .cloned()
            .unwrap_or_default()
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
