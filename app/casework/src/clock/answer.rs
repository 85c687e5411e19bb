//! The clocks by which the desk owes an answer.

use jiff::{ZonedDateTime, civil};

use super::{Clock, ClockKind, answered, pauses, period, told, zone_name};
use crate::{
    calendar::{self, Length, Paused, first_second, last_second},
    case::Case,
    instrument::Instrument,
    request::Request,
    tables::Period,
};

/// The order's own deadline, as stated; without a time of day, to the end of that day. Where the
/// request's form tells none, the date on the face of the order is the deadline.
pub(super) fn stated(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let (due, time, states) = match (request.due, on_its_face(case)) {
        (Some(due), _) => (due, request.due_time, "The request states"),
        (None, Some((due, states))) => (due, None, states),
        (None, None) => return None,
    };
    let kind = ClockKind::Due;
    let zone = request.received.time_zone();
    let pauses = pauses(case, kind);
    let (moved, mut how) = moved(request, due, &pauses);
    let read = match time {
        Some(time) => format!("at {time:.0}"),
        None => "to the end of the day".to_owned(),
    };
    how.insert(
        0,
        format!(
            "{states} {due}, read {read} in the zone of receipt, {}.",
            zone_name(&request.received)
        ),
    );
    let ends = match (moved, time) {
        (None, _) => None,
        (Some(day), None) => Some(last_second(day, zone)),
        (Some(day), Some(time)) => Some(
            day.to_datetime(time)
                .to_zoned_datetime(zone.clone())
                .ok()?
                .timestamp(),
        ),
    };
    Some(Clock {
        kind,
        starts: request.received.timestamp(),
        ends,
        how,
        pauses,
        paused: ends.is_none(),
        flagged: false,
        stopped: answered(case),
    })
}

/// The date that the order itself gives, as the classification tells it, and what it is.
fn on_its_face(case: &Case) -> Option<(civil::Date, &'static str)> {
    let classification = case.classification().filter(|_| case.is_under_terms())?;
    [
        ("return_date", "The order's return date is"),
        ("execute_by", "The order is to be executed by"),
    ]
    .into_iter()
    .find_map(|(key, states)| Some((classification.answer(key)?.parse().ok()?, states)))
}

/// The days to comply that the order itself gives, where a number of them was told.
fn days_given(case: &Case) -> Option<u32> {
    let told = case.classification()?.answer("days_to_comply")?;
    let days = told
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| !part.is_empty())?;
    days.parse()
        .ok()
        .filter(|days| (1..=DAYS_MOST).contains(days))
}

/// More days to comply than this are no days: somebody wrote a date.
const DAYS_MOST: u32 = 366;

/// A stated day after pauses, and how they moved it; none while the clock is paused.
fn moved(
    request: &Request,
    due: civil::Date,
    pauses: &[Paused],
) -> (Option<civil::Date>, Vec<String>) {
    let received = &request.received;
    let between = received
        .date()
        .until(due)
        .map_or(0, |span| span.get_days())
        .try_into()
        .unwrap_or(0_u32);
    if pauses.is_empty() || between == 0 {
        return (Some(due), Vec::new());
    }
    let counted = calendar::ending(
        received.timestamp(),
        received.time_zone(),
        &Length::days(between),
        None,
        pauses,
    );
    let day = counted
        .at
        .map(|at| at.to_zoned_datetime(received.time_zone().clone()).date());
    let mut how = vec![format!(
        "From receipt that is {}; the days that a pause touched do not count.",
        Length::days(between)
    )];
    // What the counting says of pauses; the rest repeats the sentences before.
    how.extend(
        counted
            .how
            .into_iter()
            .filter(|said| said.starts_with("Paused") || said.starts_with("So it ends")),
    );
    (day, how)
}

/// The answer that a law or our own tables ask for within a period.
pub(super) fn by_law(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    let classification = case.classification()?;
    let which = match classification.instrument {
        Instrument::Epoc if classification.answer("emergency_flag") == Some("yes") => {
            Period::EpocEmergency
        }
        Instrument::Epoc => Period::EpocAnswer,
        Instrument::OtherCourtOrder if case.is_under_terms() && request.due.is_none() => {
            Period::CourtOrderAnswer
        }
        _ => return None,
    };
    let (start, mut how) = begins(request);
    let kind = ClockKind::Statutory;
    let pauses = pauses(case, kind);
    let given = (which == Period::CourtOrderAnswer)
        .then(|| days_given(case))
        .flatten();
    let ending = if let Some(days) = given {
        let length = Length::days(days);
        how.insert(0, format!("The order gives {length} to comply."));
        calendar::ending(start.timestamp(), start.time_zone(), &length, None, &pauses)
    } else {
        how.insert(0, told(case, which));
        period(case, which, &start, &pauses)
    };
    let ends = ending.at;
    how.extend(ending.how);
    if which == Period::EpocAnswer && classification.answer("authority_notified") == Some("yes") {
        how.push(
            "The enforcing authority was notified: transmit at the end of the period, unless it releases the data sooner (Regulation (EU) 2023/1543, Article 10(2))."
                .to_owned(),
        );
    }
    Some(Clock {
        kind,
        starts: start.timestamp(),
        ends,
        how,
        pauses,
        paused: ends.is_none(),
        flagged: false,
        stopped: answered(case),
    })
}

/// Our time to object to a civil subpoena: the period, or the day to comply if that comes earlier.
pub(super) fn our_objection(case: &Case) -> Option<Clock> {
    let request = case.request()?;
    if case.classification()?.instrument != Instrument::CivilSubpoena || !case.is_under_terms() {
        return None;
    }
    let (start, mut how) = begins(request);
    how.insert(0, told(case, Period::CivilObjection));
    let ending = period(case, Period::CivilObjection, &start, &[]);
    how.extend(ending.how);
    let mut ends = ending.at?;
    if let Some(due) = stated(case).and_then(|clock| clock.ends)
        && due < ends
    {
        how.push(
            "The day to comply comes earlier, and an objection after it comes too late: so it ends then."
                .to_owned(),
        );
        ends = due;
    }
    Some(Clock {
        kind: ClockKind::OurObjection,
        starts: start.timestamp(),
        ends: Some(ends),
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: answered(case),
    })
}

/// When a clock that waits for a complete request begins, and why then.
fn begins(request: &Request) -> (ZonedDateTime, Vec<String>) {
    let received = &request.received;
    let complete = request
        .complete_on
        .filter(|complete| *complete > received.date());
    match complete {
        None => (received.clone(), Vec::new()),
        Some(complete) => (
            first_second(complete, received.time_zone())
                .to_zoned_datetime(received.time_zone().clone()),
            vec![format!(
                "The request came in on {} and was complete on {complete}: the clock begins with that day.",
                received.date()
            )],
        ),
    }
}
