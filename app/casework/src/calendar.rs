//! What a period runs in: hours, calendar days or working days, and the days nobody works.
//! Source: domain, section 4.

mod ending;
mod kept;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::words::Line;

pub use ending::{Ending, Paused, ending, first_second, last_second};
pub use kept::kept;

crate::choice! {
    /// What a period is counted in.
    Unit {
        /// Sixty minutes each, nights and holidays included.
        Hours = "hours", "hours";
        Days = "days", "calendar days";
        WorkingDays = "working_days", "working days";
    }
}

crate::choice! {
    /// A day of the week, as a calendar's weekend names them.
    Weekday {
        Monday = "monday", "Monday";
        Tuesday = "tuesday", "Tuesday";
        Wednesday = "wednesday", "Wednesday";
        Thursday = "thursday", "Thursday";
        Friday = "friday", "Friday";
        Saturday = "saturday", "Saturday";
        Sunday = "sunday", "Sunday";
    }
}

impl Weekday {
    /// The weekday of a day.
    pub fn of(day: civil::Date) -> Self {
        match day.weekday() {
            civil::Weekday::Monday => Self::Monday,
            civil::Weekday::Tuesday => Self::Tuesday,
            civil::Weekday::Wednesday => Self::Wednesday,
            civil::Weekday::Thursday => Self::Thursday,
            civil::Weekday::Friday => Self::Friday,
            civil::Weekday::Saturday => Self::Saturday,
            civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// Names a calendar: a country, and where it matters a part of it, as in ISO 3166 (`AT`, `US-CA`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarCode(String);

impl CalendarCode {
    /// Reads a code; letters may be small.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let code = raw.trim().to_ascii_uppercase();
        let (country, part) = code.split_once('-').unwrap_or((&code, "X"));
        let fits = country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=3).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then_some(Self(code))
            .ok_or("A calendar's code looks like AT or US-CA.")
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CalendarCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CalendarCode {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw)
    }
}

impl From<CalendarCode> for String {
    fn from(code: CalendarCode) -> Self {
        code.0
    }
}

/// How long a period is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    pub count: u32,
    pub unit: Unit,
    /// Which calendar's weekends and holidays are skipped; only where working days are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarCode>,
}

impl Length {
    /// So many hours, nights included.
    pub const fn hours(count: u32) -> Self {
        Self {
            count,
            unit: Unit::Hours,
            calendar: None,
        }
    }

    /// So many calendar days.
    pub const fn days(count: u32) -> Self {
        Self {
            count,
            unit: Unit::Days,
            calendar: None,
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let one = match self.unit {
            Unit::Hours => "hour",
            Unit::Days => "calendar day",
            Unit::WorkingDays => "working day",
        };
        if self.count == 1 {
            write!(f, "1 {one}")
        } else {
            write!(f, "{} {}", self.count, self.unit)
        }
    }
}

/// The days nobody works somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub name: Line,
    pub weekend: BTreeSet<Weekday>,
    /// Each holiday with its name.
    pub holidays: BTreeMap<civil::Date, Line>,
}

/// Every calendar by its code.
pub type Calendars = BTreeMap<CalendarCode, Calendar>;
