//! A small desk: it lives cases through, prints and seals their records.

use std::sync::LazyLock;

use casework::dossier::Dossier;
use casework::ledger::VerifyingKey;
use casework::order::Digest;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use record::{Enclosed, FontBook, Job};
use scenes::Scene;
use seal::Sealer;
use verifier::{Check, Held, Report, Verdict, verify};

static BOOK: LazyLock<FontBook> = LazyLock::new(|| FontBook::load(None).unwrap());
pub static SEALER: LazyLock<Sealer> = LazyLock::new(sealer);

/// Another seal than the desk's.
pub fn sealer() -> Sealer {
    let from = "2026-01-01T00:00:00Z".parse().unwrap();
    Sealer::make("Example Conversations Ltd", from, 10)
        .unwrap()
        .0
}

/// The desk's ledger names its seal, and the case is at its end.
pub fn closed() -> Scene {
    named(scenes::closed())
}

pub fn named(mut scene: Scene) -> Scene {
    let sha256 = Digest(SEALER.fingerprint());
    scene.sealed_with(SEALER.subject(), sha256);
    scene
}

/// What was printed, not sealed yet.
pub fn printed(dossier: &Dossier, orders: &[Enclosed]) -> Vec<u8> {
    let sealer = record::Sealer {
        name: SEALER.subject(),
        fingerprint: Digest(SEALER.fingerprint()),
        timestamped: false,
    };
    let job = Job {
        dossier,
        sealer: Some(sealer),
        orders,
    };
    record::print(&BOOK, &job).unwrap_or_else(|flaws| panic!("{flaws:?}"))
}

/// The record of a dossier, sealed.
pub fn record(dossier: &Dossier) -> Vec<u8> {
    sealed(&printed(dossier, &[]), dossier)
}

pub fn sealed(printed: &[u8], dossier: &Dossier) -> Vec<u8> {
    SEALER.seal(printed, dossier.as_of).unwrap()
}

/// The record of a dossier whose data was changed before the desk's own seal was put on it: what
/// somebody can do who holds the key of the seal, but not the ledger's.
pub fn forged(dossier: &Dossier, change: impl Fn(&str) -> String) -> Vec<u8> {
    let change = |old: &[u8]| change(std::str::from_utf8(old).unwrap()).into_bytes();
    sealed(&with_file(&printed(dossier, &[]), "json", change), dossier)
}

/// Changes the one attached file of a media type in a printed record, tables and lengths mended.
pub fn with_file(pdf: &[u8], kind: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let find = |wanted: &[u8], from: usize| {
        let found = pdf[from..]
            .windows(wanted.len())
            .position(|one| one == wanted);
        found.unwrap() + from
    };
    let name = find(format!("/Subtype /application#2F{kind}").as_bytes(), 0);
    let object = pdf[..name]
        .windows(5)
        .rposition(|one| one == b" obj\n")
        .unwrap()
        + 5;
    let start = find(b"\nstream\n", name) + 8;
    let end = find(b"\nendstream", start);
    let old = decompress_to_vec_zlib(&pdf[start..end]).unwrap();
    let new = change(&old);
    assert_ne!(new, old, "nothing was changed");
    let packed = compress_to_vec_zlib(&new, 6);
    let head = String::from_utf8(pdf[object..start].to_vec()).unwrap();
    let head = head
        .replace(
            &format!("/Length {}", end - start),
            &format!("/Length {}", packed.len()),
        )
        .replace(
            &format!("/Size {}", old.len()),
            &format!("/Size {}", new.len()),
        );
    let mut out = [&pdf[..object], head.as_bytes(), &packed].concat();
    let shift = |at: usize| {
        if at > object {
            at + head.len() + packed.len() - (end - object)
        } else {
            at
        }
    };
    let table = pdf
        .windows(10)
        .rposition(|one| one == b"startxref\n")
        .unwrap()
        + 10;
    let table_at: usize = std::str::from_utf8(&pdf[table..])
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    out.extend_from_slice(&pdf[end..table_at]);
    let trailer = find(b"trailer\n", table_at);
    let lines = String::from_utf8(pdf[table_at..trailer].to_vec()).unwrap();
    for line in lines.split_inclusive('\n') {
        match line.strip_suffix(" 00000 n\r\n") {
            Some(offset) => {
                let at = shift(offset.parse().unwrap());
                out.extend_from_slice(format!("{at:010} 00000 n\r\n").as_bytes());
            }
            None => out.extend_from_slice(line.as_bytes()),
        }
    }
    out.extend_from_slice(&pdf[trailer..table]);
    out.extend_from_slice(format!("{}\n%%EOF", shift(table_at)).as_bytes());
    out
}

/// Somebody who holds the ledger's key.
pub fn holding(dossier: &Dossier) -> Held {
    Held {
        keys: dossier.ledger.keys.clone(),
        ..Held::default()
    }
}

pub fn with_key(key: &VerifyingKey) -> Held {
    Held {
        keys: vec![key.clone()],
        ..Held::default()
    }
}

/// Judges, and asks that the verdict is this one; answers everything that was said.
#[track_caller]
pub fn judged(record: &[u8], held: &Held, verdict: Verdict) -> Report {
    let report = verify(record, held);
    assert_eq!(report.verdict, verdict, "{}", told(&report));
    report
}

/// Asks that a check says this, whatever it holds.
#[track_caller]
pub fn says(report: &Report, check: &str, words: &str) {
    let found = report
        .checks
        .iter()
        .any(|one| one.check == check && one.says.contains(words));
    assert!(
        found,
        "{check} does not say \u{201c}{words}\u{201d}:\n{}",
        told(report)
    );
}

fn told(report: &Report) -> String {
    let line = |check: &Check| format!("{} {:?} {}\n", check.check, check.holds, check.says);
    let checks: String = report.checks.iter().map(line).collect();
    format!("{}\n{checks}", report.says)
}
