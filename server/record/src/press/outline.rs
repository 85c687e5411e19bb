//! The outline: a flat list of places, in order.

use pdf_writer::{Pdf, TextStr};

use super::{Numbers, Places};
use crate::sheet::Sheets;

pub(super) fn outline(pdf: &mut Pdf, numbers: &mut Numbers, sheets: &Sheets, places: &Places) {
    let items = numbers.many(sheets.outline.len());
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        let count = i32::try_from(items.len()).unwrap_or(i32::MAX);
        pdf.outline(places.outline)
            .first(*first)
            .last(*last)
            .count(count);
    }
    for (place, bookmark) in sheets.outline.iter().enumerate() {
        let mut item = pdf.outline_item(items[place]);
        item.title(TextStr(bookmark.title.as_str()))
            .parent(places.outline);
        if place > 0 {
            item.prev(items[place - 1]);
        }
        if let Some(next) = items.get(place + 1) {
            item.next(*next);
        }
        let top = sheets.paper.height - bookmark.y;
        item.dest()
            .page(places.page[bookmark.page])
            .xyz(0.0, top, None);
    }
}
