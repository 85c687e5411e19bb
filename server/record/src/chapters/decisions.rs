//! Every decision with its reasons, earlier ones too: a reason once given never vanishes.

use casework::case::{Case, Said};
use casework::clock;
use casework::decision::{Decision, Review, ReviewFinding};
use casework::emergency::Span;
use casework::ground::Ground;
use casework::member::Signed;
use jiff::Timestamp;

use super::Story;
use super::phrases::{member, moment};
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

/// What moved the case on, in whichever order it happened.
enum Turn<'c> {
    Decided(usize, &'c Signed<Decision>),
    Reviewed(&'c Signed<Review>),
    Withdrawn(&'c Signed<Said>),
    Reopened(&'c Signed<Said>),
}

impl Turn<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Self::Decided(_, decision) => decision.at,
            Self::Reviewed(review) => review.at,
            Self::Withdrawn(said) | Self::Reopened(said) => said.at,
        }
    }
}

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let case = story.case;
    let section = page.section("Decisions");
    let decisions = case.decisions().len();
    if decisions == 0 {
        page.text(section, "No manager has decided yet.");
    }
    let decided = case.decisions().iter().enumerate();
    let mut turns: Vec<Turn<'_>> = decided
        .map(|(place, decision)| Turn::Decided(place + 1, decision))
        .chain(case.reviews().iter().map(Turn::Reviewed))
        .chain(case.withdrawals().iter().map(Turn::Withdrawn))
        .chain(case.reopenings().iter().map(Turn::Reopened))
        .collect();
    turns.sort_by_key(Turn::at);
    for turn in &turns {
        match turn {
            Turn::Decided(place, decision) => {
                let earlier = if *place < decisions { " (earlier)" } else { "" };
                let verdict = verdict(&decision.what);
                page.minor(
                    section,
                    &format!("Decision {place} of {decisions}{earlier}: {verdict}"),
                );
                page.text(section, &signed(decision));
                reasons(page, section, &decision.what);
                let last = decision.what.approves()
                    && case.decisions().iter().rfind(|one| one.what.approves()) == Some(decision);
                if last && let Some(lapses) = clock::release_lapses(case) {
                    page.text(
                        section,
                        &format!("The release could be used until {}.", moment(lapses)),
                    );
                }
            }
            Turn::Reviewed(review) => {
                page.minor(section, &agreed(case, review.what.finding));
                page.text(section, &signed(review));
                page.quote(section, review.what.reasons.as_str());
            }
            Turn::Withdrawn(said) => told(page, section, "Withdrawn", said),
            Turn::Reopened(said) => told(page, section, "Reopened", said),
        }
    }
    if let Some(proposed) = case.proposed() {
        told(page, section, "Put before a manager for refusal", proposed);
    }
    if case.awaits_review() {
        page.strong(section, awaited(case));
    }
}

/// What a second manager said: of an emergency after its release, of contents before it.
pub(super) fn agreed(case: &Case, finding: ReviewFinding) -> String {
    match finding {
        _ if case.ground() == Some(Ground::Emergency) => format!("Second review: {finding}"),
        ReviewFinding::Upheld => "Second manager: agreed to the release of contents".into(),
        ReviewFinding::NotUpheld => "Second manager: did not agree to release contents".into(),
    }
}

/// What a second manager has still to do.
pub(super) fn awaited(case: &Case) -> &'static str {
    if case.ground() == Some(Ground::Emergency) {
        "A second manager has still to review this release."
    } else {
        "Contents of communications were granted: a second manager has still to agree."
    }
}

fn signed<T>(done: &Signed<T>) -> String {
    format!("{}, {}.", member(&done.by), moment(done.at))
}

fn told(page: &mut Compositor<'_>, section: TagId, what: &str, said: &Signed<Said>) {
    page.minor(section, what);
    page.text(section, &signed(said));
    page.quote(section, said.what.reasons.as_str());
}

fn verdict(decision: &Decision) -> &'static str {
    match decision {
        Decision::Approve { .. } => "approved",
        Decision::ApproveInPart { .. } => "approved in part",
        Decision::Deny(_) => "denied",
        Decision::Return { .. } => "returned for information",
    }
}

fn reasons(page: &mut Compositor<'_>, section: TagId, decision: &Decision) {
    match decision {
        Decision::Approve {
            remarks,
            not_claiming,
            span,
        } => {
            page.text(section, "Everything that was asked for is granted.");
            boxed(page, section, span.as_ref());
            disclaimed(page, section, *not_claiming);
            remarked(page, section, remarks.as_ref().map(AsRef::as_ref));
        }
        Decision::ApproveInPart {
            granted,
            refused,
            remarks,
            not_claiming,
            span,
        } => {
            let words: Vec<&str> = granted.iter().map(|category| category.word()).collect();
            page.text(section, &format!("Granted: {}.", words.join("; ")));
            let columns = vec![
                Column {
                    head: "Refused",
                    share: 0.25,
                },
                Column {
                    head: "Reason",
                    share: 0.21,
                },
                Column {
                    head: "In words",
                    share: 0.54,
                },
            ];
            let rows = refused
                .iter()
                .map(|(category, why)| {
                    vec![
                        Cell::text(category.word()),
                        Cell::text(why.says()),
                        Cell::text(why.reasons.as_str()),
                    ]
                })
                .collect();
            page.table(
                section,
                &Table {
                    summary: "Categories refused, with reasons",
                    columns,
                    rows,
                },
            );
            boxed(page, section, span.as_ref());
            disclaimed(page, section, *not_claiming);
            remarked(page, section, remarks.as_ref().map(AsRef::as_ref));
        }
        Decision::Deny(refused) => {
            page.text(
                section,
                &format!("Nothing is granted. Reason: {}. In words:", refused.says()),
            );
            page.quote(section, refused.reasons.as_str());
        }
        Decision::Return { needs } => {
            page.text(
                section,
                "The case went back to legal staff. What was missing:",
            );
            page.quote(section, needs.as_str());
        }
    }
}

/// An emergency is released for stated days of data only.
fn boxed(page: &mut Compositor<'_>, section: TagId, span: Option<&Span>) {
    if let Some(span) = span {
        page.text(
            section,
            &format!(
                "Only data from {} to {} is released.",
                span.from, span.until
            ),
        );
    }
}

fn disclaimed(page: &mut Compositor<'_>, section: TagId, not_claiming: bool) {
    if not_claiming {
        page.text(
            section,
            "The manager declared not to be the person harmed or claiming.",
        );
    }
}

fn remarked(page: &mut Compositor<'_>, section: TagId, remarks: Option<&str>) {
    if let Some(remarks) = remarks {
        page.text(section, "Remarks:");
        page.quote(section, remarks);
    }
}
