//! The files inside the file: `case.json`, and orders where they were asked for.

use super::object::Object;
use super::value::{Dict, Value};
use super::{Misread, Pdf};

/// The name of the data inside every record.
pub const CASE: &[u8] = b"case.json";
/// Its media type as a PDF name.
pub const JSON: &[u8] = b"application#2Fjson";

/// A file inside the file, still packed.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached<'a> {
    pub name: String,
    /// The data the pages are made from; else a supplement.
    pub is_source: bool,
    pub packed: &'a [u8],
    /// The size that is told.
    pub size: u64,
    /// The number of the object it lies in.
    pub object: u32,
}

impl Attached<'_> {
    /// Whether this is the data the pages are made from.
    pub fn is_case(&self) -> bool {
        self.is_source && self.name.as_bytes() == CASE
    }
}

/// Every attached file. The catalog tells each twice, by name and as associated file, and both
/// lists have to agree.
pub fn attached<'a>(pdf: &Pdf<'a>) -> Result<Vec<Attached<'a>>, Misread> {
    let (_, catalog) = pdf.catalog()?;
    let fault = |says| Misread {
        at: pdf.printed.trailer_at,
        says,
    };
    let names = catalog
        .dict("Names")
        .filter(|names| names.holds_only(&["EmbeddedFiles"]))
        .and_then(|names| names.dict("EmbeddedFiles"))
        .filter(|files| files.holds_only(&["Names"]))
        .and_then(|files| files.array("Names"))
        .ok_or_else(|| fault("no file is attached"))?;
    let associated = catalog
        .array("AF")
        .ok_or_else(|| fault("no file is associated"))?;
    if names.len() != associated.len() * 2 {
        return Err(fault("the two lists of attached files differ"));
    }
    let mut files: Vec<Attached<'a>> = Vec::new();
    for (pair, associated) in names.chunks_exact(2).zip(associated) {
        let [Value::Text(name), Value::Ref(number)] = pair else {
            return Err(fault("the list of attached files is misspelled"));
        };
        if *associated != Value::Ref(*number) {
            return Err(fault("the two lists of attached files differ"));
        }
        let file = described(pdf, *number)?;
        if file.name != text(name) || files.iter().any(|other| other.name == file.name) {
            return Err(fault("an attached file has two names, or shares one"));
        }
        files.push(file);
    }
    Ok(files)
}

fn described<'a>(pdf: &Pdf<'a>, number: u32) -> Result<Attached<'a>, Misread> {
    let object = pdf.printed.objects.get(&number);
    let at = object.map_or(pdf.printed.trailer_at, |object| object.at.start);
    let fault = |says| Misread { at, says };
    let spec: &Dict<'a> = object
        .and_then(Object::dict)
        .filter(|spec| spec.name("Type") == Some(b"Filespec"))
        .ok_or_else(|| fault("an attached file is not described"))?;
    let name = spec
        .text("UF")
        .map(text)
        .filter(|name| spec.text("F").map(text) == Some(plain(name)))
        .ok_or_else(|| fault("an attached file has two names"))?;
    let is_source = match spec.name("AFRelationship") {
        Some(b"Source") => true,
        Some(b"Supplement") => false,
        _ => return Err(fault("an attached file does not say what it is")),
    };
    let number = spec
        .dict("EF")
        .and_then(|both| {
            both.reference("F")
                .filter(|one| both.reference("UF") == Some(*one))
        })
        .ok_or_else(|| fault("an attached file points at two streams"))?;
    let stream = pdf.printed.objects.get(&number);
    let packed = stream.and_then(|stream| {
        let dict = stream.dict()?;
        let shaped = dict.name("Type") == Some(b"EmbeddedFile")
            && dict.name("Filter") == Some(b"FlateDecode")
            && dict.get("DecodeParms").is_none()
            && (!is_source || dict.name("Subtype") == Some(JSON));
        let size = dict.dict("Params")?.int("Size")?;
        shaped.then_some((stream.stream?, size as u64))
    });
    let (packed, size) =
        packed.ok_or_else(|| fault("an attached file is not where it should be"))?;
    Ok(Attached {
        name,
        is_source,
        packed,
        size,
        object: number,
    })
}

/// A name as readers see it that know no Unicode.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii() { c } else { '_' })
        .collect()
}

/// A text string: UTF-16 where it says so, else bytes that are read as Latin-1. Two spellings of
/// one name read alike.
fn text(raw: &[u8]) -> String {
    match raw {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest
                .chunks(2)
                .map(|pair| u16::from(pair[0]) << 8 | pair.get(1).copied().map_or(0, u16::from));
            char::decode_utf16(units)
                .map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        _ => match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => raw.iter().copied().map(char::from).collect(),
        },
    }
}
