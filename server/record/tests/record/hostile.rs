//! Text from strangers is never a reason to panic, nor to refuse a record.

use crate::BOOK;
use record::setting::{Cell, Column, Compositor, Imprint, Running, Table};

use record::Job;
use scenes::Dice;

trait Cells {
    fn cell(&mut self) -> Cell;
}

impl Cells for Dice {
    /// Any kind of cell, some as long as pages.
    fn cell(&mut self) -> Cell {
        let most = [1, 20, 200, 1_500][self.below(4) as usize];
        let text = self.text(most);
        match self.below(4) {
            0 => Cell::strong(text),
            1 => Cell::code(text),
            2 => Cell::number(text),
            _ => Cell::text(text),
        }
    }
}

#[test]
fn hostile_text_is_set_and_printed_everywhere_on_a_page() {
    let mut dice = Dice::thrown(0x00d1_5c10_5e00_4711);
    for _ in 0..80 {
        // A title of nothing but spaces is refused, and rightly.
        let (title, other) = (dice.text(60) + "T", dice.text(60) + "S");
        let mut page = Compositor::new(
            &BOOK,
            &Imprint {
                title: &title,
                subject: &other,
                author: &dice.text(80),
                language: "en",
                written: "2026-01-02T03:04:05Z".parse().unwrap(),
                draft: true,
            },
        );
        page.title(&title);
        let section = page.section(&other);
        page.text(section, &dice.text(500));
        page.quote(section, &dice.text(200));
        page.code(section, &dice.text(100));
        for _ in 0..dice.below(3) {
            page.minor(section, &dice.text(300));
            page.text(section, &dice.text(2_000));
        }
        let columns = (0..=dice.below(7))
            .map(|_| Column {
                head: "A",
                share: 0.1,
            })
            .collect::<Vec<_>>();
        let rows = (0..dice.below(6))
            .map(|_| columns.iter().map(|_| dice.cell()).collect())
            .collect();
        page.table(
            section,
            &Table {
                summary: "Hostile",
                columns,
                rows,
            },
        );
        let sheets = page.finish(&Running {
            left: dice.text(120),
            right: dice.text(120),
            checkpoint: [dice.text(120), dice.text(120)],
            symbol: dice.text(120),
            state: dice.text(120),
            draft: Some(dice.text(120)),
        });
        record::press::press(&sheets, &BOOK).unwrap();
    }
}

#[test]
fn hostile_cases_give_a_record() {
    let mut dice = Dice::thrown(0x5eed);
    for _ in 0..12 {
        let scene = scenes::hostile(42, &mut dice);
        let dossier = scene.dossier();
        record::print(&BOOK, &Job::of(&dossier)).unwrap();
    }
}

#[test]
fn a_cell_longer_than_a_page_runs_on() {
    let mut page = Compositor::new(
        &BOOK,
        &Imprint {
            title: "Long",
            subject: "Long",
            author: "Nobody",
            language: "en",
            written: "2026-01-02T03:04:05Z".parse().unwrap(),
            draft: false,
        },
    );
    page.title("Long");
    let section = page.section("Long");
    let columns = vec![
        Column {
            head: "A",
            share: 0.2,
        },
        Column {
            head: "B",
            share: 0.8,
        },
    ];
    let rows = vec![vec![Cell::text("a"), Cell::text("word ".repeat(6_000))]; 2];
    page.table(
        section,
        &Table {
            summary: "Long",
            columns,
            rows,
        },
    );
    page.text(section, &"x".repeat(20_000));
    let sheets = page.finish(&Running {
        left: String::new(),
        right: String::new(),
        checkpoint: Default::default(),
        symbol: String::new(),
        state: String::new(),
        draft: None,
    });
    assert!(sheets.pages.len() > 10);
    let bottom = sheets.paper.height - 60.0;
    for (owner, mark) in sheets.pages.iter().flat_map(|page| &page.marks) {
        if let (record::sheet::Owner::Tag(_), record::sheet::Mark::Text { y, .. }) = (owner, mark) {
            assert!(*y < bottom, "a line at {y} runs into the foot");
        }
    }
    record::press::press(&sheets, &BOOK).unwrap();
}
