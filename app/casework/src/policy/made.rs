//! What was done under a version of the promise: each disclosure as it stands beside the clause it
//! relied on, and what is counted of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, CaseId, CaseNumber},
    decision::ReviewFinding,
    disclosure::{Answer, Disclosure, NoticeOutcome, Outcome},
    form::Fields,
    ground::Ground,
    member::Signed,
    policy::PolicyVersion,
    scope::Category,
    words::Line,
};

crate::choice! {
    /// What is counted under a version of the promise. All but the first are counted of
    /// disclosures, each beside the clause of its ground.
    Counted {
        /// Cases pinned to the version: counted of no ground, because that is chosen later.
        Cases = "cases", "Cases pinned to it";
        Disclosures = "disclosures", "Disclosures";
        /// Those of which anything does not sit well, each once.
        Ill = "ill", "Do not sit well";
        Nothing = "nothing", "Answered, nothing produced";
        Told = "told", "Subject told";
        NotTold = "not_told", "Subject not told";
        Unreviewed = "unreviewed", "Not reviewed by a second manager";
        NotUpheld = "not_upheld", "The review did not uphold the release";
        NoProcess = "no_process", "Formal process never arrived";
        ProcessOpen = "process_open", "Formal process: not recorded yet";
    }
}

impl Counted {
    /// Whether this is why a disclosure does not sit well with what was promised: a person should
    /// look at it.
    pub const fn sits_ill(self) -> bool {
        matches!(self, Self::Unreviewed | Self::NotUpheld | Self::NoProcess)
    }
}

/// One disclosure, as it stands beside the promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub case: CaseId,
    pub number: CaseNumber,
    /// An authority's test.
    pub test: bool,
    pub version: PolicyVersion,
    /// The ground that the case stood under when it was made.
    pub ground: Ground,
    pub sent: ZonedDateTime,
    pub recipient: Line,
    pub answers: BTreeMap<Category, Answer>,
    /// What the case has come to.
    pub outcome: Outcome,
    pub notice: Notice,
    pub found: BTreeSet<Counted>,
}

/// What is asked of the disclosures under a version. An ask has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub version: PolicyVersion,
    /// Only those under one ground; their pages follow each other.
    pub ground: Option<Ground>,
    /// Only those that do not sit well.
    pub ill: bool,
    /// Where the page before ended: the place in the ledger of its last entry.
    pub before: Option<u64>,
}

impl Ask {
    /// Reads an address's query. What it does not understand does not narrow.
    pub fn parse(version: PolicyVersion, query: &Fields) -> Self {
        let ground = Ground::from_code(query.get("ground"));
        Self {
            version,
            ground,
            ill: query.has("only", "ill"),
            // Each ground has pages of its own: without one there is no place to go on from.
            before: ground.and_then(|_| query.get("before").parse().ok()),
        }
    }

    /// Its address; [`Self::parse`] reads it back.
    pub fn address(&self) -> String {
        let mut query = Vec::new();
        query.extend(
            self.ground
                .map(|ground| format!("ground={}", ground.code())),
        );
        query.extend(self.ill.then(|| "only=ill".to_owned()));
        query.extend(self.before.map(|before| format!("before={before}")));
        let query = query.join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/policy/{}{mark}{query}", self.version.0)
    }
}

/// What is known of telling the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Nobody was told, and nothing forbids it.
    NotYet,
    /// Told, at this moment.
    Sent(ZonedDateTime),
    /// What stands in its place; a gag and a delay have their last day, which may have passed.
    Stands(NoticeOutcome, Option<civil::Date>),
}

impl Notice {
    /// A notice that was sent outweighs whatever else is on file.
    fn of(case: &Case) -> Self {
        if let Some(notice) = case.beside().notices.first() {
            return Self::Sent(notice.what.sent.clone());
        }
        match case.notice_stands() {
            Some((outcome, until)) => Self::Stands(outcome, until),
            None => Self::NotYet,
        }
    }

    /// Whether the subject was told.
    pub fn told(&self) -> bool {
        match self {
            Self::Sent(_) => true,
            Self::Stands(outcome, _) => matches!(
                outcome,
                NoticeOutcome::NotifiedBefore | NoticeOutcome::NotifiedAfter
            ),
            Self::NotYet => false,
        }
    }
}

impl Made {
    /// The disclosure at this place among those of a case, made under this ground. `None` where the
    /// case has no such disclosure, or was never filed.
    pub fn of(case: &Case, place: usize, ground: Ground) -> Option<Self> {
        let disclosure = case.disclosures().get(place)?;
        let notice = Notice::of(case);
        Some(Self {
            case: case.id(),
            number: case.number(),
            test: case.fields().has("test", "yes"),
            version: case.policy()?,
            ground,
            sent: disclosure.what.sent.clone(),
            recipient: disclosure.what.recipient.clone(),
            answers: disclosure.what.answers.clone(),
            outcome: case.outcome(),
            found: found(case, disclosure, ground, &notice),
            notice,
        })
    }

    /// The categories that were produced.
    pub fn produced(&self) -> impl Iterator<Item = Category> {
        self.answers
            .iter()
            .filter(|(_, answer)| **answer == Answer::Produced)
            .map(|(category, _)| *category)
    }

    /// What of it does not sit well.
    pub fn ill(&self) -> impl Iterator<Item = Counted> {
        self.found.iter().copied().filter(|one| one.sits_ill())
    }
}

/// What holds of a disclosure.
fn found(
    case: &Case,
    disclosure: &Signed<Disclosure>,
    ground: Ground,
    notice: &Notice,
) -> BTreeSet<Counted> {
    let mut found = BTreeSet::from([
        Counted::Disclosures,
        if notice.told() {
            Counted::Told
        } else {
            Counted::NotTold
        },
    ]);
    if disclosure.what.produced().next().is_none() {
        found.insert(Counted::Nothing);
    }
    if ground == Ground::Emergency {
        match reviewed(case, disclosure.at) {
            None => found.insert(Counted::Unreviewed),
            Some(ReviewFinding::NotUpheld) => found.insert(Counted::NotUpheld),
            Some(ReviewFinding::Upheld) => false,
        };
        match case.beside().processes.last() {
            None => found.insert(Counted::ProcessOpen),
            Some(process) if process.what.arrived => false,
            Some(_) => found.insert(Counted::NoProcess),
        };
    }
    if found.iter().any(|one| one.sits_ill()) {
        found.insert(Counted::Ill);
    }
    found
}

/// What a second manager said of the release that a disclosure of this moment rests on: the first
/// review after that release and before the next.
fn reviewed(case: &Case, disclosed_at: Timestamp) -> Option<ReviewFinding> {
    let approvals = || case.decisions().iter().filter(|one| one.what.approves());
    let released = approvals()
        .map(|one| one.at)
        .rfind(|at| *at <= disclosed_at)?;
    let next = approvals().map(|one| one.at).find(|at| *at > disclosed_at);
    case.reviews()
        .iter()
        .find(|review| released <= review.at && next.is_none_or(|next| review.at < next))
        .map(|review| review.what.finding)
}

/// Numbers of what is counted, by version, ground and kind.
pub type Counts = BTreeMap<(PolicyVersion, Option<Ground>, Counted), i64>;

/// What a case adds to the counts. `made` are its disclosures: their places among those of the
/// case, and the grounds they were made under.
pub fn counts(case: &Case, made: impl IntoIterator<Item = (usize, Ground)>) -> Counts {
    let mut counts = Counts::new();
    let Some(version) = case.policy() else {
        return counts;
    };
    counts.insert((version, None, Counted::Cases), 1);
    for (place, ground) in made {
        let found = Made::of(case, place, ground).map(|made| made.found);
        for one in found.into_iter().flatten() {
            *counts.entry((version, Some(ground), one)).or_default() += 1;
        }
    }
    counts
}

/// What has to be added to the first to come to the second.
pub fn difference(before: &Counts, after: &Counts) -> Counts {
    let mut change = after.clone();
    for (key, number) in before {
        *change.entry(*key).or_default() -= number;
    }
    change.retain(|_, number| *number != 0);
    change
}
