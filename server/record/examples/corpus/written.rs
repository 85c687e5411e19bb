//! Letters for the corpus: each kind in each language the desk is delivered with, a long one, some
//! that run from right to left, and some full of strangers' text.

use std::error::Error;

use casework::case::Stage;
use casework::letter::LetterKind;
use casework::template::{Language, Template};
use casework::words::{Line, Prose};
use letters::About;
use record::letter::{Letter, Sent};
use scenes::{Dice, Scene, anna, policy};

use crate::Corpus;

const ZONE: &str = "Europe/Vienna";

/// Languages that run from right to left, each with a text of its own: the first line is the subject.
const LEFTWARDS: [(&str, &str, &str); 2] = [
    (
        "ar",
        "الرقيب هيلينا مارش\nشرطة نورثغيت\nوحدة التحقيقات الإلكترونية\nالولايات المتحدة",
        include_str!("written/ar.txt"),
    ),
    (
        "he",
        "רב־סמל הלנה מארש\nמשטרת נורת׳גייט\nיחידת חקירות הסייבר\nארצות הברית",
        include_str!("written/he.txt"),
    ),
];

/// What strangers write who want a page to say something else, or nothing.
const HOSTILE: &str = "Dear \u{202e}reganam\u{202c},\n\n\u{200b}\u{feff}a\u{0}b\u{7}c\u{1b}[31m \u{2066}(\u{2069})\
    \u{2028}\u{2029}\u{85}\n\n- \n- •\n- \u{202b}שלום (1/2)\u{202c} and 50%\n-  - twice\n\n## \n\n## ## ##\n\n\
    @manifest | | \n@sign \u{200f}\n@sign @sign @sign\n@nothing\n\n👩\u{200d}👩\u{200d}👧 🇺🇳 e\u{301}\u{300}\u{316} \
    \u{e000}\u{10ffff} %PDF-1.7 endobj (\\) <</S /JavaScript>> {{ number }} {% if %}";

impl Corpus {
    pub fn letters(&mut self) -> Result<(), Box<dyn Error>> {
        for (count, kind) in (800..).zip(LetterKind::ALL) {
            let scene = calling_for(*kind, count);
            for language in Language::delivered() {
                let template = letters::delivered_for(*kind, &language);
                let template = template.ok_or("each kind is delivered in each language")?;
                let name = format!("letter-{}-{language}", kind.code());
                self.write(&name, &scene, &template, None)?;
            }
        }
        let refused = letters::delivered_for(LetterKind::Refusal, &Language::parse("en")?);
        let refused = refused.ok_or("a refusal is delivered in English")?;
        self.write("letter-foreign", &scenes::foreign(820), &refused, None)?;
        for (tag, to, text) in LEFTWARDS {
            let (subject, body) = text.split_once('\n').ok_or("a subject and a body")?;
            let template = Template {
                kind: LetterKind::Production,
                language: Language::parse(tag)?,
                version: 1,
                subject: Line::parse(subject)?,
                body: Prose::parse(body)?,
            };
            let name = format!("letter-leftwards-{tag}");
            self.write(&name, &scenes::closed(), &template, Some(to))?;
        }
        self.long_letter()?;
        self.hostile_letters()
    }

    /// A template filled with a case and set, as the office does it.
    fn write(
        &mut self,
        name: &str,
        scene: &Scene,
        template: &Template,
        to: Option<&str>,
    ) -> Result<(), Box<dyn Error>> {
        let about = About {
            case: &scene.case,
            organisation: &scene.organisation,
            policy: Some(&policy()),
            member: &anna(),
            now: scene.now,
            zone: ZONE,
        };
        let filled = letters::fill(template, &about).map_err(|faults| format!("{faults:?}"))?;
        let tag = template.language.as_str();
        let sent = scene.case.disclosures().iter().map(|one| Sent {
            what: one.what.what.to_string(),
            day: letters::day(tag, one.what.sent.date()),
            sha256: one.what.sha256,
        });
        let sent: Vec<Sent> = sent.collect();
        self.post(
            name,
            &Letter {
                organisation: &scene.organisation,
                to: to.unwrap_or(&address(scene, template.kind)),
                day: &letters::day(tag, about.today()),
                subject: &filled.subject,
                text: &filled.body,
                language: tag,
                number: &scene.case.number().to_string(),
                written: scene.now,
                sent: &sent,
            },
        )
    }

    fn post(&mut self, name: &str, letter: &Letter<'_>) -> Result<(), Box<dyn Error>> {
        let printed = record::letter::print(&self.book, letter);
        let pdf = printed.map_err(|flaws| format!("{name}: {flaws:#?}"))?;
        self.keep(name, &pdf)
    }

    /// Paragraphs, lists and a table that each run over several pages.
    fn long_letter(&mut self) -> Result<(), Box<dyn Error>> {
        let scene = scenes::closed();
        let reason = "The order covers the account's communications with third parties, and what was \
                      written to us after the twelfth of September does not fall under it.";
        let questions = (1..=60).map(|place| format!("- Question {place}: {reason}"));
        let parts = (1..=6).map(|part| {
            let paragraphs = (1..=4).map(|length| [reason; 4][..length].join(" "));
            let paragraphs: Vec<_> = paragraphs.collect();
            format!(
                "## Part {part}: how we read the order\n\n{}",
                paragraphs.join("\n\n")
            )
        });
        let text = [
            "Dear Helena Marsh,",
            "We answer each of your questions in its turn:",
            &questions.collect::<Vec<_>>().join("\n"),
            &parts.collect::<Vec<_>>().join("\n\n"),
            "## What was sent\n@manifest What was sent | Day | SHA-256 of its bytes",
            "## Certification\nI certify this to the best of my knowledge.",
            "@sign Name and office\n@sign Place and date\n@sign Signature",
            "Sincerely,",
            "Anna Lindqvist\nExample Conversations Ltd",
        ]
        .join("\n\n");
        let sent: Vec<Sent> = (1..=90)
            .map(|place| Sent {
                what: format!("Part {place} of the export, encrypted to the key of the requester"),
                day: "4 November 2026".into(),
                sha256: (place % 7 != 0).then(|| scenes::digest(place)),
            })
            .collect();
        self.post(
            "letter-long",
            &Letter {
                organisation: &scene.organisation,
                to: &address(&scene, LetterKind::Production),
                day: "4 November 2026",
                subject: "Our answer to your questions (our reference DD-2026-00042)",
                text: &text,
                language: "en",
                number: "DD-2026-00042",
                written: scene.now,
                sent: &sent,
            },
        )
    }

    fn hostile_letters(&mut self) -> Result<(), Box<dyn Error>> {
        let mut dice = Dice::thrown(0x1e77_e125);
        let written = Scene::at("2026-11-02T18:00:00Z").now;
        let words = "Donaudampfschifffahrtsgesellschaftskapitänswitwe".repeat(4);
        let thrown: Vec<_> = (0..6)
            .map(|_| (dice.line().to_string(), dice.text(160), dice.text(3_000)))
            .collect();
        let sent = [Sent {
            what: format!("{words}\u{202e}\u{0}\n{HOSTILE}"),
            day: words.clone(),
            sha256: None,
        }];
        let planned = [
            ("controls", "\u{202e}Ltd", HOSTILE, HOSTILE),
            ("words", &*words, &*words, &*words),
        ];
        let planned = planned.map(|(name, line, to, text)| (name.to_owned(), line, to, text));
        let thrown = thrown.iter().enumerate();
        let thrown = thrown.map(|(place, (line, to, text))| {
            (place.to_string(), line.as_str(), to.as_str(), text.as_str())
        });
        for (name, line, to, text) in planned.into_iter().chain(thrown) {
            let text = format!("{text}\n\n@manifest {line}\n\n- {line}\n\n## {line}\n\n{text}");
            self.post(
                &format!("letter-hostile-{name}"),
                &Letter {
                    organisation: line,
                    to,
                    day: line,
                    subject: line,
                    text: &text,
                    language: "en",
                    number: "DD-2026-00042",
                    written,
                    sent: &sent,
                },
            )?;
        }
        Ok(())
    }
}

/// A case that calls for a letter of this kind.
fn calling_for(kind: LetterKind, count: u32) -> Scene {
    match kind {
        LetterKind::Acknowledgement => scenes::at(count, Stage::Filed),
        LetterKind::Information => scenes::at(count, Stage::Returned),
        LetterKind::Narrowing => scenes::narrowed(count),
        LetterKind::Refusal | LetterKind::Production => scenes::closed(),
        LetterKind::Notice => scenes::overruled(count),
        LetterKind::Preservation => scenes::kept(count),
    }
}

/// To whom it goes, as the office begins an address.
fn address(scene: &Scene, kind: LetterKind) -> String {
    let Some(request) = scene.case.request().filter(|_| kind != LetterKind::Notice) else {
        return "J. Doe\nj.doe@mail.example".into();
    };
    let requester = &request.requester;
    let lines = [
        Some(&requester.person),
        requester.title.as_ref(),
        Some(&requester.authority),
        requester.unit.as_ref(),
        Some(&requester.country),
    ];
    let lines: Vec<&str> = lines.into_iter().flatten().map(Line::as_str).collect();
    lines.join("\n")
}
