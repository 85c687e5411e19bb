//! Indirect objects.

use std::ops::Range;

use super::Misread;
use super::value::{Dict, Reader, Value};

/// Keys and names by which a document does something when it is opened, or hides objects inside
/// streams. No record has any.
const NEVER: &[&[u8]] = &[
    b"AA",
    b"EmbeddedGoTo",
    b"GoToE",
    b"GoToR",
    b"ImportData",
    b"JS",
    b"JavaScript",
    b"Launch",
    b"ObjStm",
    b"OpenAction",
    b"RichMedia",
    b"SubmitForm",
    b"XFA",
    b"XRef",
];

/// An object, where it stands, and its stream if it has one.
#[derive(Debug)]
pub struct Object<'a> {
    pub number: u32,
    pub at: Range<usize>,
    pub value: Value<'a>,
    pub stream: Option<&'a [u8]>,
}

impl<'a> Object<'a> {
    pub fn dict(&self) -> Option<&Dict<'a>> {
        match &self.value {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}

/// Reads the object that stands next, from its number to its last line.
pub fn read<'a>(reader: &mut Reader<'a>) -> Result<Object<'a>, Misread> {
    let start = reader.at;
    let number = reader
        .number()
        .map_err(|_| reader.fault("an object or a table is expected"))?;
    let number = u32::try_from(number)
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| reader.fault("an object has no possible number"))?;
    reader.expect(b" 0 obj\n", "an object is expected")?;
    let value = reader.value()?;
    if acts(&value) {
        return Err(Misread {
            at: start,
            says: "an object does what no record does",
        });
    }
    let mut stream = None;
    if let Value::Dict(dict) = &value
        && reader.passes(b"\nstream\n")
    {
        let length = dict.int("Length");
        let data = length.and_then(|length| {
            let end = reader.at.checked_add(length)?;
            reader.bytes.get(reader.at..end)
        });
        let data = data.ok_or_else(|| reader.fault("a stream is not as long as it says"))?;
        reader.at += data.len();
        reader.expect(b"\nendstream", "a stream does not end where it says")?;
        stream = Some(data);
    }
    reader.expect(b"\nendobj\n", "an object does not end as it should")?;
    let at = start..reader.at;
    reader.passes(b"\n");
    Ok(Object {
        number,
        at,
        value,
        stream,
    })
}

/// Whether a value names an action. Nesting is bounded by the reader.
fn acts(value: &Value<'_>) -> bool {
    match value {
        Value::Name(name) => NEVER.contains(name),
        Value::Array(items) => items.iter().any(acts),
        Value::Dict(dict) => dict
            .0
            .iter()
            .any(|entry| NEVER.contains(&entry.key) || acts(&entry.value)),
        _ => false,
    }
}
