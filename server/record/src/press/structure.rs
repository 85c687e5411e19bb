//! The tag tree as PDF structure elements.

use pdf_writer::types::{ListNumbering, Placement, StructRole, TableHeaderScope};
use pdf_writer::writers::StructElement;
use pdf_writer::{Finish, Name, Pdf, TextStr};

use super::Places;
use super::page::{self, Laid};
use crate::sheet::{Meaning, Scope, Sheets, Tags};

pub(super) fn tree(pdf: &mut Pdf, sheets: &Sheets, places: &Places, laid: &Laid) {
    let mut root = pdf.indirect(places.structure).dict();
    root.pair(Name(b"Type"), Name(b"StructTreeRoot"));
    root.insert(Name(b"K"))
        .array()
        .item(places.tag[Tags::ROOT.0]);
    root.pair(Name(b"ParentTree"), places.parents);
    root.pair(
        Name(b"ParentTreeNextKey"),
        i32::try_from(sheets.pages.len()).unwrap_or(i32::MAX),
    );
    root.finish();

    let mut parents = pdf.indirect(places.parents).dict();
    let mut nums = parents.insert(Name(b"Nums")).array();
    for (page, owners) in page::owners(laid, places).enumerate() {
        nums.item(i32::try_from(page).unwrap_or(i32::MAX));
        nums.push().array().items(owners);
    }
    nums.finish();
    parents.finish();

    for (id, tag) in sheets.tags.iter() {
        let mut element = pdf.struct_element(places.tag[id.0]);
        element.parent(
            tag.parent
                .map_or(places.structure, |parent| places.tag[parent.0]),
        );
        say(&mut element, &tag.meaning);
        if let Some(square) = laid.boxes[id.0] {
            // Source: ISO 14289-1, 7.3: a figure on one page has a bounding box.
            element
                .attributes()
                .push()
                .layout()
                .bbox(square)
                .placement(Placement::Block);
        }
        let content = &laid.content[id.0];
        if tag.children.is_empty() && content.is_empty() {
            continue;
        }
        let mut children = element.children();
        for (page, number) in content {
            children
                .marked_content_ref()
                .page(places.page[*page])
                .marked_content_id(*number);
        }
        for child in &tag.children {
            children.struct_element(places.tag[child.0]);
        }
    }
}

pub(super) fn say(element: &mut StructElement<'_>, meaning: &Meaning) {
    match meaning {
        Meaning::Document => element.kind(StructRole::Document),
        Meaning::Section => element.kind(StructRole::Sect),
        Meaning::Heading(level, title) => {
            element.kind(heading(*level)).title(TextStr(title.as_str()))
        }
        Meaning::Paragraph => element.kind(StructRole::P),
        Meaning::Quote => element.kind(StructRole::BlockQuote),
        Meaning::List => element.kind(StructRole::L),
        Meaning::Item => element.kind(StructRole::LI),
        Meaning::ItemMark => element.kind(StructRole::Lbl),
        Meaning::ItemBody => element.kind(StructRole::LBody),
        Meaning::Table { .. } => element.kind(StructRole::Table),
        Meaning::TableHead => element.kind(StructRole::THead),
        Meaning::TableBody => element.kind(StructRole::TBody),
        Meaning::Row => element.kind(StructRole::TR),
        Meaning::HeadCell(_) => element.kind(StructRole::TH),
        Meaning::Cell => element.kind(StructRole::TD),
        Meaning::Figure { says } => element.kind(StructRole::Figure).alt(TextStr(says.as_str())),
    };
    match meaning {
        Meaning::Table { summary } => {
            element
                .attributes()
                .push()
                .table()
                .summary(TextStr(summary.as_str()));
        }
        // Source: ISO 14289-1, 7.6: where items have marks, the list says of which kind.
        Meaning::List => {
            element
                .attributes()
                .push()
                .list()
                .list_numbering(ListNumbering::Disc);
        }
        Meaning::HeadCell(scope) => {
            element.attributes().push().table().scope(match scope {
                Scope::Column => TableHeaderScope::Column,
                Scope::Row => TableHeaderScope::Row,
            });
        }
        _ => {}
    }
}

fn heading(level: u8) -> StructRole {
    match level {
        1 => StructRole::H1,
        2 => StructRole::H2,
        3 => StructRole::H3,
        4 => StructRole::H4,
        5 => StructRole::H5,
        _ => StructRole::H6,
    }
}
