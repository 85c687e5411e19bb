//! Clocks: when each began, when it ends, and how that was computed, so that a person can check
//! the date by hand. Lateness is computed, never stored. Source: domain, section 4.
//!
//! # The law
//! - Periods come from the case's own [`crate::tables::Terms`] and are counted as
//!   [`crate::calendar`] counts them, in the time zone of receipt.
//! - A clock by which the desk owes an answer begins with receipt, or on the later day on which the
//!   request was complete; a preservation begins with receipt, whatever is missing still.
//! - A date that somebody stated is moved by a pause as a period is: by the days the pause touched.
//! - A clock stops once what it waits for was done. Until then it runs, also past its end.
//! - Which clocks there are follows from the case alone; how they stand, from a moment and, for what
//!   "today" means, the desk's time zone.
//!
//! A case from before the tables had versions has the clocks it had then, and no others.

mod answer;
mod beside;
mod emergency;

use jiff::{
    RoundMode, Timestamp, TimestampRound, ToSpan, Unit, ZonedDateTime, civil, tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{self, Ending, Length, Paused, last_second},
    case::{Case, StepKind},
    tables::Period,
    verification::Verification,
};

pub use beside::{told_before, window_ended, window_ends, window_opens};
pub use emergency::release_lapses;

/// Counts the editions of these rules: what was computed by an earlier one is computed anew.
pub const RULES: i64 = 3;

crate::choice! {
    /// What a clock measures.
    ClockKind {
        Due = "due", "Answer due";
        Statutory = "statutory", "Answer due by law";
        Preserve = "preserve", "Preserve until";
        Review = "review", "Second review due";
        Gag = "gag", "Gag ends; a notice falls due";
        Release = "release", "Release lapses";
        Process = "process", "Did formal process arrive?";
        Objection = "objection", "The subject may object until";
        Notice = "notice", "Notice to the subject due";
        OurObjection = "our_objection", "Our objection due";
    }
}

impl ClockKind {
    /// Whether its end passes quietly: a window shuts or a permission lapses, and nothing is late.
    pub const fn passes_quietly(self) -> bool {
        matches!(self, Self::Release | Self::Objection)
    }
}

/// A period with a start, an end and a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub kind: ClockKind,
    pub starts: Timestamp,
    /// None while it is paused, and where it has no end at all.
    pub ends: Option<Timestamp>,
    /// How the end was computed, in sentences, in the order of the counting.
    pub how: Vec<String>,
    pub pauses: Vec<Paused>,
    /// Whether it is paused now.
    pub paused: bool,
    /// Whether a person should look at it whatever the date, as at an order that names no end; the
    /// sentences say why.
    pub flagged: bool,
    /// Whether what it waits for was done.
    pub stopped: bool,
}

/// How a clock stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Urgency {
    Stopped,
    Paused,
    /// Its end passed, and made nothing late.
    Over,
    Late,
    /// It ends later on this calendar day.
    Today,
    /// It ends on one of the next three days.
    Soon,
    /// It ends after that, or never.
    Later,
}

impl Urgency {
    /// The stable code, as style sheets call it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Paused => "paused",
            Self::Over => "over",
            Self::Late => "late",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

impl Clock {
    /// How it stands now, at a desk in this time zone.
    pub fn urgency(&self, now: Timestamp, zone: &TimeZone) -> Urgency {
        match self.ends {
            _ if self.stopped => Urgency::Stopped,
            _ if self.paused => Urgency::Paused,
            None => Urgency::Later,
            Some(ends) => match urgency(ends, now, zone) {
                Urgency::Late if self.kind.passes_quietly() => Urgency::Over,
                urgency => urgency,
            },
        }
    }

    /// How the end was computed, as one passage.
    pub fn because(&self) -> String {
        self.how.join(" ")
    }
}

/// How an end stands at a moment, at a desk in this time zone.
pub fn urgency(ends: Timestamp, now: Timestamp, zone: &TimeZone) -> Urgency {
    if ends <= now {
        return Urgency::Late;
    }
    let date = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    let today = date(now);
    let soon = days_after(today);
    if date(ends) == today {
        Urgency::Today
    } else if date(ends) <= soon {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}

/// What ends within so many days ends soon.
pub(crate) const SOON: i64 = 3;

fn days_after(today: civil::Date) -> civil::Date {
    today.checked_add(SOON.days()).unwrap_or(civil::Date::MAX)
}

/// The last moment that is still today at a desk in this time zone, and the last that is soon.
pub fn horizons(now: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let soon = days_after(today);
    (last_second(today, zone), last_second(soon, zone))
}

/// The day that it is now where the request came in: what an order calls today. A case from before
/// the tables had versions is judged by the day in UTC, as it was.
pub fn today(case: &Case, now: Timestamp) -> civil::Date {
    match case.request().filter(|_| case.is_under_terms()) {
        Some(request) => {
            let zone = request.received.time_zone().clone();
            now.to_zoned_datetime(zone).date()
        }
        None => day(now),
    }
}

/// The minute of a moment, as a form tells it.
pub(crate) fn minute(at: Timestamp) -> Timestamp {
    let cut = TimestampRound::new()
        .smallest(Unit::Minute)
        .mode(RoundMode::Trunc);
    at.round(cut).unwrap_or(at)
}

/// The day of a moment, in UTC.
pub fn day(at: Timestamp) -> civil::Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// Every clock of a case, those that run first, the earliest end first.
pub fn clocks(case: &Case) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = [
        answer::stated(case),
        answer::by_law(case),
        answer::our_objection(case),
        beside::preservation(case),
        emergency::review(case),
        emergency::release(case),
        emergency::process(case),
        beside::window(case),
        beside::notice(case),
        beside::gag(case),
    ]
    .into_iter()
    .flatten()
    .collect();
    clocks.sort_by_key(|clock| (clock.stopped, clock.ends.is_none(), clock.ends));
    clocks
}

/// What the desk must do next by a date: the earliest running clock whose end makes something late.
/// Before anything left the house and while nothing is kept, a gag's end is no deadline: there is
/// nothing yet that the subject would have to be told of.
pub fn next(case: &Case) -> Option<Clock> {
    let owed =
        case.stage().is_end() || !case.disclosures().is_empty() || !case.beside().holds.is_empty();
    clocks(case).into_iter().find(|clock| {
        !clock.stopped
            && clock.ends.is_some()
            && !clock.kind.passes_quietly()
            && (owed || clock.kind != ClockKind::Gag)
    })
}

/// The step that a late clock of this kind waits for, where it is none of the case's own: what is
/// still owed when everything else is done.
const fn owed_by(kind: ClockKind) -> Option<StepKind> {
    match kind {
        ClockKind::Gag | ClockKind::Notice => Some(StepKind::Notify),
        ClockKind::Process => Some(StepKind::Process),
        _ => None,
    }
}

/// What is owed now beside the case's own next step, the longest owed first: the subject is to be
/// told, or somebody says whether formal process arrived. An ended case owes it too.
pub fn owed(case: &Case, now: Timestamp) -> Option<StepKind> {
    clocks(case)
        .into_iter()
        .filter(|clock| !clock.stopped && clock.ends.is_some_and(|ends| ends <= now))
        .find_map(|clock| owed_by(clock.kind))
}

/// The end of a day in the zone of receipt.
pub(crate) fn end_of_day(case: &Case, day: civil::Date) -> Option<Timestamp> {
    Some(last_second(day, case.request()?.received.time_zone()))
}

/// The last day on which a confirmation of the requester counts; none where it has no end.
pub fn confirmed_until(case: &Case, confirmed: &Verification) -> Option<civil::Date> {
    if !case.is_under_terms() {
        return None;
    }
    let zone = confirmed.at.time_zone();
    let ends = period(case, Period::VerificationHolds, &confirmed.at, &[]).at?;
    Some(ends.to_zoned_datetime(zone.clone()).date())
}

/// The end of one of the case's periods.
fn period(case: &Case, period: Period, start: &ZonedDateTime, pauses: &[Paused]) -> Ending {
    let terms = case.terms();
    let length = terms.period(period);
    let calendar = length
        .calendar
        .as_ref()
        .and_then(|code| terms.calendars.get(code));
    calendar::ending(
        start.timestamp(),
        start.time_zone(),
        &length,
        calendar,
        pauses,
    )
}

/// What a period is, and where its length comes from.
fn told(case: &Case, period: Period) -> String {
    let length: Length = case.terms().period(period);
    let source = if length == period.delivered() {
        period.source().to_owned()
    } else {
        format!(
            "the desk's tables, {}; delivered with {}",
            case.terms().tables,
            period.delivered()
        )
    };
    format!("{}: {length} ({source}).", period.word())
}

/// The pauses of one clock, in the order they were made.
fn pauses(case: &Case, kind: ClockKind) -> Vec<Paused> {
    case.beside()
        .pauses
        .iter()
        .filter(|pause| pause.paused.what.clock == kind)
        .map(|pause| Paused {
            from: pause.paused.at,
            until: pause.resumed.as_ref().map(|resumed| resumed.at),
            reasons: pause.paused.what.reasons.clone(),
        })
        .collect()
}

/// A request is answered once something was produced, refused or withdrawn, or the case ended.
fn answered(case: &Case) -> bool {
    use crate::case::Stage;
    case.stage().is_end() || matches!(case.stage(), Stage::Disclosed | Stage::Denied)
}

fn zone_name(at: &ZonedDateTime) -> String {
    at.time_zone()
        .iana_name()
        .map_or_else(|| at.offset().to_string(), str::to_owned)
}
