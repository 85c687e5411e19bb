//! The calendars the desk is delivered with, read from `data/holidays`. They are made there by a
//! script from a well-kept source; an administrator changes what the desk uses in its tables.

use std::sync::LazyLock;

use super::{Calendar, CalendarCode, Calendars, Weekday};
use crate::words::Line;

/// Each file with the code it is named by.
const FILES: &[(&str, &str)] = &[
    ("AT", include_str!("../../data/holidays/AT.txt")),
    ("CH", include_str!("../../data/holidays/CH.txt")),
    ("DE", include_str!("../../data/holidays/DE.txt")),
    ("ES", include_str!("../../data/holidays/ES.txt")),
    ("FR", include_str!("../../data/holidays/FR.txt")),
    ("GB-EAW", include_str!("../../data/holidays/GB-EAW.txt")),
    ("IE", include_str!("../../data/holidays/IE.txt")),
    ("IT", include_str!("../../data/holidays/IT.txt")),
    ("NL", include_str!("../../data/holidays/NL.txt")),
    ("US", include_str!("../../data/holidays/US.txt")),
];

/// Read once, and only where somebody asks.
static KEPT: LazyLock<Calendars> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|(code, text)| Some((CalendarCode::parse(code).ok()?, read(text)?)))
        .collect()
});

/// The calendars the desk is delivered with: 2024 to 2032.
pub fn kept() -> Calendars {
    KEPT.clone()
}

/// A file: its first line names the calendar, `#` begins what only people read, and every other
/// line is a name and its dates. None where a line is neither; a test holds that no file is so.
fn read(text: &str) -> Option<Calendar> {
    let name = text.lines().next()?.strip_prefix("# ")?;
    let mut calendar = Calendar {
        name: Line::parse(name).ok()?,
        weekend: [Weekday::Saturday, Weekday::Sunday].into(),
        holidays: std::collections::BTreeMap::new(),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, days) = line.rsplit_once(": ")?;
        let name = Line::parse(name).ok()?;
        for day in days.split(' ') {
            calendar.holidays.insert(day.parse().ok()?, name.clone());
        }
    }
    Some(calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_calendar_reads_and_names_holidays_of_each_year() {
        assert_eq!(kept().len(), FILES.len());
        for (code, calendar) in kept() {
            for year in 2024..=2032 {
                let days = calendar
                    .holidays
                    .keys()
                    .filter(|day| day.year() == year)
                    .count();
                assert!((4..=20).contains(&days), "{code} {year}: {days}");
            }
        }
    }

    #[test]
    fn what_is_kept_is_what_people_know() {
        let named = |code: &str, day: &str| {
            kept()[&CalendarCode::parse(code).unwrap()]
                .holidays
                .get(&day.parse().unwrap())
                .map(ToString::to_string)
        };
        assert_eq!(named("AT", "2026-10-26").as_deref(), Some("National Day"));
        assert_eq!(
            named("GB-EAW", "2026-04-03").as_deref(),
            Some("Good Friday")
        );
        assert_eq!(
            named("US", "2026-07-03").as_deref(),
            Some("Independence Day (observed)")
        );
        assert_eq!(
            named("DE", "2026-10-03").as_deref(),
            Some("German Unity Day")
        );
        assert_eq!(named("FR", "2027-07-14").as_deref(), Some("National Day"));
        assert_eq!(named("AT", "2026-10-27"), None);
    }
}
