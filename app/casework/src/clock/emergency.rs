//! The clocks after an emergency release. Source: domain, sections 2 and 4.

use jiff::{Timestamp, ZonedDateTime};

use super::{Clock, ClockKind, answered, period, told};
use crate::{
    case::{Case, Stage},
    decision::Decision,
    ground::Ground,
    member::Signed,
    tables::Period,
};

/// A second manager reviews the release.
pub(super) fn review(case: &Case) -> Option<Clock> {
    let released = released(case)?;
    let mut clock = after(case, ClockKind::Review, Period::EmergencyReview)?;
    clock.how.insert(
        0,
        format!(
            "A second manager reviews the release by {}.",
            released.by.name
        ),
    );
    clock.stopped = !case.awaits_review();
    Some(clock)
}

/// Until when an emergency release may be used.
pub(super) fn release(case: &Case) -> Option<Clock> {
    if !case.is_under_terms() {
        return None;
    }
    let mut clock = after(case, ClockKind::Release, Period::EmergencyRelease)?;
    clock.stopped = answered(case);
    Some(clock)
}

/// Whether formal process ever arrived, asked until somebody answers.
pub(super) fn process(case: &Case) -> Option<Clock> {
    if !case.is_under_terms() {
        return None;
    }
    let released = released(case)?;
    let mut clock = after(case, ClockKind::Process, Period::FormalProcess)?;
    // An early "no" is no answer: it is asked on the day, for by then it may have come.
    let asked = case.beside().processes.iter().any(|process| {
        process.at >= released.at
            && (process.what.arrived || clock.ends.is_none_or(|ends| process.at >= ends))
    });
    // Where nothing left the house and nothing will, there is nothing that process could cover.
    let nothing_left =
        case.disclosures().is_empty() && (case.stage().is_end() || case.stage() == Stage::Denied);
    clock.stopped = asked || nothing_left;
    Some(clock)
}

/// Until when an emergency release may be used; none where the case has no such limit.
pub fn release_lapses(case: &Case) -> Option<Timestamp> {
    release(case)?.ends
}

/// The decision that released the data in an emergency.
fn released(case: &Case) -> Option<&Signed<Decision>> {
    (case.ground() == Some(Ground::Emergency))
        .then(|| {
            case.decisions()
                .iter()
                .rfind(|decision| decision.what.approves())
        })
        .flatten()
}

/// A period that begins with the release.
fn after(case: &Case, kind: ClockKind, which: Period) -> Option<Clock> {
    let released = released(case)?;
    let zone = case.request()?.received.time_zone().clone();
    let start: ZonedDateTime = released.at.to_zoned_datetime(zone);
    let ending = period(case, which, &start, &[]);
    let mut how = vec![told(case, which)];
    how.extend(ending.how);
    Some(Clock {
        kind,
        starts: released.at,
        ends: ending.at,
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: false,
    })
}
