//! The seal as an update of the file: where it stands, and that it changes nothing but what a
//! seal changes.

use std::ops::Range;

use super::object::Object;
use super::value::{Dict, Reader, Value};
use super::{Misread, Pdf, Revision};

/// Where a seal stands, and what it says beside its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The hexadecimal digits of the signature, without their brackets.
    pub digits: Range<usize>,
    /// Where the sealed bytes end: everything before is sealed, but the digits and their brackets.
    pub end: usize,
}

impl Seal {
    /// The two stretches of bytes that are sealed.
    pub fn covered<'a>(&self, bytes: &'a [u8]) -> [&'a [u8]; 2] {
        [
            bytes.get(..self.digits.start - 1).unwrap_or_default(),
            bytes.get(self.digits.end + 1..self.end).unwrap_or_default(),
        ]
    }

    /// The signature with what pads it, where its digits are written as a seal writes them.
    pub fn contents(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let digits = bytes.get(self.digits.clone())?;
        let plain = digits
            .iter()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        (plain && digits.len() % 2 == 0).then(|| {
            digits
                .chunks_exact(2)
                .map(|pair| super::value::nibble(pair[0]) << 4 | super::value::nibble(pair[1]))
                .collect()
        })
    }
}

const RANGE: &[u8] = b"/ByteRange [0 ";
const CONTENTS: &[u8] = b"/Contents ";

/// Looks for a seal in bytes that may be no record at all: the first range that leaves out exactly
/// a string of digits. What it covers may reach beyond the bytes that are here.
pub fn find(bytes: &[u8]) -> Option<Seal> {
    let mut from = 0;
    while let Some(found) = position(bytes.get(from..)?, RANGE) {
        from += found + RANGE.len();
        let mut reader = Reader::new(bytes, from);
        let read = (|| {
            let first = reader.number().ok()?;
            reader.blank();
            let second = reader.number().ok()?;
            reader.blank();
            let length = reader.number().ok()?;
            let opened = bytes.get(first) == Some(&b'<')
                && bytes
                    .get(..first)
                    .is_some_and(|before| before.ends_with(CONTENTS));
            (opened && second >= first + 2).then_some(Seal {
                digits: first + 1..second - 1,
                end: second.checked_add(length)?,
            })
        })();
        if read.is_some() {
            return read;
        }
    }
    None
}

pub fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// The seal of a file that was read whole, after asking that its update is a seal and no more.
///
/// Returns it with the moment it tells, as PDF writes one.
pub fn seal(pdf: &Pdf<'_>) -> Result<(Seal, Vec<u8>), Misread> {
    let Some(update) = &pdf.update else {
        return Err(Misread {
            at: pdf.printed.end,
            says: "no seal follows what was printed",
        });
    };
    let places = Places::of(pdf)?;
    same_trailer(pdf, update, &places)?;
    let numbers: Vec<u32> = update.objects.keys().copied().collect();
    let mut wanted = vec![places.catalog, places.page, places.field, places.signature];
    wanted.sort_unstable();
    if numbers != wanted {
        return Err(Misread {
            at: pdf.printed.end,
            says: "the seal adds or changes objects that a seal leaves alone",
        });
    }
    catalog(pdf, update, &places)?;
    page(pdf, update, &places)?;
    field(update, &places)?;
    signature(pdf, update, &places)
}

/// The objects of a seal's update.
struct Places {
    catalog: u32,
    page: u32,
    field: u32,
    signature: u32,
}

impl Places {
    fn of(pdf: &Pdf<'_>) -> Result<Self, Misread> {
        let (catalog, told) = pdf.catalog()?;
        let at = pdf.printed.trailer_at;
        let fault = |says| Misread { at, says };
        // What else a catalog can hold acts, or shows another document to another reader.
        let known = [
            "Type",
            "Version",
            "Pages",
            "Metadata",
            "Lang",
            "Outlines",
            "PageLabels",
            "StructTreeRoot",
            "MarkInfo",
            "ViewerPreferences",
            "OutputIntents",
            "Names",
            "AF",
        ];
        if !told.holds_only(&known) {
            return Err(fault("the catalog tells what no record tells"));
        }
        let size = pdf.printed.objects.len() + 1;
        if pdf.printed.trailer.int("Size") != Some(size) {
            return Err(fault("the trailer miscounts the objects"));
        }
        let field = u32::try_from(size).map_err(|_| fault("there are too many objects"))?;
        let (page, _) = *pdf
            .pages()?
            .first()
            .ok_or_else(|| fault("there is no page"))?;
        Ok(Self {
            catalog,
            page,
            field,
            signature: field + 1,
        })
    }
}

fn same_trailer(pdf: &Pdf<'_>, update: &Revision<'_>, places: &Places) -> Result<(), Misread> {
    let fault = |says| Misread {
        at: update.trailer_at,
        says,
    };
    let (old, new) = (&pdf.printed.trailer, &update.trailer);
    if new.int("Size") != usize::try_from(places.signature).ok().map(|last| last + 1) {
        return Err(fault("the seal's trailer miscounts the objects"));
    }
    if new.int("Prev") != Some(pdf.printed.table) {
        return Err(fault(
            "the seal's trailer does not point at what was printed",
        ));
    }
    if new.get("Root") != old.get("Root") || new.get("Info") != old.get("Info") {
        return Err(fault("the seal's trailer points at another document"));
    }
    let first = |trailer: &Dict<'_>| match trailer.array("ID") {
        Some([Value::Text(first), Value::Text(_)]) => Some(first.clone()),
        _ => None,
    };
    if first(old).is_none() || first(old) != first(new) {
        return Err(fault("the seal's trailer names another file"));
    }
    Ok(())
}

/// The object of the update, after asking that it tells everything its printed one told, letter by
/// letter and in the same order, and beside that only `more`.
fn rewritten<'p, 'a>(
    pdf: &'p Pdf<'a>,
    update: &'p Revision<'a>,
    number: u32,
    more: &[&str],
) -> Result<&'p Dict<'a>, Misread> {
    let at = update.objects.get(&number).map_or(0, |new| new.at.start);
    let fault = Misread {
        at,
        says: "the seal rewrites an object otherwise than a seal does",
    };
    let old = pdf.printed.objects.get(&number).and_then(Object::dict);
    let new = update.objects.get(&number);
    let (Some(old), Some(new)) = (old, new) else {
        return Err(fault);
    };
    let Some(dict) = new.dict().filter(|_| new.stream.is_none()) else {
        return Err(fault);
    };
    let told = |range: &Range<usize>| pdf.bytes.get(range.clone()).unwrap_or_default();
    let is_more = |key: &[u8]| more.iter().any(|more| more.as_bytes() == key);
    let kept = dict
        .0
        .iter()
        .filter(|entry| old.0.iter().any(|one| one.key == entry.key));
    let same = old.0.len() == kept.clone().count()
        && old
            .0
            .iter()
            .zip(kept)
            .all(|(old, new)| told(&old.at) == told(&new.at));
    let added = dict
        .0
        .iter()
        .filter(|entry| old.0.iter().all(|one| one.key != entry.key))
        .all(|entry| is_more(entry.key));
    if same && added { Ok(dict) } else { Err(fault) }
}

fn catalog(pdf: &Pdf<'_>, update: &Revision<'_>, places: &Places) -> Result<(), Misread> {
    let catalog = rewritten(pdf, update, places.catalog, &["AcroForm", "Perms"])?;
    let form = catalog.dict("AcroForm").is_some_and(|form| {
        form.holds_only(&["Fields", "SigFlags"])
            && form.array("Fields") == Some(&[Value::Ref(places.field)])
            && form.int("SigFlags") == Some(3)
    });
    let certified = catalog.dict("Perms").is_some_and(|perms| {
        perms.holds_only(&["DocMDP"]) && perms.reference("DocMDP") == Some(places.signature)
    });
    if form && certified {
        Ok(())
    } else {
        Err(Misread {
            at: pdf.printed.end,
            says: "the seal's form is not one field that forbids every change",
        })
    }
}

fn page(pdf: &Pdf<'_>, update: &Revision<'_>, places: &Places) -> Result<(), Misread> {
    let page = rewritten(pdf, update, places.page, &["Annots", "Tabs"])?;
    let tabs = page.name("Tabs").is_none_or(|order| order == b"S");
    if tabs && page.array("Annots") == Some(&[Value::Ref(places.field)]) {
        Ok(())
    } else {
        Err(Misread {
            at: pdf.printed.end,
            says: "the seal puts something else on the first page than its field",
        })
    }
}

fn field(update: &Revision<'_>, places: &Places) -> Result<(), Misread> {
    let object = update.objects.get(&places.field);
    let known = [
        "Type", "Subtype", "FT", "T", "TU", "V", "P", "Rect", "F", "Lang", "Contents",
    ];
    let holds = object.and_then(Object::dict).is_some_and(|field| {
        field.holds_only(&known)
            && field.name("Type") == Some(b"Annot")
            && field.name("Subtype") == Some(b"Widget")
            && field.name("FT") == Some(b"Sig")
            && field.reference("V") == Some(places.signature)
            && field.reference("P") == Some(places.page)
            && field.int("F") == Some(132)
            && field.array("Rect").is_some_and(|sides| {
                matches!(sides, [left, bottom, right, top] if left == right && bottom == top)
            })
    });
    if holds {
        Ok(())
    } else {
        Err(Misread {
            at: object.map_or(0, |object| object.at.start),
            says: "the field of the seal shows something, or is no seal's",
        })
    }
}

fn signature(
    pdf: &Pdf<'_>,
    update: &Revision<'_>,
    places: &Places,
) -> Result<(Seal, Vec<u8>), Misread> {
    let object = update.objects.get(&places.signature);
    let fault = |says| Misread {
        at: object.map_or(0, |object| object.at.start),
        says,
    };
    let known = [
        "Type",
        "Filter",
        "SubFilter",
        "M",
        "Name",
        "Reason",
        "Location",
        "Reference",
        "ByteRange",
        "Contents",
    ];
    let dict = object
        .and_then(Object::dict)
        .filter(|dict| {
            dict.holds_only(&known)
                && dict.name("Type") == Some(b"Sig")
                && dict.name("Filter") == Some(b"Adobe.PPKLite")
                && dict.name("SubFilter") == Some(b"ETSI.CAdES.detached")
        })
        .ok_or_else(|| fault("the seal is not the kind of signature that seals records"))?;
    if !forbids_changes(dict) {
        return Err(fault("the seal does not forbid every change"));
    }
    let moment = dict
        .text("M")
        .ok_or_else(|| fault("the seal tells no moment"))?;
    let string = dict.entry("Contents").map(|entry| {
        // The key, one space, then the string with its brackets.
        entry.at.start + CONTENTS.len()..entry.at.end
    });
    let numbers: Option<Vec<usize>> = dict.array("ByteRange").and_then(|range| {
        range
            .iter()
            .map(|number| match number {
                Value::Int(number) => usize::try_from(*number).ok(),
                _ => None,
            })
            .collect()
    });
    match (numbers.as_deref(), string) {
        (Some([0, first, second, length]), Some(string))
            if string == (*first..*second)
                && pdf.bytes.get(*first) == Some(&b'<')
                && *second >= first + 2
                && second.checked_add(*length) == Some(pdf.bytes.len()) =>
        {
            let seal = Seal {
                digits: first + 1..second - 1,
                end: pdf.bytes.len(),
            };
            Ok((seal, moment.to_vec()))
        }
        _ => Err(fault("the seal does not cover the whole file")),
    }
}

/// Source: ISO 32000-1, 12.8.2.2: with permission 1, no change is allowed.
fn forbids_changes(signature: &Dict<'_>) -> bool {
    let Some([Value::Dict(reference)]) = signature.array("Reference") else {
        return false;
    };
    reference.holds_only(&["Type", "TransformMethod", "TransformParams"])
        && reference.name("TransformMethod") == Some(b"DocMDP")
        && reference.dict("TransformParams").is_some_and(|params| {
            params.holds_only(&["Type", "P", "V"]) && params.int("P") == Some(1)
        })
}
