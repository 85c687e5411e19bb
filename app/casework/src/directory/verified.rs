//! Verification as the directory sees it: an act on a case, told beside its authority until it
//! expires. It opens no gate but its own case's.

use jiff::{Timestamp, ToSpan};

use crate::{
    case::{Case, CaseId, CaseNumber},
    member::Signed,
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

    /// Until when it is told as standing, where a confirmation holds for so many days.
    pub fn until(&self, holds_days: i64) -> Timestamp {
        self.at()
            .checked_add((holds_days.saturating_mul(24)).hours())
            .unwrap_or(Timestamp::MAX)
    }
}
