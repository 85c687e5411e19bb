//! Validated text. A [`Line`] and a [`Prose`] are made only by `parse`, and are never blank.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Most characters in one line of text: a name, a reference, a title.
pub const LINE_MOST: usize = 200;
/// Most characters in a passage: reasons, a legal basis quoted verbatim.
pub const PROSE_MOST: usize = 10_000;

macro_rules! text {
    ($(#[$meta:meta])* $name:ident, $most:expr, $newlines:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Trims, and refuses what is blank, too long or unprintable.
            ///
            /// # Errors
            /// A sentence for the person who typed it.
            pub fn parse(raw: &str) -> Result<Self, Blame> {
                clean(raw, $most, $newlines).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Blame;
            fn try_from(raw: String) -> Result<Self, Blame> {
                Self::parse(&raw)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text!(
    /// One line of text, at most [`LINE_MOST`] characters, never blank.
    Line, LINE_MOST, false
);
text!(
    /// A passage of text, at most [`PROSE_MOST`] characters, never blank. Line breaks are kept.
    Prose, PROSE_MOST, true
);

/// The words a denial, a narrowing, a withdrawal or a reopening always carries.
pub type Reasons = Prose;

/// What is wrong with a piece of text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Blame {
    /// Nothing but white space.
    #[error("This is empty.")]
    Blank,
    /// More characters than fit.
    #[error("This has {has} characters; at most {most} fit.")]
    TooLong { has: usize, most: usize },
    /// A control character, which no record could print.
    #[error("This holds a character that cannot be printed (U+{0:04X}); remove it.")]
    Unprintable(u32),
}

fn clean(raw: &str, most: usize, newlines: bool) -> Result<String, Blame> {
    // Browsers send CRLF from a textarea; the ledger holds one kind of line break.
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Blame::Blank);
    }
    let has = text.chars().count();
    if has > most {
        return Err(Blame::TooLong { has, most });
    }
    let printable = |c: char| !c.is_control() || (newlines && matches!(c, '\n' | '\t'));
    match text.chars().find(|c| !printable(*c)) {
        Some(c) => Err(Blame::Unprintable(u32::from(c))),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_never_blank() {
        assert_eq!(Line::parse(" \t\n "), Err(Blame::Blank));
    }

    #[test]
    fn a_line_holds_no_line_break_and_prose_does() {
        assert_eq!(Line::parse("a\nb"), Err(Blame::Unprintable(10)));
        assert_eq!(Prose::parse("a\r\nb").map(String::from), Ok("a\nb".into()));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::parse(&"é".repeat(LINE_MOST)).is_ok());
        assert_eq!(
            Line::parse(&"é".repeat(LINE_MOST + 1)),
            Err(Blame::TooLong {
                has: LINE_MOST + 1,
                most: LINE_MOST
            })
        );
    }

    #[test]
    fn stored_text_is_validated_again_when_read() {
        assert!(serde_json::from_str::<Line>("\"\"").is_err());
    }
}
