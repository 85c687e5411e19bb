//! A strict reader of records, and of nothing else: two revisions with classic cross-reference
//! tables, the second being the seal.
//!
//! A file is read from its first byte to its last, and every byte has to be part of something: a
//! header, an object, a table, a trailer. What a general reader would forgive is refused here,
//! because whatever two readers can read differently can show two people two things.

mod attached;
mod damage;
mod inflate;
mod object;
mod seal;
mod table;
mod value;

use std::collections::BTreeMap;

pub use attached::attached;
pub use damage::{Damaged, bears_marks, damaged, salvage};
pub use inflate::{Unpacked, unpack, unpack_into};
pub use seal::{Seal, find, seal};

use object::Object;
use value::{Dict, Reader, Value};

/// What a file is not, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at byte {at}: {says}")]
pub struct Misread {
    pub at: usize,
    pub says: &'static str,
}

/// How every record begins.
pub const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// A record as it lies: what was printed, and the seal that was added.
#[derive(Debug)]
pub struct Pdf<'a> {
    bytes: &'a [u8],
    printed: Revision<'a>,
    update: Option<Revision<'a>>,
}

#[derive(Debug)]
struct Revision<'a> {
    objects: BTreeMap<u32, Object<'a>>,
    trailer: Dict<'a>,
    trailer_at: usize,
    /// Where its table stands.
    table: usize,
    end: usize,
}

impl<'a> Pdf<'a> {
    /// Reads the whole file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Misread> {
        let mut reader = Reader::new(bytes, 0);
        reader.expect(HEADER, "the file does not begin as a record does")?;
        reader.passes(b"\n");
        let printed = revision(&mut reader, Some(0))?;
        let update = if reader.at == bytes.len() {
            None
        } else {
            Some(revision(&mut reader, None)?)
        };
        if reader.at != bytes.len() {
            return Err(reader.fault("something follows the seal"));
        }
        Ok(Self {
            bytes,
            printed,
            update,
        })
    }

    /// Whether an update follows what was printed.
    pub fn is_updated(&self) -> bool {
        self.update.is_some()
    }

    /// Where the printed revision ends.
    pub fn printed_end(&self) -> usize {
        self.printed.end
    }

    fn printed_dict(&self, number: u32, at: usize) -> Result<&Dict<'a>, Misread> {
        self.printed
            .objects
            .get(&number)
            .and_then(Object::dict)
            .ok_or(Misread {
                at,
                says: "an object that is pointed at is not there",
            })
    }

    fn catalog(&self) -> Result<(u32, &Dict<'a>), Misread> {
        let at = self.printed.trailer_at;
        let root = self.printed.trailer.reference("Root").ok_or(Misread {
            at,
            says: "the trailer names no catalog",
        })?;
        let catalog = self.printed_dict(root, at)?;
        if catalog.name("Type") == Some(b"Catalog") {
            Ok((root, catalog))
        } else {
            Err(Misread {
                at,
                says: "the trailer names something that is no catalog",
            })
        }
    }

    /// The pages in order, each with its object's number.
    fn pages(&self) -> Result<Vec<(u32, &Dict<'a>)>, Misread> {
        let (_, catalog) = self.catalog()?;
        let at = self.printed.trailer_at;
        let missing = Misread {
            at,
            says: "the list of pages is not there",
        };
        let pages = self.printed_dict(catalog.reference("Pages").ok_or(missing)?, at)?;
        pages
            .array("Kids")
            .ok_or(missing)?
            .iter()
            .map(|kid| match kid {
                Value::Ref(number) => Ok((*number, self.printed_dict(*number, at)?)),
                _ => Err(missing),
            })
            .collect()
    }
}

/// Objects up to a table, the table, the trailer, the end mark. `from` is the first object number
/// of a table that tells all objects; an update's table tells only its own.
fn revision<'a>(reader: &mut Reader<'a>, from: Option<u32>) -> Result<Revision<'a>, Misread> {
    let mut objects = BTreeMap::new();
    while !reader.bytes[reader.at..].starts_with(b"xref\n") {
        let object = object::read(reader)?;
        let at = object.at.start;
        if objects.insert(object.number, object).is_some() {
            return Err(Misread {
                at,
                says: "one object is told twice",
            });
        }
    }
    let table = reader.at;
    table::read(reader, &objects, from.is_some())?;
    let trailer_at = reader.at;
    reader.expect(b"trailer\n", "a trailer is expected")?;
    let Value::Dict(trailer) = reader.value()? else {
        return Err(reader.fault("the trailer is no dictionary"));
    };
    let mut known = vec!["Size", "Root", "Info", "ID"];
    if from.is_none() {
        known.push("Prev");
    }
    if !trailer.holds_only(&known) {
        return Err(Misread {
            at: trailer_at,
            says: "the trailer tells what no trailer of a record tells",
        });
    }
    reader.expect(b"\nstartxref\n", "the end mark is expected")?;
    if reader.number()? != table {
        return Err(reader.fault("the end mark points elsewhere than to its table"));
    }
    reader.expect(b"\n%%EOF", "the end mark is expected")?;
    reader.passes(b"\n");
    Ok(Revision {
        objects,
        trailer,
        trailer_at,
        table,
        end: reader.at,
    })
}
