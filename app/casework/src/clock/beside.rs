//! The clocks of what lives beside the stage: preservations, notices, the subject's window, gags.

use jiff::{Timestamp, ZonedDateTime, civil};

use super::{Clock, ClockKind, answer, answered, day, end_of_day, period, told};
use crate::{
    calendar::first_second,
    case::{Case, HoldOnCase, Stage},
    disclosure::NoticeOutcome,
    instrument::Instrument,
    member::Signed,
    notice::Notice,
    tables::Period,
};

/// Data is kept until then. Each renewal adds its period to the end before it.
pub(super) fn preservation(case: &Case) -> Option<Clock> {
    let received = &case.request()?.received;
    let asked = case.classification()?.instrument;
    if asked == Instrument::Epoc && case.is_under_terms() {
        return Some(while_handled(case, received.timestamp()));
    }
    let (first, renewal) = match asked {
        Instrument::Epoc | Instrument::EpocPr => {
            (Period::EuPreservation, Period::EuPreservationRenewal)
        }
        _ => (Period::UsPreservation, Period::UsPreservationRenewal),
    };
    let hold = case.beside().holds.last();
    let by_order = matches!(asked, Instrument::PreservationRequest | Instrument::EpocPr);
    let start = match hold {
        // What an order asks for is kept from its receipt on; what we hold by ourselves, from the
        // day it was given to somebody.
        None if by_order => received.clone(),
        Some(_) if by_order && case.beside().holds.len() == 1 => received.clone(),
        Some(hold) => hold
            .given
            .at
            .to_zoned_datetime(received.time_zone().clone()),
        None => return None,
    };
    let mut how = vec![told(case, first)];
    let ending = period(case, first, &start, &[]);
    how.extend(ending.how);
    let mut ends = ending.at?;
    for renewed in hold.into_iter().flat_map(|hold| &hold.renewals) {
        let before = ends.to_zoned_datetime(received.time_zone().clone());
        let ending = period(case, renewal, &before, &[]);
        how.push(format!(
            "Renewed by {}, on the day {}. {}",
            renewed.what.reference,
            renewed
                .at
                .to_zoned_datetime(received.time_zone().clone())
                .date(),
            told(case, renewal)
        ));
        how.extend(ending.how.into_iter().next_back());
        ends = ending.at?;
    }
    let converted = hold.and_then(|hold| hold.converted.as_ref());
    if let Some(converted) = converted {
        how.push(format!(
            "Production was asked for in {}: the data is kept as long as that case needs it, and no day ends it. Once that case is closed, release the hold.",
            converted.what.production
        ));
    }
    if let Some(released) = hold.and_then(|hold| hold.released.as_ref()) {
        how.push(format!(
            "The hold was released on {}.",
            released
                .at
                .to_zoned_datetime(received.time_zone().clone())
                .date()
        ));
    }
    Some(Clock {
        kind: ClockKind::Preserve,
        starts: start.timestamp(),
        ends: converted.is_none().then_some(ends),
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: hold.map_or_else(
            || case.stage().is_end() || (case.is_under_terms() && case.stage() == Stage::Denied),
            |hold: &HoldOnCase| !hold.stands(),
        ),
    })
}

/// A European Production Order preserves from its receipt for as long as it is handled: no day ends
/// that. Source: Regulation (EU) 2023/1543, Article 10(1).
fn while_handled(case: &Case, received: Timestamp) -> Clock {
    let hold = case.beside().holds.last();
    let mut how = vec![
        "The data is preserved at once and for as long as the order is handled (Regulation (EU) 2023/1543, Article 10(1))."
            .to_owned(),
    ];
    how.push(match hold {
        None => "Nobody holds it yet: give the hold.".to_owned(),
        Some(hold) => match &hold.released {
            None => format!("{} holds it.", hold.given.what.owner),
            Some(released) => format!("The hold was released on {}.", day(released.at)),
        },
    });
    Clock {
        kind: ClockKind::Preserve,
        starts: received,
        ends: None,
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: hold.is_none(),
        stopped: hold.map_or_else(|| answered(case), |hold| !hold.stands()),
    }
}

/// Until when the subject may object: the period from the last notice before anything left the
/// house, or the due date, whichever is later.
pub(super) fn window(case: &Case) -> Option<Clock> {
    if !case.is_under_terms() {
        return None;
    }
    let notice = told_before(case)?;
    let (ends, how) = window_from(case, &notice.what.sent)?;
    let objected = case
        .beside()
        .objections
        .iter()
        .any(|objection| objection.raised.at >= notice.at);
    Some(Clock {
        kind: ClockKind::Objection,
        starts: notice.what.sent.timestamp(),
        ends: Some(ends),
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: objected || answered(case),
    })
}

/// The window that a notice of this moment opens, and how its end was computed.
fn window_from(case: &Case, sent: &ZonedDateTime) -> Option<(Timestamp, Vec<String>)> {
    let ending = period(case, Period::Objection, sent, &[]);
    let mut how = vec![told(case, Period::Objection)];
    how.extend(ending.how);
    let mut ends = ending.at?;
    if let Some(due) = answer::stated(case).and_then(|clock| clock.ends)
        && due > ends
    {
        how.push("The answer is due later than that: the window stays open until then.".to_owned());
        ends = due;
    }
    Some((ends, how))
}

/// The last notice before anything left the house; of a case that was taken up again, since then.
pub fn told_before(case: &Case) -> Option<&Signed<Notice>> {
    notices_before(case).next_back()
}

/// Every notice before anything left the house, or since the case was taken up again.
fn notices_before(case: &Case) -> impl DoubleEndedIterator<Item = &Signed<Notice>> {
    let reopened = case.reopenings().last().map(|one| one.at);
    let first = case
        .disclosures()
        .iter()
        .map(|one| one.at)
        .find(|at| reopened.is_none_or(|reopened| *at > reopened));
    case.beside()
        .notices
        .iter()
        .filter(move |notice| first.is_none_or(|first| notice.at < first))
}

/// Until when the subject could object to what was sent at a moment. A notice that was sent after it
/// opens no window for it.
pub fn window_ended(case: &Case, sent: Timestamp) -> Option<Timestamp> {
    let notice = notices_before(case)
        .rev()
        .find(|notice| notice.what.sent.timestamp() <= sent)?;
    Some(window_from(case, &notice.what.sent)?.0)
}

/// Until when the subject could object to what a notice of this moment tells: for the notice itself to
/// say so. None where nothing is left to object to.
pub fn window_opens(case: &Case, sent: &ZonedDateTime) -> Option<Timestamp> {
    if !case.is_under_terms() || answered(case) || case.preserves_only() {
        return None;
    }
    Some(window_from(case, sent)?.0)
}

/// Until when the subject may object. None where nobody was told before the decision was carried
/// out.
pub fn window_ends(case: &Case) -> Option<Timestamp> {
    window(case)?.ends
}

/// A notice that was put off falls due when the delay ends. A preservation stays confidential for a
/// while; then the subject is told, unless an order forbids it still.
pub(super) fn notice(case: &Case) -> Option<Clock> {
    let received = &case.request()?.received;
    let delayed = case.delayed_until();
    if !case.is_under_terms() || (!case.preserves_only() && delayed.is_none()) {
        return None;
    }
    let (ends, mut how) = if let Some((until, _)) = delayed {
        let put_off = format!("Telling the subject was put off until the end of {until}.");
        (end_of_day(case, until)?, vec![put_off])
    } else {
        let ending = period(case, Period::PreservationNotice, received, &[]);
        let mut how = vec![told(case, Period::PreservationNotice)];
        how.extend(ending.how);
        (ending.at?, how)
    };
    let told_since = delayed.map_or(!case.beside().notices.is_empty(), |(_, at)| {
        case.beside().notices.iter().any(|notice| notice.at > at)
    });
    let forbidden = case.gag().is_some_and(|gag| {
        gag.until
            .is_none_or(|until| end_of_day(case, until).is_none_or(|end| ends < end))
    });
    if forbidden {
        how.push(
            "A nondisclosure order forbids it longer than that: the notice falls due when that ends."
                .to_owned(),
        );
    }
    Some(Clock {
        kind: ClockKind::Notice,
        starts: received.timestamp(),
        ends: Some(ends),
        how,
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: forbidden || told_since || nothing_to_tell(case),
    })
}

/// The subject may not be told before then; and is told from then on.
pub(super) fn gag(case: &Case) -> Option<Clock> {
    let received = &case.request()?.received;
    let beside = case.beside();
    let closed = case.closing().and_then(|closing| closing.what.gagged_until);
    let recorded = !beside.gags.is_empty() || beside.demand_lifted.is_some();
    if !case.is_under_terms() && !recorded {
        let demand = case.request()?.confidentiality.as_ref();
        let (until, why) = match closed {
            Some(until) => (until, "as recorded when the case was closed".to_owned()),
            None => (demand?.until?, format!("under {}", demand?.basis)),
        };
        return Some(Clock {
            starts: received.timestamp(),
            ends: end_of_day(case, until),
            how: vec![format!(
                "The subject may not be told before the end of {until}, {why}."
            )],
            ..running_gag()
        });
    }
    let gag = case.gag()?;
    let zone = received.time_zone();
    let starts = gag
        .from
        .map_or_else(|| received.timestamp(), |from| first_second(from, zone));
    let mut how = Vec::new();
    if let Some(order) = beside.gags.last() {
        for renewal in &order.renewals {
            if let Some(until) = renewal.what.until {
                how.push(format!(
                    "Renewed until {until} by {}.",
                    renewal.what.reference
                ));
            }
        }
        if let Some(lifted) = &order.lifted {
            how.push(format!("It was lifted on {}.", lifted.what.on));
        }
    } else if let Some(lifted) = &beside.demand_lifted {
        how.push(format!(
            "The demand was found not to bind, on {}.",
            lifted.what.on
        ));
    }
    let most = most(gag.basis.as_str());
    // A renewal may prolong it by as much again, and by no more.
    let since = renewed_from(case).and_then(|day| end_of_day(case, day));
    let begins = since.unwrap_or(starts).to_zoned_datetime(zone.clone());
    let longest = period(case, most, &begins, &[]).at;
    let ends = gag.until.and_then(|until| end_of_day(case, until));
    let flagged = match (ends, longest) {
        (None, _) => true,
        (Some(ends), Some(longest)) => ends > longest,
        (Some(_), None) => false,
    };
    how.insert(
        0,
        match gag.until {
            Some(until) => format!(
                "The subject may not be told before the end of {until}, under {}.",
                gag.basis
            ),
            None => format!("{} names no end: the subject may not be told.", gag.basis),
        },
    );
    if flagged {
        how.push(format!(
            "{} {}",
            told(case, most),
            if ends.is_none() {
                "This one is open-ended: ask by then whether it still binds, and have it renewed or record that it was lifted."
            } else {
                "This one is longer: ask whether that is meant."
            }
        ));
    }
    let stopped = told_since(case, ends)
        || told_since_lifted(case)
        || told_earlier(case, starts)
        || nothing_to_tell(case);
    Some(Clock {
        starts,
        // What never ends is looked at again on a day all the same: nobody else will say when.
        ends: ends.or(longest),
        how,
        flagged,
        stopped,
        ..running_gag()
    })
}

fn running_gag() -> Clock {
    Clock {
        kind: ClockKind::Gag,
        starts: Timestamp::UNIX_EPOCH,
        ends: None,
        how: Vec::new(),
        pauses: Vec::new(),
        paused: false,
        flagged: false,
        stopped: false,
    }
}

/// How long such an order is at most: a delay of notice under 2705(a) has a limit of its own.
fn most(basis: &str) -> Period {
    if basis.contains("2705(a)") {
        Period::DelayedNotice
    } else {
        Period::GagMost
    }
}

/// The day until which the order ran before it was last renewed.
fn renewed_from(case: &Case) -> Option<civil::Date> {
    let order = case.beside().gags.last()?;
    let (_, before) = order.renewals.split_last()?;
    before
        .iter()
        .rev()
        .find_map(|renewal| renewal.what.until)
        .or(order.ordered.what.until)
}

/// Whether the subject was told after an end.
fn told_since(case: &Case, ends: Option<Timestamp>) -> bool {
    let sent = |notice: &Signed<Notice>| notice.what.sent.timestamp();
    ends.is_some_and(|ends| case.beside().notices.iter().any(|one| sent(one) > ends))
}

/// Whether the subject was told once it was on file that nothing forbids it any more.
fn told_since_lifted(case: &Case) -> bool {
    let beside = case.beside();
    beside
        .lift()
        .is_some_and(|lift| beside.notices.iter().any(|one| one.at > lift.at))
}

/// Whether the subject knew before the order began to forbid it.
fn told_earlier(case: &Case, starts: Timestamp) -> bool {
    case.beside()
        .notices
        .iter()
        .any(|notice| notice.what.sent.timestamp() < starts)
}

/// Nothing left the house and nothing is kept, or the case says for good why nobody is told.
fn nothing_to_tell(case: &Case) -> bool {
    let told = case.closing().is_some_and(|closing| {
        !matches!(
            closing.what.notice,
            NoticeOutcome::Gagged | NoticeOutcome::ExigentDelay
        )
    });
    let nothing_happened = case.disclosures().is_empty()
        && case.beside().holds.is_empty()
        && (case.stage().is_end() || case.stage() == Stage::Denied);
    told || nothing_happened || case.never_told().is_some()
}
