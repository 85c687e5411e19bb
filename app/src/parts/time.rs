//! Moments, days and spans, printed the same way everywhere: ISO 8601, with the zone told.

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use leptos::prelude::*;

/// A moment: `2026-03-02 09:15 UTC`.
pub fn moment(at: Timestamp) -> AnyView {
    let told = at
        .to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string();
    view! { <time datetime=at.to_string()>{told}</time> }.into_any()
}

/// A moment with the zone it was told in: `2026-03-02 10:15 Europe/Vienna`.
pub fn zoned(at: &ZonedDateTime) -> AnyView {
    let zone = at
        .time_zone()
        .iana_name()
        .map_or_else(|| at.offset().to_string(), str::to_owned);
    let told = format!("{} {zone}", at.strftime("%Y-%m-%d %H:%M"));
    view! { <time datetime=at.timestamp().to_string()>{told}</time> }.into_any()
}

/// The time of day alone, where the day stands beside it: `23:59`.
pub fn clock(at: &ZonedDateTime) -> AnyView {
    let told = at.strftime("%H:%M").to_string();
    view! { <time datetime=at.timestamp().to_string()>{told}</time> }.into_any()
}

/// A day: `2026-03-02`.
pub fn day(date: Date) -> AnyView {
    view! { <time datetime=date.to_string()>{date.to_string()}</time> }.into_any()
}

/// How far off a deadline is: `in 3 days`, `late by 2 h`.
pub fn until(ends: Timestamp, now: Timestamp) -> String {
    let minutes = ends.duration_since(now).as_mins();
    if minutes < 0 {
        format!("late by {}", span(-minutes))
    } else {
        format!("in {}", span(minutes))
    }
}

/// How long ago something was: `2 h ago`.
pub fn since(at: Timestamp, now: Timestamp) -> String {
    format!("{} ago", span(now.duration_since(at).as_mins().max(0)))
}

/// Rounded down, so that "in 3 days" never promises more than there is.
fn span(minutes: i64) -> String {
    match minutes {
        0 => "less than a minute".into(),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[test]
    fn a_deadline_never_promises_more_than_there_is() {
        let now: Timestamp = "2026-03-02T09:15:00Z".parse().unwrap();
        let at = |hours: i64| now.checked_add(hours.hours()).unwrap();
        assert_eq!(until(at(71), now), "in 2 days");
        assert_eq!(until(at(47), now), "in 47 h");
        assert_eq!(until(at(-2), now), "late by 2 h");
        assert_eq!(since(at(-1), now), "1 h ago");
    }
}
