//! Text from strangers, and a case full of it.

use std::collections::{BTreeMap, BTreeSet};

use casework::case::Step;
use casework::decision::{Decision, Refused};
use casework::policy::PolicyVersion;
use casework::reason::ReasonCode;
use casework::scope::Category;
use casework::verification::Finding;
use casework::words::{Line, Prose};

use crate::{Scene, anna, bruno, call, line, mira, order, prose, request_fields, warrant};

/// Numbers that look random and are the same each time (xorshift).
pub struct Dice(u64);

impl Dice {
    /// The same seed gives the same texts; it must not be 0.
    pub fn thrown(seed: u64) -> Self {
        Self(seed)
    }

    /// A number less than `most`.
    pub fn below(&mut self, most: u32) -> u32 {
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

    /// Up to that many characters.
    pub fn text(&mut self, most: u32) -> String {
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

    pub fn line(&mut self) -> Line {
        let raw: String = self.text(180).chars().filter(|c| !c.is_control()).collect();
        Line::parse(&raw).unwrap_or_else(|_| line("–"))
    }

    pub fn prose(&mut self) -> Prose {
        let printable = |c: &char| !c.is_control() || *c == '\n';
        let raw: String = self.text(600).chars().filter(printable).collect();
        Prose::parse(&raw).unwrap_or_else(|_| prose("–"))
    }
}

/// A case decided in part, each text of which is the dice's.
pub fn hostile(count: u32, dice: &mut Dice) -> Scene {
    let mut fields = request_fields();
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
    let refused: BTreeMap<_, _> = Category::ALL
        .iter()
        .filter(|category| fields.has("categories", category.code()))
        .skip(1)
        .map(|category| {
            (
                *category,
                Refused {
                    code: ReasonCode::VAGUE,
                    word: None,
                    reasons: dice.prose(),
                },
            )
        })
        .collect();
    let granted = BTreeSet::from([Category::ContactInformation]);
    let mut verified = call(Finding::Confirmed);
    verified.remarks = Some(dice.prose());
    verified.contact = dice.line();
    let mut scene = Scene::numbered(count, "2026-11-03T18:00:00Z");
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
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            Step::Decide(Decision::ApproveInPart {
                granted,
                refused,
                remarks: Some(dice.prose()),
                not_claiming: false,
                span: None,
            }),
        );
    scene.organisation = dice.line().to_string();
    scene
}
