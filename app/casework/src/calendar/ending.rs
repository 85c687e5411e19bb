//! When a period ends, and how that was counted, in sentences that a person can follow by hand.
//!
//! # The law
//! - **Hours** are sixty minutes each, whatever the clocks on the wall do. Paused time moves the
//!   end by as much.
//! - **Days** are those of a calendar on the wall of one time zone. The day of the start does not
//!   count; the period ends with the last second of the last day that does. A day that a pause
//!   touches does not count: every day from the one on which the clock was paused to the one on
//!   which it ran again, both included. A day that a zone left out never was, and does not count.
//! - **Working days** are days that are neither of the calendar's weekend nor one of its holidays.
//! - A clock that is paused now has no end until it runs again. A pause that began after the end
//!   moves nothing.

use jiff::{SignedDuration, Timestamp, ToSpan, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Calendar, Length, Unit, Weekday};
use crate::words::Reasons;

/// Most days that are looked at for one period: over a century.
const DAYS_MOST: u32 = 40_000;
/// Most skipped days that are named one by one.
const NAMED_MOST: usize = 30;

/// A span in which a clock did not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    pub from: Timestamp,
    /// When it ran again; none while it is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub reasons: Reasons,
}

/// When a period ends, and how that was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// None while it is paused.
    pub at: Option<Timestamp>,
    /// In sentences, in the order of the counting.
    pub how: Vec<String>,
}

impl Ending {
    /// Whether the clock is paused before its end.
    pub fn is_paused(&self) -> bool {
        self.at.is_none()
    }
}

/// The end of a period that began at `start`, counted in `zone`. `pauses` come in the order they
/// were made; `calendar` is asked only where working days are counted.
pub fn ending(
    start: Timestamp,
    zone: &TimeZone,
    length: &Length,
    calendar: Option<&Calendar>,
    pauses: &[Paused],
) -> Ending {
    match length.unit {
        Unit::Hours => hours(start, zone, length, pauses),
        Unit::Days | Unit::WorkingDays => {
            let calendar = calendar.filter(|_| length.unit == Unit::WorkingDays);
            days(start, zone, length, calendar, pauses)
        }
    }
}

fn hours(start: Timestamp, zone: &TimeZone, length: &Length, pauses: &[Paused]) -> Ending {
    let mut how = vec![format!(
        "It runs for {length} from {}, nights and holidays included.",
        moment(start, zone)
    )];
    let mut end = start.saturating_add(SignedDuration::from_hours(length.count.into()));
    // Where pauses overlap, no minute is added twice.
    let mut counted_to = start;
    for pause in pauses {
        let from = pause.from.max(counted_to);
        let Ok(end_now) = end else { break };
        if pause.from >= end_now {
            break;
        }
        let Some(until) = pause.until else {
            how.push(paused_since(pause, zone));
            return Ending { at: None, how };
        };
        if until <= from {
            continue;
        }
        let lost = until.duration_since(from);
        end = end_now.saturating_add(lost);
        counted_to = until;
        how.push(format!(
            "Paused from {} to {} ({}): {} later.",
            moment(pause.from, zone),
            moment(until, zone),
            said(pause),
            clockwork(lost)
        ));
    }
    let end = end.unwrap_or(Timestamp::MAX);
    how.push(format!("So it ends at {}.", moment(end, zone)));
    Ending { at: Some(end), how }
}

fn days(
    start: Timestamp,
    zone: &TimeZone,
    length: &Length,
    calendar: Option<&Calendar>,
    pauses: &[Paused],
) -> Ending {
    let first = start.to_zoned_datetime(zone.clone()).date();
    let mut tally = Tally::default();
    let mut last = first;
    let mut counted = 0;
    for _ in 0..DAYS_MOST {
        if counted == length.count {
            break;
        }
        let Ok(next) = last.tomorrow() else { break };
        last = next;
        if let Some(pause) = pauses
            .iter()
            .find(|pause| pause.until.is_none() && touches(pause, last, zone))
        {
            let mut how = tally.how(start, zone, length, calendar, pauses, last);
            how.push(paused_since(pause, zone));
            return Ending { at: None, how };
        }
        if tally.counts(last, zone, calendar, pauses) {
            counted += 1;
        }
    }
    let at = last_second(last, zone);
    let mut how = tally.how(start, zone, length, calendar, pauses, last);
    how.push(if counted == length.count {
        format!("So it ends with {}, at {}.", spoken(last), moment(at, zone))
    } else {
        format!("No end was found within {DAYS_MOST} days; {last} is the last one looked at.")
    });
    Ending { at: Some(at), how }
}

/// What was skipped while days were counted.
#[derive(Default)]
struct Tally {
    weekend: u32,
    holidays: Vec<String>,
    paused: u32,
    never: Vec<civil::Date>,
}

impl Tally {
    /// Whether a day counts; notes why where it does not.
    fn counts(
        &mut self,
        day: civil::Date,
        zone: &TimeZone,
        calendar: Option<&Calendar>,
        pauses: &[Paused],
    ) -> bool {
        if !exists(day, zone) {
            self.never.push(day);
            false
        } else if let Some(calendar) = calendar
            && calendar.weekend.contains(&Weekday::of(day))
        {
            self.weekend += 1;
            false
        } else if let Some(name) = calendar.and_then(|calendar| calendar.holidays.get(&day)) {
            self.holidays.push(format!("{} ({name})", spoken(day)));
            false
        } else if pauses.iter().any(|pause| touches(pause, day, zone)) {
            self.paused += 1;
            false
        } else {
            true
        }
    }

    fn how(
        &self,
        start: Timestamp,
        zone: &TimeZone,
        length: &Length,
        calendar: Option<&Calendar>,
        pauses: &[Paused],
        last: civil::Date,
    ) -> Vec<String> {
        let first = start.to_zoned_datetime(zone.clone()).date();
        let mut how = vec![
            format!(
                "It began at {}, which is {} there.",
                moment(start, zone),
                spoken(first)
            ),
            format!(
                "It runs for {length}; the day it began does not count, and it ends with the last second of the last day."
            ),
        ];
        for day in &self.never {
            how.push(format!(
                "{day} never was: the time zone left that day out, so it does not count."
            ));
        }
        if let Some(calendar) = calendar {
            if self.weekend > 0 {
                how.push(format!(
                    "Not counted, by the calendar {}: {} of its weekend ({}).",
                    calendar.name,
                    number_of_days(self.weekend),
                    calendar
                        .weekend
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                ));
            }
            if !self.holidays.is_empty() {
                let more = self.holidays.len().saturating_sub(NAMED_MOST);
                let named = self.holidays[..self.holidays.len() - more].join(", ");
                let more = if more > 0 {
                    format!(" and {more} more")
                } else {
                    String::new()
                };
                how.push(format!(
                    "Not counted, as holidays of the calendar {}: {named}{more}.",
                    calendar.name
                ));
            }
            how.extend(unknown_years(calendar, first, last));
        } else if length.unit == Unit::WorkingDays {
            how.push("No calendar is named, so every day counts as a working day.".to_owned());
        }
        for pause in pauses {
            let from = pause.from.to_zoned_datetime(zone.clone()).date();
            if let Some(until) = pause.until
                && from <= last
            {
                let until_day = until.to_zoned_datetime(zone.clone()).date();
                let days = if from == until_day {
                    format!("{from} does not count")
                } else {
                    format!("{from} to {until_day} do not count")
                };
                how.push(format!(
                    "Paused from {} to {} ({}): {days}.",
                    moment(pause.from, zone),
                    moment(until, zone),
                    said(pause)
                ));
            }
        }
        if self.paused > 0 {
            how.push(format!(
                "By that, {} that would have counted did not.",
                number_of_days(self.paused)
            ));
        }
        how
    }
}

/// A calendar that names no holiday of a year has most likely not been kept so far.
fn unknown_years(calendar: &Calendar, first: civil::Date, last: civil::Date) -> Option<String> {
    let known: Vec<i16> = calendar.holidays.keys().map(|day| day.year()).collect();
    let (Some(oldest), Some(newest)) = (known.first(), known.last()) else {
        return Some(format!("The calendar {} names no holidays.", calendar.name));
    };
    (first.year() < *oldest || last.year() > *newest).then(|| {
        format!(
            "The calendar {} names holidays of the years {oldest} to {newest} only: check the rest by hand.",
            calendar.name
        )
    })
}

/// Whether a pause touches a day: it was paused on or before it, and ran again on or after it.
fn touches(pause: &Paused, day: civil::Date, zone: &TimeZone) -> bool {
    let date = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    date(pause.from) <= day && pause.until.is_none_or(|until| day <= date(until))
}

/// Whether a day ever was in a zone: Samoa went from the 29th to the 31st of December 2011.
fn exists(day: civil::Date, zone: &TimeZone) -> bool {
    last_second(day, zone)
        .to_zoned_datetime(zone.clone())
        .date()
        == day
}

/// The last second of a day in a zone.
pub fn last_second(day: civil::Date, zone: &TimeZone) -> Timestamp {
    // The next midnight less a second, and not 23:59:59, which some zones skip. Where midnight
    // comes twice, the second one ends the day only if the minute before it still lies in it.
    let Ok(next) = day.tomorrow() else {
        return Timestamp::MAX;
    };
    let midnight = zone.to_ambiguous_timestamp(next.to_datetime(civil::Time::midnight()));
    let before = |midnight: Timestamp| midnight.saturating_sub(1.second()).ok();
    let late = midnight.later().ok().and_then(before);
    let soon = midnight.compatible().ok().and_then(before);
    late.filter(|at| at.to_zoned_datetime(zone.clone()).date() == day)
        .or(soon)
        .unwrap_or(Timestamp::MAX)
}

/// The first second of a day in a zone.
pub fn first_second(day: civil::Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned_datetime(zone.clone())
        .map_or(Timestamp::MAX, |at| at.timestamp())
}

fn paused_since(pause: &Paused, zone: &TimeZone) -> String {
    format!(
        "Paused since {} ({}): it has no end until it runs again.",
        moment(pause.from, zone),
        said(pause)
    )
}

/// The reason of a pause inside a sentence.
fn said(pause: &Paused) -> &str {
    pause.reasons.as_str().trim_end_matches('.')
}

/// A moment as a wall shows it: `2026-03-02 09:15:00 Europe/Vienna`.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned_datetime(zone.clone());
    format!(
        "{} {}",
        at.strftime("%Y-%m-%d %H:%M:%S"),
        at.time_zone()
            .iana_name()
            .map_or_else(|| at.offset().to_string(), str::to_owned)
    )
}

/// A day with its weekday: `Friday 2026-04-03`.
fn spoken(day: civil::Date) -> String {
    format!("{} {day}", Weekday::of(day))
}

fn number_of_days(count: u32) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}

/// Paused time: `26 h 05 min`, and seconds where there are any.
fn clockwork(lost: SignedDuration) -> String {
    let seconds = lost.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{hours} h {minutes:02} min")
    } else {
        format!("{hours} h {minutes:02} min {rest:02} s")
    }
}
