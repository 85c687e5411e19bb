//! Periods end when somebody who counts day by day, on another reading of the time zones, says so.

use std::collections::BTreeSet;

use casework::{
    calendar::{Calendar, CalendarCode, Length, Paused, Unit, Weekday, ending, kept, last_second},
    words::Prose,
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use jiff::{Timestamp, civil, tz::TimeZone};
use proptest::prelude::*;

/// Summer time on both halves of the globe, half hours and three quarters, changes at midnight and
/// just after it, and two places that left out a whole day.
const ZONES: &[&str] = &[
    "UTC",
    "Europe/Vienna",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kwajalein",
];

/// Both sides of every day on which a zone did something remarkable, and any other moment.
fn starts() -> impl Strategy<Value = i64> {
    let remarkable: Vec<i64> = [
        "1993-08-20T12:00:00Z", // Kwajalein leaves out the 21st
        "2006-10-29T03:30:00Z", // St. John's goes back across midnight
        "2011-12-29T20:00:00Z", // Apia leaves out the 30th
        "2018-11-03T20:00:00Z", // São Paulo has no midnight
        "2020-02-28T10:00:00Z",
        "2023-10-29T00:30:00Z",
        "2024-03-31T00:30:00Z",
        "2024-04-25T21:59:59Z", // Cairo has no midnight
    ]
    .iter()
    .map(|at| at.parse::<Timestamp>().unwrap().as_second())
    .collect();
    prop_oneof![
        2 => 631_152_000_i64..1_735_000_000, // 1990 to 2024
        1 => (prop::sample::select(remarkable), -5 * 86_400_i64..86_400)
            .prop_map(|(at, off)| at + off),
    ]
}

/// Pauses in whole minutes: how long after the one before, how long they last.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0_i64..6_000, 0_i64..6_000), 0..4)
}

fn made(start: i64, spans: &[(i64, i64)], last_is_open: bool) -> Vec<Paused> {
    let mut at = start;
    let count = spans.len();
    spans
        .iter()
        .enumerate()
        .map(|(place, (after, long))| {
            let from = at + after * 60;
            at = from + long * 60;
            Paused {
                from: Timestamp::from_second(from).unwrap(),
                until: (!(last_is_open && place + 1 == count))
                    .then(|| Timestamp::from_second(at).unwrap()),
                reasons: Prose::parse("Awaiting an answer.").unwrap(),
            }
        })
        .collect()
}

fn local(at: i64, zone: Tz) -> NaiveDate {
    zone.from_utc_datetime(&DateTime::<Utc>::from_timestamp(at, 0).unwrap().naive_utc())
        .date_naive()
}

fn day(date: civil::Date) -> NaiveDate {
    NaiveDate::from_ymd_opt(
        date.year().into(),
        date.month().try_into().unwrap(),
        date.day().try_into().unwrap(),
    )
    .unwrap()
}

/// The last second that a wall clock shows this date, looked for in steps of half an hour.
fn last_second_by_looking(date: NaiveDate, zone: Tz) -> i64 {
    let noon = date.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp();
    let mut seen = (noon - 100_000..noon + 100_000)
        .step_by(1_800)
        .filter(|at| local(*at, zone) == date)
        .max()
        .unwrap();
    while local(seen + 1, zone) == date {
        seen += 1;
    }
    seen
}

/// Counts days by walking along the time in steps of half an hour and looking at the wall.
fn by_hand(
    start: i64,
    zone: Tz,
    count: u32,
    calendar: Option<&Calendar>,
    pauses: &[Paused],
) -> Option<i64> {
    let first = local(start, zone);
    let holidays: BTreeSet<NaiveDate> = calendar
        .map(|calendar| calendar.holidays.keys().map(|date| day(*date)).collect())
        .unwrap_or_default();
    let mut counted = 0;
    let mut at = start;
    let mut last = first;
    while counted < count {
        at += 1_800;
        let today = local(at, zone);
        if today <= last {
            continue;
        }
        last = today;
        let spans = pauses.iter().map(|pause| {
            let date = |at: Timestamp| local(at.as_second(), zone);
            (date(pause.from), pause.until.map(date))
        });
        let mut rests = false;
        for (from, until) in spans {
            match until {
                None if from <= today => return None,
                Some(until) if from <= today && today <= until => rests = true,
                _ => {}
            }
        }
        let weekend = calendar.is_some() && today.weekday().number_from_monday() >= 6;
        if !rests && !weekend && !holidays.contains(&today) {
            counted += 1;
        }
    }
    Some(last_second_by_looking(last, zone))
}

fn zones(name: &str) -> (TimeZone, Tz) {
    (TimeZone::get(name).unwrap(), name.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn days_end_as_counted_by_hand(
        zone in prop::sample::select(ZONES),
        start in starts(),
        count in 0_u32..120,
        spans in pauses(),
        open in any::<bool>(),
    ) {
        let (ours, theirs) = zones(zone);
        let pauses = made(start, &spans, open);
        let at = Timestamp::from_second(start).unwrap();
        let counted = ending(at, &ours, &Length::days(count), None, &pauses);
        prop_assert_eq!(
            counted.at.map(Timestamp::as_second),
            by_hand(start, theirs, count, None, &pauses),
            "{:#?}", counted.how
        );
    }

    #[test]
    fn working_days_end_as_counted_by_hand(
        zone in prop::sample::select(ZONES),
        start in 1_704_067_200_i64..1_735_000_000,
        years in 0_i64..6,
        code in prop::sample::select(vec!["AT", "CH", "DE", "ES", "FR", "GB-EAW", "IE", "IT", "NL", "US"]),
        count in 0_u32..60,
        spans in pauses(),
    ) {
        // Later years where the two readings of the time zones cannot differ.
        let start = if zone == "UTC" { start + years * 31_556_952 } else { start };
        let (ours, theirs) = zones(zone);
        let calendar = kept()[&CalendarCode::parse(code).unwrap()].clone();
        let length = Length { count, unit: Unit::WorkingDays, calendar: CalendarCode::parse(code).ok() };
        let pauses = made(start, &spans, false);
        let at = Timestamp::from_second(start).unwrap();
        let counted = ending(at, &ours, &length, Some(&calendar), &pauses);
        prop_assert_eq!(
            counted.at.map(Timestamp::as_second),
            by_hand(start, theirs, count, Some(&calendar), &pauses),
            "{:#?}", counted.how
        );
    }

    #[test]
    fn hours_end_as_counted_minute_by_minute(
        zone in prop::sample::select(ZONES),
        start in starts(),
        count in 0_u32..200,
        spans in pauses(),
        open in any::<bool>(),
    ) {
        let (ours, _) = zones(zone);
        let pauses = made(start, &spans, open);
        let from = Timestamp::from_second(start).unwrap();
        let counted = ending(from, &ours, &Length::hours(count), None, &pauses);
        let mut at = start;
        let mut left = i64::from(count) * 60;
        let mut stuck = false;
        while left > 0 && !stuck {
            let paused = pauses.iter().find(|pause| {
                pause.from.as_second() <= at && pause.until.is_none_or(|until| at < until.as_second())
            });
            match paused {
                Some(pause) if pause.until.is_none() => stuck = true,
                Some(_) => at += 60,
                None => {
                    at += 60;
                    left -= 1;
                }
            }
        }
        let by_hand = (!stuck).then_some(at);
        prop_assert_eq!(counted.at.map(Timestamp::as_second), by_hand, "{:#?}", counted.how);
    }

    #[test]
    fn the_last_second_of_a_day_is_the_last_the_wall_shows(
        zone in prop::sample::select(ZONES),
        start in starts(),
    ) {
        let (ours, theirs) = zones(zone);
        let date = Timestamp::from_second(start).unwrap().to_zoned_datetime(ours.clone()).date();
        prop_assert_eq!(
            last_second(date, &ours).as_second(),
            last_second_by_looking(day(date), theirs)
        );
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn ends(start: &str, zone: &str, length: &Length) -> String {
    let zone = TimeZone::get(zone).unwrap();
    let calendar = length.calendar.as_ref().map(|code| kept()[code].clone());
    let ends = ending(at(start), &zone, length, calendar.as_ref(), &[])
        .at
        .unwrap();
    ends.to_zoned_datetime(zone).to_string()
}

fn working_days(count: u32, code: &str) -> Length {
    Length {
        count,
        unit: Unit::WorkingDays,
        calendar: Some(CalendarCode::parse(code).unwrap()),
    }
}

#[test]
fn the_day_samoa_left_out_does_not_count() {
    // 29 December 2011 was followed by the 31st.
    assert_eq!(
        ends("2011-12-29T20:00:00Z", "Pacific/Apia", &Length::days(2)),
        "2012-01-01T23:59:59+14:00[Pacific/Apia]"
    );
}

#[test]
fn ten_days_over_a_change_to_summer_time_end_at_the_last_second_of_the_tenth() {
    assert_eq!(
        ends("2026-03-20T08:00:00Z", "Europe/Vienna", &Length::days(10)),
        "2026-03-30T23:59:59+02:00[Europe/Vienna]"
    );
}

#[test]
fn eight_hours_are_eight_hours_in_the_night_that_has_nine() {
    assert_eq!(
        ends("2026-10-24T22:00:00Z", "Europe/Vienna", &Length::hours(8)),
        "2026-10-25T07:00:00+01:00[Europe/Vienna]"
    );
}

#[test]
fn a_leap_day_is_a_day() {
    assert_eq!(
        ends("2028-02-27T12:00:00Z", "UTC", &Length::days(2)),
        "2028-02-29T23:59:59+00:00[UTC]"
    );
}

/// Easter by the method of Meeus, Jones and Butcher, which no calendar here was made by.
#[expect(clippy::many_single_char_names, reason = "the method's own letters")]
fn easter(year: i16) -> civil::Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    civil::date(year, month.try_into().unwrap(), day.try_into().unwrap())
}

#[test]
fn three_working_days_from_maundy_thursday_end_a_week_later_in_england() {
    for year in 2024..=2032 {
        let sunday = day(easter(year));
        let (thursday, next) = (sunday - Duration::days(3), sunday + Duration::days(4));
        assert_eq!(
            ends(
                &format!("{thursday}T09:00:00Z"),
                "UTC",
                &working_days(3, "GB-EAW")
            ),
            format!("{next}T23:59:59+00:00[UTC]")
        );
    }
}

#[test]
fn how_a_date_was_computed_names_every_day_that_did_not_count() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let length = working_days(3, "GB-EAW");
    let calendar = &kept()[length.calendar.as_ref().unwrap()];
    let paused = Paused {
        from: at("2026-04-07T10:00:00Z"),
        until: Some(at("2026-04-08T08:30:00Z")),
        reasons: Prose::parse("Awaiting the court's clarification.").unwrap(),
    };
    let counted = ending(
        at("2026-04-02T09:00:00Z"),
        &zone,
        &length,
        Some(calendar),
        &[paused],
    );
    assert_eq!(
        counted.how,
        [
            "It began at 2026-04-02 10:00:00 Europe/London, which is Thursday 2026-04-02 there.",
            "It runs for 3 working days; the day it began does not count, and it ends with the last second of the last day.",
            "Not counted, by the calendar England and Wales: 4 days of its weekend (Saturday, Sunday).",
            "Not counted, as holidays of the calendar England and Wales: Friday 2026-04-03 (Good Friday), Monday 2026-04-06 (Easter Monday).",
            "Paused from 2026-04-07 11:00:00 Europe/London to 2026-04-08 09:30:00 Europe/London (Awaiting the court's clarification): 2026-04-07 to 2026-04-08 do not count.",
            "By that, 2 days that would have counted did not.",
            "So it ends with Monday 2026-04-13, at 2026-04-13 23:59:59 Europe/London.",
        ]
    );
}

#[test]
fn a_paused_clock_has_no_end_and_says_why() {
    let paused = Paused {
        from: at("2026-03-03T10:00:00Z"),
        until: None,
        reasons: Prose::parse("The order is with the court.").unwrap(),
    };
    for length in [Length::hours(48), Length::days(10)] {
        let counted = ending(
            at("2026-03-02T09:00:00Z"),
            &TimeZone::UTC,
            &length,
            None,
            std::slice::from_ref(&paused),
        );
        assert!(counted.is_paused());
        assert_eq!(
            counted.how.last().unwrap(),
            "Paused since 2026-03-03 10:00:00 UTC (The order is with the court): it has no end until it runs again."
        );
    }
}

#[test]
fn what_a_calendar_does_not_know_it_says() {
    let length = working_days(5, "AT");
    let calendar = &kept()[length.calendar.as_ref().unwrap()];
    let counted = ending(
        at("2032-12-29T09:00:00Z"),
        &TimeZone::UTC,
        &length,
        Some(calendar),
        &[],
    );
    assert!(
        counted
            .how
            .iter()
            .any(|said| said.contains("2024 to 2032 only")),
        "{:#?}",
        counted.how
    );
}

#[test]
fn a_calendar_without_working_days_ends_nothing_and_says_so() {
    let calendar = Calendar {
        weekend: Weekday::ALL.iter().copied().collect(),
        ..kept()[&CalendarCode::parse("AT").unwrap()].clone()
    };
    let counted = ending(
        at("2026-03-02T09:00:00Z"),
        &TimeZone::UTC,
        &working_days(1, "AT"),
        Some(&calendar),
        &[],
    );
    assert!(
        counted.how.last().unwrap().starts_with("No end was found"),
        "{:#?}",
        counted.how
    );
}
