//! A document printed while it is being set: a page leaves when it is full, and what stays behind
//! is where each object begins and which elements have further children.
//!
//! Glyphs are numbered as they are met and the faces written last, so that a page never waits for
//! the next. The number of pages is not known to the first of them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pdf_writer::writers::{Catalog, DocumentInfo, StructElement};
use pdf_writer::{Chunk, Finish, Name, Ref, Settings, TextStr};
use sha2::{Digest, Sha256};

use super::embedded::{self, Embedded, Fonts};
use super::page::{self, At, Laid};
use super::symbols::{self, Drawn, Symbols};
use super::{Flaw, Numbers, Objects, Places, colour, describe, flaw, identity, structure};
use crate::faces::{FontBook, FontId, Growing};
use crate::sheet::{Mark, Meaning, Sheets, TagId, Tags};

/// Why a roll ended early.
#[derive(Debug, thiserror::Error)]
pub enum Torn {
    #[error("the document cannot be written: {0}")]
    Unwritable(#[from] io::Error),
    #[error("the document would not conform: {}", told(.0))]
    Flawed(Vec<Flaw>),
}

fn told(flaws: &[Flaw]) -> String {
    let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    told.join("; ")
}

/// An element that runs over many pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Running(usize);

impl Running {
    /// The element of the whole document.
    pub(crate) const DOCUMENT: Self = Self(0);
}

struct Element {
    object: Ref,
    parent: Option<Ref>,
    meaning: Meaning,
    children: Vec<Ref>,
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) pages: usize,
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
}

pub(crate) struct Roll<'a, W: Write> {
    book: &'a FontBook,
    out: W,
    shelf: Shelf,
    hash: Sha256,
    numbers: Numbers,
    places: Places,
    parents: Vec<Ref>,
    fonts: BTreeMap<FontId, (Ref, Growing)>,
    symbols: Symbols,
    running: Vec<Element>,
}

/// Objects that have not left yet, and where each of the file begins.
struct Shelf {
    chunk: Chunk,
    left: u64,
    /// By object number, from 1.
    offsets: Vec<u64>,
}

impl Objects for Shelf {
    fn begin(&mut self, object: Ref) -> &mut Chunk {
        let place = usize::try_from(object.get()).unwrap_or(0);
        if self.offsets.len() < place {
            self.offsets.resize(place, 0);
        }
        self.offsets[place - 1] = self.left + self.chunk.len() as u64;
        &mut self.chunk
    }
}

impl<'a, W: Write> Roll<'a, W> {
    pub(crate) fn begin(book: &'a FontBook, out: W) -> Result<Self, Torn> {
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
            page: Vec::new(),
            tag: Vec::new(),
        };
        let document = Element {
            object: numbers.next(),
            parent: Some(places.structure),
            meaning: Meaning::Document,
            children: Vec::new(),
        };
        let mut roll = Self {
            book,
            out,
            shelf: Shelf {
                chunk: blank(),
                left: 0,
                offsets: Vec::new(),
            },
            hash: Sha256::new(),
            numbers,
            places,
            parents: Vec::new(),
            fonts: BTreeMap::new(),
            symbols: Symbols::new(),
            running: vec![document],
        };
        roll.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\n")?;
        colour::profile(&mut roll.shelf, roll.places.colours);
        roll.let_go()?;
        Ok(roll)
    }

    /// An element whose children come on several pages.
    pub(crate) fn runs(&mut self, parent: Running, meaning: Meaning) -> Running {
        let object = self.numbers.next();
        self.running.push(Element {
            object,
            parent: Some(self.running[parent.0].object),
            meaning,
            children: Vec::new(),
        });
        Running(self.running.len() - 1)
    }

    /// Prints one page. Some of its tags stand for elements that run over many; those own no marks.
    pub(crate) fn page(
        &mut self,
        sheets: &Sheets,
        running: &[(TagId, Running)],
    ) -> Result<(), Torn> {
        let flaws = flaw::find(sheets, self.book);
        if !flaws.is_empty() {
            return Err(Torn::Flawed(flaws));
        }
        let Some(sheet) = sheets.pages.first() else {
            return Ok(());
        };
        let fonts = self.fonts_of(sheets)?;
        for (_, mark) in &sheet.marks {
            if let Mark::Modules { dark, .. } = mark {
                self.symbol(dark);
            }
        }
        let mut laid = Laid::of(sheets);
        let written = page::write(
            0,
            sheet,
            sheets.paper.height,
            (&fonts, &self.symbols),
            &mut laid,
        );
        let at = At {
            page: self.numbers.next(),
            contents: self.numbers.next(),
            parent: self.places.pages,
            key: self.places.page.len(),
            colours: self.places.colours,
        };
        page::page(
            &mut self.shelf,
            &at,
            sheets.paper,
            sheet,
            &written,
            (&fonts, &self.symbols),
        );
        self.places.page.push(at.page);
        self.elements(sheets, running, at.page, &laid);
        self.let_go()
    }

    /// What this page needs to know of its faces.
    fn fonts_of(&mut self, sheets: &Sheets) -> Result<Fonts, Torn> {
        let mut fonts = Fonts::new();
        for (id, used) in embedded::used(sheets, self.book) {
            let numbers = &mut self.numbers;
            let (object, growing) = self
                .fonts
                .entry(id)
                .or_insert_with(|| (numbers.next(), Growing::default()));
            let subset = growing
                .grow(self.book.font(id), used)
                .map_err(|fault| Torn::Flawed(vec![Flaw::Unembeddable(fault.0)]))?;
            let font = Embedded {
                name: format!("F{}", id.0),
                object: *object,
                subset: subset.into(),
            };
            fonts.insert(id, font);
        }
        Ok(fonts)
    }

    fn symbol(&mut self, dark: &[Vec<bool>]) {
        if self.symbols.contains_key(&dark.as_ptr()) {
            return;
        }
        let object = self.numbers.next();
        symbols::write(&mut self.shelf, object, dark, self.places.colours);
        let name = format!("S{}", self.symbols.len());
        self.symbols.insert(dark.as_ptr(), Drawn { name, object });
    }

    /// The elements of a page, complete with it, and what each of its marks belongs to.
    fn elements(&mut self, sheets: &Sheets, running: &[(TagId, Running)], page: Ref, laid: &Laid) {
        let runs = |id: TagId| {
            let root = (id == Tags::ROOT).then_some(Running::DOCUMENT);
            root.or_else(|| {
                running
                    .iter()
                    .find(|(tag, _)| *tag == id)
                    .map(|(_, one)| *one)
            })
        };
        let objects: Vec<Ref> = (0..sheets.tags.len())
            .map(|place| match runs(TagId(place)) {
                Some(running) => self.running[running.0].object,
                None => self.numbers.next(),
            })
            .collect();
        for (id, tag) in sheets.tags.iter() {
            let children = tag.children.iter().map(|child| (child, objects[child.0]));
            if let Some(running) = runs(id) {
                // One that runs on is listed where it first stands.
                let listed = &mut self.running[running.0].children;
                let new: Vec<Ref> = children
                    .filter(|(child, object)| runs(**child).is_none() || !listed.contains(object))
                    .map(|(_, object)| object)
                    .collect();
                listed.extend(new);
                continue;
            }
            let object = objects[id.0];
            let mut element = self.shelf.begin(object).struct_element(object);
            if let Some(parent) = tag.parent {
                element.parent(objects[parent.0]);
            }
            structure::say(&mut element, &tag.meaning);
            let content = &laid.content[id.0];
            if tag.children.is_empty() && content.is_empty() {
                continue;
            }
            let mut list = element.children();
            for (_, number) in content {
                list.marked_content_ref()
                    .page(page)
                    .marked_content_id(*number);
            }
            for (_, object) in children {
                list.struct_element(object);
            }
        }
        let object = self.numbers.next();
        let owners = laid.owners[0].iter().map(|tag| objects[tag.0]);
        self.shelf
            .begin(object)
            .indirect(object)
            .array()
            .items(owners);
        self.parents.push(object);
    }

    /// Writes what remains; `sheets` says how the document is called, and where its outline leads.
    pub(crate) fn end(mut self, sheets: &Sheets) -> Result<Written, Torn> {
        for (id, (object, growing)) in std::mem::take(&mut self.fonts) {
            let font = self.book.font(id);
            let subset = growing
                .cut(font)
                .map_err(|fault| Torn::Flawed(vec![Flaw::Unembeddable(fault.0)]))?;
            embedded::write(
                &mut self.shelf,
                &mut self.numbers,
                object,
                &subset,
                &font.metrics,
            );
        }
        let pages = self.places.page.len();
        self.shelf
            .begin(self.places.pages)
            .pages(self.places.pages)
            .kids(self.places.page.iter().copied())
            .count(count(pages));
        self.tree();
        self.outline(sheets);
        let info = self
            .shelf
            .begin(self.places.info)
            .indirect(self.places.info);
        identity::info(&mut info.start::<DocumentInfo<'_>>(), sheets);
        identity::metadata(&mut self.shelf, sheets, self.places.metadata);
        let catalog = self
            .shelf
            .begin(self.places.catalog)
            .indirect(self.places.catalog);
        describe(&mut catalog.start::<Catalog<'_>>(), sheets, &self.places);
        self.let_go()?;
        self.trailer()?;
        Ok(Written {
            pages,
            bytes: self.shelf.left,
            sha256: self.hash.finalize().into(),
        })
    }

    fn tree(&mut self) {
        let places = &self.places;
        let mut root = self
            .shelf
            .begin(places.structure)
            .indirect(places.structure)
            .dict();
        root.pair(Name(b"Type"), Name(b"StructTreeRoot"));
        root.insert(Name(b"K")).array().item(self.running[0].object);
        root.pair(Name(b"ParentTree"), places.parents);
        root.pair(Name(b"ParentTreeNextKey"), count(self.parents.len()));
        root.finish();
        let mut parents = self
            .shelf
            .begin(places.parents)
            .indirect(places.parents)
            .dict();
        let mut nums = parents.insert(Name(b"Nums")).array();
        for (page, owners) in self.parents.iter().enumerate() {
            nums.item(count(page)).item(*owners);
        }
        nums.finish();
        parents.finish();
        for one in &self.running {
            let mut element: StructElement<'_> =
                self.shelf.begin(one.object).struct_element(one.object);
            if let Some(parent) = one.parent {
                element.parent(parent);
            }
            structure::say(&mut element, &one.meaning);
            let mut children = element.children();
            for child in &one.children {
                children.struct_element(*child);
            }
        }
    }

    /// One place: the beginning.
    fn outline(&mut self, sheets: &Sheets) {
        let item = self.numbers.next();
        self.shelf
            .begin(self.places.outline)
            .outline(self.places.outline)
            .first(item)
            .last(item)
            .count(1);
        let mut entry = self.shelf.begin(item).outline_item(item);
        entry
            .title(TextStr(sheets.title.as_str()))
            .parent(self.places.outline);
        if let Some(first) = self.places.page.first() {
            entry
                .dest()
                .page(*first)
                .xyz(0.0, sheets.paper.height, None);
        }
    }

    fn trailer(&mut self) -> io::Result<()> {
        let start = self.shelf.left;
        let size = self.shelf.offsets.len() + 1;
        self.write(format!("xref\n0 {size}\n0000000000 65535 f\r\n").as_bytes())?;
        for some in std::mem::take(&mut self.shelf.offsets).chunks(1024) {
            let lines: Vec<String> = some
                .iter()
                .map(|offset| format!("{offset:010} 00000 n\r\n"))
                .collect();
            self.write(lines.concat().as_bytes())?;
        }
        let id = casework::order::Digest(self.hash.clone().finalize().into()).to_string();
        let id = &id[..32];
        let (root, info) = (self.places.catalog.get(), self.places.info.get());
        self.write(
            format!(
                "trailer\n<<\n  /Size {size}\n  /Root {root} 0 R\n  /Info {info} 0 R\n  \
                 /ID [<{id}> <{id}>]\n>>\nstartxref\n{start}\n%%EOF"
            )
            .as_bytes(),
        )?;
        self.out.flush()
    }

    /// Objects leave; only where they begin is kept.
    fn let_go(&mut self) -> Result<(), Torn> {
        let chunk = std::mem::replace(&mut self.shelf.chunk, blank());
        Ok(self.write(chunk.as_bytes())?)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.shelf.left += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Without spaces for the eye: a register has hundreds of thousands of small objects.
fn blank() -> Chunk {
    Chunk::with_settings(Settings { pretty: false })
}

fn count(of: usize) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}
