//! Read aloud, a record makes sense: headings lead their sections, rows read from left to right.

use std::collections::HashMap;

use record::sheet::{Mark, Meaning, Owner, Sheets, TagId, Tags};

use record::Job;

use crate::BOOK;

/// What each tag says, in the order of the tree.
pub fn read(sheets: &Sheets) -> Vec<(Meaning, String)> {
    let mut said: HashMap<TagId, String> = HashMap::new();
    for (owner, mark) in sheets.pages.iter().flat_map(|page| &page.marks) {
        if let (Owner::Tag(tag), Mark::Text { line, .. }) = (owner, mark) {
            said.entry(*tag).or_default().push_str(&line.text());
        }
    }
    in_order(sheets)
        .into_iter()
        .map(|id| {
            (
                sheets.tags.get(id).meaning.clone(),
                said.remove(&id).unwrap_or_default(),
            )
        })
        .collect()
}

fn in_order(sheets: &Sheets) -> Vec<TagId> {
    let mut order = Vec::new();
    let mut open = vec![Tags::ROOT];
    while let Some(id) = open.pop() {
        order.push(id);
        open.extend(sheets.tags.get(id).children.iter().rev());
    }
    order
}

#[test]
fn sections_come_in_the_order_a_court_reads_them() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::closed().dossier())).unwrap();
    let headings: Vec<String> = read(&sheets)
        .into_iter()
        .filter(|(meaning, _)| matches!(meaning, Meaning::Heading(2, _)))
        .map(|(_, said)| said)
        .collect();
    assert_eq!(
        headings,
        [
            "1  Summary",
            "2  This document",
            "3  The request",
            "4  Ground, instrument and gate",
            "5  Scope",
            "6  Orders on file",
            "7  Verification of the requester",
            "8  Decisions",
            "9  Disclosures",
            "10  Notice to the subject",
            "11  Clocks",
            "12  Who had a hand in it",
            "13  Timeline",
            "14  How to verify this record",
        ]
    );
}

#[test]
fn marks_are_drawn_in_the_order_they_are_read() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::closed().dossier())).unwrap();
    let mut drawn: Vec<TagId> = sheets
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|(owner, _)| match owner {
            Owner::Tag(tag) => Some(*tag),
            Owner::Furniture(_) => None,
        })
        .collect();
    drawn.dedup();
    let read: Vec<TagId> = in_order(&sheets)
        .into_iter()
        .filter(|id| drawn.contains(id))
        .collect();
    assert_eq!(drawn, read);
}

#[test]
fn the_first_page_tells_who_asked_why_who_decided_and_what_left() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::closed().dossier())).unwrap();
    let first: String = sheets.pages[0]
        .marks
        .iter()
        .filter_map(|(_, mark)| match mark {
            Mark::Text { line, .. } => Some(line.text() + "\n"),
            _ => None,
        })
        .collect();
    for told in [
        "Part of the data asked for was produced.",
        "Helena Marsh, Detective Sergeant",
        "Legal directive: Search warrant",
        "we are required to do so by a legal directive",
        "Approved in part by Mira Okafor (Manager), 2026-11-03 17:00:00 UTC",
        "Contact information; E-mail address; IP history",
        "The authority's portal; 2026-11-04 11:05:00 +01:00 (Europe/Berlin)",
        "No: gagged until 2027-01-28",
    ] {
        assert!(first.contains(told), "“{told}” is missing from\n{first}");
    }
}

#[test]
fn earlier_reasons_never_vanish() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::denied_twice().dossier())).unwrap();
    let all: String = read(&sheets)
        .into_iter()
        .map(|(_, said)| said + "\n")
        .collect();
    for reason in [
        "The duty desk knows of no such warrant.",
        "A corrected warrant is announced for tomorrow.",
        "No corrected warrant came within the week.",
    ] {
        assert!(
            all.matches(reason).count() >= 2,
            "“{reason}” stands in decisions and timeline"
        );
    }
}

#[test]
fn a_reviewed_emergency_tells_both_managers_and_that_nothing_was_held() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::reviewed().dossier())).unwrap();
    let all: String = read(&sheets)
        .into_iter()
        .map(|(_, said)| said + "\n")
        .collect();
    for told in [
        "Approved by Mira Okafor (Manager)",
        "Second review: Upheld: the release was right",
        "Noor van Dijk (Manager)",
        "Not held",
        "None: nothing was produced",
        "The request was answered; no data was produced.",
    ] {
        assert!(all.contains(told), "“{told}” is missing");
    }
}

#[test]
fn no_heading_stands_last_on_its_page() {
    for scene in [
        scenes::closed(),
        scenes::reviewed(),
        scenes::denied_twice(),
        scenes::emergency(),
        scenes::long(40),
    ] {
        let sheets = record::set(&BOOK, &Job::of(&scene.dossier())).unwrap();
        for (place, page) in sheets.pages.iter().enumerate() {
            let last = page
                .marks
                .iter()
                .rev()
                .find_map(|(owner, mark)| match (owner, mark) {
                    (Owner::Tag(tag), Mark::Text { .. }) => Some(sheets.tags.get(*tag)),
                    _ => None,
                });
            let heading = last.is_some_and(|tag| matches!(tag.meaning, Meaning::Heading(..)));
            assert!(!heading, "a heading ends page {}", place + 1);
        }
        for bookmark in &sheets.outline {
            let near = sheets.pages[bookmark.page]
                .marks
                .iter()
                .any(|(owner, mark)| {
                    matches!((owner, mark), (Owner::Tag(tag), Mark::Text { y, .. })
                    if matches!(&sheets.tags.get(*tag).meaning, Meaning::Heading(_, title)
                        if *title == bookmark.title) && *y > bookmark.y && *y < bookmark.y + 40.0)
                });
            assert!(near, "the outline misses {}", bookmark.title.as_str());
        }
    }
}
