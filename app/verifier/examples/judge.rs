//! Judges one record by what is given beside it.
//!
//! `cargo run -p verifier --example judge -- record.pdf [vkey] [file of checkpoints, or record]...`

use verifier::{Held, verify};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let record = std::fs::read(arguments.next().ok_or("which record?")?)?;
    let mut held = Held::default();
    for given in arguments {
        if held.read_key(&given).is_err() {
            let bytes = std::fs::read(&given)?;
            held.read_kept(&bytes)
                .or_else(|fault| held.read_unmasking(&bytes).map_err(|_| fault))?;
        }
    }
    let started = std::time::Instant::now();
    let report = verify(&record, &held);
    let took = started.elapsed();
    println!("{}", serde_json::to_string_pretty(&report)?);
    eprintln!("{took:?}");
    std::process::exit(report.verdict.code().into());
}
