//! The press: sheets in, the bytes of a PDF out, conforming to PDF/A-3a and PDF/UA-1 or refused.
//!
//! No clock and no chance: the same sheets and faces give the same bytes, in any process.

mod attached;
mod colour;
mod embedded;
mod flaw;
mod identity;
mod outline;
mod page;
pub mod roll;
mod structure;
mod symbols;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::writers::Catalog;
use pdf_writer::{Chunk, Finish, Name, Pdf, Ref, TextStr};
use sha2::{Digest, Sha256};

use crate::faces::FontBook;
use crate::sheet::Sheets;
pub use flaw::Flaw;

/// Where objects are written, one after the other. Who writes a file as it grows notes where each
/// begins; [`Pdf`] does so by itself.
trait Objects {
    fn begin(&mut self, object: Ref) -> &mut Chunk;
}

impl Objects for Pdf {
    fn begin(&mut self, _: Ref) -> &mut Chunk {
        self
    }
}

/// Object numbers, given out in order.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }

    fn many(&mut self, count: usize) -> Vec<Ref> {
        (0..count).map(|_| self.next()).collect()
    }
}

/// The objects that others point at.
struct Places {
    catalog: Ref,
    pages: Ref,
    info: Ref,
    metadata: Ref,
    colours: Ref,
    structure: Ref,
    parents: Ref,
    outline: Ref,
    page: Vec<Ref>,
    tag: Vec<Ref>,
}

/// Prints the sheets, or says everything that is wrong with them.
pub fn press(sheets: &Sheets, book: &FontBook) -> Result<Vec<u8>, Vec<Flaw>> {
    let flaws = flaw::find(sheets, book);
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let mut numbers = Numbers(0);
    let places = Places {
        catalog: numbers.next(),
        pages: numbers.next(),
        info: numbers.next(),
        metadata: numbers.next(),
        colours: numbers.next(),
        structure: numbers.next(),
        parents: numbers.next(),
        outline: numbers.next(),
        page: numbers.many(sheets.pages.len()),
        tag: numbers.many(sheets.tags.len()),
    };

    let mut pdf = Pdf::with_capacity(160_000);
    pdf.set_version(1, 7);
    // A second line of bytes above 127 tells transfer programs that this is not text.
    // Source: ISO 19005-3, 6.1.2.
    pdf.set_binary_marker(b"\xe2\xe3\xcf\xd3");

    let fonts = embedded::embed(&mut pdf, &mut numbers, sheets, book)
        .map_err(|name| vec![Flaw::Unembeddable(name)])?;
    let laid = page::pages(&mut pdf, &mut numbers, sheets, &places, &fonts);
    colour::profile(&mut pdf, places.colours);
    structure::tree(&mut pdf, sheets, &places, &laid);
    outline::outline(&mut pdf, &mut numbers, sheets, &places);
    let files = attached::files(&mut pdf, &mut numbers, sheets);
    identity::info(&mut pdf.document_info(places.info), sheets);
    identity::metadata(&mut pdf, sheets, places.metadata);
    let mut catalog = pdf.catalog(places.catalog);
    describe(&mut catalog, sheets, &places);
    attached::list(&mut catalog, &files);
    catalog.finish();

    let body = Sha256::digest(pdf.as_bytes());
    let id = body[..16].to_vec();
    pdf.set_file_id((id.clone(), id));
    Ok(pdf.finish())
}

fn describe(catalog: &mut Catalog<'_>, sheets: &Sheets, places: &Places) {
    catalog
        .pages(places.pages)
        .metadata(places.metadata)
        .lang(TextStr(&sheets.language))
        .outlines(places.outline);
    catalog.pair(Name(b"StructTreeRoot"), places.structure);
    catalog.mark_info().marked(true);
    // Source: ISO 14289-1, 7.1: the window shows the title, not the file name.
    catalog.viewer_preferences().display_doc_title(true);
    colour::intent(catalog, places.colours);
}

/// Deflate at zlib's own default: over half of a record's cost, and level 9 saves a hundredth.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    // Writing to a vector does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
