//! Verification as the directory sees it: an act on a case, told beside its authority until it
//! expires. It opens no gate but its own case's.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    calendar::ending,
    case::{Case, CaseId, CaseNumber},
    member::Signed,
    tables::{Period, Tables},
    verification::{Finding, Verification},
};

/// Most acts that an authority's page shows.
pub const ACTS_MOST: u64 = 10;

/// A test of the requester's identity, with the case it was made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub case: CaseId,
    pub number: CaseNumber,
    pub verification: Signed<Verification>,
}

impl Act {
    /// The last test on a case that confirmed the requester, unless a later one did not.
    pub fn of(case: &Case) -> Option<Self> {
        let last = case.verifications().last()?;
        (last.what.finding == Finding::Confirmed).then(|| Self {
            case: case.id(),
            number: case.number(),
            verification: last.clone(),
        })
    }

    /// When it was made.
    pub fn at(&self) -> Timestamp {
        self.verification.what.at.timestamp()
    }

    /// Until when it is told as standing.
    pub fn until(&self, tables: &Tables) -> Timestamp {
        holds_until(self.at(), tables)
    }
}

/// Until when a confirmation is told as standing, by the tables' period for it.
pub fn holds_until(at: Timestamp, tables: &Tables) -> Timestamp {
    let length = tables
        .periods
        .get(&Period::VerificationHolds)
        .cloned()
        .unwrap_or_else(|| Period::VerificationHolds.delivered());
    let calendar = length
        .calendar
        .as_ref()
        .and_then(|code| tables.calendars.get(code));
    let zone = TimeZone::get(tables.zone.as_str()).unwrap_or(TimeZone::UTC);
    // Nothing pauses it, so it ends; were it never to, it would be told as ended.
    ending(at, &zone, &length, calendar, &[]).at.unwrap_or(at)
}
