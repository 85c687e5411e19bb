//! Templates of letters: versioned, one text for each kind and language. Source: domain, section 6.
//!
//! A template tells fields of the case, asks whether they are there and goes through lists; what it
//! may tell is listed in [`FIELDS`]. Filling one in needs the template language and the locale data,
//! and is done in the crate `letters`; what a person may write at all is decided here.

mod field;
mod text;

use std::{fmt, str::FromStr};

use icu_locale_core::Locale;
use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    letter::LetterKind,
    words::{Line, Prose},
};

pub use field::{
    FIELDS, Field, Shape, confirms_nothing, fields_of, known, names_nobody, tells_of_holdings,
};
pub use text::{Block, blocks};

/// A language as BCP 47 names it, in its one proper spelling: `en`, `de`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// Reads a tag in any spelling.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        const SAYS: &str = "Name the language by its tag (BCP 47): en, de, fr, pt-BR.";
        let locale = Locale::try_from_str(raw.trim()).map_err(|_| SAYS)?;
        // Extensions say how to sort or to count, which no letter needs.
        let language = locale.id;
        if language.language.is_unknown() || raw.trim().len() > 35 {
            return Err(SAYS);
        }
        Ok(Self(language.to_string()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The languages the desk is delivered with.
    pub fn delivered() -> [Self; 2] {
        ["en", "de"].map(|tag| Self(tag.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = &'static str;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::parse(raw)
    }
}

impl TryFrom<String> for Language {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub kind: LetterKind,
    pub language: Language,
    /// 0 is what the desk was delivered with.
    pub version: u32,
    pub subject: Line,
    pub body: Prose,
}

impl Template {
    /// Reads the form of a template's page; whether it can be filled in is another question.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(
        fields: &Fields,
        kind: LetterKind,
        language: Language,
        version: u32,
    ) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let subject = reader.line("subject", "Give the subject line.");
        let body = reader.prose("body", "Write the letter.");
        let made = subject.zip(body).map(|(subject, body)| Self {
            kind,
            language,
            version,
            subject,
            body,
        });
        reader.done(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_one_spelling() {
        let read = |raw| Language::parse(raw).map(String::from);
        assert_eq!(read(" PT-br "), Ok("pt-BR".into()));
        assert_eq!(read("zh-hant-tw"), Ok("zh-Hant-TW".into()));
        for odd in ["", "german", "d", "und", "../en", "en de", "e\u{301}n"] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }
}
