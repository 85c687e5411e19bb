//! What kind of file it is: its name and its content must agree.

use std::fmt;

use memchr::memmem;

use crate::{
    Turned,
    text::{self, TextWatch},
};

/// The kinds of file the desk takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    Pdf,
    Png,
    Jpeg,
    Tiff,
    Eml,
    Txt,
    Docx,
}

impl FileKind {
    pub const ALL: [Self; 7] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Tiff,
        Self::Eml,
        Self::Txt,
        Self::Docx,
    ];
    pub(crate) const WORDS: &str = "a PDF, PNG, JPEG, TIFF, EML, TXT or DOCX file";
    pub(crate) const ENDINGS: &str = ".pdf, .png, .jpg, .tif, .eml, .txt or .docx";

    /// The kind's short name, as it stands in lists: "PDF".
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Tiff => "TIFF",
            Self::Eml => "EML",
            Self::Txt => "TXT",
            Self::Docx => "DOCX",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Eml => "message/rfc822",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The kind whose [`word`](Self::word) this is, as a row keeps it.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "tif" | "tiff" => Self::Tiff,
            "eml" => Self::Eml,
            "txt" => Self::Txt,
            "docx" => Self::Docx,
            _ => return None,
        })
    }
}

/// What the content turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Kind(FileKind),
    /// Text in an encoding that old Windows programs write.
    Utf16,
    /// Something recognised that is not accepted.
    Other(&'static str),
    /// Not what the name says, and nothing recognised.
    Not(FileKind),
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind(FileKind::Pdf) => "a PDF",
            Self::Kind(FileKind::Png) => "a PNG image",
            Self::Kind(FileKind::Jpeg) => "a JPEG image",
            Self::Kind(FileKind::Tiff) => "a TIFF image",
            Self::Kind(FileKind::Eml) => "an e-mail message",
            Self::Kind(FileKind::Txt) => "plain text",
            Self::Kind(FileKind::Docx) => "a Word document",
            Self::Utf16 => "text in UTF-16",
            Self::Other(words) => words,
            Self::Not(FileKind::Txt) => "not plain text in UTF-8",
            Self::Not(FileKind::Eml) => "not an e-mail message",
            Self::Not(FileKind::Docx) => "not a Word document",
            Self::Not(kind) => return write!(f, "not a {}", kind.word()),
        })
    }
}

/// Looks at a file while it passes, chunk by chunk.
pub(crate) struct Examiner {
    ending: String,
    wanted: FileKind,
    seen_first: bool,
    text: TextWatch,
    parts: WordParts,
}

impl Examiner {
    /// Turns away by name alone what no content could mend.
    pub(crate) fn of(file_name: &str) -> Result<Self, Turned> {
        let ending = match file_name.rsplit_once('.') {
            Some((_, ending)) if ending.chars().any(char::is_alphanumeric) => ending.trim(),
            _ => return Err(Turned::Nameless),
        };
        // It is said back to the person: short, and no more than letters and digits.
        let ending = ending.chars().filter(|c| c.is_alphanumeric()).take(12);
        let ending = ending.collect::<String>().to_lowercase();
        let Some(wanted) = FileKind::of_ending(&ending) else {
            return Err(Turned::NotAccepted { ending });
        };
        Ok(Self {
            ending,
            wanted,
            seen_first: false,
            text: TextWatch::default(),
            parts: WordParts::default(),
        })
    }

    /// Looks at the next chunk; the first is whole, so every signature lies within it.
    pub(crate) fn look(&mut self, chunk: &[u8]) -> Result<(), Turned> {
        if !self.seen_first {
            self.seen_first = true;
            self.look_at_first(chunk)?;
        }
        match self.wanted {
            FileKind::Txt if !self.text.stays_text(chunk) => Err(self.mismatch(self.nothing())),
            // A message may carry any 8-bit text, but a zero byte is in none.
            FileKind::Eml if chunk.contains(&0) => Err(self.mismatch(self.nothing())),
            FileKind::Docx => {
                self.parts.look(chunk);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn look_at_first(&self, first: &[u8]) -> Result<(), Turned> {
        match (signature(first), self.wanted) {
            (Some(Found::Kind(kind)), wanted) if kind == wanted => Ok(()),
            (Some(Found::Other(ZIP)), FileKind::Docx) | (None, FileKind::Txt) => Ok(()),
            (Some(found), _) => Err(self.mismatch(found)),
            (None, FileKind::Eml) if text::begins_like_a_message(first) => Ok(()),
            (None, _) => Err(self.mismatch(if text::begins_like_a_message(first) {
                Found::Kind(FileKind::Eml)
            } else if TextWatch::default().stays_text(first) {
                Found::Kind(FileKind::Txt)
            } else {
                self.nothing()
            })),
        }
    }

    /// The verdict once everything has passed.
    pub(crate) fn conclude(&self) -> Result<FileKind, Turned> {
        let agrees = match self.wanted {
            FileKind::Txt => self.text.ended_whole(),
            FileKind::Docx => self.parts.complete(),
            _ => true,
        };
        match self.wanted {
            kind if agrees => Ok(kind),
            FileKind::Docx => Err(self.mismatch(Found::Other(ZIP))),
            _ => Err(self.mismatch(self.nothing())),
        }
    }

    fn nothing(&self) -> Found {
        Found::Not(self.wanted)
    }

    fn mismatch(&self, found: Found) -> Turned {
        Turned::Mismatch {
            ending: self.ending.clone(),
            wanted: self.wanted,
            found,
        }
    }
}

const ZIP: &str = "a ZIP archive";

fn signature(first: &[u8]) -> Option<Found> {
    const SIGNATURES: [(&[u8], Found); 15] = [
        // Readers accept a PDF that begins later; then it could be two kinds of file at once.
        (b"%PDF-", Found::Kind(FileKind::Pdf)),
        (b"\x89PNG\r\n\x1a\n", Found::Kind(FileKind::Png)),
        (b"\xff\xd8\xff", Found::Kind(FileKind::Jpeg)),
        (b"II*\0", Found::Kind(FileKind::Tiff)),
        (b"MM\0*", Found::Kind(FileKind::Tiff)),
        (b"PK\x03\x04", Found::Other(ZIP)),
        (b"\xff\xfe", Found::Utf16),
        (b"\xfe\xff", Found::Utf16),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            Found::Other("an old Office document"),
        ),
        (b"{\\rtf", Found::Other("rich text (RTF)")),
        (b"GIF8", Found::Other("a GIF image")),
        (b"MZ", Found::Other("a Windows program")),
        (b"\x7fELF", Found::Other("a Linux program")),
        (b"<!DOCTYPE html", Found::Other("a web page")),
        (b"<html", Found::Other("a web page")),
    ];
    SIGNATURES
        .into_iter()
        .find(|(start, _)| first.starts_with(start))
        .map(|(_, found)| found)
}

/// Whether a ZIP archive holds the parts of a Word document. Their names stand uncompressed in
/// the archive's headers, in any order: Word writes them first, LibreOffice last.
/// Source: ECMA-376 Part 2, 7.2.3.2 (content types) and 7.3 (mapping to a ZIP file).
#[derive(Default)]
struct WordParts {
    content_types: bool,
    document: bool,
    /// The end of the chunk before, for a name that lies across two chunks.
    carried: Vec<u8>,
}

impl WordParts {
    const CONTENT_TYPES: &'static [u8] = b"[Content_Types].xml";
    const DOCUMENT: &'static [u8] = b"word/document.xml";

    fn look(&mut self, chunk: &[u8]) {
        if self.complete() {
            return;
        }
        let reach = Self::CONTENT_TYPES.len() - 1;
        self.carried
            .extend_from_slice(&chunk[..chunk.len().min(reach)]);
        for bytes in [&self.carried[..], chunk] {
            self.content_types |= memmem::find(bytes, Self::CONTENT_TYPES).is_some();
            self.document |= memmem::find(bytes, Self::DOCUMENT).is_some();
        }
        self.carried.clear();
        let tail = chunk.len().saturating_sub(reach);
        self.carried.extend_from_slice(&chunk[tail..]);
    }

    fn complete(&self) -> bool {
        self.content_types && self.document
    }
}
