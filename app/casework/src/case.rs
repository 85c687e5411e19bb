//! A case: one request and everything that happened to it.
//!
//! There is no setter. [`Case::take`] asks the rules and answers an [`Event`]; [`Case::after`] is
//! the state that follows. Replaying a case's events through both must give the same events and
//! the same case: that is how the ledger is verified.

mod after;
mod beside;
mod event;
mod read;
mod rules;
mod step;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    decision::{Decision, Refused, Review, ReviewFinding},
    disclosure::{Closing, Disclosure, Outcome},
    form::Fields,
    gate::Classification,
    ground::Ground,
    instrument::{Ceiling, Instrument},
    member::{MemberId, Role, Signed},
    order::{Order, OrderId, OrderOnCase},
    policy::PolicyVersion,
    request::Request,
    scope::Category,
    tables::Terms,
    verification::Verification,
    words::{Line, Reasons},
};

pub use beside::{Beside, GagOnCase, HoldOnCase, ObjectionOnCase, PauseOnCase, StandingGag};
pub use event::Event;
pub use step::{Step, StepKind};

crate::id! {
    /// Names a case for good; it stands in addresses and tells nothing.
    CaseId
}

/// The number people say: `DD-2026-00042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber {
    pub year: i16,
    pub count: u32,
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DD-{:04}-{:05}", self.year, self.count)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        let read = || {
            let (year, count) = raw.strip_prefix("DD-")?.split_once('-')?;
            Some(Self {
                year: year.parse().ok()?,
                count: count.parse().ok()?,
            })
        };
        read().ok_or("a case number looks like DD-2026-00042")
    }
}

crate::choice! {
    /// Where a case is in its life. Source: domain, section 5.
    Stage {
        Draft = "draft", "Draft";
        Filed = "filed", "Filed";
        InReview = "in_review", "In review";
        Returned = "returned", "Returned";
        Approved = "approved", "Approved";
        PartlyApproved = "partly_approved", "Partly approved";
        Denied = "denied", "Denied";
        Disclosed = "disclosed", "Disclosed";
        Closed = "closed", "Closed";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl Stage {
    /// Whether the case rests here until somebody reopens it.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// Whether a standing decision lets something leave the house.
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::PartlyApproved)
    }

    /// The stage as it stands inside a sentence.
    pub const fn in_sentence(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Filed => "filed",
            Self::InReview => "in review",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::PartlyApproved => "partly approved",
            Self::Denied => "denied",
            Self::Disclosed => "disclosed",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

crate::choice! {
    /// Whose turn it is.
    Awaits {
        Staff = "staff", "Legal staff";
        Manager = "manager", "A manager";
        /// An emergency that one manager released: staff discloses, a second manager reviews.
        Both = "both", "Legal staff and a second manager";
        Nobody = "nobody", "Nobody";
    }
}

/// What a member did on a case so far: the relations that separate duties.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of six relations, each asked by name"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub name: Line,
    pub filed: bool,
    pub edited: bool,
    pub classified: bool,
    pub verified: bool,
    pub decided: bool,
    pub reviewed: bool,
}

/// One request and everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    id: CaseId,
    number: CaseNumber,
    /// How many events happened; a form tells which state it was made from.
    version: u32,
    stage: Stage,
    /// The request's form as typed: a draft may hold anything.
    fields: Fields,
    /// The request as read when it was filed, or last mended.
    request: Option<Request>,
    /// When another requester was put in the place of the one that was filed: who was confirmed
    /// before is not who asks now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requester_changed: Option<Timestamp>,
    policy: Option<PolicyVersion>,
    filed: Option<Signed<()>>,
    classification: Option<Classification>,
    orders: Vec<OrderOnCase>,
    verifications: Vec<Signed<Verification>>,
    /// Why legal staff would have it refused as it stands; while no manager has decided since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposed: Option<Signed<Said>>,
    decisions: Vec<Signed<Decision>>,
    reviews: Vec<Signed<Review>>,
    disclosures: Vec<Signed<Disclosure>>,
    /// What the standing decision grants.
    granted: BTreeSet<Category>,
    /// Whether a second manager still has to review a release.
    awaits_review: bool,
    closing: Option<Signed<Closing>>,
    withdrawals: Vec<Signed<Said>>,
    reopenings: Vec<Signed<Said>>,
    #[serde(default, skip_serializing_if = "Beside::is_empty")]
    beside: Beside,
    hands: BTreeMap<MemberId, Hand>,
    opened_at: Option<Timestamp>,
    changed_at: Option<Timestamp>,
}

/// Words that stand alone: why a case was withdrawn or reopened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub reasons: Reasons,
}

impl Case {
    /// A case nothing has happened to yet; its first step is [`Step::Draft`].
    pub fn new(id: CaseId, number: CaseNumber) -> Self {
        Self {
            id,
            number,
            version: 0,
            stage: Stage::Draft,
            fields: Fields::new(),
            request: None,
            requester_changed: None,
            policy: None,
            filed: None,
            classification: None,
            orders: Vec::new(),
            verifications: Vec::new(),
            proposed: None,
            decisions: Vec::new(),
            reviews: Vec::new(),
            disclosures: Vec::new(),
            granted: BTreeSet::new(),
            awaits_review: false,
            closing: None,
            withdrawals: Vec::new(),
            reopenings: Vec::new(),
            beside: Beside::default(),
            hands: BTreeMap::new(),
            opened_at: None,
            changed_at: None,
        }
    }

    pub fn id(&self) -> CaseId {
        self.id
    }
    pub fn number(&self) -> CaseNumber {
        self.number
    }
    pub fn version(&self) -> u32 {
        self.version
    }
    pub fn stage(&self) -> Stage {
        self.stage
    }
    pub fn fields(&self) -> &Fields {
        &self.fields
    }
    pub fn request(&self) -> Option<&Request> {
        self.request.as_ref()
    }
    /// When another requester took the place of the first, if one did.
    pub fn requester_changed(&self) -> Option<Timestamp> {
        self.requester_changed
    }
    pub fn policy(&self) -> Option<PolicyVersion> {
        self.policy
    }
    /// Who filed it and when: the day the request was complete.
    pub fn filed(&self) -> Option<&Signed<()>> {
        self.filed.as_ref()
    }
    pub fn classification(&self) -> Option<&Classification> {
        self.classification.as_ref()
    }
    pub fn ground(&self) -> Option<Ground> {
        self.classification
            .as_ref()
            .map(|classification| classification.ground)
    }
    /// Every order, struck ones too.
    pub fn orders(&self) -> &[OrderOnCase] {
        &self.orders
    }
    /// The orders that count.
    pub fn standing_orders(&self) -> impl Iterator<Item = &Order> {
        self.orders
            .iter()
            .filter(|order| order.stands())
            .map(OrderOnCase::order)
    }
    /// An order on this case, struck or standing.
    pub fn order(&self, id: OrderId) -> Option<&OrderOnCase> {
        self.orders.iter().find(|order| order.order().id == id)
    }
    pub fn verifications(&self) -> &[Signed<Verification>] {
        &self.verifications
    }
    /// Why legal staff would have it refused as it stands, while it waits for a manager.
    pub fn proposed(&self) -> Option<&Signed<Said>> {
        self.proposed.as_ref()
    }
    /// Every decision, earlier ones too.
    pub fn decisions(&self) -> &[Signed<Decision>] {
        &self.decisions
    }
    pub fn reviews(&self) -> &[Signed<Review>] {
        &self.reviews
    }
    pub fn disclosures(&self) -> &[Signed<Disclosure>] {
        &self.disclosures
    }
    /// What the standing decision grants.
    pub fn granted(&self) -> &BTreeSet<Category> {
        &self.granted
    }
    /// Whether a second manager still has to review a release.
    pub fn awaits_review(&self) -> bool {
        self.awaits_review
    }
    pub fn closing(&self) -> Option<&Signed<Closing>> {
        self.closing.as_ref()
    }
    pub fn withdrawals(&self) -> &[Signed<Said>] {
        &self.withdrawals
    }
    pub fn reopenings(&self) -> &[Signed<Said>] {
        &self.reopenings
    }
    /// Everyone who had a hand in it.
    pub fn hands(&self) -> impl Iterator<Item = (MemberId, &Hand)> {
        self.hands.iter().map(|(id, hand)| (*id, hand))
    }
    /// What this member did on it, if anything.
    pub fn hand(&self, member: MemberId) -> Option<&Hand> {
        self.hands.get(&member)
    }
    pub fn opened_at(&self) -> Option<Timestamp> {
        self.opened_at
    }
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.changed_at
    }

    /// The categories asked for.
    pub fn requested(&self) -> BTreeSet<Category> {
        self.request
            .as_ref()
            .map(|request| request.categories.clone())
            .unwrap_or_default()
    }

    /// Everything that was produced, over all disclosures.
    pub fn produced(&self) -> BTreeSet<Category> {
        self.disclosures
            .iter()
            .flat_map(|disclosure| disclosure.what.produced())
            .collect()
    }

    /// Why the standing decision refuses a category, if it does.
    pub fn refused(&self, category: Category) -> Option<&Refused> {
        match &self.decisions.last()?.what {
            Decision::ApproveInPart { refused, .. } => refused.get(&category),
            Decision::Deny(refused) => Some(refused),
            _ => None,
        }
    }

    /// Whether the instrument reaches a category.
    ///
    /// # Errors
    /// [`crate::Refusal::BeyondCeiling`], with the sentence that says why.
    pub fn permits(&self, category: Category) -> Result<(), crate::Refusal> {
        self.classification
            .as_ref()
            .map_or(Ok(()), |classification| {
                crate::scope::reaches(
                    classification.instrument,
                    &self.terms(),
                    &classification.ordered,
                    category,
                )
            })
    }

    /// What the case is judged under: the terms its classification took; before it is classified,
    /// and for a case from before the tables had versions, what the desk was delivered with.
    pub fn terms(&self) -> Cow<'_, Terms> {
        match &self.classification {
            Some(classification) => classification.terms(),
            None => Cow::Owned(Terms::before(Instrument::OtherCourtOrder)),
        }
    }

    /// Whether the rules that came with the tables bind this case.
    pub fn is_under_terms(&self) -> bool {
        self.classification
            .as_ref()
            .is_some_and(|classification| classification.terms.is_some())
    }

    /// Whose turn it is.
    #[expect(clippy::match_same_arms, reason = "read in the order of a case's life")]
    pub fn awaits(&self) -> Awaits {
        match self.stage {
            Stage::Draft | Stage::Filed | Stage::Returned | Stage::Denied => Awaits::Staff,
            Stage::InReview => Awaits::Manager,
            _ if self.beside.objection().is_some() && !self.stage.is_end() => Awaits::Manager,
            Stage::Approved | Stage::PartlyApproved
                if self.awaits_review && self.ground() != Some(Ground::Emergency) =>
            {
                Awaits::Manager
            }
            Stage::Approved | Stage::PartlyApproved if self.awaits_review => Awaits::Both,
            Stage::Approved | Stage::PartlyApproved => Awaits::Staff,
            Stage::Disclosed if self.awaits_review => Awaits::Manager,
            Stage::Disclosed => Awaits::Staff,
            Stage::Closed | Stage::Withdrawn => Awaits::Nobody,
        }
    }

    /// What the case has come to so far.
    pub fn outcome(&self) -> Outcome {
        let terms = self.is_under_terms();
        let refused = matches!(self.stage, Stage::Denied | Stage::Closed);
        // What left the house is not undone by a withdrawal.
        if self.stage == Stage::Withdrawn && (!terms || self.produced().is_empty()) {
            return Outcome::Withdrawn;
        }
        if let Some(disclosure) = self.disclosures.last() {
            return self.outcome_of(&disclosure.what);
        }
        match self.decisions.last().map(|decision| &decision.what) {
            Some(Decision::Deny(refused))
                if refused.code == crate::reason::ReasonCode::REDIRECT_TO_CONTROLLER =>
            {
                Outcome::RedirectedToController
            }
            Some(Decision::Deny(why)) if refused && terms && why.code.finds_nothing() => {
                Outcome::NoDataFound
            }
            Some(Decision::Deny(_)) if refused => Outcome::Rejected,
            Some(_) if refused && terms && self.not_upheld().is_some() => Outcome::Rejected,
            Some(decision)
                if terms
                    && decision.approves()
                    && self.preserves_only()
                    && self.beside.holds.is_empty()
                    && self.holds_nothing() =>
            {
                Outcome::NoDataFound
            }
            Some(decision) if decision.approves() && self.preserves_only() => {
                Outcome::PreservedOnly
            }
            _ => Outcome::Pending,
        }
    }

    /// The review that did not uphold the standing decision, if one did not.
    pub fn not_upheld(&self) -> Option<&Signed<Review>> {
        let decided = self.decisions.last()?.at;
        self.reviews.last().filter(|review| {
            review.at >= decided && review.what.finding == ReviewFinding::NotUpheld
        })
    }

    fn outcome_of(&self, last: &Disclosure) -> Outcome {
        use crate::disclosure::Answer;
        let produced = self.produced();
        if produced.is_empty() {
            let redirected = last
                .answers
                .values()
                .any(|answer| *answer == Answer::RedirectedToController);
            return if redirected {
                Outcome::RedirectedToController
            } else {
                Outcome::NoDataFound
            };
        }
        if produced == self.requested() {
            Outcome::ProducedInFull
        } else {
            Outcome::ProducedInPart
        }
    }

    /// Whether approving this case means keeping data, not disclosing any.
    pub fn preserves_only(&self) -> bool {
        self.classification
            .as_ref()
            .is_some_and(|classification| classification.terms().ceiling == Ceiling::Preserve)
    }

    /// The steps that this member could take now, each still subject to what they fill in.
    pub fn steps_open_to(&self, member: &crate::member::Member) -> Vec<StepKind> {
        StepKind::ALL
            .iter()
            .copied()
            .filter(|step| self.may(*step, member).is_ok())
            .collect()
    }

    /// The step that moves the case on, for a role: what the page shows largest.
    pub fn next_step(&self, member: &crate::member::Member) -> Option<StepKind> {
        let wanted: &[StepKind] = match (self.stage, member.role) {
            (Stage::Draft, Role::Staff) => &[StepKind::File],
            (Stage::Filed | Stage::Returned, Role::Staff) if self.classification.is_none() => {
                &[StepKind::Classify]
            }
            (Stage::Filed | Stage::Returned, Role::Staff) => &[StepKind::Submit],
            (Stage::InReview, Role::Manager) => &[StepKind::Decide],
            (_, Role::Manager) if self.beside.objection().is_some() => &[StepKind::Settle],
            (Stage::Approved | Stage::PartlyApproved, Role::Staff) if self.preserves_only() => {
                // A case from before has no hold, and ends as it always did.
                if self.beside.holds.is_empty() && self.is_under_terms() {
                    &[StepKind::Hold]
                } else {
                    match self.beside.hold() {
                        None => &[StepKind::Close],
                        Some(hold) if hold.converted.is_some() => &[StepKind::Release],
                        // While data is kept there is nothing to do but to wait for its end: what
                        // would let go of it is not what the page offers first.
                        Some(_) => &[],
                    }
                }
            }
            // What an objection stops is not what comes next.
            (Stage::Approved | Stage::PartlyApproved, Role::Staff)
                if self.beside.objection().is_some()
                    && self.is_under_terms()
                    && self.terms().objection_stops =>
            {
                &[]
            }
            (Stage::Approved | Stage::PartlyApproved, Role::Staff) => &[StepKind::Disclose],
            (Stage::Disclosed | Stage::Denied, Role::Staff) => &[StepKind::Close],
            (_, Role::Manager) if self.awaits_review => &[StepKind::Review],
            _ => &[],
        };
        wanted
            .iter()
            .copied()
            .find(|step| self.may(*step, member).is_ok())
    }
}
