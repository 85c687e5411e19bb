//! What left the house, and whether the subject was told.

use super::Story;
use super::phrases::{local, member, moment};
use super::summary;
use crate::setting::{Cell, Column, Compositor, Table};

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
}

pub(super) fn notice(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Notice to the subject");
    match story.case.closing() {
        None => page.text(
            section,
            "Whether the subject was told is recorded when the case closes.",
        ),
        Some(closing) => {
            let facts = [
                (
                    "Was the subject told",
                    Cell::text(summary::told(story.case)),
                ),
                (
                    "Recorded",
                    Cell::text(format!("{} by {}", moment(closing.at), member(&closing.by))),
                ),
            ];
            page.facts(section, "Notice to the subject", &facts);
        }
    }
}
