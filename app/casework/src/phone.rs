//! Telephone numbers, compared by their digits.
//!
//! Not a library with the world's numbering plans: those answer whether a number is valid, at the
//! price of a megabyte of tables. Here the question is whether two people wrote down the same
//! number, and where that is in doubt the careful answer is yes: a call-back to a number that came
//! with the request proves nothing. So `+44 (0)20 7946 0000` and `020 7946 0000` are one number,
//! and so are two that only a country code tells apart.

use std::{collections::BTreeSet, ops::ControlFlow};

use unicode_normalization::UnicodeNormalization;

/// Fewest digits of which a number is told again by its end: fewer are a short code (112, 911),
/// and only the same one is the same.
pub const TELLING: usize = 7;
/// Most digits of a number, with its country code. Source: ITU-T E.164, section 6.
const DIGITS_MOST: usize = 15;
/// Most digits of a country code. Source: ITU-T E.164, section 6.2.1.
const COUNTRY_MOST: usize = 3;
/// Most numbers that are kept of one text. A field of sixty thousand characters can be read as as
/// many numbers; who gives more than a few wants none of them found.
pub const NUMBERS_MOST: usize = 100;

/// Whether two texts name one telephone number. Extensions do not count: they lead to another desk
/// behind the same switchboard.
///
/// `one` is a line of text and kept whole; `other` may be as long as it likes, and is read to its
/// end: a number is not hidden by standing behind a hundred others.
pub fn same_number(one: &str, other: &str) -> bool {
    names_one_of(&numbers(one, usize::MAX), other)
}

/// Whether a number stands in a text: a field of a request, or all that it asks.
pub fn stands_in(number: &str, text: &str) -> bool {
    same_number(number, text)
}

/// What two texts that name one number have in common: the last digits of each number in them, in
/// the order they are read, each once and [`NUMBERS_MOST`] at most. Equal keys find what may be the
/// same; [`same_number`] says whether it is.
pub fn keys(text: &str) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    let _ = each(text, |number| {
        let spellings = std::iter::once(number.digits.clone()).chain(number.without_trunk());
        for key in spellings.map(|digits| tail(&digits).to_owned()) {
            if known.insert(key.clone()) {
                found.push(key);
            }
        }
        if found.len() < NUMBERS_MOST {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    found.truncate(NUMBERS_MOST);
    found
}

/// The digits of the first number in a text, `+` before them where the country code is told; none
/// where there is no number. Spellings of one number that differ only in signs have one such form.
pub fn plain(text: &str) -> Option<String> {
    let number = numbers(text, 1).pop_first()?;
    let plus = if number.whole { "+" } else { "" };
    Some(format!("{plus}{}", number.digits))
}

/// The numbers that a text gives, read once to be compared with many others.
#[derive(Clone, Debug)]
pub struct Numbers(BTreeSet<Number>);

impl Numbers {
    /// Those of a text, [`NUMBERS_MOST`] at most.
    pub fn of(text: &str) -> Self {
        Self(numbers(text, NUMBERS_MOST))
    }

    /// Whether another text names one of them.
    pub fn stand_in(&self, text: &str) -> bool {
        names_one_of(&self.0, text)
    }
}

/// One number, as its digits without the signs that say how it is dialled from where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    digits: String,
    /// Whether the country code is among the digits.
    whole: bool,
}

impl Number {
    /// The digits less the zero that is dialled within a country, where it may have been left after
    /// the country code: `+44 020 7946 0000`. How long that code is nobody knows here.
    fn without_trunk(&self) -> impl Iterator<Item = String> {
        let zeros = self.digits.char_indices().skip(1).take(COUNTRY_MOST);
        zeros
            .filter(|(_, digit)| self.whole && *digit == '0')
            .map(|(at, _)| format!("{}{}", &self.digits[..at], &self.digits[at + 1..]))
    }
}

fn names_one_of(numbers: &BTreeSet<Number>, text: &str) -> bool {
    each(text, |other| {
        if numbers.iter().any(|one| alike(one, &other)) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })
    .is_break()
}

fn alike(one: &Number, other: &Number) -> bool {
    let (one_long, other_long) = (one.digits.len(), other.digits.len());
    if one.digits == other.digits {
        return true;
    }
    // Two whole numbers are the same digit by digit, or but for a zero that does not belong there; a
    // national one is the end of a whole one.
    if one.whole && other.whole {
        let but_for_zero = |long: &Number, short: &Number| {
            long.digits.len() == short.digits.len() + 1
                && long.without_trunk().any(|digits| digits == short.digits)
        };
        return but_for_zero(one, other) || but_for_zero(other, one);
    }
    one_long.min(other_long) >= TELLING
        && (one.digits.ends_with(&other.digits) || other.digits.ends_with(&one.digits))
}

fn tail(digits: &str) -> &str {
    &digits[digits.len().saturating_sub(TELLING)..]
}

/// The numbers that a text may be read as, each once: the first so many of them.
fn numbers(text: &str, most: usize) -> BTreeSet<Number> {
    let mut found = BTreeSet::new();
    let _ = each(text, |number| {
        found.insert(number);
        if found.len() < most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    found
}

/// Reads every number that a text may be read as, in order, until `see` has seen enough. Several may
/// stand in one field.
fn each(text: &str, mut see: impl FnMut(Number) -> ControlFlow<()>) -> ControlFlow<()> {
    // Full-width digits and signs become plain ones; digits of other scripts are read below.
    let text: String = text.nfkc().map(digit_or_self).collect();
    for part in text.split([',', ';', '/', '|', '\n', '\t']) {
        let part = without_extension(part);
        for run in runs(part) {
            match read(run) {
                Some(number) => see(number)?,
                None => windows(run).try_for_each(&mut see)?,
            }
        }
        if let Some(number) = read(&spelled(part)) {
            see(number)?;
        }
    }
    ControlFlow::Continue(())
}

/// The stretches of a text that look like a number: digits and what people put between them.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '+' | '(' | ')' | '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
            || c.is_whitespace()
            // Signs that cannot be seen hide nothing.
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.split(move |c| !between(c))
        .filter(|run| run.contains(|c: char| c.is_ascii_digit()))
}

/// The numbers in a stretch that is too long for one: a date or another number follows at once.
fn windows(run: &str) -> impl Iterator<Item = Number> {
    let groups: Vec<&str> = run.split_whitespace().take(40).collect();
    let most = groups.len();
    let spans = (0..most)
        .flat_map(move |first| (first..most.min(first + 8)).map(move |last| (first, last)));
    spans.filter_map(move |(first, last)| read(&groups[first..=last].join(" ")))
}

fn read(run: &str) -> Option<Number> {
    let run = run.trim_start_matches(|c: char| c != '+' && c != '(' && !c.is_ascii_digit());
    // The trunk zero in brackets is for those who dial from within the country.
    let run = run.replace("(0)", "");
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let plus = run.trim_start_matches(['(', ' ']).starts_with('+');
    let (digits, whole) = if plus {
        (digits, true)
    } else if let Some(rest) = digits.strip_prefix("011").filter(|rest| rest.len() > 10) {
        // Dialled from North America.
        (rest.to_owned(), true)
    } else if let Some(rest) = digits.strip_prefix("00") {
        (rest.to_owned(), true)
    } else {
        (digits.trim_start_matches('0').to_owned(), false)
    };
    let fits = (3..=DIGITS_MOST).contains(&digits.len());
    fits.then_some(Number { digits, whole })
}

/// A number that ends in a word, as its keys spell it: `1-800-CALL-NOW`. Source: ITU-T E.161.
fn spelled(text: &str) -> String {
    let from = text.find(|c: char| c.is_ascii_digit() || c == '+');
    let Some(from) = from.filter(|_| text.contains(|c: char| c.is_ascii_uppercase())) else {
        return String::new();
    };
    text[from..]
        .chars()
        .map(|c| match c {
            'A'..='C' => '2',
            'D'..='F' => '3',
            'G'..='I' => '4',
            'J'..='L' => '5',
            'M'..='O' => '6',
            'P'..='S' => '7',
            'T'..='V' => '8',
            'W'..='Z' => '9',
            other => other,
        })
        .collect()
}

/// A text up to the first sign of an extension that has a number before it: the `ext` of "text" is
/// none.
fn without_extension(text: &str) -> &str {
    let mut digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let Some((seventh, _)) = digits.nth(TELLING - 1) else {
        return text;
    };
    let rest = text[seventh..].to_ascii_lowercase();
    ["ext", "durchwahl", "poste", " x", "#"]
        .iter()
        .filter_map(|sign| rest.find(sign))
        .min()
        .map_or(text, |at| &text[..seventh + at])
}

/// A decimal digit of another script as the plain one. Blocks of ten that begin at zero.
/// Source: Unicode, general category Nd.
fn digit_or_self(c: char) -> char {
    const ZEROS: &[u32] = &[
        0x0660,
        0x06f0,
        0x07c0,
        0x0966,
        0x09e6,
        0x0a66,
        0x0ae6,
        0x0b66,
        0x0be6,
        0x0c66,
        0x0ce6,
        0x0d66,
        0x0de6,
        0x0e50,
        0x0ed0,
        0x0f20,
        0x1040,
        0x1090,
        0x17e0,
        0x1810,
        0x1946,
        0x19d0,
        0x1a80,
        0x1a90,
        0x1b50,
        0x1bb0,
        0x1c40,
        0x1c50,
        0xa620,
        0xa8d0,
        0xa900,
        0xa9d0,
        0xa9f0,
        0xaa50,
        0xabf0,
        0x0001_04a0,
        0x0001_0d30,
        0x0001_1066,
        0x0001_10f0,
        0x0001_1136,
        0x0001_11d0,
        0x0001_12f0,
        0x0001_1450,
        0x0001_14d0,
        0x0001_1650,
        0x0001_16c0,
        0x0001_1730,
        0x0001_18e0,
        0x0001_1950,
        0x0001_1c50,
        0x0001_1d50,
        0x0001_1da0,
        0x0001_6a60,
        0x0001_6ac0,
        0x0001_6b50,
        0x0001_e140,
        0x0001_e2f0,
        0x0001_e950,
    ];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| char::from_digit(code.checked_sub(*zero).filter(|n| *n < 10)?, 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_written_in_many_ways() {
        for (one, other) in [
            ("+1 555 014 2000", "(555) 014-2000"),
            ("+44 (0)20 7946 0000", "020 7946 0000"),
            ("+44 20 7946 0000", "0044 20 7946 0000"),
            ("011 44 20 7946 0000", "+442079460000"),
            ("+39 06 1234567", "06 1234567"),
            ("+1 555 0142", "+1.555.0142"),
            ("+1 555 0142 ext. 12", "+1 555 0142"),
            ("Duty desk: +1 555 0142 (nights)", "+1 555 0142"),
            ("+1 555 0143 / +1 555 0142", "+1 555 0142"),
            ("+1 555 0143 +1 555 014 2000", "+1 555 014 2000"),
            ("555 014 2000 2026-03-02 10:15", "+1 555 014 2000"),
            ("1-800-CALL-NOW", "1 800 225 5669"),
            ("+1 555 01\u{200b}42", "+1 555 0142"),
            ("\u{ff0b}1 555 0142", "+1 555 0142"),
            (
                "\u{0661}\u{0660}\u{0660} \u{0665}\u{0665}\u{0665} \u{0660}\u{0661}",
                "10055501",
            ),
            ("112", "112"),
            ("+44 020 7946 0000", "+44 20 7946 0000"),
            ("+353 01 555 0142", "00353 1 555 0142"),
            ("+7 0495 123456", "+7 495 123456"),
            ("+44 (0)20 7946 0000", "+44 020 7946 0000"),
            ("text us: +1 555 014 2000 ext. 1234567", "+1 555 014 2000"),
            (
                "\u{1e951}\u{1e952}\u{1e953} \u{1e954}\u{1e955}\u{1e956}\u{1e957}",
                "1234567",
            ),
        ] {
            assert!(same_number(one, other), "{one} and {other}");
            assert!(same_number(other, one), "{other} and {one}");
            assert!(
                keys(one).iter().any(|key| keys(other).contains(key)),
                "{one} and {other} are found by one key"
            );
        }
    }

    #[test]
    fn other_numbers_are_others() {
        for (one, other) in [
            ("+1 555 0142", "+1 555 0143"),
            ("+44 20 7946 0000", "+1 20 7946 0000"),
            ("112", "+49 89 555 0112"),
            ("0142", "+1 555 0142"),
            ("the county's own register", "+1 555 0142"),
            ("+44 0020 7946 0000", "+44 20 7946 0000"),
            ("+44 2709 460000", "+44 279 460000"),
            ("text us: +1 555 014 2000 ext. 1234567", "1234567"),
            ("", ""),
        ] {
            assert!(!same_number(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn a_number_is_found_within_a_text() {
        let asks = "Call us back at (555) 014-2000, we are in a hurry since 2026-03-02.";
        assert!(stands_in("+1 555 014 2000", asks));
        assert!(!stands_in("+1 555 014 2001", asks));
    }

    #[test]
    fn of_a_field_full_of_numbers_a_hundred_are_kept_and_all_are_looked_through() {
        let listed: Vec<String> = (0..5_000).map(|n| format!("+1 555 {n:05}")).collect();
        let spaced: Vec<String> = (0..2_000)
            .map(|n| format!("{n} 7 8 9 1 2 3 4 5 6 7 8 9 1"))
            .collect();
        let [listed, spaced] = [listed.join("\n"), spaced.join(", ")];
        let stretched = "1234567890 ".repeat(5_000);
        let extensions = "ext # poste 12".repeat(4_000);
        for mut hostile in [listed, spaced, stretched, extensions] {
            hostile.truncate(59_000);
            assert!(numbers(&hostile, NUMBERS_MOST).len() <= NUMBERS_MOST);
            assert!(keys(&hostile).len() <= NUMBERS_MOST);
            assert!(Numbers::of(&hostile).0.len() <= NUMBERS_MOST);
            hostile.push_str("\n+44 20 7946 0000");
            assert!(stands_in("+44 20 7946 0000", &hostile));
            assert!(!stands_in("+44 20 7946 0001", &hostile));
        }
    }

    #[test]
    fn keys_come_in_the_order_they_are_read() {
        assert_eq!(
            keys("+1 555 0143 / +1 555 0142 / +1 555 0143"),
            ["5550143", "5550142"]
        );
        assert_eq!(keys("+44 012345"), ["4012345", "4412345"]);
    }

    #[test]
    fn numbers_that_were_read_once_are_compared_with_many() {
        let own = Numbers::of("+1 555 014 2000 / +1 555 0143");
        assert!(own.stand_in("(555) 014-2000"));
        assert!(!own.stand_in("+1 555 0144"));
        assert!(!Numbers::of("").stand_in("+1 555 0144"));
    }

    #[test]
    fn spellings_of_one_number_have_one_plain_form() {
        assert_eq!(plain("+1 (555) 0142"), Some("+15550142".into()));
        assert_eq!(plain("+1-555-0142"), plain("+1 555.0142"));
        assert_eq!(plain("nothing"), None);
    }
}
