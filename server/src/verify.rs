//! `disclosure-desk verify`: a record is checked with nothing but itself and what you kept.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use verifier::{Held, Report};

/// Most bytes of a record that is read.
const RECORD_MOST: u64 = 1024 * 1024 * 1024;

/// What to check, and what to hold it against.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The record, as a PDF.
    record: PathBuf,

    /// What you kept: a checkpoint, or an older record. May be given several times.
    #[arg(long)]
    checkpoint: Vec<PathBuf>,

    /// A proof from the desk's ledger page that one checkpoint continues another.
    #[arg(long)]
    consistency: Vec<PathBuf>,

    /// The ledger's key as you know it from elsewhere: name+id+base64. May be given several times.
    #[arg(long)]
    key: Vec<String>,

    /// Texts that the record leaves out and somebody showed you, as a file from the desk.
    #[arg(long)]
    opening: Vec<PathBuf>,

    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Checks the record and says what was found.
///
/// # Errors
/// Where a file cannot be read; what is wrong with the record is an answer.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let mut held = Held::default();
    for key in &options.key {
        held.read_key(key).with_context(|| key.clone())?;
    }
    for path in options.checkpoint.iter().chain(&options.consistency) {
        held.read_kept(&read(path)?)
            .with_context(|| path.display().to_string())?;
    }
    for path in &options.opening {
        held.read_unmasking(&read(path)?)
            .with_context(|| path.display().to_string())?;
    }
    let report = verifier::verify(&read(&options.record)?, &held);
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", told(&report));
    }
    Ok(ExitCode::from(report.verdict.code()))
}

fn read(path: &PathBuf) -> anyhow::Result<Vec<u8>> {
    let told = || path.display().to_string();
    let size = std::fs::metadata(path).with_context(told)?.len();
    if size > RECORD_MOST {
        anyhow::bail!("{}: {size} bytes are more than any record has", told());
    }
    std::fs::read(path).with_context(told)
}

fn told(report: &Report) -> String {
    use std::fmt::Write as _;
    let mut told = format!("{}\n", report.says);
    for check in &report.checks {
        let mark = match check.holds {
            Some(true) => "holds ",
            Some(false) => "FAILS ",
            None => "open  ",
        };
        // Writing to a string does not fail.
        let _ = writeln!(told, "  {mark} {}", check.says);
    }
    told
}
