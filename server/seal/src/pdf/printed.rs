//! A file as the press prints it: one revision, found through its classic cross-reference table.
//! Source: ISO 32000-1, 7.5.

use super::dict::Dict;
use super::lexer::{Lexer, is_space};
use crate::Fault;

/// How deep the tree of pages may be; the press writes one storey.
const DEEPEST: u8 = 16;

pub(super) struct Printed<'a> {
    bytes: &'a [u8],
    /// Where each object begins, by its number.
    places: Vec<usize>,
    trailer: Dict<'a>,
    /// Where the cross-reference table begins.
    pub(super) table: usize,
}

impl<'a> Printed<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let strange = Fault::NotPrinted;
        if !bytes.starts_with(b"%PDF-1.7") {
            return Err(strange("it does not begin as a PDF of version 1.7"));
        }
        let (table, after) = end(bytes).ok_or(strange(
            "it does not end with the place of its cross-reference table",
        ))?;
        let mut lexer = Lexer::new(bytes, table);
        if !bytes[table..].starts_with(b"xref") || !lexer.takes(b"xref") {
            return Err(strange("it has no classic cross-reference table"));
        }
        let places = entries(&mut lexer)?;
        let trailer = lexer
            .takes(b"trailer")
            .then(|| Dict::read(&mut lexer))
            .flatten()
            .ok_or(strange("its trailer cannot be read"))?;
        lexer.skip_space();
        if lexer.at() != after {
            return Err(strange("something stands between its trailer and its end"));
        }
        if trailer.get("Prev").is_some() {
            return Err(Fault::Updated);
        }
        if trailer.get("Encrypt").is_some() {
            return Err(strange("it is encrypted"));
        }
        Ok(Self {
            bytes,
            places,
            trailer,
            table,
        })
    }

    /// The number the next new object gets.
    pub(super) fn size(&self) -> usize {
        self.places.len()
    }

    pub(super) fn catalog(&self) -> Result<(usize, Dict<'a>), Fault> {
        let number = self
            .trailer
            .reference("Root")
            .ok_or(Fault::NotPrinted("its trailer names no catalog"))?;
        let catalog = self.object(number)?;
        for taken in ["AcroForm", "Perms"] {
            if catalog.get(taken).is_some() {
                return Err(Fault::Updated);
            }
        }
        Ok((number, catalog))
    }

    pub(super) fn first_page(&self, catalog: &Dict<'_>) -> Result<(usize, Dict<'a>), Fault> {
        let lost = Fault::NotPrinted("its first page cannot be found");
        let Some(mut number) = catalog.reference("Pages") else {
            return Err(lost);
        };
        for _ in 0..DEEPEST {
            let node = self.object(number)?;
            let Some(kids) = node.get("Kids") else {
                return match node.get("Type") {
                    Some(b"/Page") => Ok((number, node)),
                    _ => Err(lost),
                };
            };
            let mut kids = Lexer::new(kids, 0);
            match kids.takes(b"[").then(|| kids.reference()).flatten() {
                Some(first) => number = first,
                None => return Err(lost),
            }
        }
        Err(lost)
    }

    /// The information dictionary, which an update's trailer names again.
    pub(super) fn info(&self) -> Option<usize> {
        self.trailer.reference("Info")
    }

    /// The first half of the file's identifier, which an update keeps.
    /// Source: ISO 32000-1, 14.4.
    pub(super) fn identifier(&self) -> Result<Vec<u8>, Fault> {
        self.trailer
            .get("ID")
            .and_then(|id| {
                let mut lexer = Lexer::new(id, 0);
                let first = lexer.takes(b"[").then(|| lexer.value()).flatten()?;
                Some(first.to_vec())
            })
            .ok_or(Fault::NotPrinted("it has no identifier"))
    }

    fn object(&self, number: usize) -> Result<Dict<'a>, Fault> {
        let read = || {
            let place = *self.places.get(number)?;
            let mut lexer = Lexer::new(self.bytes, place);
            let here = lexer.integer()? == number && lexer.integer()? == 0 && lexer.takes(b"obj");
            let dict = here.then(|| Dict::read(&mut lexer)).flatten()?;
            lexer.takes(b"endobj").then_some(dict)
        };
        read().ok_or(Fault::NotPrinted("one of its objects cannot be read"))
    }
}

/// Where the table begins and where the last `startxref` stands.
fn end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut body = bytes.len();
    while body > 0 && is_space(bytes[body - 1]) {
        body -= 1;
    }
    let body = bytes[..body].strip_suffix(b"%%EOF")?;
    let word = b"startxref";
    let from = body.len().saturating_sub(64);
    let after = from + body[from..].windows(word.len()).rposition(|w| w == word)?;
    let mut lexer = Lexer::new(body, after + word.len());
    let table = lexer.integer()?;
    lexer.skip_space();
    (lexer.at() == body.len() && table < after).then_some((table, after))
}

/// Where the objects begin. The table of a file as printed begins at object 0; one that does not
/// belongs to an update.
fn entries(lexer: &mut Lexer<'_>) -> Result<Vec<usize>, Fault> {
    if lexer.integer() != Some(0) {
        return Err(Fault::Updated);
    }
    let strange = Fault::NotPrinted("its cross-reference table cannot be read");
    let Some(count) = lexer.integer() else {
        return Err(strange);
    };
    let entry = |_| {
        let place = lexer.integer()?;
        lexer.integer()?;
        (lexer.takes(b"n") || lexer.takes(b"f")).then_some(place)
    };
    (0..count).map(entry).collect::<Option<_>>().ok_or(strange)
}
