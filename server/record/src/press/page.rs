//! Pages: marks become content streams, and each tag learns where its marks lie.

mod script;

use std::collections::BTreeMap;

use pdf_writer::types::TabOrder;
use pdf_writer::writers::ColorSpace;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref};

use super::embedded::Fonts;
use super::symbols::{self, Symbols};
use super::{Numbers, Objects, Places, deflate};
use crate::sheet::{Mark, Owner, Page, Paper, Sheets, TagId};
use script::Script;

/// Where the marks of the tags lie.
pub(super) struct Laid {
    /// Of each tag, the pages and numbers of its marked content.
    pub(super) content: Vec<Vec<(usize, i32)>>,
    /// Of each page, the tag that owns each piece of marked content.
    pub(super) owners: Vec<Vec<TagId>>,
    /// Of each tag that draws modules, the square they fill.
    pub(super) boxes: Vec<Option<Rect>>,
}

impl Laid {
    pub(super) fn of(sheets: &Sheets) -> Self {
        Self {
            content: vec![Vec::new(); sheets.tags.len()],
            owners: vec![Vec::new(); sheets.pages.len()],
            boxes: vec![None; sheets.tags.len()],
        }
    }
}

/// The name of the colour space among a page's resources.
pub(super) const COLOURS: Name<'static> = Name(b"C0");

pub(super) fn pages(
    pdf: &mut Pdf,
    numbers: &mut Numbers,
    sheets: &Sheets,
    places: &Places,
    fonts: &Fonts,
) -> Laid {
    let mut laid = Laid::of(sheets);
    pdf.pages(places.pages)
        .kids(places.page.iter().copied())
        .count(i32::try_from(places.page.len()).unwrap_or(i32::MAX));
    let symbols = symbols::draw(pdf, numbers, sheets, places);
    for (place, sheet) in sheets.pages.iter().enumerate() {
        let contents = numbers.next();
        let written = write(
            place,
            sheet,
            sheets.paper.height,
            (fonts, &symbols),
            &mut laid,
        );
        let at = At {
            page: places.page[place],
            contents,
            parent: places.pages,
            key: place,
            colours: places.colours,
        };
        page(pdf, &at, sheets.paper, sheet, &written, (fonts, &symbols));
    }
    laid
}

/// The objects of a page, and its key in the parent tree.
pub(super) struct At {
    pub(super) page: Ref,
    pub(super) contents: Ref,
    pub(super) parent: Ref,
    pub(super) key: usize,
    pub(super) colours: Ref,
}

pub(super) fn page(
    objects: &mut impl Objects,
    at: &At,
    paper: Paper,
    sheet: &Page,
    written: &[u8],
    (fonts, symbols): (&Fonts, &Symbols),
) {
    objects
        .begin(at.contents)
        .stream(at.contents, &deflate(written))
        .filter(Filter::FlateDecode);

    let mut page = objects.begin(at.page).page(at.page);
    page.parent(at.parent)
        .media_box(Rect::new(0.0, 0.0, paper.width, paper.height))
        .contents(at.contents)
        .struct_parents(i32::try_from(at.key).unwrap_or(i32::MAX))
        .tab_order(TabOrder::StructureOrder);
    let mut resources = page.resources();
    resources
        .color_spaces()
        .insert(COLOURS)
        .start::<ColorSpace<'_>>()
        .icc_based(at.colours);
    let mut named = resources.fonts();
    for font in fonts.values() {
        named.pair(Name(font.name.as_bytes()), font.object);
    }
    named.finish();
    let shown: BTreeMap<&str, Ref> = sheet
        .marks
        .iter()
        .filter_map(|(_, mark)| match mark {
            Mark::Modules { dark, .. } => symbols.get(&dark.as_ptr()),
            _ => None,
        })
        .map(|drawn| (drawn.name.as_str(), drawn.object))
        .collect();
    if !shown.is_empty() {
        let mut named = resources.x_objects();
        for (name, object) in shown {
            named.pair(Name(name.as_bytes()), object);
        }
    }
}

pub(super) fn write(
    place: usize,
    page: &Page,
    height: f32,
    (fonts, symbols): (&Fonts, &Symbols),
    laid: &mut Laid,
) -> Vec<u8> {
    let mut script = Script::new(height, fonts, symbols);
    let mut open: Option<Owner> = None;
    for (owner, mark) in &page.marks {
        if open != Some(*owner) {
            if open.is_some() {
                script.end();
            }
            open = Some(*owner);
            match owner {
                Owner::Furniture(furniture) => script.begin_furniture(*furniture),
                Owner::Tag(tag) => {
                    let owners = &mut laid.owners[place];
                    let number = i32::try_from(owners.len()).unwrap_or(i32::MAX);
                    owners.push(*tag);
                    laid.content[tag.0].push((place, number));
                    script.begin_tagged(number);
                }
            }
        }
        script.draw(mark);
        if let (Owner::Tag(tag), Mark::Modules { x, y, side, .. }) = (owner, mark) {
            laid.boxes[tag.0] = Some(Rect::new(*x, height - y - side, x + side, height - y));
        }
    }
    if open.is_some() {
        script.end();
    }
    script.finish()
}

/// The owner of each piece of a page's marked content, as objects.
pub(super) fn owners<'a>(
    laid: &'a Laid,
    places: &'a Places,
) -> impl Iterator<Item = impl Iterator<Item = Ref> + 'a> {
    laid.owners
        .iter()
        .map(|page| page.iter().map(|tag| places.tag[tag.0]))
}
