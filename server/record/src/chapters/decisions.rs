//! Every decision with its reasons, earlier ones too: a reason once given never vanishes.

use casework::decision::{Decision, Refused, Review};
use casework::member::Signed;

use super::phrases::{member, moment};
use crate::dossier::Dossier;
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

pub(super) fn set(page: &mut Compositor<'_>, dossier: &Dossier) {
    let case = &dossier.case;
    let section = page.section("Decisions");
    let decisions = case.decisions();
    if decisions.is_empty() {
        page.text(section, "No manager has decided yet.");
    }
    for (place, decision) in decisions.iter().enumerate() {
        let standing = if place + 1 == decisions.len() {
            ""
        } else {
            " (earlier)"
        };
        page.minor(
            section,
            &format!(
                "Decision {} of {}{standing}: {}",
                place + 1,
                decisions.len(),
                verdict(&decision.what)
            ),
        );
        page.text(
            section,
            &format!("{}, {}.", member(&decision.by), moment(decision.at)),
        );
        reasons(page, section, &decision.what);
    }
    reviews(page, section, case.reviews(), case.awaits_review());
    let turns = case
        .withdrawals()
        .iter()
        .map(|said| ("Withdrawn", said))
        .chain(case.reopenings().iter().map(|said| ("Reopened", said)));
    let mut turns: Vec<_> = turns.collect();
    turns.sort_by_key(|(_, said)| said.at);
    for (what, said) in turns {
        page.minor(section, &format!("{what} {}", moment(said.at)));
        page.text(
            section,
            &format!("{}, with these reasons:", member(&said.by)),
        );
        page.quote(section, said.what.reasons.as_str());
    }
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
        } => {
            page.text(section, "Everything that was asked for is granted.");
            disclaimed(page, section, *not_claiming);
            remarked(page, section, remarks.as_ref().map(AsRef::as_ref));
        }
        Decision::ApproveInPart {
            granted,
            refused,
            remarks,
            not_claiming,
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
                        Cell::text(why.code.word()),
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
            disclaimed(page, section, *not_claiming);
            remarked(page, section, remarks.as_ref().map(AsRef::as_ref));
        }
        Decision::Deny(Refused { code, reasons }) => {
            page.text(
                section,
                &format!("Nothing is granted. Reason: {code}. In words:"),
            );
            page.quote(section, reasons.as_str());
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

fn reviews(
    page: &mut Compositor<'_>,
    section: TagId,
    reviews: &[Signed<Review>],
    awaits_review: bool,
) {
    for review in reviews {
        page.minor(section, &format!("Second review: {}", review.what.finding));
        page.text(
            section,
            &format!("{}, {}:", member(&review.by), moment(review.at)),
        );
        page.quote(section, review.what.reasons.as_str());
    }
    if awaits_review {
        page.strong(
            section,
            "A second manager has still to review this release.",
        );
    }
}
