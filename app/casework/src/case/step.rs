//! What a member does.

use serde::{Deserialize, Serialize};

use crate::{
    case::{Said, Stage},
    decision::{Decision, Review},
    disclosure::{Closing, Disclosure},
    form::Fields,
    gate::Classification,
    member::Role,
    order::{Order, Strike},
    policy::PolicyVersion,
    verification::Verification,
};

/// A step, with all that it carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// Opens a case, or keeps its draft; anything may still be missing.
    Draft { fields: Fields },
    /// The request is complete; `policy` is the version in force on the day it was received.
    File { policy: PolicyVersion },
    /// Mends a filed request.
    Edit { fields: Fields },
    /// Puts the case under one ground and instrument, and answers what they ask.
    Classify(Classification),
    /// Attaches an order.
    Attach(Order),
    /// Strikes an order that was attached by mistake.
    Strike(Strike),
    /// Records a test of the requester's identity.
    Verify(Verification),
    /// Puts the case before a manager.
    Submit,
    /// A manager decides.
    Decide(Decision),
    /// A second manager reviews an emergency release.
    Review(Review),
    /// Records what left the house.
    Disclose(Disclosure),
    /// Ends the case.
    Close(Closing),
    /// The request no longer stands.
    Withdraw(Said),
    /// Takes an ended case up again.
    Reopen(Said),
}

crate::choice! {
    /// The kinds of step.
    StepKind {
        Draft = "draft", "Keep draft";
        File = "file", "File";
        Edit = "edit", "Mend the request";
        Classify = "classify", "Classify";
        Attach = "attach", "Attach orders";
        Strike = "strike", "Strike an order";
        Verify = "verify", "Verify the requester";
        Submit = "submit", "Put before a manager";
        Decide = "decide", "Decide";
        Review = "review", "Review the release";
        Disclose = "disclose", "Record the disclosure";
        Close = "close", "Close";
        Withdraw = "withdraw", "Withdraw";
        Reopen = "reopen", "Reopen";
    }
}

impl Step {
    /// Its kind.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Draft { .. } => StepKind::Draft,
            Self::File { .. } => StepKind::File,
            Self::Edit { .. } => StepKind::Edit,
            Self::Classify(_) => StepKind::Classify,
            Self::Attach(_) => StepKind::Attach,
            Self::Strike(_) => StepKind::Strike,
            Self::Verify(_) => StepKind::Verify,
            Self::Submit => StepKind::Submit,
            Self::Decide(_) => StepKind::Decide,
            Self::Review(_) => StepKind::Review,
            Self::Disclose(_) => StepKind::Disclose,
            Self::Close(_) => StepKind::Close,
            Self::Withdraw(_) => StepKind::Withdraw,
            Self::Reopen(_) => StepKind::Reopen,
        }
    }
}

impl StepKind {
    /// The roles that take this step. Source: domain, section 2.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Draft
            | Self::File
            | Self::Edit
            | Self::Classify
            | Self::Attach
            | Self::Strike
            | Self::Submit
            | Self::Disclose
            | Self::Close
            | Self::Withdraw => &[Role::Staff],
            // A manager may make the call-back, and by that gives up deciding.
            Self::Verify | Self::Reopen => &[Role::Staff, Role::Manager],
            Self::Decide | Self::Review => &[Role::Manager],
        }
    }

    /// The stages in which it may be taken. Source: domain, section 5.
    #[expect(
        clippy::match_same_arms,
        reason = "each step's stages stand on their own; that two agree today is chance"
    )]
    pub const fn stages(self) -> &'static [Stage] {
        use Stage::{
            Approved, Closed, Denied, Disclosed, Draft, Filed, InReview, PartlyApproved, Returned,
            Withdrawn,
        };
        match self {
            Self::Draft | Self::File => &[Draft],
            Self::Edit | Self::Classify | Self::Submit => &[Filed, Returned],
            // Formal process may arrive after an emergency release: orders are taken until the end.
            Self::Attach => &[
                Draft,
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Denied,
                Disclosed,
            ],
            // What a decision rested on is not struck afterwards.
            Self::Strike => &[Draft, Filed, Returned],
            Self::Verify => &[Filed, InReview, Returned],
            Self::Decide => &[InReview],
            Self::Review => &[Approved, PartlyApproved, Disclosed],
            Self::Disclose => &[Approved, PartlyApproved],
            Self::Close => &[Approved, PartlyApproved, Denied, Disclosed],
            Self::Withdraw => &[
                Draft,
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Denied,
                Disclosed,
            ],
            Self::Reopen => &[Denied, Closed, Withdrawn],
        }
    }

    /// What it does, inside a sentence: "may not *decide a case*".
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Draft => "keep a draft",
            Self::File => "file a request",
            Self::Edit => "mend a request",
            Self::Classify => "classify a case",
            Self::Attach => "attach orders",
            Self::Strike => "strike an order",
            Self::Verify => "verify the requester",
            Self::Submit => "put a case before a manager",
            Self::Decide => "decide a case",
            Self::Review => "review an emergency release",
            Self::Disclose => "record a disclosure",
            Self::Close => "close a case",
            Self::Withdraw => "withdraw a case",
            Self::Reopen => "reopen a case",
        }
    }

    pub(crate) const fn whose(self) -> &'static str {
        match self.roles() {
            [Role::Manager] => "managers do",
            [Role::Staff, Role::Manager] => "legal staff and managers do",
            _ => "legal staff do",
        }
    }

    pub(crate) fn stages_in_words(self) -> String {
        let words: Vec<_> = self
            .stages()
            .iter()
            .map(|stage| stage.in_sentence())
            .collect();
        match words.as_slice() {
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
            [] => "nothing".to_owned(),
        }
    }

    /// What an event of this kind is called in the ledger and in timelines.
    pub const fn past(self) -> &'static str {
        match self {
            Self::Draft => "kept the draft",
            Self::File => "filed the request",
            Self::Edit => "mended the request",
            Self::Classify => "classified the case",
            Self::Attach => "attached an order",
            Self::Strike => "struck an order",
            Self::Verify => "tested the requester's identity",
            Self::Submit => "put the case before a manager",
            Self::Decide => "decided",
            Self::Review => "reviewed the release",
            Self::Disclose => "recorded a disclosure",
            Self::Close => "closed the case",
            Self::Withdraw => "withdrew the case",
            Self::Reopen => "reopened the case",
        }
    }
}
