//! What left the house, and whether the subject was told.

use super::Story;
use super::phrases::{local, member, moment};
use casework::dossier::Edition;

use super::{beside, summary};
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Disclosures");
    let disclosures = story.case.disclosures();
    if disclosures.is_empty() {
        page.text(section, "Nothing has left the house in this case.");
        return;
    }
    for (place, disclosure) in disclosures.iter().enumerate() {
        let sent = &disclosure.what;
        page.minor(
            section,
            &format!("Disclosure {} of {}", place + 1, disclosures.len()),
        );
        let facts = [
            ("Recipient", Cell::text(sent.recipient.as_str())),
            ("Means", Cell::text(sent.means.word())),
            ("Sent", Cell::text(local(&sent.sent))),
            (
                "SHA-256 of what was sent",
                match &sent.sha256 {
                    Some(digest) => Cell::code(digest.to_string()),
                    None => Cell::text("None: nothing was produced"),
                },
            ),
            (
                "Recorded",
                Cell::text(format!(
                    "{} by {}",
                    moment(disclosure.at),
                    member(&disclosure.by)
                )),
            ),
        ];
        page.facts(section, "To whom, how and when it was sent", &facts);
        page.text(
            section,
            "What was sent, as the custodian of records certifies it:",
        );
        page.quote(section, sent.what.as_str());
        let columns = vec![
            Column {
                head: "Category",
                share: 0.5,
            },
            Column {
                head: "Answer",
                share: 0.5,
            },
        ];
        let rows = sent
            .answers
            .iter()
            .map(|(category, answer)| vec![Cell::text(category.word()), Cell::text(answer.word())])
            .collect();
        page.table(
            section,
            &Table {
                summary: "What became of each category",
                columns,
                rows,
            },
        );
    }
    certification(page, section, story);
}

/// For the custodian's own hand: a court takes the paper, and a program cannot swear.
fn certification(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let dossier = story.dossier;
    if story.case.produced().is_empty() || dossier.edition == Edition::Redacted {
        return;
    }
    page.need(300.0);
    page.minor(section, "Certification by the custodian of records");
    page.text(
        section,
        &format!(
            "I am a custodian of records of {}, or otherwise qualified to certify its records, and I \
             am authorised to make this certification. I certify that the data described under \
             “Disclosures” in case {}, identified by the SHA-256 digests given there, is a true copy \
             of records",
            dossier.organisation,
            story.case.number()
        ),
    );
    for point in [
        "(a) made at or near the time of what they tell, by a person with knowledge of it or by an \
         automated process from what such a person or a device sent;",
        "(b) kept in the course of the regularly conducted activity of the company; and",
        "(c) made as a regular practice of that activity.",
    ] {
        page.text(section, point);
    }
    page.text(
        section,
        "I declare under penalty of perjury, or as the law of the place where I sign otherwise \
         provides, that the foregoing is true and correct.",
    );
    page.blanks(
        section,
        &["Name in full", "Title", "Place and date", "Signature"],
    );
    page.remark(
        section,
        "Until it is signed by hand, this certification certifies nothing; the seal of this \
         document does not stand in for it.",
    );
}

pub(super) fn notice(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Notice to the subject");
    let told = story.case.beside();
    match story.case.closing() {
        None if !told.notices.is_empty() || !told.untold.is_empty() => {}
        None if story.case.notice_stands().is_some() => {
            page.text(section, &format!("{}.", summary::told(story.case)));
        }
        None => page.text(
            section,
            "Whether the subject was told is recorded when the case closes.",
        ),
        Some(closing) => {
            let facts = [
                (
                    "Was the subject told",
                    Cell::text(summary::at_closing(story.case).unwrap_or_default()),
                ),
                (
                    "Recorded",
                    Cell::text(format!("{} by {}", moment(closing.at), member(&closing.by))),
                ),
            ];
            page.facts(section, "Notice to the subject", &facts);
        }
    }
    beside::notices(page, section, story);
    beside::untold(page, section, story);
}
