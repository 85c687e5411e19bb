//! What can still be told of a file whose seal does not hold: which of its packed parts no longer
//! fit their own check sums, and where the data may lie if nothing points at it any more.

use super::Pdf;
use super::attached::{self, JSON};
use super::inflate::{Unpacked, unpack, unpack_into};
use super::seal::position;
use super::value::Dict;

/// A packed part that does not fit its own check sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// What it is: "the drawing of page 3".
    pub part: String,
    pub from: usize,
    pub until: usize,
}

/// Every damaged part; at most `most` bytes are unpacked over all.
pub fn damaged(pdf: &Pdf<'_>, most: u64) -> Vec<Damaged> {
    let pages = pdf.pages().unwrap_or_default();
    let files = attached::attached(pdf).unwrap_or_default();
    let mut left = most;
    let mut found = Vec::new();
    for object in pdf.printed.objects.values() {
        let (Some(stream), Some(dict)) = (object.stream, object.dict()) else {
            continue;
        };
        if dict.name("Filter") != Some(b"FlateDecode") {
            continue;
        }
        match unpack(stream, left, |_| {}) {
            Unpacked::Whole(size) => left = left.saturating_sub(size),
            Unpacked::TooLarge => return found,
            Unpacked::Damaged => {
                let page = pages
                    .iter()
                    .position(|(_, page)| page.reference("Contents") == Some(object.number));
                let file = files.iter().find(|file| file.object == object.number);
                found.push(Damaged {
                    part: match (page, file) {
                        (Some(page), _) => format!("the drawing of page {}", page + 1),
                        (_, Some(file)) => {
                            format!("the attached file \u{201c}{}\u{201d}", file.name)
                        }
                        _ => kind(dict).to_owned(),
                    },
                    from: object.at.start,
                    until: object.at.end,
                });
            }
        }
    }
    found
}

fn kind(dict: &Dict<'_>) -> &'static str {
    if dict.get("Length1").is_some() || dict.name("Subtype") == Some(b"CIDFontType0C") {
        "a typeface"
    } else if dict.get("N").is_some() {
        "the table of colours"
    } else {
        "a packed part"
    }
}

/// The data of a file that cannot be read as a record, where it can be found by looking for it.
pub fn salvage(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut from = 0;
    while let Some(found) = position(bytes.get(from..)?, JSON) {
        from += found + JSON.len();
        let rest = bytes.get(from..)?;
        let start = position(rest, b"\nstream\n")? + b"\nstream\n".len();
        let end = position(rest.get(start..)?, b"\nendstream")?;
        if let Ok(data) = unpack_into(rest.get(start..start + end)?, most) {
            return Some(data);
        }
    }
    None
}

/// Whether bytes that cannot be read as a record bear marks that only records bear.
pub fn bears_marks(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [
        b"(case.json)",
        JSON,
        b"<xmp:CreatorTool>Disclosure Desk</xmp:CreatorTool>",
    ];
    marks.iter().any(|mark| position(bytes, mark).is_some())
}
