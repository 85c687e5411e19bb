//! What an edition leaves out is nowhere in it, and what it encloses is what was sealed.

use std::collections::BTreeSet;

use casework::case::Step;
use casework::dossier::Dossier;
use record::sheet::{Mark, Relation, Sheets};
use record::{Enclosed, Flaw, Job, Sealer};
use scenes::{Scene, anna, digest, paper};

use crate::BOOK;

fn said(sheets: &Sheets) -> String {
    sheets
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|(_, mark)| match mark {
            Mark::Text { line, .. } | Mark::Turned { line, .. } => Some(line.text() + "\n"),
            Mark::Fill { .. } | Mark::Modules { .. } => None,
        })
        .collect()
}

fn redacted() -> Dossier {
    let mask = BTreeSet::from([
        "fields/person/0".to_owned(),
        "fields/identifier_value/0".to_owned(),
        "answers/accounts".to_owned(),
        format!("by/{}", anna().id),
    ]);
    let redacted = scenes::closed().dossier().redacted(&mask);
    redacted.expect("what a scene proves can be left out")
}

#[test]
fn a_redacted_edition_says_so_and_the_texts_are_nowhere() {
    let sheets = record::set(&BOOK, &Job::of(&redacted())).unwrap();
    let all = said(&sheets);
    for told in [
        "This is a redacted edition: 4 texts are left out",
        "[left out], Detective Sergeant",
        "E-mail address [left out]",
        "What is left out",
        "Request: identifier value",
        "Name of a member",
    ] {
        assert!(all.contains(told), "“{told}” is missing");
    }
    for hidden in ["j.doe@mail", "Lindqvist"] {
        assert!(!all.contains(hidden), "“{hidden}” stands on a page");
        for file in &sheets.attachments {
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(!text.contains(hidden), "“{hidden}” is in {}", file.name);
        }
    }
}

#[test]
fn every_text_that_is_left_out_is_listed_with_its_hash() {
    let dossier = redacted();
    let all = said(&record::set(&BOOK, &Job::of(&dossier)).unwrap());
    for sealed in &dossier.ledger.entries {
        for digest in sealed.open().unwrap().opened.hidden.values() {
            let digest = digest.to_string();
            let (first, second) = digest.split_at(32);
            assert!(all.contains(first) && all.contains(second), "{digest}");
        }
    }
}

#[test]
fn the_seal_is_told_on_the_first_page_and_its_absence_too() {
    let dossier = scenes::closed().dossier();
    let first = |job: &Job<'_>| {
        let mut sheets = record::set(&BOOK, job).unwrap();
        sheets.pages.truncate(1);
        said(&sheets)
    };
    let bare = first(&Job::of(&dossier));
    assert!(bare.contains("this copy carries no electronic seal"));
    let sealer = Sealer {
        name: "CN=Example Conversations Ltd",
        fingerprint: digest(3),
        timestamped: true,
    };
    let told = first(&Job {
        sealer: Some(sealer),
        ..Job::of(&dossier)
    });
    assert!(told.contains("Sealed electronically by CN=Example Conversations Ltd"));
    assert!(told.contains(&digest(3).to_string()));
}

/// A case with three orders whose names are hard on file systems.
fn with_orders() -> (Scene, Vec<Enclosed>) {
    let mut scene = scenes::begun();
    let mut enclosed = Vec::new();
    for (seed, name) in [
        (1, "../warrant.pdf"),
        (2, "Warrant.pdf"),
        (3, "מסמך ٤٧.pdf"),
        (4, "warrant.pdf"),
    ] {
        let (order, bytes) = paper(seed, name, name);
        let order_id = order.id;
        scene.does(&anna(), Step::Attach(order));
        enclosed.push(Enclosed {
            order: order_id,
            bytes,
        });
    }
    (scene, enclosed)
}

#[test]
fn orders_travel_under_safe_names_that_differ() {
    let (scene, orders) = with_orders();
    let dossier = scene.dossier();
    let job = Job {
        orders: &orders,
        ..Job::of(&dossier)
    };
    let sheets = record::set(&BOOK, &job).unwrap();
    let names: Vec<&str> = sheets
        .attachments
        .iter()
        .filter(|file| file.relation == Relation::Supplement)
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "_warrant.pdf",
            "Warrant.pdf",
            "מסמך ٤٧.pdf",
            "warrant (2).pdf"
        ]
    );
    let all = said(&sheets);
    assert!(all.contains("2 pages"), "an enclosed PDF tells its pages");
    assert!(all.contains("Enclosed in this file as “warrant (2).pdf”"));
    record::print(&BOOK, &job).unwrap();
}

#[test]
fn an_order_with_other_bytes_or_of_another_case_is_refused() {
    let (scene, mut orders) = with_orders();
    let dossier = scene.dossier();
    orders[0].bytes.push(b'x');
    let print = |orders: &[Enclosed], dossier| {
        record::print(
            &BOOK,
            &Job {
                orders,
                ..Job::of(dossier)
            },
        )
        .unwrap_err()
    };
    assert_eq!(
        print(&orders, &dossier),
        [Flaw::AlteredOrder(orders[0].order)]
    );
    let other = scenes::closed().dossier();
    assert_eq!(
        print(&orders[1..], &other),
        [Flaw::StrangeOrder(orders[1].order)]
    );
}

#[test]
fn evidence_that_does_not_hold_is_not_printed() {
    let mut dossier = scenes::closed().dossier();
    dossier.ledger.entries[2].payload.push(' ');
    let flaws = record::print(&BOOK, &Job::of(&dossier)).unwrap_err();
    assert!(matches!(flaws[..], [Flaw::Unsound(_)]), "{flaws:?}");
}

#[test]
fn refused_attempts_stand_in_the_timeline() {
    let scene = scenes::under(7, casework::instrument::Instrument::Subpoena);
    let all = said(&record::set(&BOOK, &Job::of(&scene.dossier())).unwrap());
    assert_eq!(all.matches("Refused: Decide").count(), 2);
}
