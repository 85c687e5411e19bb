//! Symbols drawn once and shown on as many pages as have them.

use std::collections::HashMap;

use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::writers::ColorSpace;
use pdf_writer::{Content, Filter, Pdf, Rect, Ref};

use super::page::COLOURS;
use super::{Numbers, Objects, Places, deflate};
use crate::sheet::{Mark, Sheets};

/// A symbol of this file, one unit a module.
pub(super) struct Drawn {
    /// Its name among the page's resources.
    pub(super) name: String,
    pub(super) object: Ref,
}

/// By where the modules lie in memory: pages that show one symbol share them.
pub(super) type Symbols = HashMap<*const Vec<bool>, Drawn>;

pub(super) fn draw(
    pdf: &mut Pdf,
    numbers: &mut Numbers,
    sheets: &Sheets,
    places: &Places,
) -> Symbols {
    let mut symbols = Symbols::new();
    for (_, mark) in sheets.pages.iter().flat_map(|page| &page.marks) {
        let Mark::Modules { dark, .. } = mark else {
            continue;
        };
        let next = symbols.len();
        symbols.entry(dark.as_ptr()).or_insert_with(|| {
            let object = numbers.next();
            write(pdf, object, dark, places.colours);
            let name = format!("S{next}");
            Drawn { name, object }
        });
    }
    symbols
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a symbol has at most 177 modules a side"
)]
pub(super) fn write(objects: &mut impl Objects, object: Ref, dark: &[Vec<bool>], colours: Ref) {
    let mut content = Content::new();
    content
        .set_fill_color_space(ColorSpaceOperand::Named(COLOURS))
        .set_fill_color([0.0; 3]);
    // Dark neighbours in a row are drawn as one bar, so that no hairline parts them.
    for (row, modules) in dark.iter().enumerate() {
        let mut column = 0;
        for bar in modules.chunk_by(|one, next| one == next) {
            if bar.first() == Some(&true) {
                let below = dark.len() - row - 1;
                content.rect(column as f32, below as f32, bar.len() as f32, 1.0);
            }
            column += bar.len();
        }
    }
    content.fill_nonzero();
    let side = dark.len() as f32;
    let packed = deflate(&content.finish());
    let mut form = objects.begin(object).form_xobject(object, &packed);
    form.filter(Filter::FlateDecode);
    form.bbox(Rect::new(0.0, 0.0, side, side));
    form.resources()
        .color_spaces()
        .insert(COLOURS)
        .start::<ColorSpace<'_>>()
        .icc_based(colours);
}
