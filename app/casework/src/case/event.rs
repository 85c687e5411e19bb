//! What happened.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseId, CaseNumber, Step, StepKind},
    decision::Decision,
    held::Holding,
    member::Signature,
    notice::NoticeMeans,
    verification::Finding,
};

/// A step that was taken, by whom and when. The ledger seals these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub case: CaseId,
    pub number: CaseNumber,
    /// The version of the case that this event makes: 1 for the first.
    pub version: u32,
    pub at: Timestamp,
    pub by: Signature,
    pub step: Step,
}

impl Event {
    /// The event in a sentence without its subject: "approved in part".
    pub fn told(&self) -> String {
        match &self.step {
            Step::Draft { .. } if self.version == 1 => "opened the case as a draft".into(),
            Step::Attach(order) => format!("attached \u{201c}{}\u{201d}", order.name),
            Step::Classify(classification) => {
                format!(
                    "classified the case: {}, {}",
                    classification.ground, classification.instrument
                )
            }
            Step::Verify(verification) => match verification.finding {
                Finding::Confirmed => format!("confirmed the requester: {}", verification.method),
                Finding::NotConfirmed => {
                    format!("could not confirm the requester: {}", verification.method)
                }
            },
            Step::Decide(Decision::Approve { .. }) => "approved the disclosure".into(),
            Step::Decide(Decision::ApproveInPart {
                granted, refused, ..
            }) => format!(
                "approved in part: {} granted, {} refused",
                granted.len(),
                refused.len()
            ),
            Step::Decide(Decision::Deny(refused)) => {
                format!("denied the request: {}", refused.says())
            }
            Step::Decide(Decision::Return { .. }) => "returned the case for information".into(),
            Step::Review(review) => format!("reviewed the release: {}", review.finding),
            Step::Disclose(disclosure) if disclosure.produced().next().is_none() => {
                format!("answered {}: nothing produced", disclosure.recipient)
            }
            Step::Disclose(disclosure) => {
                format!("recorded a disclosure to {}", disclosure.recipient)
            }
            Step::Search(search) => {
                let held = search
                    .answers
                    .values()
                    .filter(|holding| **holding == Holding::Held)
                    .count();
                format!(
                    "said what is held: {held} of {} categories",
                    search.answers.len()
                )
            }
            Step::Pause(pause) => format!("paused the clock \u{201c}{}\u{201d}", pause.clock),
            Step::Resume(pause) => {
                format!("let the clock \u{201c}{}\u{201d} run again", pause.clock)
            }
            Step::Hold(hold) => format!("gave a hold to {}", hold.owner),
            Step::Renew(renewal) => match renewal.until {
                Some(until) => format!("recorded a renewal until {until}: {}", renewal.reference),
                None => format!("recorded a renewal: {}", renewal.reference),
            },
            Step::Convert(conversion) => {
                format!(
                    "converted the hold: production in {}",
                    conversion.production
                )
            }
            Step::Release(release) if release.deleted.is_some() => {
                "released the hold, with proof of deletion".into()
            }
            Step::Gag(gag) => match gag.until {
                Some(until) => format!("recorded a nondisclosure order until {until}"),
                None => "recorded a nondisclosure order without an end".into(),
            },
            Step::Notify(notice) if notice.how == NoticeMeans::Outbox => {
                "told the subject by e-mail from this desk".into()
            }
            Step::Untold(untold) => match untold.until {
                Some(until) => format!("put off telling the subject until {until}"),
                None => format!("said why nobody is told: {}", untold.why),
            },
            Step::Submit { reasons: Some(_) } => "put the case before a manager for refusal".into(),
            Step::Object(objection) => format!("recorded an objection by {}", objection.by),
            Step::Settle(settlement) => format!("settled the objection: {}", settlement.finding),
            Step::Letter(letter) => format!("filed a letter: {}", letter.letter),
            Step::Process(process) if process.arrived => {
                "recorded that formal process arrived".into()
            }
            Step::Process(_) => "recorded that no formal process arrived".into(),
            Step::Close(closing) => format!("closed the case; subject: {}", closing.notice),
            step => step.kind().past().into(),
        }
    }

    /// The words that were given with it, if any: reasons, remarks, needs.
    pub fn words(&self) -> Option<&str> {
        match &self.step {
            Step::Strike(strike) => Some(strike.reasons.as_str()),
            Step::Verify(verification) => verification.remarks.as_ref().map(AsRef::as_ref),
            Step::Decide(
                Decision::Approve { remarks, .. } | Decision::ApproveInPart { remarks, .. },
            ) => remarks.as_ref().map(AsRef::as_ref),
            Step::Decide(Decision::Deny(refused)) => Some(refused.reasons.as_str()),
            Step::Decide(Decision::Return { needs }) => Some(needs.as_str()),
            Step::Review(review) => Some(review.reasons.as_str()),
            Step::Disclose(disclosure) => Some(disclosure.what.as_str()),
            Step::Close(closing) => closing.words.as_ref().map(AsRef::as_ref),
            Step::Withdraw(said) | Step::Reopen(said) => Some(said.reasons.as_str()),
            Step::Search(search) => search.remarks.as_ref().map(AsRef::as_ref),
            Step::Pause(pause) | Step::Resume(pause) => Some(pause.reasons.as_str()),
            Step::Hold(hold) => Some(hold.what.as_str()),
            Step::Release(release) => Some(release.reasons.as_str()),
            Step::Lift(lift) => Some(lift.reasons.as_str()),
            Step::Submit { reasons } => reasons.as_ref().map(AsRef::as_ref),
            Step::Untold(untold) => Some(untold.reasons.as_str()),
            Step::Notify(notice) => Some(notice.what.as_str()),
            Step::Object(objection) => Some(objection.what.as_str()),
            Step::Settle(settlement) => Some(settlement.reasons.as_str()),
            Step::Process(process) => Some(process.reasons.as_str()),
            _ => None,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> StepKind {
        self.step.kind()
    }
}
