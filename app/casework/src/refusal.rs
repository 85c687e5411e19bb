//! A rule said no. Each refusal is a sentence that a person can act on.

use serde::{Deserialize, Serialize};

use crate::{
    case::{Stage, StepKind},
    clock::ClockKind,
    form::Faults,
    held::Holding,
    member::{Duty, Role},
    scope::Category,
    words::Line,
};

/// Why a rule refuses. Source of the rules: domain, sections 1 to 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The form has faults; each is told beside its field.
    #[error("{}", told(.0))]
    Faulty(Faults),

    /// This role never takes this step.
    #[error("{} may not {}; {}.", plural(*.role), .step.verb(), .step.whose())]
    NotYourRole { role: Role, step: StepKind },
    /// This role does not have this duty.
    #[error("{} may not {duty}.", plural(*.role))]
    NotYourDuty { role: Role, duty: Duty },
    /// The step does not belong to the stage the case is in.
    #[error("This case is {}; one can {} only while it is {}.", .stage.in_sentence(), .step.verb(), .step.stages_in_words())]
    NotAtThisStage { stage: Stage, step: StepKind },
    #[error("You filed this case, so you may not decide it. Another manager must.")]
    FiledByYou,
    #[error("You edited this case, so you may not decide it. Another manager must.")]
    EditedByYou,
    #[error("You classified this case, so you may not decide it. Another manager must.")]
    ClassifiedByYou,
    #[error(
        "You verified the requester of this case, so you may not decide it. Another manager must."
    )]
    VerifiedByYou,
    #[error("You filed this emergency, so someone else must call the requester back.")]
    FilerMayNotCallBack,
    #[error("{0} approved this release and may not review it; a second, different manager must.")]
    SamePerson(Line),
    #[error(
        "Say that you are not the person harmed or claiming; that person may not approve a disclosure for the company's own claim."
    )]
    ClaimantUnanswered,
    #[error("You are named as the person harmed or claiming, so you may not approve this case.")]
    ClaimantMayNotApprove,

    #[error("The gate is not passed: {}", .0.join(" "))]
    GateShut(Vec<String>),
    #[error("{why}")]
    BeyondCeiling { category: Category, why: String },
    #[error(
        "Approval in part grants at least one category and refuses at least one; approve, or deny, instead."
    )]
    NotInPart,
    #[error("{0} was not asked for, so it cannot be granted.")]
    NotRequested(Category),
    #[error("{0} was not granted, so it cannot be produced.")]
    NotGranted(Category),
    #[error(
        "This instrument only preserves; nothing may be disclosed under it. Close the case when the hold ends."
    )]
    NothingToDisclose,
    #[error("The release of this emergency was not upheld, so nothing may be disclosed under it.")]
    NotUpheld,
    #[error(
        "A second manager must review the release first; until then the case can be neither closed nor withdrawn."
    )]
    ReviewPending,
    #[error(
        "Nobody holds the data that is to be preserved: give the hold first, or withdraw the case."
    )]
    NothingHeld,
    #[error("Nothing was disclosed yet; record the disclosure, or withdraw the case.")]
    NothingDisclosed,
    #[error(
        "Contents of communications were granted: a second, different manager must agree before anything is disclosed."
    )]
    SecondManagerWanted,
    #[error("{category} was said to be {}, so it can be neither granted nor produced.", .holding.word().to_lowercase())]
    NotHeld {
        category: Category,
        holding: Holding,
    },
    #[error(
        "The release lapsed on {0:.0}: an emergency is released for a limited time. Withdraw and reopen the case, and have it decided anew."
    )]
    ReleaseLapsed(jiff::Timestamp),
    #[error("The subject may object until {0:.0}; nothing is produced before.")]
    WindowRuns(jiff::Timestamp),
    #[error(
        "The notice to the subject has not left the house yet, so their time to object does not run; see what became of it, or record how they were told otherwise."
    )]
    NoticeNotOut,
    #[error("{0} objected; nothing is produced before a manager has settled the objection.")]
    Objected(Line),
    #[error("The subject may not be told: {basis} forbids it{}.", .until.map_or_else(|| ", without an end".to_owned(), |until| format!(" until the end of {until}")))]
    GagRuns {
        basis: Line,
        until: Option<jiff::civil::Date>,
    },
    #[error("{0} still holds data for this case; release the hold first, with proof of deletion.")]
    HoldStands(Line),
    #[error("A hold stands already; release it before another is given.")]
    HoldStandsAlready,
    #[error("No hold stands on this case.")]
    NoHold,
    #[error(
        "The hold was converted already: the data is kept as long as the production needs it, and needs no renewal."
    )]
    HoldConverted,
    #[error("Neither a hold nor a nondisclosure order stands that could be renewed.")]
    NothingToRenew,
    #[error("A nondisclosure order stands already; renew it, or record that it ended.")]
    GagStandsAlready,
    #[error("No nondisclosure order stands on this case.")]
    NoGag,
    #[error("An objection is open already; it is settled before another is recorded.")]
    ObjectionOpen,
    #[error("No objection is open on this case.")]
    NoObjection,
    #[error("This case is no emergency; formal process is not asked after.")]
    NoEmergency,
    #[error("No clock of this case is paused.")]
    NotPaused,
    #[error("The clock \u{201c}{0}\u{201d} is paused already.")]
    PausedAlready(ClockKind),
    #[error("This case has no running clock \u{201c}{0}\u{201d} that could be paused.")]
    NoSuchClock(ClockKind),
    #[error(
        "This is the number that the request itself gives; call one that was found independently of it."
    )]
    NumberFromRequest,
    #[error("No such order stands on this case.")]
    NoSuchOrder,
    #[error("This order is attached already, as \u{201c}{0}\u{201d}.")]
    SameOrder(Line),
    #[error("A case carries at most {0} orders.")]
    TooManyOrders(usize),

    /// A new desk, before its promise is written down.
    #[error(
        "No policy version is published yet; an administrator publishes the first, and then requests can be filed. The draft is kept."
    )]
    NoPolicy,

    /// Somebody changed the case since the page was opened.
    #[error("The case changed while you worked on it: {}", .0.join(" "))]
    Changed(Vec<String>),
}

/// What kind of no it is, for those who translate it to a status or a tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person may not.
    Forbidden,
    /// What was sent is incomplete or wrong.
    Unfit,
    /// The case is not in a state for it.
    Conflict,
}

impl Refusal {
    /// What kind of no it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NotYourRole { .. }
            | Self::NotYourDuty { .. }
            | Self::FiledByYou
            | Self::EditedByYou
            | Self::ClassifiedByYou
            | Self::VerifiedByYou
            | Self::FilerMayNotCallBack
            | Self::SamePerson(_)
            | Self::ClaimantMayNotApprove => Kind::Forbidden,
            Self::NotAtThisStage { .. }
            | Self::NoPolicy
            | Self::Changed(_)
            | Self::ReviewPending
            | Self::NothingHeld
            | Self::NothingDisclosed
            | Self::NothingToDisclose
            | Self::NotUpheld
            | Self::SecondManagerWanted
            | Self::ReleaseLapsed(_)
            | Self::WindowRuns(_)
            | Self::NoticeNotOut
            | Self::Objected(_)
            | Self::GagRuns { .. }
            | Self::HoldStands(_)
            | Self::HoldStandsAlready
            | Self::NoHold
            | Self::HoldConverted
            | Self::NothingToRenew
            | Self::GagStandsAlready
            | Self::NoGag
            | Self::ObjectionOpen
            | Self::NoObjection
            | Self::NoEmergency
            | Self::NotPaused
            | Self::PausedAlready(_)
            | Self::NoSuchClock(_)
            | Self::SameOrder(_) => Kind::Conflict,
            Self::Faulty(_)
            | Self::ClaimantUnanswered
            | Self::GateShut(_)
            | Self::BeyondCeiling { .. }
            | Self::NotInPart
            | Self::NotRequested(_)
            | Self::NotGranted(_)
            | Self::NotHeld { .. }
            | Self::NumberFromRequest
            | Self::NoSuchOrder
            | Self::TooManyOrders(_) => Kind::Unfit,
        }
    }

    /// The faults to show beside their fields.
    pub fn faults(&self) -> Faults {
        match self {
            Self::Faulty(faults) => faults.clone(),
            Self::ClaimantUnanswered => Faults::one("not_claiming", self.to_string()),
            Self::BeyondCeiling { category, .. } | Self::NotRequested(category) => {
                Faults::one(&format!("grant.{}", category.code()), self.to_string())
            }
            _ => Faults::default(),
        }
    }
}

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        Self::Faulty(faults)
    }
}

fn told(faults: &Faults) -> String {
    match faults.0.as_slice() {
        [one] => one.says.clone(),
        many => format!(
            "{} things need mending; each is told beside its field.",
            many.len()
        ),
    }
}

const fn plural(role: Role) -> &'static str {
    match role {
        Role::Staff => "Legal staff",
        Role::Manager => "Managers",
        Role::Auditor => "Auditors",
        Role::Administrator => "Administrators",
    }
}
