//! How a record writes moments, people and lists.

use std::fmt::Display;

use casework::member::Member;
use jiff::{Timestamp, ZonedDateTime};

/// ISO 8601, to the second, with its zone.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A moment as it was where it happened: with the offset, and the zone's name where one is known.
pub(super) fn local(at: &ZonedDateTime) -> String {
    let clock = at.strftime("%Y-%m-%d %H:%M:%S %:z");
    match at.time_zone().iana_name() {
        Some("UTC") => moment(at.timestamp()),
        Some(zone) => format!("{clock} ({zone})"),
        None => clock.to_string(),
    }
}

pub(super) fn member(who: &Member) -> String {
    format!("{} ({})", who.name, who.role)
}

/// The parts that are known, parted by commas.
pub(super) fn known<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn words(text: Option<&impl Display>) -> Option<String> {
    text.map(ToString::to_string)
}

/// The beginning of a text, whole words of it, with a sign that more follows.
pub(super) fn brief(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let begun = &text[..cut];
    let whole = begun.rfind(char::is_whitespace).unwrap_or(cut);
    format!("{} …", begun[..whole].trim_end())
}

/// `1 text`, `2 texts`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The last few of many lines; the record tells the others further on.
pub(super) fn last(lines: &[String], most: usize) -> String {
    let earlier = lines.len().saturating_sub(most);
    let told = lines[earlier..].join("\n");
    if earlier > 0 {
        format!("{told}\nand {earlier} before, told further on")
    } else {
        told
    }
}

/// The first letter raised, the rest as it is.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
