//! Prints a folder of records to be judged: every ground, instrument, stage and script, short and
//! long, drafts and ended cases, whole and redacted, with orders enclosed, sealed and not. Registers
//! and letters, which come from the same press, are judged with them.
//!
//! `cargo run -p record --example corpus -- folder [face for Chinese, Japanese and Korean]`

mod authority;
mod lists;
mod scripts;
mod written;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use casework::dossier::Dossier;
use casework::instrument::Instrument;
use casework::order::Digest;
use record::{Enclosed, FontBook, Job};
use scenes::{Dice, Scene};
use seal::Sealer;

use authority::Stamps;

/// How a record is finished.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seal {
    None,
    /// Sealed, at baseline B-B.
    Sealed,
    /// Sealed with a timestamp, at baseline B-T, where OpenSSL is there to stamp.
    Stamped,
}

struct Corpus {
    folder: PathBuf,
    book: FontBook,
    sealer: Sealer,
    stamps: Option<Stamps>,
    count: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("into which folder?")?);
    let cjk = arguments.next();
    fs::create_dir_all(&folder)?;
    let (sealer, pem) = Sealer::make(
        "Example Conversations Ltd",
        "2026-01-01T00:00:00Z".parse()?,
        3,
    )?;
    let certificate = pem.split_inclusive("-----BEGIN CERTIFICATE").nth(1);
    let certificate = certificate.ok_or("the sealer's PEM holds a certificate")?;
    fs::write(
        folder.join("certificate.pem"),
        format!("-----BEGIN CERTIFICATE{certificate}"),
    )?;
    let mut corpus = Corpus {
        book: FontBook::load(cjk.as_deref().map(Path::new))?,
        stamps: Stamps::open(&folder.join("authority")),
        folder,
        sealer,
        count: 0,
    };
    corpus.instruments()?;
    corpus.stages()?;
    corpus.editions()?;
    corpus.law()?;
    corpus.enclosures()?;
    corpus.scripts()?;
    corpus.lengths()?;
    corpus.hostile()?;
    corpus.registers()?;
    corpus.letters()?;
    println!("{} documents", corpus.count);
    Ok(())
}

impl Corpus {
    /// A scene to be sealed: the certificate's leaf is in its ledger.
    fn named(&self, scene: &mut Scene) {
        scene.sealed_with(self.sealer.subject(), Digest(self.sealer.fingerprint()));
    }

    fn keep(&mut self, name: &str, pdf: &[u8]) -> Result<(), Box<dyn Error>> {
        self.count += 1;
        fs::write(self.folder.join(format!("{name}.pdf")), pdf)?;
        Ok(())
    }

    fn print(
        &mut self,
        name: &str,
        dossier: &Dossier,
        orders: &[Enclosed],
        seal: Seal,
    ) -> Result<(), Box<dyn Error>> {
        let sealer = (seal != Seal::None).then(|| record::Sealer {
            name: self.sealer.subject(),
            fingerprint: Digest(self.sealer.fingerprint()),
            timestamped: seal == Seal::Stamped,
        });
        let job = Job {
            dossier,
            sealer,
            orders,
        };
        let printed = record::print(&self.book, &job);
        let pdf = printed.map_err(|flaws| format!("{name}: {flaws:#?}"))?;
        let pdf = match (seal, &self.stamps) {
            (Seal::None, _) => pdf,
            (Seal::Stamped, Some(stamps)) => {
                self.sealer.seal_and_stamp(&pdf, dossier.as_of, stamps)?
            }
            (Seal::Sealed | Seal::Stamped, _) => self.sealer.seal(&pdf, dossier.as_of)?,
        };
        self.keep(name, &pdf)
    }

    fn instruments(&mut self) -> Result<(), Box<dyn Error>> {
        for (count, instrument) in (100..).zip(Instrument::ALL) {
            let mut scene = scenes::under(count, *instrument);
            self.named(&mut scene);
            let name = format!("instrument-{}", instrument.code());
            self.print(&name, &scene.dossier(), &[], Seal::Sealed)?;
        }
        Ok(())
    }

    fn stages(&mut self) -> Result<(), Box<dyn Error>> {
        for (count, stage) in (200..).zip(casework::case::Stage::ALL) {
            let scene = scenes::at(count, *stage);
            let name = format!("stage-{}", stage.code());
            self.print(&name, &scene.dossier(), &[], Seal::None)?;
        }
        Ok(())
    }

    fn editions(&mut self) -> Result<(), Box<dyn Error>> {
        for (name, mut scene) in [
            ("warrant", scenes::closed()),
            ("emergency", scenes::emergency()),
            ("reviewed", scenes::reviewed()),
            ("denied-twice", scenes::denied_twice()),
        ] {
            scene.ledger.told();
            scene.elsewhere();
            scene.ledger.witnessed(2);
            scene.ledger.changes_key(scene.now);
            self.named(&mut scene);
            let dossier = scene.dossier();
            self.print(
                &format!("edition-{name}-full"),
                &dossier,
                &[],
                Seal::Stamped,
            )?;
            let all: BTreeSet<String> = places(&dossier)?;
            let some = all.iter().step_by(3).cloned().collect();
            for (kind, mask, seal) in [
                ("redacted", some, Seal::Sealed),
                ("all-left-out", all, Seal::Sealed),
            ] {
                let dossier = dossier.redacted(&mask)?;
                self.print(&format!("edition-{name}-{kind}"), &dossier, &[], seal)?;
            }
        }
        Ok(())
    }

    /// Cases under the tables, with all that lives beside the stage: whole, and with every text or
    /// every third left out.
    fn law(&mut self) -> Result<(), Box<dyn Error>> {
        for (name, mut scene) in scenes::law(700) {
            self.named(&mut scene);
            let dossier = scene.dossier();
            self.print(&format!("law-{name}"), &dossier, &[], Seal::Sealed)?;
            let all = places(&dossier)?;
            let some = all.iter().step_by(3).cloned().collect();
            for (kind, mask) in [("redacted", some), ("all-left-out", all)] {
                let dossier = dossier.redacted(&mask)?;
                self.print(&format!("law-{name}-{kind}"), &dossier, &[], Seal::Sealed)?;
            }
        }
        Ok(())
    }

    fn enclosures(&mut self) -> Result<(), Box<dyn Error>> {
        let mut scene = Scene::numbered(400, "2026-11-02T18:00:00Z");
        let fields = scenes::request_fields();
        scene.does(&scenes::anna(), casework::case::Step::Draft { fields });
        let mut orders = Vec::new();
        for (seed, name, kind) in [
            (1, "Search warrant.pdf", "application/pdf"),
            (2, "search warrant.pdf", "application/pdf"),
            (3, "أمر المحكمة رقم ٤٧١١.pdf", "application/pdf"),
            (4, "裁判所の命令.txt", "text/plain"),
            (5, "../../etc/passwd", "not a media type"),
        ] {
            let (mut order, bytes) = scenes::paper(seed, name, name);
            order.media_type = scenes::line(kind);
            orders.push(Enclosed {
                order: order.id,
                bytes,
            });
            scene.does(&scenes::anna(), casework::case::Step::Attach(order));
        }
        self.named(&mut scene);
        let dossier = scene.dossier();
        self.print("enclosed", &dossier, &orders, Seal::Sealed)?;
        self.print("enclosed-unsealed", &dossier, &orders, Seal::None)
    }

    fn scripts(&mut self) -> Result<(), Box<dyn Error>> {
        for (count, (name, text)) in (500..).zip(scripts::SCRIPTS) {
            let mut scene = scripts::scene(count, text);
            self.named(&mut scene);
            self.print(
                &format!("script-{name}"),
                &scene.dossier(),
                &[],
                Seal::Sealed,
            )?;
        }
        Ok(())
    }

    fn lengths(&mut self) -> Result<(), Box<dyn Error>> {
        for tests in [4, 60, 700] {
            let mut scene = scenes::long(tests);
            self.named(&mut scene);
            let dossier = scene.dossier();
            self.print(&format!("long-{tests}"), &dossier, &[], Seal::Sealed)?;
        }
        Ok(())
    }

    fn hostile(&mut self) -> Result<(), Box<dyn Error>> {
        let mut dice = Dice::thrown(0x00c0_ffee);
        for count in 0..30 {
            let mut scene = scenes::hostile(600 + count, &mut dice);
            self.named(&mut scene);
            let seal = if count % 2 == 0 {
                Seal::Sealed
            } else {
                Seal::None
            };
            self.print(&format!("hostile-{count:02}"), &scene.dossier(), &[], seal)?;
        }
        Ok(())
    }
}

/// Every text of a dossier, by its place.
fn places(dossier: &Dossier) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut places = BTreeSet::new();
    for sealed in &dossier.ledger.entries {
        places.extend(
            sealed
                .open()?
                .opened
                .texts
                .into_iter()
                .map(|(place, _)| place),
        );
    }
    Ok(places)
}
