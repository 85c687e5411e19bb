//! A record of a case that has not ended must not be mistaken for one that has.

use record::sheet::{Furniture, Mark, Owner, Page};

use record::Job;

use crate::BOOK;

fn furniture(page: &Page, wanted: Furniture) -> String {
    page.marks
        .iter()
        .filter(|(owner, _)| *owner == Owner::Furniture(wanted))
        .filter_map(|(_, mark)| match mark {
            Mark::Text { line, .. } | Mark::Turned { line, .. } => Some(line.text()),
            Mark::Fill { .. } | Mark::Modules { .. } => None,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_page_of_a_draft_says_so_twice() {
    for scene in [scenes::begun(), scenes::emergency(), scenes::long(12)] {
        let sheets = record::set(&BOOK, &Job::of(&scene.dossier())).unwrap();
        assert!(sheets.pages.len() > 1);
        for page in &sheets.pages {
            let head = furniture(page, Furniture::Header);
            assert!(
                head.contains("DRAFT — case not closed; record as of 2026-11-"),
                "{head}"
            );
            assert_eq!(furniture(page, Furniture::Watermark), "DRAFT");
        }
    }
}

#[test]
fn no_page_of_a_closed_case_says_draft() {
    let sheets = record::set(&BOOK, &Job::of(&scenes::closed().dossier())).unwrap();
    for page in &sheets.pages {
        assert!(!furniture(page, Furniture::Header).contains("DRAFT"));
        assert_eq!(furniture(page, Furniture::Watermark), "");
    }
}

#[test]
fn every_page_shows_case_state_checkpoint_and_its_number() {
    let dossier = scenes::closed().dossier();
    let checkpoint = dossier.ledger.checkpoint.checkpoint();
    let note = dossier.ledger.checkpoint.to_string();
    let root = note.lines().nth(2).unwrap();
    let sheets = record::set(&BOOK, &Job::of(&dossier)).unwrap();
    let pages = sheets.pages.len();
    for (place, page) in sheets.pages.iter().enumerate() {
        let foot = furniture(page, Furniture::Footer);
        assert!(
            foot.contains("Disclosure record DD-2026-00042 · Produced in part · Full edition"),
            "{foot}"
        );
        assert!(
            foot.contains(&format!("size {}\nroot {root}", checkpoint.size)),
            "{foot}"
        );
        let head = furniture(page, Furniture::Header);
        let number = format!("DD-2026-00042 · Closed · Page {} of {pages}", place + 1);
        assert!(head.contains(&number), "{head}");
        let symbols = page.marks.iter().filter(|(owner, mark)| {
            *owner == Owner::Furniture(Furniture::Footer) && matches!(mark, Mark::Modules { .. })
        });
        assert_eq!(symbols.count(), 1);
        assert!(
            foot.contains(&format!("Page {} of {pages}", place + 1)),
            "{foot}"
        );
    }
}
