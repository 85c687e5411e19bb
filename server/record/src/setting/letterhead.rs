//! What a letter has and a record has not: whose letter it is, the address, the day, lists, and a
//! foot that only counts pages.
//!
//! Source of the places: DIN 5008, form B: the address begins 45 mm from the top, where a window
//! envelope shows it, and the subject stands below 98 mm.

use super::{BLANK, Compositor, Indent, LEFT, MEASURE, MINOR, PAPER, SECTION, TEXT, Type};
use crate::faces::Voice;
use crate::sheet::{Furniture, Ink, Mark, Meaning, Owner, Page, Sheets, Tags};

/// Points of a millimetre.
const MM: f32 = 72.0 / 25.4;
const HEAD: f32 = 46.0;
const ADDRESS: f32 = 45.0 * MM;
const DAY: f32 = 84.0 * MM;
const FOOT: f32 = PAPER.height - 52.0;
/// Room for the mark of an item.
const ITEM: f32 = 14.0;
/// Room to sign by hand.
const SIGNATURE: f32 = 3.0 * TEXT.lead;
const NAME: Type = Type {
    size: 13.0,
    lead: 18.0,
};

impl Compositor<'_> {
    /// The letter runs from right to left: its lines, lists, tables and blanks begin at the right.
    pub fn turn_leftwards(&mut self) {
        self.typesetter.turn_leftwards();
    }

    /// Whose letter it is, to whom, and of which day: the head of the first page.
    pub fn letterhead(&mut self, organisation: &str, to: &str, day: &str) {
        self.y = HEAD - 10.0;
        self.say(Voice::Strong, NAME, organisation);
        self.fill(LEFT, self.y + 4.0, MEASURE, 0.8, Ink::BLACK);
        // A long name pushes the address down, and not into it.
        self.y = ADDRESS.max(self.y + 20.0);
        self.say(Voice::Text, TEXT, to);
        self.y = DAY.max(self.y + 16.0);
        self.say(Voice::Text, TEXT, day);
        self.y += 18.0;
    }

    /// What the letter is about, as the first heading.
    pub fn subject(&mut self, text: &str) {
        self.heading(Tags::ROOT, 1, text, SECTION);
        self.y += 8.0;
    }

    /// A heading within a letter.
    pub fn part(&mut self, title: &str) {
        self.free_if_introduced();
        self.need(8.0 + MINOR.lead + 3.0 * TEXT.lead);
        self.y += 8.0;
        self.heading(Tags::ROOT, 2, title, MINOR);
        self.y += 3.0;
    }

    /// Items, each behind its mark.
    pub fn list(&mut self, items: &[String]) {
        let list = self.sheets.tags.add(Tags::ROOT, Meaning::List);
        for text in items {
            let item = self.sheets.tags.add(list, Meaning::Item);
            let lines = self
                .typesetter
                .lines(Voice::Text, TEXT.size, MEASURE - ITEM, text);
            // The mark stands beside its first line, which must not turn the page without it.
            let first = if lines.len() > 1 { 2.0 } else { 1.0 };
            self.need(first * TEXT.lead);
            let tag = self.sheets.tags.add(item, Meaning::ItemMark);
            let line = self.typesetter.line(Voice::Text, TEXT.size, "•");
            let mark = Mark::Text {
                x: self.along(2.0, line.width),
                line,
                y: self.y + TEXT.drop(),
                ink: Ink::BLACK,
            };
            self.mark(Owner::Tag(tag), mark);
            let body = self.sheets.tags.add(item, Meaning::ItemBody);
            let indent = Indent {
                by: ITEM,
                ruled: false,
            };
            self.set_in(body, Voice::Text, TEXT, Ink::BLACK, indent, text);
            self.y += 2.0;
        }
        self.y += TEXT.lead / 2.0 - 2.0;
        self.free();
    }

    /// What is set next leads to the letter's end, and goes with it where it turns the page.
    pub fn lead_to_end(&mut self) {
        self.wait();
    }

    /// Lines to sign a statement on; where they lead to the letter's end, on one page with it.
    pub fn sign(&mut self, labels: &[&str], end: Option<&str>) {
        #[expect(clippy::cast_precision_loss, reason = "a form has a handful of lines")]
        let tall = labels.len() as f32 * BLANK;
        self.need(tall + end.map_or(0.0, |who| 2.0 * TEXT.lead + end_of(who)));
        self.blanks(Tags::ROOT, labels);
        self.y += TEXT.lead;
    }

    /// How the letter ends: its last words, room to sign, and who signs, all on one page.
    pub fn end(&mut self, words: &str, who: &str) {
        self.need(end_of(who));
        self.say(Voice::Text, TEXT, words);
        self.y += SIGNATURE;
        self.say(Voice::Text, TEXT, who);
    }

    /// Whose letter it is, on every page but the first, and which page of how many on each.
    pub fn finish_letter(mut self, organisation: &str, number: &str) -> Sheets {
        let pages = self.sheets.pages.len();
        for place in 0..pages {
            let mut under = Page::default();
            if place > 0 {
                self.running(&mut under, Furniture::Header, HEAD, (organisation, number));
            }
            let mut over = Page::default();
            // Figures alone: the foot is in no language.
            let page = format!("{} / {pages}", place + 1);
            self.running(&mut over, Furniture::Footer, FOOT, (number, &page));
            let marks = &mut self.sheets.pages[place].marks;
            under.marks.append(marks);
            under.marks.append(&mut over.marks);
            *marks = under.marks;
        }
        self.sheets
    }

    fn running(&mut self, page: &mut Page, of: Furniture, y: f32, (left, right): (&str, &str)) {
        let right = self.fitted(Voice::Text, 8.0, MEASURE * 0.4, right);
        let left = self.fitted(Voice::Text, 8.0, MEASURE * 0.55, left);
        let near = self.along(0.0, left.width);
        let far = self.along(MEASURE - right.width, right.width);
        for (line, x) in [(left, near), (right, far)] {
            let ink = Ink::QUIET;
            let mark = Mark::Text { line, x, y, ink };
            page.marks.push((Owner::Furniture(of), mark));
        }
    }

    /// A paragraph of the head, which stands where it stands.
    fn say(&mut self, voice: Voice, kind: Type, text: &str) {
        let tag = self.sheets.tags.add(Tags::ROOT, Meaning::Paragraph);
        self.set(tag, voice, kind, Ink::BLACK, text);
    }
}

/// How tall the end of a letter is.
fn end_of(who: &str) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "an end has a handful of lines")]
    let lines = (1 + who.lines().count()) as f32;
    lines * TEXT.lead + SIGNATURE
}
