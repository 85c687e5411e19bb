//! The seal's signature and timestamp, and where a file was changed if it does not hold.

use sha2::{Digest as _, Sha256};

use crate::checks::file::Shape;
use crate::cms::{self, Fault, Signed};
use crate::pdf::{Damaged, damaged};
use crate::report::{Findings, Verdict};
use crate::sentences::{bytes, hex};

/// Most bytes that are unpacked to look for damage.
const UNPACKED_MOST: u64 = 512 * 1024 * 1024;

/// Checks the signature over what it covers.
pub fn check(shape: &Shape<'_>, findings: &mut Findings) -> Option<Signed> {
    let Some(seal) = &shape.seal else {
        findings.fails("seal", Verdict::Altered, "There is no seal to check.");
        return None;
    };
    let Some(contents) = seal.contents(shape.sealed) else {
        findings.fails(
            "seal",
            Verdict::Altered,
            "The seal is damaged: its digits are not written as a seal writes them.",
        );
        return None;
    };
    match cms::check(&contents, seal.covered(shape.sealed)) {
        Ok(signed) => {
            let by = &signed.by;
            if findings.found(Verdict::Altered) {
                findings.holds(
                    "seal",
                    format!("The seal of {by} holds over the bytes it covers."),
                );
            } else {
                findings.holds(
                    "seal",
                    format!(
                        "The seal holds: not one byte of this file changed since {by} sealed it."
                    ),
                );
            }
            stamp(&signed, findings);
            Some(signed)
        }
        Err((Fault::Digest, by)) => {
            let by = by.unwrap_or_else(|| "its signer".into());
            findings.fails(
                "seal",
                Verdict::Altered,
                format!("The seal does not hold: bytes of this file changed since {by} sealed it."),
            );
            None
        }
        Err((Fault::Signature, _)) => {
            findings.fails(
                "seal",
                Verdict::Altered,
                "The seal does not hold: its signature does not fit the key of its certificate, so the seal itself was changed.",
            );
            None
        }
        Err((fault @ Fault::Stamp(_), _)) => {
            findings.fails(
                "timestamp",
                Verdict::Altered,
                format!("The seal itself was changed: {fault}."),
            );
            None
        }
        Err((Fault::Malformed(says), _)) => {
            findings.fails(
                "seal",
                Verdict::Altered,
                format!("The seal itself was changed: {says}."),
            );
            None
        }
    }
}

fn stamp(signed: &Signed, findings: &mut Findings) {
    match &signed.stamp {
        Some(stamp) => findings.holds(
            "timestamp",
            format!(
                "{} saw this seal at {}; the certificate it says so with has SHA-256 {}.",
                stamp.by,
                stamp.at,
                hex(&stamp.certificate)
            ),
        ),
        None => findings.silent(
            "timestamp",
            "No timestamp authority saw this seal; when it was made is told by the desk alone.",
        ),
    }
}

/// Tells where a file was changed whose seal does not hold, as exactly as can be known.
pub fn place(shape: &Shape<'_>, data_holds: bool, findings: &mut Findings) {
    if is_untouched_around_the_seal(shape) {
        findings.silent(
            "where",
            "Everything around the seal is as it was sealed: what was changed is the seal itself.",
        );
        return;
    }
    let parts = shape
        .pdf
        .as_ref()
        .map(|pdf| damaged(pdf, UNPACKED_MOST))
        .unwrap_or_default();
    for Damaged { part, from, until } in &parts {
        findings.fails(
            "where",
            Verdict::Altered,
            format!(
                "Something was changed in {part} ({}): it no longer fits its own check sum.",
                bytes(*from, *until)
            ),
        );
    }
    if data_holds {
        findings.holds(
            "where",
            "The data inside (case.json) still proves itself against the ledger: what was changed stands in the pages, or around them, and not in the data.",
        );
    }
}

/// Whether a damaged seal still names the digest of what it covers.
fn is_untouched_around_the_seal(shape: &Shape<'_>) -> bool {
    let Some(seal) = &shape.seal else {
        return false;
    };
    let mut digest = Sha256::new();
    seal.covered(shape.sealed)
        .iter()
        .for_each(|bytes| digest.update(bytes));
    let digits = hex(&digest.finalize());
    shape
        .sealed
        .get(seal.digits.clone())
        .is_some_and(|contents| memchr::memmem::find(contents, digits.as_bytes()).is_some())
}
