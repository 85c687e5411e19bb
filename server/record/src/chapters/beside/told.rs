//! Whether the subject was told, what forbade it, and what they said.

use casework::case::{GagOnCase, ObjectionOnCase};
use casework::member::Signed;
use casework::notice::Notice;

use super::signed;
use crate::chapters::Story;
use crate::chapters::phrases::local;
use crate::setting::{Cell, Compositor};
use crate::sheet::TagId;

/// Nondisclosure orders, with renewals and ends.
pub(in crate::chapters) fn gags(page: &mut Compositor<'_>, story: &Story<'_>) {
    let beside = story.case.beside();
    if beside.gags.is_empty() && beside.demand_lifted.is_none() {
        return;
    }
    let section = page.section("Nondisclosure orders");
    for (place, gag) in beside.gags.iter().enumerate() {
        page.minor(
            section,
            &format!("Order {} of {}", place + 1, beside.gags.len()),
        );
        page.facts(section, "A nondisclosure order", &facts(gag));
        if let Some(lifted) = &gag.lifted {
            page.quote(section, lifted.what.reasons.as_str());
        }
    }
    if let Some(lifted) = &beside.demand_lifted {
        page.minor(section, "The request's own demand");
        page.text(
            section,
            &format!(
                "It was found not to bind after {}; recorded {}.",
                lifted.what.on,
                signed(lifted)
            ),
        );
        page.quote(section, lifted.what.reasons.as_str());
    }
}

fn facts(gag: &GagOnCase) -> Vec<(&'static str, Cell)> {
    let order = &gag.ordered;
    let ends = |until: Option<jiff::civil::Date>| {
        until.map_or_else(
            || "none: it is open-ended".to_owned(),
            |day| day.to_string(),
        )
    };
    let mut facts = vec![
        ("Rests on", order.what.basis.to_string()),
        ("First day", order.what.from.to_string()),
        ("Last day", ends(order.what.until)),
        ("Recorded", signed(order)),
    ];
    for renewal in &gag.renewals {
        facts.push((
            "Renewed",
            format!(
                "until {} by {}\n{}",
                ends(renewal.what.until),
                renewal.what.reference,
                signed(renewal)
            ),
        ));
    }
    if let Some(lifted) = &gag.lifted {
        facts.push((
            "Lifted",
            format!("Bound until {}\n{}", lifted.what.on, signed(lifted)),
        ));
    }
    facts
        .into_iter()
        .map(|(name, told)| (name, Cell::text(told)))
        .collect()
}

/// Notices to the subject, word for word.
pub(in crate::chapters) fn notices(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let notices = &story.case.beside().notices;
    for (place, notice) in notices.iter().enumerate() {
        page.minor(
            section,
            &format!("Notice {} of {}", place + 1, notices.len()),
        );
        let facts = [
            ("How", Cell::text(notice.what.how.word())),
            ("To", Cell::text(notice.what.to.as_str())),
            ("Sent", Cell::text(local(&notice.what.sent))),
            ("Recorded", Cell::text(signed(notice))),
        ];
        page.facts(section, "A notice to the subject", &facts);
        page.text(section, "What they were told, word for word:");
        page.quote(section, notice.what.what.as_str());
    }
}

/// Why nobody was told, or not yet.
pub(in crate::chapters) fn untold(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    for untold in &story.case.beside().untold {
        let what = &untold.what;
        page.minor(section, &format!("Not told: {}", what.why));
        let mut facts = vec![("Recorded", Cell::text(signed(untold)))];
        facts.extend(
            what.until
                .map(|until| ("Put off until", Cell::text(until.to_string()))),
        );
        page.facts(section, "Why the subject was not told", &facts);
        page.quote(section, what.reasons.as_str());
    }
}

/// Objections by the subject, and how each was settled.
pub(in crate::chapters) fn objections(page: &mut Compositor<'_>, story: &Story<'_>) {
    let objections = &story.case.beside().objections;
    if objections.is_empty() {
        return;
    }
    let section = page.section("Objections");
    for (place, objection) in objections.iter().enumerate() {
        let raised = &objection.raised;
        page.minor(
            section,
            &format!(
                "Objection {} of {}: {}",
                place + 1,
                objections.len(),
                finding(objection)
            ),
        );
        let facts = [
            ("By", Cell::text(raised.what.by.as_str())),
            ("Reached us", Cell::text(local(&raised.what.at))),
            ("Recorded", Cell::text(signed(raised))),
        ];
        page.facts(section, "An objection", &facts);
        page.quote(section, raised.what.what.as_str());
        if let Some(settled) = &objection.settled {
            page.text(section, &format!("Settled {}:", signed(settled)));
            page.quote(section, settled.what.reasons.as_str());
        }
    }
}

/// What became of an objection, in a word or two.
pub(in crate::chapters) fn finding(objection: &ObjectionOnCase) -> &'static str {
    use casework::notice::SettlementFinding::{Overruled, Sustained, Withdrawn};
    match objection
        .settled
        .as_ref()
        .map(|settled| settled.what.finding)
    {
        None => "open",
        Some(Sustained) => "sustained",
        Some(Overruled) => "overruled",
        Some(Withdrawn) => "withdrawn",
    }
}

/// A notice in a line.
pub(in crate::chapters) fn in_a_line(notice: &Signed<Notice>) -> String {
    format!("{}; {}", notice.what.how, local(&notice.what.sent))
}
