//! The part of a font that a record embeds, and a bounded memory of such parts.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use pdf_writer::types::UnicodeCmap;
use pdf_writer::{Name, Str, types::SystemInfo};
use sha2::{Digest, Sha256};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};

use super::{Font, FontId};
use crate::press::deflate;

/// Glyphs to keep, each with the text it stands for.
pub(crate) type Glyphs = BTreeMap<u16, String>;

#[derive(Debug, thiserror::Error)]
#[error("the face {0} cannot be cut down to the glyphs of this record")]
pub(crate) struct Unsubsettable(pub(crate) String);

/// An embedded face: a few glyphs under new numbers, their widths, and what they say.
#[derive(Debug)]
pub(crate) struct Subset {
    numbers: HashMap<u16, u16>,
    /// Of each new number, in thousandths of an em.
    pub(crate) widths: Vec<f32>,
    /// What each old glyph stands for in the character map.
    says: Glyphs,
    pub(crate) name: String,
    pub(crate) outlines: Outlines,
    pub(crate) file: Vec<u8>,
    pub(crate) length: usize,
    pub(crate) to_unicode: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlines {
    TrueType,
    Cff,
}

impl Subset {
    pub(crate) fn number(&self, glyph: u16) -> u16 {
        self.numbers.get(&glyph).copied().unwrap_or(0)
    }

    pub(crate) fn width(&self, number: u16) -> f32 {
        self.widths.get(usize::from(number)).copied().unwrap_or(0.0)
    }

    pub(crate) fn says(&self, glyph: u16) -> &str {
        self.says.get(&glyph).map_or("", String::as_str)
    }

    /// The glyphs under new numbers in the order given, without the file that draws them.
    fn measured(
        font: &Font,
        order: impl IntoIterator<Item = u16>,
        says: Glyphs,
    ) -> Result<(Self, subsetter::GlyphRemapper), Unsubsettable> {
        let fault = || Unsubsettable(font.name.clone());
        let mut mapper = subsetter::GlyphRemapper::new();
        let numbers = order
            .into_iter()
            .map(|glyph| (glyph, mapper.remap(glyph)))
            .collect();
        let face = skrifa::FontRef::from_index(&font.data, 0).map_err(|_| fault())?;
        let measures = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let widths = mapper
            .remapped_gids()
            .map(|glyph| {
                let advance = measures.advance_width(skrifa::GlyphId::from(glyph));
                advance.unwrap_or(0.0) * font.metrics.per_unit
            })
            .collect();
        let light = Self {
            name: String::new(),
            numbers,
            widths,
            outlines: Outlines::TrueType,
            length: 0,
            file: Vec::new(),
            to_unicode: Vec::new(),
            says,
        };
        Ok((light, mapper))
    }

    fn cut(
        font: &Font,
        order: impl IntoIterator<Item = u16>,
        says: Glyphs,
    ) -> Result<Self, Unsubsettable> {
        let fault = || Unsubsettable(font.name.clone());
        let (measured, mapper) = Self::measured(font, order, says)?;
        let cut = subsetter::subset(&font.data, 0, &mapper).map_err(|_| fault())?;
        let (outlines, file) = match cff_table(&cut) {
            Some(table) => (Outlines::Cff, table),
            None => (Outlines::TrueType, cut),
        };
        let mut cmap = UnicodeCmap::<u16>::new(Name(b"Custom"), IDENTITY);
        for (glyph, text) in &measured.says {
            if let Some(number) = mapper.get(*glyph) {
                cmap.pair_with_multiple(number, text.chars());
            }
        }
        Ok(Self {
            name: format!("{}+{}", tag(&measured.says), font.name),
            outlines,
            length: file.len(),
            file: deflate(&file),
            to_unicode: deflate(cmap.finish().as_slice()),
            ..measured
        })
    }
}

/// A face whose glyphs become known page by page: each has its number from when it is first met.
#[derive(Debug, Default)]
pub(crate) struct Growing {
    order: Vec<u16>,
    says: Glyphs,
}

impl Growing {
    /// Takes in the glyphs of a page, and answers what that page needs to know of the face.
    pub(crate) fn grow(&mut self, font: &Font, used: Glyphs) -> Result<Subset, Unsubsettable> {
        for (glyph, text) in used {
            if let Entry::Vacant(place) = self.says.entry(glyph) {
                self.order.push(glyph);
                place.insert(text);
            }
        }
        Ok(Subset::measured(font, self.order.iter().copied(), self.says.clone())?.0)
    }

    /// The face with all that was met.
    pub(crate) fn cut(self, font: &Font) -> Result<Subset, Unsubsettable> {
        Subset::cut(font, self.order, self.says)
    }
}

pub(crate) const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// A PDF embeds the bare CFF table, without the OpenType wrapping.
fn cff_table(cut: &[u8]) -> Option<Vec<u8>> {
    let face = skrifa::FontRef::new(cut).ok()?;
    let table = face.table_data(skrifa::Tag::new(b"CFF "))?;
    Some(table.as_bytes().to_vec())
}

/// Six capitals that tell subsets of one font apart.
/// Source: ISO 32000-1, 9.6.4.
fn tag(says: &Glyphs) -> String {
    let mut hash = Sha256::new();
    for (glyph, text) in says {
        hash.update(glyph.to_be_bytes());
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// Records share most of their letters, so a subset is often met again.
///
/// What is recalled depends on the glyphs alone, never on what was printed before: a record's bytes
/// must not tell of other records.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<HashMap<(FontId, Glyphs), Arc<Subset>>>);

/// At some 40 kB each this holds a few megabytes; a full memory is emptied, not weighed.
const REMEMBERED: usize = 96;

impl Memory {
    pub(crate) fn recall(
        &self,
        id: FontId,
        font: &Font,
        used: &Glyphs,
    ) -> Result<Arc<Subset>, Unsubsettable> {
        let mut glyphs = used.clone();
        for (glyph, says) in &font.common {
            glyphs.entry(*glyph).or_insert_with(|| says.clone());
        }
        let key = (id, glyphs);
        if let Some(subset) = self.lock().get(&key) {
            return Ok(Arc::clone(subset));
        }
        let subset = Arc::new(Subset::cut(font, key.1.keys().copied(), key.1.clone())?);
        let mut held = self.lock();
        if held.len() >= REMEMBERED {
            held.clear();
        }
        held.insert(key, Arc::clone(&subset));
        Ok(subset)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(FontId, Glyphs), Arc<Subset>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Faces that draw Latin always keep the common letters, so that ordinary records share one subset.
pub(crate) fn common_letters(charmap: &Charmap<'_>) -> Glyphs {
    (' '..='~')
        .chain("§·–—‘’“”…×éèüöäßñç".chars())
        .filter_map(|c| {
            let glyph = u16::try_from(charmap.map(c)?.to_u32()).ok()?;
            Some((glyph, c.to_string()))
        })
        .collect()
}
