//! The data inside a record: `case.json`, read strictly.

use jiff::Timestamp;
use serde::Deserialize;

use casework::dossier::Dossier;

use crate::checks::file::Shape;
use crate::pdf::{self, Misread, Pdf, Unpacked, unpack_into};
use crate::report::{Findings, Verdict};
use crate::sentences::{bytes, count, number, sentence};

/// Most bytes of `case.json`.
const MOST: u64 = 64 * 1024 * 1024;
const CHECK: &str = "data";

/// Why there is no data to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoData {
    Missing,
    Misread(Misread),
    Damaged,
    TooLarge,
    /// Another format than this one.
    Format(String),
    NotData(String),
    /// From this byte on it is spelled otherwise than the desk spells it.
    Spelled(usize),
}

impl NoData {
    fn says(&self) -> String {
        match self {
            Self::Missing => "case.json is missing: the record carries no data.".into(),
            Self::Misread(misread) => sentence(&format!(
                "{}: {}.",
                bytes(misread.at, misread.at + 1),
                misread.says
            )),
            Self::Damaged => {
                "case.json is damaged: its bytes no longer fit their own check sum.".into()
            }
            Self::TooLarge => format!("case.json is larger than {} bytes.", number(MOST)),
            Self::Format(format) => format!(
                "The data is of the format \u{201c}{format}\u{201d}, which this verifier does not read."
            ),
            Self::NotData(fault) => format!("case.json is not the data of a record: {fault}."),
            Self::Spelled(at) => format!(
                "case.json is spelled otherwise than the desk spells it, from its byte {} on.",
                number(*at as u64 + 1)
            ),
        }
    }
}

/// The bytes of `case.json`.
pub fn of(pdf: &Pdf<'_>) -> Result<Vec<u8>, NoData> {
    let files = pdf::attached(pdf).map_err(NoData::Misread)?;
    let mut cases = files.iter().filter(|file| file.is_source);
    let (Some(file), None) = (cases.next().filter(|file| file.is_case()), cases.next()) else {
        return Err(NoData::Missing);
    };
    match unpack_into(file.packed, MOST) {
        Ok(json) if json.len() as u64 == file.size => Ok(json),
        Ok(_) | Err(Unpacked::Damaged | Unpacked::Whole(_)) => Err(NoData::Damaged),
        Err(Unpacked::TooLarge) => Err(NoData::TooLarge),
    }
}

/// Reads `case.json`. It has to write itself back byte for byte, so that nothing in it is passed
/// over: no unknown field, no field told twice, no number spelled otherwise.
pub fn read(json: &[u8]) -> Result<Dossier, NoData> {
    #[derive(Deserialize)]
    struct Headed {
        format: String,
    }
    let dossier: Dossier = match serde_json::from_slice(json) {
        Ok(dossier) => dossier,
        Err(fault) => {
            return Err(match serde_json::from_slice::<Headed>(json) {
                Ok(Headed { format }) if format != "disclosure-desk/record/v2" => {
                    NoData::Format(format.chars().take(80).collect())
                }
                _ => NoData::NotData(fault.to_string()),
            });
        }
    };
    let back = dossier
        .json()
        .map_err(|fault| NoData::NotData(fault.to_string()))?;
    if back == json {
        return Ok(dossier);
    }
    let same = back
        .iter()
        .zip(json)
        .take_while(|(one, other)| one == other);
    Err(NoData::Spelled(same.count()))
}

/// Finds and reads the data, wherever it can still be found.
pub fn check(shape: &Shape<'_>, findings: &mut Findings) -> Option<Dossier> {
    let json = match shape.pdf.as_ref().map(of) {
        Some(found) => found,
        None => pdf::salvage(shape.sealed, MOST).ok_or(NoData::Missing),
    };
    let dossier = json.and_then(|json| read(&json));
    match dossier {
        Ok(dossier) => {
            let entries = dossier.ledger.entries.len();
            findings.holds(
                CHECK,
                format!(
                    "The data of the pages (case.json) can be read: case {}, {}.",
                    dossier.case.number(),
                    count(entries, "entry of the ledger", "entries of the ledger")
                ),
            );
            moment(shape, dossier.as_of, findings);
            Some(dossier)
        }
        // What was never sealed was made before records carried their proof.
        Err(no @ NoData::Format(_))
            if shape.seal.is_none() || !findings.found(Verdict::Altered) =>
        {
            findings.fails(CHECK, Verdict::Unreadable, no.says());
            None
        }
        Err(no) => {
            findings.fails(CHECK, Verdict::Altered, no.says());
            None
        }
    }
}

/// The seal tells the moment that the data tells, and no other.
fn moment(shape: &Shape<'_>, as_of: Timestamp, findings: &mut Findings) {
    let Some(moment) = &shape.moment else { return };
    let expected = as_of.strftime("D:%Y%m%d%H%M%S").to_string();
    let zone = moment.strip_prefix(expected.as_bytes());
    if !matches!(zone, Some(b"Z" | b"+00'00'" | b"+00'00" | b"Z00'00'")) {
        findings.fails(
            CHECK,
            Verdict::Altered,
            format!("The seal tells another moment than the data, which is as of {as_of}."),
        );
    }
}
