//! Days and lists as each language writes them, by the Unicode locale data.

use icu_calendar::Date;
use icu_datetime::{DateTimeFormatter, fieldsets::YMD};
use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};
use icu_locale_core::Locale;
use jiff::civil;

/// A day in words: `23 November 2026`, `23. November 2026`.
pub fn day(tag: &str, day: civil::Date) -> String {
    let plain = || day.strftime("%Y-%m-%d").to_string();
    let (Ok(month), Ok(number)) = (u8::try_from(day.month()), u8::try_from(day.day())) else {
        return plain();
    };
    let Ok(date) = Date::try_new_iso(i32::from(day.year()), month, number) else {
        return plain();
    };
    // What the data has no words for is written as numbers, which every reader knows.
    DateTimeFormatter::try_new(locale(tag).into(), YMD::long())
        .map_or_else(|_| plain(), |formatter| formatter.format(&date).to_string())
}

/// Several in one sentence: `a, b and c`.
pub fn listed(tag: &str, all: &[String]) -> String {
    let options = ListFormatterOptions::default().with_length(ListLength::Wide);
    ListFormatter::try_new_and(locale(tag).into(), options).map_or_else(
        |_| all.join(", "),
        |formatter| formatter.format(all.iter()).to_string(),
    )
}

/// English is written as a European authority writes it, the day first, unless the tag says where.
fn locale(tag: &str) -> Locale {
    let tag = if tag == "en" { "en-GB" } else { tag };
    Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_a_day_its_own_way() {
        let date = civil::date(2026, 11, 3);
        assert_eq!(day("en", date), "3 November 2026");
        assert_eq!(day("en-US", date), "November 3, 2026");
        assert_eq!(day("de", date), "3. November 2026");
        assert_eq!(day("fr", date), "3 novembre 2026");
        assert!(day("tlh", date).contains("2026"));
    }

    #[test]
    fn each_language_lists_its_own_way() {
        let all = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(listed("en", &all), "a, b and c");
        assert_eq!(listed("de", &all), "a, b und c");
        assert_eq!(listed("de", &all[..1]), "a");
        assert_eq!(listed("de", &[]), "");
    }
}
