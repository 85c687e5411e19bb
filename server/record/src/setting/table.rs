//! Tables: a row breaks over pages only when no page could hold it, and a head is repeated on each page.

use std::rc::Rc;

use super::{BOTTOM, Compositor, LEFT, MEASURE, SMALL};
use crate::faces::Voice;
use crate::paragraph::Lines;
use crate::plain::Plain;
use crate::sheet::{Furniture, Ink, Mark, Meaning, Owner, Scope, TagId};

/// A table, ready to be set.
pub struct Table<'t> {
    /// What a listener is told before entering it.
    pub summary: &'t str,
    pub columns: Vec<Column<'t>>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column: its head, which may be empty for all together, and its share of the measure.
#[derive(Clone, Copy)]
pub struct Column<'t> {
    pub head: &'t str,
    pub share: f32,
}

/// What stands in one place of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    voice: Voice,
    text: String,
    to_the_right: bool,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            voice: Voice::Text,
            text: text.into(),
            to_the_right: false,
        }
    }

    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            voice: Voice::Strong,
            ..Self::text(text)
        }
    }

    pub fn code(text: impl Into<String>) -> Self {
        Self {
            voice: Voice::Code,
            ..Self::text(text)
        }
    }

    /// A count, its units under one another.
    pub fn number(text: impl Into<String>) -> Self {
        Self {
            to_the_right: true,
            ..Self::text(text)
        }
    }
}

const GUTTER: f32 = 12.0;
const PAD: f32 = 3.0;

/// A row laid out: the lines of each cell, and whether they stand to the right.
type Set = Vec<(Lines, bool)>;

impl Compositor<'_> {
    /// Names and what they stand for: a table of two columns whose first heads its rows.
    pub fn facts(&mut self, parent: TagId, summary: &str, facts: &[(&str, Cell)]) {
        if facts.is_empty() {
            return;
        }
        let rows = facts
            .iter()
            .map(|(name, said)| vec![Cell::strong(*name), said.clone()])
            .collect();
        let columns = vec![
            Column {
                head: "",
                share: 0.27,
            },
            Column {
                head: "",
                share: 0.73,
            },
        ];
        self.table(
            parent,
            &Table {
                summary,
                columns,
                rows,
            },
        );
    }

    /// Sets a table; one without rows is not set at all, since nothing would be in it.
    pub fn table(&mut self, parent: TagId, table: &Table<'_>) {
        if table.rows.is_empty() {
            return;
        }
        let summary = Plain::new(self.book(), Voice::Text, table.summary);
        let tag = self.sheets.tags.add(parent, Meaning::Table { summary });
        let mut places = places(&table.columns);
        if self.typesetter.is_leftwards() {
            for (x, width) in &mut places {
                *x = self.along(*x - LEFT, *width);
            }
        }
        let headed = table.columns.iter().any(|column| !column.head.is_empty());
        let head = headed.then(|| {
            let cells: Vec<Cell> = table
                .columns
                .iter()
                .map(|column| Cell::strong(column.head))
                .collect();
            let right = table.rows.first().map(Vec::as_slice).unwrap_or_default();
            let mut set = self.lay(&cells, &places);
            for (place, (_, to_the_right)) in set.iter_mut().enumerate() {
                *to_the_right = right.get(place).is_some_and(|cell| cell.to_the_right);
            }
            set
        });

        let rows: Vec<Set> = table
            .rows
            .iter()
            .map(|row| self.lay(row, &places))
            .collect();
        let above = head.as_ref().map_or(0.0, height);
        self.need(above + opening(&rows, BOTTOM - self.top - above));
        self.fill(LEFT, self.y, MEASURE, 0.8, Ink::BLACK);
        if let Some(head) = &head {
            let group = self.sheets.tags.add(tag, Meaning::TableHead);
            let row = self.sheets.tags.add(group, Meaning::Row);
            let owners = self.cells(row, head.len(), |_| Meaning::HeadCell(Scope::Column));
            self.put(head, &owners, &places, None);
            self.rule_head();
        }
        // Where there is a head, the first column heads its rows only if the table is still mostly
        // data: a listener told two heads for every cell hears nothing else.
        let data = rows.len() * places.len().saturating_sub(1);
        let rows_headed = head.is_none() || data > rows.len() + places.len();
        let body = self.sheets.tags.add(tag, Meaning::TableBody);
        for (place, set) in rows.iter().enumerate() {
            if place > 0 {
                self.fill(LEFT, self.y, MEASURE, 0.4, Ink::HAIR);
            }
            // The last two rows turn the page together.
            let company = match &rows[place + 1..] {
                [last] => height(last),
                _ => 0.0,
            };
            self.make_room(height(set), company, head.as_ref(), &places);
            let row = self.sheets.tags.add(body, Meaning::Row);
            let owners = self.cells(row, set.len(), |place| {
                if place == 0 && rows_headed {
                    Meaning::HeadCell(Scope::Row)
                } else {
                    Meaning::Cell
                }
            });
            self.put(set, &owners, &places, head.as_ref());
        }
        self.fill(LEFT, self.y, MEASURE, 0.8, Ink::BLACK);
        self.y += 9.0;
        self.free();
    }

    fn cells(
        &mut self,
        row: TagId,
        count: usize,
        meaning: impl Fn(usize) -> Meaning,
    ) -> Vec<Owner> {
        (0..count)
            .map(|place| Owner::Tag(self.sheets.tags.add(row, meaning(place))))
            .collect()
    }

    fn lay(&mut self, cells: &[Cell], places: &[(f32, f32)]) -> Set {
        cells
            .iter()
            .zip(places)
            .map(|(cell, (_, width))| {
                let size = SMALL.size_for(cell.voice);
                let lines = self.typesetter.lines(cell.voice, size, *width, &cell.text);
                (lines, cell.to_the_right)
            })
            .collect()
    }

    /// Turns the page for a row that does not fit here, alone or with the one it must not leave,
    /// but would on a fresh page.
    fn make_room(&mut self, tall: f32, company: f32, head: Option<&Set>, places: &[(f32, f32)]) {
        let fresh = BOTTOM - self.top - head.map_or(0.0, height);
        let lacks = |needed: f32, y: f32| y + needed > BOTTOM && needed <= fresh;
        let cramped = self.y + tall > BOTTOM && self.room(SMALL.lead) < 4;
        if lacks(tall, self.y) || lacks(tall + company, self.y) || cramped {
            self.turn_table(head, places);
        }
    }

    /// Puts a row on the page, and the rest of a row longer than the page on the next.
    fn put(&mut self, set: &Set, owners: &[Owner], places: &[(f32, f32)], head: Option<&Set>) {
        let total = set.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
        let mut done = 0;
        while done < total {
            self.y += PAD;
            let now = (total - done).min(self.room(SMALL.lead)).max(1);
            for ((lines, to_the_right), (owner, (x, width))) in
                set.iter().zip(owners.iter().zip(places))
            {
                for (place, line) in lines.iter().skip(done).take(now).enumerate() {
                    #[expect(clippy::cast_precision_loss, reason = "a page takes some fifty lines")]
                    let y = self.y + place as f32 * SMALL.lead + SMALL.drop();
                    let x = if *to_the_right && !self.typesetter.is_leftwards() {
                        x + width - line.width
                    } else {
                        *x
                    };
                    let mark = Mark::Text {
                        line: Rc::clone(line),
                        x,
                        y,
                        ink: Ink::BLACK,
                    };
                    self.mark(*owner, mark);
                }
            }
            #[expect(clippy::cast_precision_loss, reason = "a page takes some fifty lines")]
            let tall = now as f32 * SMALL.lead;
            self.y += tall + PAD;
            done += now;
            if done < total {
                self.turn_table(head, places);
            }
        }
    }

    fn turn_table(&mut self, head: Option<&Set>, places: &[(f32, f32)]) {
        self.turn();
        self.fill(LEFT, self.y, MEASURE, 0.8, Ink::BLACK);
        if let Some(head) = head {
            let repeated = vec![Owner::Furniture(Furniture::Repeated); head.len()];
            self.put(head, &repeated, places, None);
            self.rule_head();
        }
    }

    fn rule_head(&mut self) {
        self.fill(LEFT, self.y, MEASURE, 0.5, Ink::BLACK);
    }
}

/// A small table is not parted, and a large one begins with two rows; its first row is not parted
/// from its head where a page of `fresh` points could hold it.
fn opening(rows: &[Set], fresh: f32) -> f32 {
    let whole: f32 = rows.iter().map(height).sum();
    if whole <= 16.0 * SMALL.lead {
        return whole;
    }
    let two: f32 = rows.iter().take(2).map(height).sum();
    let first = rows.first().map_or(0.0, height);
    let kept = if first <= fresh { first } else { 0.0 };
    two.min(8.0 * SMALL.lead).max(kept)
}

/// Left edge and width of each column.
fn places(columns: &[Column<'_>]) -> Vec<(f32, f32)> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a table has a handful of columns"
    )]
    let gutters = GUTTER * columns.len().saturating_sub(1) as f32;
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let mut x = LEFT;
    columns
        .iter()
        .map(|column| {
            let width = (MEASURE - gutters) * column.share / shares;
            let place = (x, width);
            x += width + GUTTER;
            place
        })
        .collect()
}

fn height(set: &Set) -> f32 {
    let lines = set.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a cell of 2^24 lines does not fit in memory"
    )]
    let lines = lines as f32;
    lines * SMALL.lead + 2.0 * PAD
}
