//! How many records a second, unsealed and sealed, how long a long one takes, what a register takes,
//! and, where they are installed, what others take for the same content: `cargo bench -p record`.

mod content;

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use casework::order::Digest;
use record::{Dossier, FontBook, Job, RegisterHead, RegisterRow};
use scenes::Scene;
use seal::Sealer;

fn main() {
    let started = Instant::now();
    let book = FontBook::load(None).expect("the embedded faces load");
    println!("faces loaded in {:.1} ms", milliseconds(started));
    let from = "2026-01-01T00:00:00Z".parse().expect("a moment");
    let (sealer, _) = Sealer::make("Example Ltd", from, 3).expect("a sealer");
    let bench = Bench { book, sealer };
    bench.register(1_000);
    bench.register(10_000);
    let own = bench.records("a closed case", scenes::closed(), 300);
    bench.records("an emergency, as a draft", scenes::emergency(), 300);
    bench.records("a case of 700 call-backs", scenes::long(700), 3);
    bench.others(own);
}

struct Bench {
    book: FontBook,
    sealer: Sealer,
}

impl Bench {
    fn print(&self, dossier: &Dossier) -> Vec<u8> {
        let sealer = record::Sealer {
            name: self.sealer.subject(),
            fingerprint: Digest(self.sealer.fingerprint()),
            timestamped: false,
        };
        let job = Job {
            sealer: Some(sealer),
            ..Job::of(dossier)
        };
        record::print(&self.book, &job).expect("a record without flaws")
    }

    /// Milliseconds of an unsealed record. The ledger grows, so that no two are the same.
    fn records(&self, what: &str, mut scene: Scene, times: u32) -> f64 {
        let dossiers: Vec<Dossier> = (0..=times.min(20))
            .map(|_| {
                scene.elsewhere();
                scene.dossier()
            })
            .collect();
        let nth = |place: u32| &dossiers[place as usize % dossiers.len()];
        let started = Instant::now();
        let bytes = self.print(nth(0)).len();
        let cold = milliseconds(started);
        let sheets = record::set(&self.book, &Job::of(nth(0))).expect("a record without flaws");
        let each = |sealed: bool| {
            let started = Instant::now();
            for place in 1..=times {
                let pdf = self.print(nth(place));
                if sealed {
                    self.sealer.seal(&pdf, nth(place).as_of).expect("a seal");
                }
            }
            milliseconds(started) / f64::from(times)
        };
        let (unsealed, sealed) = (each(false), each(true));
        println!(
            "{what}: {} pages, {} kB; first {cold:.1} ms, then {unsealed:.2} ms ({:.0} a second), sealed \
             {sealed:.2} ms ({:.0} a second)",
            sheets.pages.len(),
            bytes / 1000,
            1e3 / unsealed,
            1e3 / sealed,
        );
        unsealed
    }

    fn register(&self, cases: usize) {
        let scene = scenes::closed();
        let note = scene.ledger.checkpoint();
        let head = RegisterHead {
            organisation: "Example Conversations Ltd",
            selection: "All cases.",
            as_of: scene.now,
            checkpoint: note.checkpoint(),
        };
        let row = RegisterRow::of(&scene.case);
        let rows = (1..).take(cases).map(|count| {
            let mut row = row.clone();
            row.number.count = count;
            row
        });
        let before = resident();
        let started = Instant::now();
        let told = record::register(&self.book, rows, &head, &mut io::sink()).expect("a register");
        println!(
            "a register of {cases} cases: {} pages, {} kB, {:.0} ms, {} kB more memory",
            told.pages,
            told.bytes / 1000,
            milliseconds(started),
            resident().saturating_sub(before),
        );
    }

    /// The same headings, paragraphs and tables by others, as many times as ours takes.
    fn others(&self, own: f64) {
        let dossier = scenes::closed().dossier();
        let sheets = record::set(&self.book, &Job::of(&dossier)).expect("a record without flaws");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let told = folder.join("content.json");
        std::fs::write(&told, content::of(&sheets)).expect("a file");
        for name in ["reportlab", "typst", "weasyprint"] {
            let script = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("benches/others")
                .join(format!("{name}.py"));
            let ran = Command::new("python3")
                .arg(script)
                .arg(&told)
                .arg(folder)
                .output();
            let each = ran.ok().filter(|ran| ran.status.success()).and_then(|ran| {
                String::from_utf8(ran.stdout)
                    .ok()?
                    .trim()
                    .parse::<f64>()
                    .ok()
            });
            match each {
                Some(each) => println!(
                    "{name}: {each:.1} ms for the same content, {:.1} times ours",
                    each / own
                ),
                None => println!("{name}: not installed"),
            }
        }
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// The most memory this process ever held, in kB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}
