//! Classic cross-reference tables. Source: ISO 32000-1, 7.5.4.

use std::collections::BTreeMap;

use super::Misread;
use super::object::Object;
use super::value::Reader;

/// Reads the table that stands next. It has to tell exactly these objects, where they stand.
pub fn read<'a>(
    reader: &mut Reader<'a>,
    objects: &BTreeMap<u32, Object<'a>>,
    whole: bool,
) -> Result<(), Misread> {
    reader.expect(b"xref\n", "a table of objects is expected")?;
    let mut told = 0;
    let mut next = 0u32;
    loop {
        let first = reader.number()?;
        reader.expect(b" ", "a table of objects is misspelled")?;
        let count = reader.number()?;
        reader.expect(b"\n", "a table of objects is misspelled")?;
        let first = u32::try_from(first).ok().filter(|first| *first >= next);
        let mut number = first.ok_or_else(|| reader.fault("a table of objects is out of order"))?;
        if whole && (number != 0 || next != 0) {
            return Err(reader.fault("a table of objects has a gap"));
        }
        for _ in 0..count {
            let at = reader.at;
            if number == 0 {
                reader.expect(b"0000000000 65535 f", "a table of objects is misspelled")?;
            } else {
                let offset = reader.number()?;
                reader.expect(b" 00000 n", "a table of objects tells of a removed object")?;
                if objects.get(&number).map(|object| object.at.start) != Some(offset) {
                    return Err(Misread {
                        at,
                        says: "a table of objects points elsewhere than to its object",
                    });
                }
                told += 1;
            }
            // Every line has twenty bytes, whichever of the two ways it ends.
            if !(reader.passes(b"\r\n") || reader.passes(b" \n")) || reader.at - at != 20 {
                return Err(reader.fault("a table of objects is misspelled"));
            }
            number = number
                .checked_add(1)
                .ok_or_else(|| reader.fault("a table of objects has no end"))?;
        }
        next = number;
        if reader.bytes[reader.at..].starts_with(b"trailer\n") {
            break;
        }
    }
    if told == objects.len() {
        Ok(())
    } else {
        Err(reader.fault("a table of objects leaves one out"))
    }
}
