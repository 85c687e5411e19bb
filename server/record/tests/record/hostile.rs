//! Text from strangers is never a reason to panic, nor to refuse a record.

use std::collections::{BTreeMap, BTreeSet};

use crate::BOOK;
use casework::case::Step;
use casework::decision::{Decision, Refused};
use casework::form::Fields;
use casework::policy::PolicyVersion;
use casework::reason::ReasonCode;
use casework::verification::Finding;
use casework::words::{Line, Prose};
use record::setting::{Cell, Column, Compositor, Imprint, Running, Table};

use record::Job;
use scenes::{Scene, anna, bruno, call, mira, order, request_fields, warrant};

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(most)).unwrap_or(0)
    }

    /// Scripts by blocks, marks alone, direction controls, signs, and anything at all.
    fn letter(&mut self) -> char {
        const BLOCKS: [(u32, u32); 24] = [
            (0x20, 0x7e),
            (0x20, 0x7e),
            (0x20, 0x20),
            (0xa0, 0x24f),
            (0x300, 0x36f),
            (0x370, 0x3ff),
            (0x400, 0x52f),
            (0x590, 0x5ff),
            (0x600, 0x6ff),
            (0x600, 0x6ff),
            (0x750, 0x77f),
            (0x900, 0x97f),
            (0xe00, 0xe7f),
            (0x1100, 0x11ff),
            (0x200b, 0x206f),
            (0x2190, 0x22ff),
            (0x3040, 0x30ff),
            (0x4e00, 0x4fff),
            (0xac00, 0xacff),
            (0xe000, 0xe0ff),
            (0xfb1d, 0xfdff),
            (0xfe00, 0xffff),
            (0x1f300, 0x1f6ff),
            (0, 0x0010_ffff),
        ];
        let (first, last) = BLOCKS[self.below(24) as usize];
        char::from_u32(first + self.below(last - first + 1)).unwrap_or('\u{fffd}')
    }

    fn text(&mut self, most: u32) -> String {
        let length = self.below(most) + 1;
        (0..length)
            .map(|_| {
                if self.below(9) == 0 {
                    '\n'
                } else {
                    self.letter()
                }
            })
            .collect()
    }

    fn line(&mut self) -> Line {
        let raw: String = self.text(180).chars().filter(|c| !c.is_control()).collect();
        Line::parse(&raw).unwrap_or_else(|_| scenes::line("–"))
    }

    fn prose(&mut self) -> Prose {
        let printable = |c: &char| !c.is_control() || *c == '\n';
        let raw: String = self.text(600).chars().filter(printable).collect();
        Prose::parse(&raw).unwrap_or_else(|_| scenes::prose("–"))
    }
}

#[test]
fn hostile_text_is_set_and_printed_everywhere_on_a_page() {
    let mut dice = Dice(0x00d1_5c10_5e00_4711);
    for _ in 0..200 {
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
        let columns = vec![
            Column {
                head: "A",
                share: 0.1,
            },
            Column {
                head: "B",
                share: 0.9,
            },
        ];
        let rows = (0..2)
            .map(|_| vec![Cell::strong(dice.text(40)), Cell::text(dice.text(200))])
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
    let mut dice = Dice(0x5eed);
    for _ in 0..12 {
        let mut fields: Fields = request_fields();
        for name in [
            "authority",
            "person",
            "served_entity",
            "reference",
            "deliver_to",
        ] {
            fields = fields.with(name, dice.line().as_str());
        }
        for name in ["asks", "legal_basis"] {
            fields = fields.with(name, dice.prose().as_str());
        }
        let mut attached = order(7, "x");
        attached.name = dice.line();
        let mut classified = warrant();
        for answer in classified
            .answers
            .values_mut()
            .filter(|answer| answer.len() > 10)
        {
            *answer = dice.line().to_string();
        }
        let refused: BTreeMap<_, _> = casework::scope::Category::ALL
            .iter()
            .filter(|category| fields.has("categories", category.code()))
            .skip(1)
            .map(|category| {
                (
                    *category,
                    Refused {
                        code: ReasonCode::Vague,
                        reasons: dice.prose(),
                    },
                )
            })
            .collect();
        let granted = BTreeSet::from([casework::scope::Category::ContactInformation]);
        let mut verified = call(Finding::Confirmed);
        verified.remarks = Some(dice.prose());
        verified.contact = dice.line();
        let mut scene = Scene::at("2026-11-03T18:00:00Z");
        scene
            .does(&anna(), Step::Draft { fields })
            .does(&anna(), Step::Attach(attached))
            .does(
                &anna(),
                Step::File {
                    policy: PolicyVersion(3),
                },
            )
            .does(&anna(), Step::Classify(classified))
            .does(&bruno(), Step::Verify(verified))
            .does(&anna(), Step::Submit)
            .does(
                &mira(),
                Step::Decide(Decision::ApproveInPart {
                    granted,
                    refused,
                    remarks: Some(dice.prose()),
                    not_claiming: false,
                }),
            );
        scene.organisation = dice.line().to_string();
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
