//! Who the requester really is, and how that was tested.

use super::Story;
use super::phrases::{local, member, moment};
use crate::setting::{Cell, Compositor};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Verification of the requester");
    let tests = story.case.verifications();
    if tests.is_empty() {
        page.text(section, "The requester's identity has not been tested.");
        return;
    }
    page.text(
        section,
        "A matching e-mail address proves nothing: each test of the requester's identity is an act that \
         a member performed and recorded. The last one counts.",
    );
    for (place, test) in tests.iter().enumerate() {
        let verification = &test.what;
        page.minor(
            section,
            &format!(
                "Test {} of {}: {}",
                place + 1,
                tests.len(),
                verification.finding
            ),
        );
        let mut facts = vec![
            ("Method", Cell::text(verification.method.word())),
            (
                "Number, address or register",
                Cell::text(verification.contact.as_str()),
            ),
            (
                "Found independently in",
                Cell::text(verification.source.as_str()),
            ),
            ("Answered by", Cell::text(verification.answered_by.as_str())),
            ("When", Cell::text(local(&verification.at))),
            ("Done by", Cell::text(member(&test.by))),
            ("Recorded", Cell::text(moment(test.at))),
            ("Finding", Cell::text(verification.finding.word())),
        ];
        if let Some(remarks) = &verification.remarks {
            facts.push(("Remarks", Cell::text(remarks.as_str())));
        }
        page.facts(section, "One test of the requester's identity", &facts);
    }
}
