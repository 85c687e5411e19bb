//! Telephone numbers, compared by their digits.
//!
//! Not a library with the world's numbering plans: those answer whether a number is valid, at the
//! price of a megabyte of tables. Here the question is whether two people wrote down the same
//! number, and where that is in doubt the careful answer is yes: a call-back to a number that came
//! with the request proves nothing. So `+44 (0)20 7946 0000` and `020 7946 0000` are one number,
//! and so are two that only a country code tells apart.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Fewest digits of which a number is told again by its end: fewer are a short code (112, 911),
/// and only the same one is the same.
pub const TELLING: usize = 7;
/// Most digits of a number, with its country code. Source: ITU-T E.164, section 6.
const DIGITS_MOST: usize = 15;

/// Whether two texts name one telephone number. Extensions do not count: they lead to another desk
/// behind the same switchboard.
pub fn same_number(one: &str, other: &str) -> bool {
    let others = numbers(other);
    numbers(one)
        .iter()
        .any(|one| others.iter().any(|other| alike(one, other)))
}

/// Whether a number stands in a text: a field of a request, or all that it asks.
pub fn stands_in(number: &str, text: &str) -> bool {
    same_number(number, text)
}

/// What two texts that name one number have in common: the last digits of each number in them.
/// Equal keys find what may be the same; [`same_number`] says whether it is.
pub fn keys(text: &str) -> BTreeSet<String> {
    numbers(text)
        .iter()
        .map(|number| tail(&number.digits).to_owned())
        .collect()
}

/// The digits of the first number in a text, `+` before them where the country code is told; none
/// where there is no number. Spellings of one number that differ only in signs have one such form.
pub fn plain(text: &str) -> Option<String> {
    let number = numbers(text).into_iter().next()?;
    let plus = if number.whole { "+" } else { "" };
    Some(format!("{plus}{}", number.digits))
}

/// One number, as its digits without the signs that say how it is dialled from where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    digits: String,
    /// Whether the country code is among the digits.
    whole: bool,
}

fn alike(one: &Number, other: &Number) -> bool {
    let (one_long, other_long) = (one.digits.len(), other.digits.len());
    if one.digits == other.digits {
        return true;
    }
    // Two whole numbers are the same only digit by digit; a national one is the end of a whole one.
    if one.whole && other.whole {
        return false;
    }
    one_long.min(other_long) >= TELLING
        && (one.digits.ends_with(&other.digits) || other.digits.ends_with(&one.digits))
}

fn tail(digits: &str) -> &str {
    &digits[digits.len().saturating_sub(TELLING)..]
}

/// Every number that a text may be read as. Several may stand in one field.
fn numbers(text: &str) -> Vec<Number> {
    // Full-width digits and signs become plain ones; digits of other scripts are read below.
    let text: String = text.nfkc().map(digit_or_self).collect();
    let mut found = Vec::new();
    let add = |number: Option<Number>, found: &mut Vec<Number>| {
        found.extend(number.filter(|number| !found.contains(number)));
    };
    for part in text.split([',', ';', '/', '|', '\n', '\t']) {
        let part = without_extension(part);
        for run in runs(part) {
            match read(run) {
                Some(number) => add(Some(number), &mut found),
                None => windows(run).for_each(|number| add(Some(number), &mut found)),
            }
        }
        add(read(&spelled(part)), &mut found);
    }
    found
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
    let spans = (0..groups.len())
        .flat_map(|first| (first..groups.len().min(first + 8)).map(move |last| (first, last)));
    spans
        .map(|(first, last)| groups[first..=last].join(" "))
        .filter_map(|window| read(&window))
        .collect::<Vec<_>>()
        .into_iter()
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

fn without_extension(text: &str) -> &str {
    let folded = text.to_ascii_lowercase();
    let digits_before = |at: usize| {
        folded[..at]
            .chars()
            .filter(char::is_ascii_digit)
            .nth(TELLING - 1)
            .is_some()
    };
    ["ext", "extension", "durchwahl", "poste", " x", "#"]
        .iter()
        .filter_map(|sign| folded.find(sign))
        .filter(|at| digits_before(*at))
        .min()
        .map_or(text, |at| &text[..at])
}

/// A decimal digit of another script as the plain one. Blocks of ten that begin at zero.
/// Source: Unicode, general category Nd.
fn digit_or_self(c: char) -> char {
    const ZEROS: &[u32] = &[
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6,
        0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
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
        ] {
            assert!(same_number(one, other), "{one} and {other}");
            assert!(same_number(other, one), "{other} and {one}");
            assert!(
                keys(one).intersection(&keys(other)).next().is_some(),
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
    fn spellings_of_one_number_have_one_plain_form() {
        assert_eq!(plain("+1 (555) 0142"), Some("+15550142".into()));
        assert_eq!(plain("+1-555-0142"), plain("+1 555.0142"));
        assert_eq!(plain("nothing"), None);
    }
}
