//! How many records a second, and how long a long one takes: `cargo bench -p record`.

use std::time::Instant;

use record::{FontBook, Job};
use scenes::Scene;

fn main() {
    let started = Instant::now();
    let book = FontBook::load(None).expect("the embedded faces load");
    println!(
        "faces loaded in {:.1} ms",
        started.elapsed().as_secs_f64() * 1e3
    );
    measure(&book, "a closed case", scenes::closed(), 300);
    measure(&book, "an emergency, as a draft", scenes::emergency(), 300);
    measure(&book, "a case of 900 call-backs", scenes::long(900), 5);
}

/// The ledger grows, so that no two records are the same.
fn measure(book: &FontBook, what: &str, mut scene: Scene, times: u32) {
    let dossiers: Vec<_> = (0..=times.min(20))
        .map(|_| {
            scene.elsewhere();
            scene.dossier()
        })
        .collect();
    let print = |place: u32| {
        let dossier = &dossiers[place as usize % dossiers.len()];
        record::print(book, &Job::of(dossier)).expect("a record without flaws")
    };
    let first = Instant::now();
    let bytes = print(0).len();
    let cold = first.elapsed();
    let started = Instant::now();
    let sheets = record::set(book, &Job::of(&dossiers[0])).expect("a record without flaws");
    let setting = started.elapsed();
    let pages = sheets.pages.len();
    let started = Instant::now();
    for place in 1..=times {
        print(place);
    }
    let each = started.elapsed().as_secs_f64() / f64::from(times);
    println!(
        "{what}: {pages} pages, {} kB, first {:.1} ms, then {:.2} ms each, {:.2} of them setting, {:.0} a second",
        bytes / 1000,
        cold.as_secs_f64() * 1e3,
        each * 1e3,
        setting.as_secs_f64() * 1e3,
        1.0 / each
    );
}
