//! Pieces of sentences.

use std::fmt::Write as _;

/// A number as people read it: 182,334.
pub fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut told = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

/// "byte 5", "bytes 5 to 9". Counted from 1, as people count; the end is not counted in.
pub fn bytes(from: usize, until: usize) -> String {
    let (first, last) = (from.saturating_add(1), until.max(from.saturating_add(1)));
    if first == last {
        format!("byte {}", number(first))
    } else {
        format!("bytes {} to {}", number(first), number(last))
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut told, byte| {
        // Writing to a string does not fail.
        let _ = write!(told, "{byte:02x}");
        told
    })
}

/// With its first letter large.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// "1 entry", "2 entries".
pub fn count(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{} {many}", number(count as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_places_read_as_people_write_them() {
        assert_eq!(number(7u64), "7");
        assert_eq!(number(182_334u64), "182,334");
        assert_eq!(number(1_000_000u64), "1,000,000");
        assert_eq!(bytes(182_333, 190_112), "bytes 182,334 to 190,112");
        assert_eq!(bytes(4, 5), "byte 5");
        assert_eq!(sentence("élan"), "Élan");
    }
}
