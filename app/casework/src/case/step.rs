//! What a member does.

use serde::{Deserialize, Serialize};

use crate::{
    case::{Said, Stage},
    decision::{Decision, Review},
    disclosure::{Closing, Disclosure},
    emergency::Process,
    form::Fields,
    gate::Classification,
    held::Search,
    hold::{Conversion, Hold, HoldRelease, Renewal},
    letter::Letter,
    member::Role,
    notice::{Gag, Lift, Notice, Objection, Settlement, Untold},
    order::{Order, Strike},
    pause::Pause,
    policy::PolicyVersion,
    verification::Verification,
    words::Reasons,
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
    Edit {
        fields: Fields,
        /// Where another day of receipt stands under another version of the promise: that one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        policy: Option<PolicyVersion>,
    },
    /// Puts the case under one ground and instrument, and answers what they ask.
    Classify(Classification),
    /// Attaches an order.
    Attach(Order),
    /// Strikes an order that was attached by mistake.
    Strike(Strike),
    /// Records a test of the requester's identity.
    Verify(Verification),
    /// Puts the case before a manager.
    Submit {
        /// Why it should be refused as it stands; then the gate may still be open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Reasons>,
    },
    /// A manager decides.
    Decide(Decision),
    /// A second manager reviews an emergency release, or agrees to release contents.
    Review(Review),
    /// Records what left the house.
    Disclose(Disclosure),
    /// Ends the case.
    Close(Closing),
    /// The request no longer stands.
    Withdraw(Said),
    /// Takes an ended case up again.
    Reopen(Said),
    /// What is held of what was asked for.
    Search(Search),
    /// A clock stands still, with a reason.
    Pause(Pause),
    /// A paused clock runs again.
    Resume(Pause),
    /// Data is kept from deletion, by a named owner.
    Hold(Hold),
    /// A hold or a nondisclosure order is prolonged.
    Renew(Renewal),
    /// The production order that a hold waited for came.
    Convert(Conversion),
    /// A hold ends, with proof of deletion.
    Release(HoldRelease),
    /// A nondisclosure order: until it ends, the subject is not told.
    Gag(Gag),
    /// A nondisclosure order no longer binds.
    Lift(Lift),
    /// The subject is told.
    Notify(Notice),
    /// Why the subject is not told.
    Untold(Untold),
    /// The subject objects.
    Object(Objection),
    /// A manager settles an objection.
    Settle(Settlement),
    /// A letter is filed.
    Letter(Letter),
    /// Whether formal process arrived after an emergency release.
    Process(Process),
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
        Search = "search", "Say what is held";
        Pause = "pause", "Pause a clock";
        Resume = "resume", "Let a clock run again";
        Hold = "hold", "Give a hold";
        Renew = "renew", "Record a renewal";
        Convert = "convert", "Convert the hold";
        Release = "release", "Release the hold";
        Gag = "gag", "Record a nondisclosure order";
        Lift = "lift", "Record that the gag ended";
        Notify = "notify", "Tell the subject";
        Untold = "untold", "Say why nobody is told";
        Object = "object", "Record an objection";
        Settle = "settle", "Settle the objection";
        Letter = "letter", "Write a letter";
        Process = "process", "Say whether formal process arrived";
    }
}

impl Step {
    /// Puts the case before a manager, to be weighed.
    pub const SUBMIT: Self = Self::Submit { reasons: None };

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
            Self::Submit { .. } => StepKind::Submit,
            Self::Decide(_) => StepKind::Decide,
            Self::Review(_) => StepKind::Review,
            Self::Disclose(_) => StepKind::Disclose,
            Self::Close(_) => StepKind::Close,
            Self::Withdraw(_) => StepKind::Withdraw,
            Self::Reopen(_) => StepKind::Reopen,
            Self::Search(_) => StepKind::Search,
            Self::Pause(_) => StepKind::Pause,
            Self::Resume(_) => StepKind::Resume,
            Self::Hold(_) => StepKind::Hold,
            Self::Renew(_) => StepKind::Renew,
            Self::Convert(_) => StepKind::Convert,
            Self::Release(_) => StepKind::Release,
            Self::Gag(_) => StepKind::Gag,
            Self::Lift(_) => StepKind::Lift,
            Self::Notify(_) => StepKind::Notify,
            Self::Untold(_) => StepKind::Untold,
            Self::Object(_) => StepKind::Object,
            Self::Settle(_) => StepKind::Settle,
            Self::Letter(_) => StepKind::Letter,
            Self::Process(_) => StepKind::Process,
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
            | Self::Withdraw
            | Self::Search
            | Self::Hold
            | Self::Renew
            | Self::Convert
            | Self::Release
            | Self::Gag
            | Self::Lift
            | Self::Notify
            | Self::Untold
            | Self::Object => &[Role::Staff],
            // A manager may make the call-back, and by that gives up deciding.
            Self::Verify
            | Self::Reopen
            | Self::Pause
            | Self::Resume
            | Self::Letter
            | Self::Process => &[Role::Staff, Role::Manager],
            Self::Decide | Self::Review | Self::Settle => &[Role::Manager],
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
            // Formal process, a gag's renewal or an objection may come long after the case ended.
            Self::Attach => &[
                Draft,
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Denied,
                Disclosed,
                Closed,
                Withdrawn,
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
            Self::Search => &[Filed, InReview, Returned, Approved, PartlyApproved],
            Self::Pause | Self::Resume => &[Filed, InReview, Returned, Approved, PartlyApproved],
            Self::Hold => &[
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Disclosed,
            ],
            // Data that is still kept after a denial or a withdrawal is still to be let go.
            Self::Convert | Self::Release => &[
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Denied,
                Disclosed,
                Withdrawn,
            ],
            // A gag outlives the case, and so does the duty to tell the subject.
            Self::Renew
            | Self::Gag
            | Self::Lift
            | Self::Notify
            | Self::Untold
            | Self::Object
            | Self::Settle
            | Self::Letter => &[
                Filed,
                InReview,
                Returned,
                Approved,
                PartlyApproved,
                Denied,
                Disclosed,
                Closed,
                Withdrawn,
            ],
            Self::Process => &[Approved, PartlyApproved, Disclosed, Closed, Withdrawn],
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
            Self::Review => "review a release",
            Self::Disclose => "record a disclosure",
            Self::Close => "close a case",
            Self::Withdraw => "withdraw a case",
            Self::Reopen => "reopen a case",
            Self::Search => "say what is held",
            Self::Pause => "pause a clock",
            Self::Resume => "let a clock run again",
            Self::Hold => "give a hold",
            Self::Renew => "record a renewal",
            Self::Convert => "convert a hold",
            Self::Release => "release a hold",
            Self::Gag => "record a nondisclosure order",
            Self::Lift => "record that a gag ended",
            Self::Notify => "tell the subject",
            Self::Untold => "say why nobody is told",
            Self::Object => "record an objection",
            Self::Settle => "settle an objection",
            Self::Letter => "file a letter",
            Self::Process => "say whether formal process arrived",
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
            Self::Search => "said what is held",
            Self::Pause => "paused a clock",
            Self::Resume => "let a clock run again",
            Self::Hold => "gave a hold",
            Self::Renew => "recorded a renewal",
            Self::Convert => "converted the hold",
            Self::Release => "released the hold",
            Self::Gag => "recorded a nondisclosure order",
            Self::Lift => "recorded that the gag ended",
            Self::Notify => "told the subject",
            Self::Untold => "said why nobody is told",
            Self::Object => "recorded an objection",
            Self::Settle => "settled the objection",
            Self::Letter => "filed a letter",
            Self::Process => "said whether formal process arrived",
        }
    }

    /// Whether it happens beside the stage: it may be taken while the case's own next step waits.
    pub const fn is_beside(self) -> bool {
        matches!(
            self,
            Self::Search
                | Self::Pause
                | Self::Resume
                | Self::Hold
                | Self::Renew
                | Self::Convert
                | Self::Release
                | Self::Gag
                | Self::Lift
                | Self::Notify
                | Self::Untold
                | Self::Object
                | Self::Settle
                | Self::Letter
                | Self::Process
        )
    }
}
