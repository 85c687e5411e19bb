//! How long a record takes to verify, and a sweep that changes every byte of one:
//! `cargo bench -p verifier`.

use std::time::{Duration, Instant};

use casework::order::Digest;
use record::{FontBook, Job};
use scenes::Scene;
use seal::Sealer;
use verifier::{Held, Verdict, verify};

fn main() {
    let book = FontBook::load(None).expect("the embedded faces load");
    let from = "2026-01-01T00:00:00Z".parse().expect("a moment");
    let (sealer, _) = Sealer::make("Example Ltd", from, 3).expect("a sealer");
    for (what, scene) in [
        ("a closed case", scenes::closed()),
        ("an emergency, as a draft", scenes::emergency()),
        ("a case of 700 call-backs", scenes::long(700)),
    ] {
        let (record, held) = issued(&book, &sealer, scene);
        let mut took: Vec<Duration> = (0..30).map(|_| judged(&record, &held)).collect();
        took.sort_unstable();
        println!(
            "{what}: {} KiB verified in {:.2?} (median of 30, longest {:.2?})",
            record.len() / 1024,
            took[took.len() / 2],
            took[took.len() - 1]
        );
    }
    let (record, held) = issued(&book, &sealer, scenes::begun());
    sweep(&record, &held);
}

/// The sealed record of a scene, and what somebody holds who knows its ledger.
fn issued(book: &FontBook, sealer: &Sealer, mut scene: Scene) -> (Vec<u8>, Held) {
    let fingerprint = Digest(sealer.fingerprint());
    scene.sealed_with(sealer.subject(), fingerprint);
    let dossier = scene.dossier();
    let job = Job {
        sealer: Some(record::Sealer {
            name: sealer.subject(),
            fingerprint,
            timestamped: false,
        }),
        ..Job::of(&dossier)
    };
    let printed = record::print(book, &job).expect("a record without flaws");
    let held = Held {
        keys: dossier.ledger.keys.clone(),
        ..Held::default()
    };
    let record = sealer.seal(&printed, dossier.as_of).expect("a seal");
    (record, held)
}

fn judged(record: &[u8], held: &Held) -> Duration {
    let started = Instant::now();
    let report = verify(record, held);
    assert_eq!(report.verdict, Verdict::Intact, "{}", report.says);
    started.elapsed()
}

/// Changes one bit of every byte, one after the other, on two threads.
fn sweep(record: &[u8], held: &Held) {
    let started = Instant::now();
    let unseen: Vec<usize> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let mut changed = record.to_vec();
                let mut unseen = Vec::new();
                for at in (half..record.len()).step_by(2) {
                    let bit = 1 << (at % 8);
                    changed[at] ^= bit;
                    if verify(&changed, held).verdict == Verdict::Intact {
                        unseen.push(at);
                    }
                    changed[at] ^= bit;
                }
                unseen
            })
        });
        let found = halves.map(|half| half.join().expect("no panic"));
        found.into_iter().flatten().collect()
    });
    println!(
        "sweep: {} bytes changed one by one in {:.0?}, {} unseen {unseen:?}",
        record.len(),
        started.elapsed(),
        unseen.len()
    );
    assert!(unseen.is_empty(), "a changed byte went unseen");
}
