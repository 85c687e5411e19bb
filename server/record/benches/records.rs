//! How many records a second, and how long a long one takes: `cargo bench -p record`.

#[path = "../tests/record/scene.rs"]
mod scene;

use std::time::Instant;

use record::{Dossier, FontBook};

fn main() {
    let started = Instant::now();
    let book = FontBook::load(None).expect("the embedded faces load");
    println!(
        "faces loaded in {:.1} ms",
        started.elapsed().as_secs_f64() * 1e3
    );
    measure(&book, "a closed case", &scene::closed().dossier(), 300);
    measure(
        &book,
        "an emergency, as a draft",
        &scene::emergency().dossier(),
        300,
    );
    measure(
        &book,
        "a case of 900 call-backs",
        &scene::long(900).dossier(),
        5,
    );
}

/// The timeline grows with the case's number, so that no two records are the same.
fn measure(book: &FontBook, what: &str, dossier: &Dossier, times: u64) {
    let print = |size| {
        let mut dossier = dossier.clone();
        dossier.checkpoint.size = size;
        record::print(book, &dossier).expect("a record without flaws")
    };
    let first = Instant::now();
    let bytes = print(0).len();
    let cold = first.elapsed();
    let started = Instant::now();
    let sheets = record::set(book, dossier).expect("a record without flaws");
    let setting = started.elapsed();
    let pages = sheets.pages.len();
    let started = Instant::now();
    for size in 1..=times {
        print(size);
    }
    let each = started.elapsed().as_secs_f64() / f64::from(u32::try_from(times).unwrap_or(1));
    println!(
        "{what}: {pages} pages, {} kB, first {:.1} ms, then {:.2} ms each, {:.2} of them setting, {:.0} a second",
        bytes / 1000,
        cold.as_secs_f64() * 1e3,
        each * 1e3,
        setting.as_secs_f64() * 1e3,
        1.0 / each
    );
}
