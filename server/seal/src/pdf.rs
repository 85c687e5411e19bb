//! The update that carries a seal: what it rewrites, what it adds, and the room it leaves.
//! Source: ISO 32000-1, 7.5.6 and 12.8; ETSI EN 319 142-1, 5 and 6.

mod dict;
mod lexer;
mod printed;
mod update;

use std::ops::Range;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::Fault;
use dict::Dict;
use printed::Printed;
use update::Update;

/// What assistive technology reads out for the field.
/// Source: ISO 14289-1, 7.18.1: an annotation of a form has an alternate name.
const FIELD_TOLD: &str = "Electronic seal of the disclosure record";

/// Ten digits for each number, because they are known only when all else is written.
const RANGE_ROOM: &str = "[0 0000000000 0000000000 0000000000]";

/// A file with its seal's update, whose signature is still to come.
pub(crate) struct Unsealed {
    bytes: Vec<u8>,
    /// The value of `/Contents`, with its angle brackets.
    gap: Range<usize>,
    room: usize,
}

impl Unsealed {
    /// Appends the update to what was printed. `room` is for the signature, in bytes.
    pub(crate) fn over(
        pdf: &[u8],
        signer: &str,
        as_of: Timestamp,
        room: usize,
    ) -> Result<Self, Fault> {
        let printed = Printed::read(pdf)?;
        let (top, mut catalog) = printed.catalog()?;
        let (first, mut page) = printed.first_page(&catalog)?;
        let (field, signature) = (printed.size(), printed.size() + 1);
        certify(&mut catalog, field, signature);
        annotate(&mut page, field)?;

        let mut update = Update::after(pdf, room);
        update.object(top, &catalog.write());
        update.object(first, &page.write());
        update.object(field, widget(first, signature).as_bytes());
        let head = signature_head(signer, as_of);
        let mut body = head.clone().into_bytes();
        body.resize(body.len() + 2 * room, b'0');
        body.extend_from_slice(b">\n>>");
        let body_at = update.object(signature, &body);
        let from = body_at + head.len() - 1;
        let gap = from..from + 2 * room + 2;
        let mut bytes = update.close(&printed, top)?;

        let range = format!("[0 {} {} {}]", gap.start, gap.end, bytes.len() - gap.end);
        let range = format!("{range:<width$}", width = RANGE_ROOM.len());
        let range_at = gap.start - CONTENTS.len() - RANGE_ROOM.len();
        let written = &mut bytes[range_at..range_at + RANGE_ROOM.len()];
        // Ten digits hold more than the ten digits of a cross-reference table can reach.
        if range.len() != written.len() {
            return Err(Fault::NotPrinted("it is too large"));
        }
        written.copy_from_slice(range.as_bytes());
        Ok(Self { bytes, gap, room })
    }

    /// SHA-256 over all but the gap.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(&self.bytes[..self.gap.start])
            .chain_update(&self.bytes[self.gap.end..])
            .finalize()
            .into()
    }

    /// Puts the signature into its room; what is left of it stays zeros.
    pub(crate) fn close(mut self, signature: &[u8]) -> Result<Vec<u8>, Fault> {
        if signature.len() > self.room {
            return Err(Fault::NoRoom {
                needs: signature.len(),
                has: self.room,
            });
        }
        let hex = hex::encode(signature);
        let from = self.gap.start + 1;
        self.bytes[from..from + hex.len()].copy_from_slice(hex.as_bytes());
        Ok(self.bytes)
    }
}

/// Source: ISO 32000-1, 12.8.4 and 12.8.2.2: the permissions name the seal that certifies.
fn certify(catalog: &mut Dict<'_>, field: usize, signature: usize) {
    // Signatures exist, and the file is only ever to be appended to.
    let form = format!("<<\n    /Fields [{field} 0 R]\n    /SigFlags 3\n  >>");
    catalog.add("AcroForm", form);
    let permissions = format!("<<\n    /DocMDP {signature} 0 R\n  >>");
    catalog.add("Perms", permissions);
}

fn annotate(page: &mut Dict<'_>, field: usize) -> Result<(), Fault> {
    if page.get("Annots").is_some() {
        return Err(Fault::NotPrinted("its first page holds annotations"));
    }
    page.add("Annots", format!("[{field} 0 R]"));
    // Source: ISO 14289-1, 7.18.3: a page with an annotation is tabbed through in structure order.
    match page.get("Tabs") {
        None => page.add("Tabs", "/S"),
        Some(b"/S") => {}
        Some(_) => {
            return Err(Fault::NotPrinted(
                "its first page is not tabbed in structure order",
            ));
        }
    }
    Ok(())
}

/// The field and its widget in one. It has no size and lies outside the page, so that it needs no
/// appearance (ISO 19005-3, 6.3.3) and no place among the tags (ISO 14289-1, 7.18.1); its flags say
/// print and locked.
fn widget(page: usize, signature: usize) -> String {
    let told = text(FIELD_TOLD);
    format!(
        "<<\n  /Type /Annot\n  /Subtype /Widget\n  /FT /Sig\n  /T (Seal)\n  /TU {told}\n  \
         /V {signature} 0 R\n  /P {page} 0 R\n  /Rect [-1 -1 -1 -1]\n  /F 132\n>>"
    )
}

const CONTENTS: &str = "\n  /Contents ";

/// The signature dictionary up to the first digit of its contents.
/// Source: ETSI EN 319 142-1, 6.3: the moment is in `/M`. No change is permitted (`/P 1`).
fn signature_head(signer: &str, as_of: Timestamp) -> String {
    let moment = as_of.strftime("D:%Y%m%d%H%M%SZ");
    let signer = text(signer);
    format!(
        "<<\n  /Type /Sig\n  /Filter /Adobe.PPKLite\n  /SubFilter /ETSI.CAdES.detached\n  \
         /M ({moment})\n  /Name {signer}\n  /Reference [<<\n    /Type /SigRef\n    \
         /TransformMethod /DocMDP\n    /TransformParams <<\n      /Type /TransformParams\n      \
         /P 1\n      /V /1.2\n    >>\n  >>]\n  /ByteRange {RANGE_ROOM}{CONTENTS}<"
    )
}

/// A text string in UTF-16, written in hexadecimal, so that nothing needs an escape.
fn text(words: &str) -> String {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    format!("<FEFF{}>", hex::encode_upper(units))
}
