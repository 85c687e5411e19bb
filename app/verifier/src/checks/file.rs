//! The shape of the file: whether it is a record, whether its seal reaches to its end.

use crate::pdf::{self, Misread, Pdf, Seal};
use crate::report::{Findings, Verdict};
use crate::sentences::{bytes, number, sentence};

const CHECK: &str = "file";

/// A file, as far as it could be read.
pub struct Shape<'a> {
    /// What was sealed: without whatever was added afterwards.
    pub sealed: &'a [u8],
    pub pdf: Option<Pdf<'a>>,
    pub seal: Option<Seal>,
    /// The moment that the seal tells, as PDF writes one.
    pub moment: Option<Vec<u8>>,
}

/// Reads the file and tells what is wrong with its shape. `None` for what is no record at all.
pub fn shape<'a>(record: &'a [u8], findings: &mut Findings) -> Option<Shape<'a>> {
    let found = pdf::find(record);
    let sealed = match &found {
        Some(seal) if seal.end < record.len() => &record[..seal.end],
        _ => record,
    };
    if !pdf::bears_marks(record) {
        return None;
    }
    let read = Pdf::read(sealed);
    let mut shape = Shape {
        sealed,
        pdf: None,
        seal: found,
        moment: None,
    };
    if let Some(seal) = &shape.seal {
        reaches(seal, record, findings);
    }
    match read {
        Ok(pdf) => {
            match pdf::seal(&pdf) {
                Ok((seal, moment)) => {
                    shape.seal = Some(seal);
                    shape.moment = Some(moment);
                }
                Err(_) if !pdf.is_updated() => findings.fails(
                    CHECK,
                    Verdict::Altered,
                    format!(
                        "This file carries no seal: after byte {}, where what was printed ends, nothing follows. Every record is sealed when it is issued.",
                        number(pdf.printed_end() as u64)
                    ),
                ),
                Err(misread) => findings.fails(CHECK, Verdict::Altered, told(misread)),
            }
            shape.pdf = Some(pdf);
        }
        Err(misread) => findings.fails(CHECK, Verdict::Altered, told(misread)),
    }
    if !findings.found(Verdict::Altered) {
        findings.holds(
            CHECK,
            "The file is a record with one seal, which covers it from its first byte to its last and changes nothing that was printed.",
        );
    }
    Some(shape)
}

fn told(misread: Misread) -> String {
    sentence(&format!(
        "{}: {}.",
        bytes(misread.at, misread.at + 1),
        misread.says
    ))
}

fn reaches(seal: &Seal, record: &[u8], findings: &mut Findings) {
    if seal.end < record.len() {
        let added = sentence(&bytes(seal.end, record.len()));
        let were = if record.len() - seal.end == 1 {
            "was"
        } else {
            "were"
        };
        findings.fails(
            CHECK,
            Verdict::Altered,
            format!("{added} {were} added after the file was sealed."),
        );
    } else if seal.end > record.len() {
        findings.fails(
            CHECK,
            Verdict::Altered,
            format!(
                "The file was cut short: {} bytes were sealed, and {} are here.",
                number(seal.end as u64),
                number(record.len() as u64)
            ),
        );
    }
}
