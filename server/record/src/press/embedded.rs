//! The faces inside the file: only the glyphs used, with widths and with what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use pdf_writer::types::{CidFontType, FontFlags};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref};

use super::{Numbers, Objects};
use crate::faces::{FontBook, FontId, Metrics, Outlines, Subset};
use crate::paragraph::{Line, Phrase};
use crate::sheet::{Mark, Sheets};

/// A face of this file.
pub(super) struct Embedded {
    /// Its name among the page's resources.
    pub(super) name: String,
    pub(super) object: Ref,
    pub(super) subset: Arc<Subset>,
}

pub(super) type Fonts = BTreeMap<FontId, Embedded>;

pub(super) fn embed(
    pdf: &mut Pdf,
    numbers: &mut Numbers,
    sheets: &Sheets,
    book: &FontBook,
) -> Result<Fonts, String> {
    let mut fonts = Fonts::new();
    for (id, glyphs) in used(sheets, book) {
        let subset = book.subset(id, &glyphs).map_err(|fault| fault.0)?;
        let object = numbers.next();
        write(pdf, numbers, object, &subset, &book.font(id).metrics);
        fonts.insert(
            id,
            Embedded {
                name: format!("F{}", id.0),
                object,
                subset,
            },
        );
    }
    Ok(fonts)
}

/// Every glyph drawn, with the text it stands for: its own where it draws it alone.
pub(super) fn used(sheets: &Sheets, book: &FontBook) -> BTreeMap<FontId, BTreeMap<u16, String>> {
    let mut used: BTreeMap<FontId, BTreeMap<u16, String>> = BTreeMap::new();
    for phrase in lines(sheets).flat_map(|line| &line.phrases) {
        for run in &phrase.runs {
            let font = book.font(run.font);
            let glyphs = used.entry(run.font).or_default();
            for glyph in &run.glyphs {
                glyphs.entry(glyph.id).or_insert_with(|| {
                    let cluster = &phrase.text[glyph.text.clone()];
                    match font.says(glyph.id) {
                        Some(c) if !glyph.alone || cluster.is_empty() => c.to_string(),
                        _ => cluster.to_owned(),
                    }
                });
            }
        }
    }
    used
}

pub(super) fn lines(sheets: &Sheets) -> impl Iterator<Item = &Line> {
    sheets
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|(_, mark)| match mark {
            Mark::Text { line, .. } | Mark::Turned { line, .. } => Some(line.as_ref()),
            Mark::Fill { .. } | Mark::Modules { .. } => None,
        })
}

/// Whether glyph by glyph the character map would tell a reader what the phrase says.
pub(super) fn speaks_for_itself(phrase: &Phrase, fonts: &Fonts) -> bool {
    !phrase.reordered
        && phrase.runs.iter().all(|run| {
            fonts.get(&run.font).is_some_and(|font| {
                run.glyphs.iter().all(|glyph| {
                    glyph.alone && font.subset.says(glyph.id) == &phrase.text[glyph.text.clone()]
                })
            })
        })
}

pub(super) fn write(
    objects: &mut impl Objects,
    numbers: &mut Numbers,
    object: Ref,
    subset: &Subset,
    metrics: &Metrics,
) {
    let (descendant, descriptor) = (numbers.next(), numbers.next());
    let (to_unicode, file) = (numbers.next(), numbers.next());
    let name = Name(subset.name.as_bytes());
    objects
        .begin(object)
        .type0_font(object)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(to_unicode);

    let mut cid = objects.begin(descendant).cid_font(descendant);
    cid.base_font(name)
        .system_info(crate::faces::IDENTITY)
        .font_descriptor(descriptor)
        .default_width(0.0);
    match subset.outlines {
        Outlines::TrueType => cid
            .subtype(CidFontType::Type2)
            .cid_to_gid_map_predefined(Name(b"Identity")),
        Outlines::Cff => cid.subtype(CidFontType::Type0),
    };
    cid.widths().consecutive(0, subset.widths.iter().copied());
    cid.finish();

    let [left, bottom, right, top] = metrics.bounds;
    let mut described = objects.begin(descriptor).font_descriptor(descriptor);
    described
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(metrics.italic_angle)
        .ascent(metrics.ascent)
        .descent(metrics.descent)
        .cap_height(metrics.cap_height)
        .stem_v(80.0);
    match subset.outlines {
        Outlines::TrueType => described.font_file2(file),
        Outlines::Cff => described.font_file3(file),
    };
    described.finish();

    objects
        .begin(to_unicode)
        .cmap(to_unicode, &subset.to_unicode)
        .filter(Filter::FlateDecode);
    let mut stream = objects.begin(file).stream(file, &subset.file);
    stream.filter(Filter::FlateDecode);
    match subset.outlines {
        Outlines::TrueType => stream.pair(
            Name(b"Length1"),
            i32::try_from(subset.length).unwrap_or(i32::MAX),
        ),
        Outlines::Cff => stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C")),
    };
}
