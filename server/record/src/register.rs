//! The register: a printable list of cases for an outside auditor, written while it is set.
//!
//! A4 turned on its side, one row a case. A page leaves as soon as it is full, so that ten thousand
//! cases take no more memory than a hundred, but for some eighty bytes a row.

mod sheet;

use std::io::Write;

use casework::case::{Case, CaseNumber, Stage};
use casework::disclosure::{NoticeOutcome, Outcome};
use casework::ground::Ground;
use casework::instrument::Instrument;
use casework::ledger::Checkpoint;
use casework::order::Digest;
use jiff::{Timestamp, ZonedDateTime};

use crate::faces::{FontBook, Voice};
use crate::plain::Plain;
use crate::press::roll::{Roll, Running, Torn};
use crate::setting::symbol;
use crate::sheet::{Meaning, Sheets, Tags};
use sheet::{Frame, Leaf};

/// What the register is headed with.
pub struct RegisterHead<'a> {
    pub organisation: &'a str,
    /// Which cases are listed, in words: "All cases received in 2026".
    pub selection: &'a str,
    pub as_of: Timestamp,
    pub checkpoint: &'a Checkpoint,
}

/// One case of the register.
#[derive(Clone, Debug)]
pub struct RegisterRow {
    pub number: CaseNumber,
    pub received: Option<ZonedDateTime>,
    pub authority: Option<String>,
    pub country: Option<String>,
    pub instrument: Option<Instrument>,
    pub ground: Option<Ground>,
    pub stage: Stage,
    pub outcome: Outcome,
    /// How many categories were asked for, granted and produced.
    pub requested: usize,
    pub granted: usize,
    pub produced: usize,
    /// Whether the subject was told; with the last day of what stands against it.
    pub notice: Option<(NoticeOutcome, Option<jiff::civil::Date>)>,
    /// An authority's test.
    pub test: bool,
    /// An emergency that was released, and that no second manager has reviewed.
    pub unreviewed: bool,
}

impl RegisterRow {
    pub fn of(case: &Case) -> Self {
        let request = case.request();
        let classification = case.classification();
        Self {
            number: case.number(),
            received: request.map(|request| request.received.clone()),
            authority: request.map(|request| request.requester.authority.to_string()),
            country: request.map(|request| request.requester.country.to_string()),
            instrument: classification.map(|one| one.instrument),
            ground: classification.map(|one| one.ground),
            stage: case.stage(),
            outcome: case.outcome(),
            requested: case.requested().len(),
            granted: case.granted().len(),
            produced: case.produced().len(),
            notice: case.notice_stands(),
            test: case.fields().has("test", "yes"),
            unreviewed: case.awaits_review() && case.ground() == Some(Ground::Emergency),
        }
    }

    /// As it stands in the table, column by column.
    fn cells(&self) -> [String; sheet::COLUMNS.len()] {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".into());
        let lines = |first: Option<String>, second: Option<String>| {
            let lines: Vec<String> = first.into_iter().chain(second).collect();
            or_dash((!lines.is_empty()).then(|| lines.join("\n")))
        };
        let received = self.received.as_ref();
        [
            if self.test {
                format!("{}\nTEST", self.number)
            } else {
                self.number.to_string()
            },
            or_dash(received.map(|at| at.strftime("%Y-%m-%d\n%H:%M %:z").to_string())),
            lines(self.authority.clone(), self.country.clone()),
            lines(
                self.instrument.map(|one| one.word().to_owned()),
                self.ground.map(|one| one.word().to_owned()),
            ),
            if self.unreviewed {
                format!("{}\nUNREVIEWED", self.stage.word())
            } else {
                self.stage.word().into()
            },
            self.outcome.word().into(),
            self.requested.to_string(),
            self.granted.to_string(),
            self.produced.to_string(),
            or_dash(self.notice.map(|(notice, until)| match (notice, until) {
                (NoticeOutcome::Gagged, Some(until)) => format!("Gagged until\n{until}"),
                (NoticeOutcome::Gagged, None) => "Gagged, without an end".into(),
                (NoticeOutcome::ExigentDelay, Some(until)) => format!("Put off until\n{until}"),
                _ => notice.word().to_owned(),
            })),
        ]
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    pub cases: u64,
    pub pages: usize,
    pub bytes: u64,
    pub sha256: Digest,
}

/// Writes the register of these cases, in their order, as PDF/A-3a and PDF/UA-1.
///
/// # Errors
/// Where `out` does not take it, or a page would not conform; what was written by then is no
/// document.
pub fn register(
    book: &FontBook,
    rows: impl Iterator<Item = RegisterRow>,
    head: &RegisterHead<'_>,
    out: &mut dyn Write,
) -> Result<Summary, Torn> {
    let mut roll = Roll::begin(book, out)?;
    let frame = Frame {
        head,
        symbol: symbol::modules(&head.checkpoint.to_string()),
    };
    let mut table = None;
    let mut leaf = Leaf::first(book, &frame);
    let (mut cases, mut unreviewed, mut pages) = (0, 0, 1);
    for row in rows {
        let cells = row.cells();
        unreviewed += u64::from(row.unreviewed);
        let set = leaf.lay(&cells);
        if !leaf.takes(&set) {
            print(&mut roll, leaf, &mut table)?;
            pages += 1;
            leaf = Leaf::further(book, &frame, pages);
        }
        leaf.put(&set);
        cases += 1;
    }
    if !leaf.takes_the_end() {
        print(&mut roll, leaf, &mut table)?;
        pages += 1;
        leaf = Leaf::closing(book, &frame, pages);
    }
    leaf.ends(cases, unreviewed, pages);
    print(&mut roll, leaf, &mut table)?;
    let written = roll.end(&titled(book, head))?;
    Ok(Summary {
        cases,
        pages: written.pages,
        bytes: written.bytes,
        sha256: Digest(written.sha256),
    })
}

/// The table and its body, which run over the pages.
type Table = Option<(Running, Running)>;

fn print(
    roll: &mut Roll<'_, &mut dyn Write>,
    leaf: Leaf<'_>,
    table: &mut Table,
) -> Result<(), Torn> {
    let (sheets, held) = leaf.done();
    let Some((table_tag, body_tag)) = held else {
        return roll.page(&sheets, &[]);
    };
    let (table, body) = *table.get_or_insert_with(|| {
        let meaning = |tag| sheets.tags.get(tag).meaning.clone();
        let table = roll.runs(Running::DOCUMENT, meaning(table_tag));
        (table, roll.runs(table, Meaning::TableBody))
    });
    roll.page(&sheets, &[(table_tag, table), (body_tag, body)])
}

/// How the document is called, as every page of it says.
fn titled(book: &FontBook, head: &RegisterHead<'_>) -> Sheets {
    let plain = |text: &str| Plain::new(book, Voice::Text, text);
    Sheets {
        title: plain("Register of disclosure cases"),
        language: "en".into(),
        author: plain(head.organisation),
        subject: plain(head.selection),
        written: head.as_of,
        paper: sheet::PAPER,
        pages: Vec::new(),
        tags: Tags::default(),
        outline: Vec::new(),
        attachments: Vec::new(),
    }
}
