//! The faces a record is set in: built once, shared by every thread.

mod coverage;
mod shaping;
mod subset;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;

use coverage::Coverage;
pub(crate) use shaping::{Shaped, Shaper};
pub(crate) use subset::{Growing, IDENTITY, Outlines, Subset};

static SANS: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
static SANS_BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
static ARABIC: &[u8] = include_bytes!("../fonts/NotoSansArabic-Regular.ttf");
static ARABIC_BOLD: &[u8] = include_bytes!("../fonts/NotoSansArabic-Bold.ttf");
static HEBREW: &[u8] = include_bytes!("../fonts/NotoSansHebrew-Regular.ttf");
static HEBREW_BOLD: &[u8] = include_bytes!("../fonts/NotoSansHebrew-Bold.ttf");
static MONO: &[u8] = include_bytes!("../fonts/DejaVuSansMono.ttf");

/// How a piece of text speaks. One text face; the weight and the fixed pitch are its only changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    Text,
    Strong,
    /// Fixed pitch, for digests and identifiers that people compare letter by letter.
    Code,
}

/// Place of a font in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FontId(pub(crate) usize);

const ID_SANS: FontId = FontId(0);
const ID_BOLD: FontId = FontId(1);
const ID_MONO: FontId = FontId(2);
const ID_ARABIC: FontId = FontId(3);
const ID_HEBREW: FontId = FontId(4);
const ID_ARABIC_BOLD: FontId = FontId(5);
const ID_HEBREW_BOLD: FontId = FontId(6);
const ID_CJK: FontId = FontId(7);

/// Why a face cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontFault {
    #[error("the font file {path} cannot be read: {source}")]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the font {0} is not an OpenType face with outlines")]
    NotAFace(String),
}

/// Every face, with what shaping and embedding need to know of it.
///
/// Loading parses megabytes; keep one behind an `Arc` for the life of the process.
#[derive(Debug)]
pub struct FontBook {
    fonts: Vec<Font>,
    subsets: subset::Memory,
    plans: shaping::Plans,
}

pub(crate) struct Font {
    pub(crate) name: String,
    data: Arc<[u8]>,
    shaping: harfrust::ShaperData,
    coverage: Coverage,
    /// The lowest character that draws each glyph: what a glyph says when its cluster says several things.
    speaks: HashMap<u16, char>,
    /// What every subset of this face keeps.
    common: subset::Glyphs,
    pub(crate) metrics: Metrics,
}

/// Measures in thousandths of an em, as PDF counts them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metrics {
    pub(crate) per_unit: f32,
    pub(crate) ascent: f32,
    pub(crate) descent: f32,
    pub(crate) cap_height: f32,
    pub(crate) italic_angle: f32,
    pub(crate) bounds: [f32; 4],
}

impl FontBook {
    /// Builds the book from the embedded faces, and one for Chinese, Japanese and Korean if a path is given.
    pub fn load(cjk: Option<&Path>) -> Result<Self, FontFault> {
        let mut fonts = Vec::with_capacity(8);
        for (name, data) in [
            ("NotoSans-Regular", SANS),
            ("NotoSans-Bold", SANS_BOLD),
            ("DejaVuSansMono", MONO),
            ("NotoSansArabic-Regular", ARABIC),
            ("NotoSansHebrew-Regular", HEBREW),
            ("NotoSansArabic-Bold", ARABIC_BOLD),
            ("NotoSansHebrew-Bold", HEBREW_BOLD),
        ] {
            fonts.push(Font::parse(name, Arc::from(data))?);
        }
        if let Some(path) = cjk {
            let data = std::fs::read(path).map_err(|source| FontFault::Unreadable {
                path: path.into(),
                source,
            })?;
            fonts.push(Font::parse("CJK", Arc::from(data))?);
        }
        Ok(Self {
            fonts,
            subsets: subset::Memory::default(),
            plans: shaping::Plans::default(),
        })
    }

    /// Whether Chinese, Japanese and Korean can be drawn, so that the desk can say when they cannot.
    pub fn draws_cjk(&self) -> bool {
        self.fonts.len() > ID_CJK.0
    }

    pub(crate) fn font(&self, id: FontId) -> &Font {
        &self.fonts[id.0]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = FontId> + use<> {
        (0..self.fonts.len()).map(FontId)
    }

    /// The first face of the voice's chain that draws the character.
    pub(crate) fn face_for(&self, voice: Voice, c: char) -> Option<FontId> {
        let chain = match voice {
            Voice::Text => [ID_SANS, ID_ARABIC, ID_HEBREW, ID_MONO, ID_CJK],
            Voice::Strong => [ID_BOLD, ID_ARABIC_BOLD, ID_HEBREW_BOLD, ID_MONO, ID_CJK],
            Voice::Code => [ID_MONO, ID_SANS, ID_ARABIC, ID_HEBREW, ID_CJK],
        };
        chain.into_iter().find(|id| self.draws(*id, c))
    }

    pub(crate) fn draws(&self, id: FontId, c: char) -> bool {
        self.fonts
            .get(id.0)
            .is_some_and(|font| font.coverage.holds(c))
    }

    /// The part of a font that draws these glyphs, compressed and ready to embed.
    pub(crate) fn subset(
        &self,
        id: FontId,
        glyphs: &subset::Glyphs,
    ) -> Result<Arc<Subset>, subset::Unsubsettable> {
        self.subsets.recall(id, self.font(id), glyphs)
    }
}

impl Font {
    fn parse(name: &str, data: Arc<[u8]>) -> Result<Self, FontFault> {
        let not_a_face = || FontFault::NotAFace(name.to_owned());
        // A collection's first face stands for the collection.
        let face = skrifa::FontRef::from_index(&data, 0).map_err(|_| not_a_face())?;
        let measured = face.metrics(Size::unscaled(), LocationRef::default());
        let bounds = measured.bounds.ok_or_else(not_a_face)?;
        let per_unit = 1000.0 / f32::from(measured.units_per_em);
        let shaping = {
            let face = harfrust::FontRef::from_index(&data, 0).map_err(|_| not_a_face())?;
            harfrust::ShaperData::new(&face)
        };

        let mut coverage = Coverage::default();
        let mut speaks = HashMap::new();
        for (code, glyph) in face.charmap().mappings() {
            let (Some(c), Ok(glyph)) = (char::from_u32(code), u16::try_from(glyph.to_u32())) else {
                continue;
            };
            if glyph != 0 {
                coverage.add(c);
                speaks
                    .entry(glyph)
                    .and_modify(|held: &mut char| *held = c.min(*held))
                    .or_insert(c);
            }
        }

        // The face for Chinese draws Latin too, but is never asked to.
        let draws_latin = coverage.holds('A') && !coverage.holds('\u{4e00}');
        let common = if draws_latin {
            subset::common_letters(&face.charmap())
        } else {
            subset::Glyphs::new()
        };
        let italic_angle = face.post().map_or(0.0, |post| post.italic_angle().to_f32());
        Ok(Self {
            name: postscript_name(&face).unwrap_or_else(|| name.to_owned()),
            shaping,
            coverage,
            speaks,
            common,
            metrics: Metrics {
                per_unit,
                ascent: measured.ascent * per_unit,
                descent: measured.descent * per_unit,
                cap_height: measured.cap_height.unwrap_or(measured.ascent) * per_unit,
                italic_angle,
                bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
                    .map(|unit| unit * per_unit),
            },
            data,
        })
    }

    /// What a glyph says by itself, if any one character draws it.
    pub(crate) fn says(&self, glyph: u16) -> Option<char> {
        self.speaks.get(&glyph).copied()
    }
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Font({})", self.name)
    }
}

/// Only letters, digits and hyphens: a PDF name takes no spaces or brackets.
fn postscript_name(face: &skrifa::FontRef<'_>) -> Option<String> {
    let name: String = face
        .localized_strings(skrifa::string::StringId::POSTSCRIPT_NAME)
        .english_or_first()?
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    (!name.is_empty()).then_some(name)
}
