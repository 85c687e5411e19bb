//! Clocks: when each began, when it ends, and how that was computed, so that a person can check
//! the date by hand. Lateness is computed, never stored. Source: domain, section 4.

use jiff::{Timestamp, ToSpan, ZonedDateTime, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendars, Length, Unit},
    case::Case,
    ground::Ground,
    instrument::Instrument,
    tables::Period,
    verification::Verification,
};

/// Ten calendar days from receipt to produce. Source: Regulation (EU) 2023/1543, Article 10(2).
pub const EPOC_DAYS: i64 = 10;
/// Eight hours in an emergency, nights included. Source: Regulation (EU) 2023/1543, Article 10(4).
pub const EPOC_EMERGENCY_HOURS: i64 = 8;
/// Preserve for sixty days. Source: Regulation (EU) 2023/1543, Article 11(1).
pub const EU_PRESERVATION_DAYS: i64 = 60;
/// Preserve for ninety days. Source: 18 USC 2703(f)(2).
pub const US_PRESERVATION_DAYS: i64 = 90;
/// A second manager reviews an emergency release. Source: domain, section 2.
pub const EMERGENCY_REVIEW_HOURS: i64 = 48;

/// Counts the editions of these rules: what was computed by an earlier one is computed anew.
pub const RULES: i64 = 1;

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

/// A period with a start, an end and a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub kind: ClockKind,
    pub starts: Timestamp,
    pub ends: Timestamp,
    /// How the end was computed, in words.
    pub because: String,
    /// Whether what it waits for was done.
    pub stopped: bool,
}

/// How a clock stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Urgency {
    Stopped,
    Late,
    /// Within the next 24 hours.
    Today,
    /// Within the next three days.
    Soon,
    Later,
}

impl Clock {
    /// How it stands now.
    pub fn urgency(&self, now: Timestamp) -> Urgency {
        if self.stopped {
            Urgency::Stopped
        } else {
            urgency(self.ends, now)
        }
    }
}

/// How an end stands at a moment.
pub fn urgency(ends: Timestamp, now: Timestamp) -> Urgency {
    let hours = ends.duration_since(now).as_hours();
    if ends <= now {
        Urgency::Late
    } else if hours < 24 {
        Urgency::Today
    } else if hours < 72 {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}

/// The day of a moment, in UTC.
pub fn day(at: Timestamp) -> civil::Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// Every clock of a case, the earliest end first.
pub fn clocks(case: &Case) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = [
        stated(case),
        by_law(case),
        preservation(case),
        review(case),
        gag(case),
    ]
    .into_iter()
    .flatten()
    .collect();
    clocks.sort_by_key(|clock| (clock.stopped, clock.ends));
    clocks
}

/// What the desk must do next by a date: the earliest running clock. While a case is open its gag
/// is no deadline; once it has ended, the gag's end is the only one left.
pub fn next(case: &Case) -> Option<Clock> {
    let ended = case.stage().is_end();
    clocks(case)
        .into_iter()
        .find(|clock| !clock.stopped && (ended || clock.kind != ClockKind::Gag))
}

/// The order's own deadline, as stated; without a time of day, to the end of that day.
fn stated(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let due = request.due?;
    let zone = request.received.time_zone().clone();
    let (ends, how) = match request.due_time {
        Some(time) => (
            due.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?,
            format!("at {time:.0}"),
        ),
        None => (last_second(due, &zone)?, "to the end of the day".to_owned()),
    };
    Some(Clock {
        kind: ClockKind::Due,
        starts: request.received.timestamp(),
        ends: ends.timestamp(),
        because: format!(
            "The request states {due}, read {how} in the zone of receipt, {}.",
            zone_name(&request.received)
        ),
        stopped: answered(case),
    })
}

fn by_law(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let classification = case.classification()?;
    if classification.instrument != Instrument::Epoc {
        return None;
    }
    let received = &request.received;
    let (ends, because) = if classification.answer("emergency_flag") == Some("yes") {
        (
            received.checked_add(EPOC_EMERGENCY_HOURS.hours()).ok()?,
            format!(
                "{EPOC_EMERGENCY_HOURS} hours from receipt, nights included (Regulation (EU) 2023/1543, Article 10(4))."
            ),
        )
    } else {
        (
            last_second(
                received.date().checked_add(EPOC_DAYS.days()).ok()?,
                received.time_zone(),
            )?,
            format!(
                "{EPOC_DAYS} calendar days from receipt on {}, to the end of the tenth in {} (Regulation (EU) 2023/1543, Article 10(2)).",
                received.date(),
                zone_name(received)
            ),
        )
    };
    Some(Clock {
        kind: ClockKind::Statutory,
        starts: received.timestamp(),
        ends: ends.timestamp(),
        because,
        stopped: answered(case),
    })
}

fn preservation(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let (days, source) = match case.classification()?.instrument {
        Instrument::PreservationRequest => (US_PRESERVATION_DAYS, "18 USC 2703(f)(2)"),
        Instrument::EpocPr => (
            EU_PRESERVATION_DAYS,
            "Regulation (EU) 2023/1543, Article 11(1)",
        ),
        _ => return None,
    };
    let received = &request.received;
    let ends = last_second(
        received.date().checked_add(days.days()).ok()?,
        received.time_zone(),
    )?;
    Some(Clock {
        kind: ClockKind::Preserve,
        starts: received.timestamp(),
        ends: ends.timestamp(),
        because: format!(
            "{days} calendar days from receipt on {} ({source}).",
            received.date()
        ),
        stopped: case.stage().is_end(),
    })
}

fn review(case: &Case) -> Option<Clock> {
    if case.classification()?.ground != Ground::Emergency {
        return None;
    }
    let released = case
        .decisions()
        .iter()
        .rfind(|decision| decision.what.approves())?;
    Some(Clock {
        kind: ClockKind::Review,
        starts: released.at,
        ends: released
            .at
            .checked_add(EMERGENCY_REVIEW_HOURS.hours())
            .ok()?,
        because: format!(
            "A second manager reviews within {EMERGENCY_REVIEW_HOURS} hours of the release by {}.",
            released.by.name
        ),
        stopped: !case.awaits_review(),
    })
}

fn gag(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let zone = request.received.time_zone();
    let (until, why) =
        if let Some(until) = case.closing().and_then(|closing| closing.what.gagged_until) {
            (until, "as recorded when the case was closed".to_owned())
        } else {
            let demand = request.confidentiality.as_ref()?;
            (demand.until?, format!("under {}", demand.basis))
        };
    Some(Clock {
        kind: ClockKind::Gag,
        starts: request.received.timestamp(),
        ends: last_second(until, zone)?.timestamp(),
        because: format!("The subject may not be told before the end of {until}, {why}."),
        stopped: false,
    })
}

/// A request is answered once something was produced, refused or withdrawn, or the case ended.
fn answered(case: &Case) -> bool {
    use crate::case::Stage;
    case.stage().is_end() || matches!(case.stage(), Stage::Disclosed | Stage::Denied)
}

/// The end of a day in the zone of receipt.
pub(crate) fn end_of_day(case: &Case, day: civil::Date) -> Option<Timestamp> {
    let zone = case.request()?.received.time_zone().clone();
    last_second(day, &zone).map(|end| end.timestamp())
}

/// Until when an emergency release may be used; none where the case has no such limit.
pub fn release_lapses(case: &Case) -> Option<Timestamp> {
    if case.ground() != Some(Ground::Emergency) || !case.is_under_terms() {
        return None;
    }
    let released = case
        .decisions()
        .iter()
        .rfind(|decision| decision.what.approves())?;
    let zone = case.request()?.received.time_zone().clone();
    let length = case.terms().period(Period::EmergencyRelease);
    ends(
        &released.at.to_zoned_datetime(zone),
        &length,
        &case.terms().calendars,
    )
}

/// Until when the subject may object: the period from the last notice, or the due date, whichever
/// is later. None where nobody was told before the decision was carried out.
pub fn window_ends(case: &Case) -> Option<Timestamp> {
    let first = case.disclosures().first().map(|one| one.at);
    let notice = case
        .beside()
        .notices
        .iter()
        .rfind(|notice| first.is_none_or(|first| notice.at < first))?;
    let terms = case.terms();
    let window = ends(
        &notice.what.sent,
        &terms.period(Period::Objection),
        &terms.calendars,
    )?;
    let due = stated(case).map(|clock| clock.ends);
    Some(due.map_or(window, |due| due.max(window)))
}

/// The last day on which a confirmation of the requester counts; none where it has no end.
pub fn confirmed_until(case: &Case, confirmed: &Verification) -> Option<civil::Date> {
    if !case.is_under_terms() {
        return None;
    }
    let terms = case.terms();
    let length = terms.period(Period::VerificationHolds);
    let end = ends(&confirmed.at, &length, &terms.calendars)?;
    Some(
        end.to_zoned_datetime(confirmed.at.time_zone().clone())
            .date(),
    )
}

/// The end of a period that begins then.
fn ends(start: &ZonedDateTime, length: &Length, _calendars: &Calendars) -> Option<Timestamp> {
    let count = i64::from(length.count);
    match length.unit {
        Unit::Hours => Some(start.checked_add(count.hours()).ok()?.timestamp()),
        Unit::Days | Unit::WorkingDays => {
            let day = start.date().checked_add(count.days()).ok()?;
            last_second(day, start.time_zone()).map(|end| end.timestamp())
        }
    }
}

fn last_second(day: civil::Date, zone: &TimeZone) -> Option<ZonedDateTime> {
    // The next midnight less a second, and not 23:59:59: some zones skip an hour at midnight.
    day.tomorrow()
        .ok()?
        .to_zoned_datetime(zone.clone())
        .ok()?
        .checked_sub(1.second())
        .ok()
}

fn zone_name(at: &ZonedDateTime) -> String {
    at.time_zone()
        .iana_name()
        .map_or_else(|| at.offset().to_string(), str::to_owned)
}
