//! A case on its way.

use casework::case::{Case, CaseId, CaseNumber, Step};
use casework::dossier::Dossier;
use casework::ledger::{Entry, Evidence};
use casework::member::Member;
use casework::order::Digest;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use crate::{Ledger, line, policy};

/// A case on its way: the time moves by itself, twenty minutes a step.
pub struct Scene {
    pub organisation: String,
    pub case: Case,
    pub now: Timestamp,
    pub ledger: Ledger,
}

impl Scene {
    pub fn at(now: &str) -> Self {
        Self::numbered(42, now)
    }

    /// Another case of the same desk, under another number.
    pub fn numbered(count: u32, now: &str) -> Self {
        let id = CaseId(Uuid::from_u128(0xd15c_105e_0000 + u128::from(count)));
        let now: Timestamp = now.parse().unwrap();
        let mut ledger = Ledger::default();
        let founded = "2025-06-30T08:00:00Z".parse().unwrap();
        let organisation = "Example Conversations Ltd";
        ledger.seal(
            founded,
            None,
            Entry::OrganisationNamed {
                name: line(organisation),
            },
        );
        ledger.seal(founded, None, Entry::PolicyPublished { policy: policy() });
        Self {
            organisation: organisation.into(),
            case: Case::new(id, CaseNumber { year: 2026, count }),
            now,
            ledger,
        }
    }

    /// Names the certificate that seals the desk's records.
    pub fn sealed_with(&mut self, subject: &str, sha256: Digest) -> &mut Self {
        let named = Entry::SealNamed {
            subject: subject.into(),
            sha256,
        };
        self.ledger.seal(self.now, None, named);
        self
    }

    #[track_caller]
    pub fn does(&mut self, who: &Member, step: Step) -> &mut Self {
        self.now = self.now.checked_add(20.minutes()).unwrap();
        let event = self.case.take(step, who, self.now).unwrap();
        self.case = self.case.clone().after(&event);
        self.ledger
            .seal(self.now, Some(who.id), Entry::Step { event });
        self.elsewhere();
        self
    }

    /// The rules say no, and that is told too.
    #[track_caller]
    pub fn tries(&mut self, who: &Member, step: Step) -> &mut Self {
        self.now = self.now.checked_add(1.minutes()).unwrap();
        let kind = step.kind();
        let refusal = self.case.take(step, who, self.now).unwrap_err();
        let refused = Entry::Refused {
            case: self.case.id(),
            step: kind,
            says: refusal.to_string(),
        };
        self.ledger.seal(self.now, Some(who.id), refused);
        self
    }

    /// Life goes on in other cases, so that this one's leaves do not stand side by side.
    pub fn elsewhere(&mut self) {
        let case = CaseId(Uuid::from_u128(7));
        self.ledger.seal(self.now, None, Entry::CaseRead { case });
    }

    pub fn later(&mut self, hours: i64) -> &mut Self {
        self.now = self.now.checked_add(hours.hours()).unwrap();
        self
    }

    pub fn evidence(&self) -> Evidence {
        self.ledger
            .evidence(self.case.id(), self.case.policy().is_some())
    }

    pub fn dossier(&self) -> Dossier {
        let organisation = line(&self.organisation);
        Dossier::of(organisation, self.ledger.as_of(), self.evidence()).unwrap()
    }
}
