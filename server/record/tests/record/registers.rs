//! The register: every case a row, written while the cases are still being read.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use casework::order::Digest;
use record::{RegisterHead, RegisterRow, Summary, Torn};
use sha2::Digest as _;

use crate::BOOK;

fn rows(count: usize) -> impl Iterator<Item = RegisterRow> {
    let of = RegisterRow::of(&scenes::closed().case);
    (1..).take(count).map(move |count| {
        let mut row = of.clone();
        row.number.count = count;
        row
    })
}

fn print(rows: impl Iterator<Item = RegisterRow>, out: &mut dyn Write) -> Result<Summary, Torn> {
    let scene = scenes::closed();
    let note = scene.ledger.checkpoint();
    let head = RegisterHead {
        organisation: "Example Conversations Ltd",
        selection: "All cases of 2026.",
        as_of: scene.now,
        checkpoint: note.checkpoint(),
    };
    record::register(&BOOK, rows, &head, out)
}

#[test]
fn what_is_told_of_a_register_is_what_was_written() {
    for count in [0, 1, 2, 100] {
        let mut pdf = Vec::new();
        let told = print(rows(count), &mut pdf).unwrap();
        assert_eq!(told.cases, count as u64);
        assert_eq!(told.bytes, pdf.len() as u64);
        assert_eq!(told.sha256, Digest(sha2::Sha256::digest(&pdf).into()));
        let mut again = Vec::new();
        print(rows(count), &mut again).unwrap();
        assert!(pdf == again, "the same cases give the same bytes");
    }
}

#[test]
fn every_object_begins_where_the_table_says() {
    let mut pdf = Vec::new();
    print(rows(60), &mut pdf).unwrap();
    let text = String::from_utf8_lossy(&pdf[pdf.len() - 60..]).into_owned();
    let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
    let table = String::from_utf8(pdf[start..].to_vec()).unwrap();
    let entries = table.lines().skip(2).take_while(|line| line.len() == 18);
    let mut seen = 0;
    for (object, entry) in entries.enumerate().skip(1) {
        let offset: usize = entry[..10].parse().unwrap();
        let head = format!("{object} 0 obj");
        assert!(pdf[offset..].starts_with(head.as_bytes()), "{head}");
        seen += 1;
    }
    assert!(seen > 600, "{seen}");
}

/// Counts what it is given.
#[derive(Clone, Default)]
struct Counted(Rc<Cell<usize>>);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn pages_leave_before_the_last_case_is_read() {
    let out = Counted::default();
    let written = out.clone();
    let most = Cell::new(0);
    let mut last = 0;
    let watched = rows(400).inspect(|_| {
        let now = written.0.get();
        most.set(most.get().max(now - last));
        last = now;
    });
    let told = print(watched, &mut out.clone()).unwrap();
    assert!(told.pages > 20);
    assert!(most.get() < 100_000, "{} bytes at once", most.get());
}

#[test]
fn a_disk_that_is_full_ends_the_register() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let torn = print(rows(3), &mut Full).unwrap_err();
    assert!(matches!(torn, Torn::Unwritable(_)), "{torn}");
}

#[test]
fn an_emergency_that_nobody_reviewed_is_told_in_its_row_and_at_the_end() {
    let open = RegisterRow::of(&scenes::emergency().case);
    let reviewed = RegisterRow::of(&scenes::reviewed().case);
    assert!(open.unreviewed && !reviewed.unreviewed);
    let printed = |row: &RegisterRow| {
        let mut pdf = Vec::new();
        print(std::iter::once(row.clone()), &mut pdf).unwrap();
        pdf
    };
    let mut silent = open.clone();
    silent.unreviewed = false;
    assert_ne!(printed(&open), printed(&silent));
}
