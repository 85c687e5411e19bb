//! Whole lives of cases, each in a record that is rightly sealed: what breaks a rule is found though
//! every hash fits. The second verifier is held to the same lives.

use casework::case::{Event, Step};
use casework::ledger::Entry;
use casework::policy::Policy;
use scenes::Scene;
use serde::Deserialize;
use verifier::Verdict;

use crate::desk::{holding, judged, named, record, says};

#[derive(Deserialize)]
struct File {
    cases: Vec<Life>,
}

#[derive(Deserialize)]
struct Life {
    name: String,
    broken: Vec<u32>,
    events: Vec<Event>,
}

fn lived(life: &Life) -> Scene {
    let mut scene = Scene::at("2026-03-02T09:00:00Z");
    for event in &life.events {
        scene.now = event.at;
        scene.case = scene.case.clone().after(event);
        if let Step::Edit {
            policy: Some(version),
            ..
        } = &event.step
        {
            // The promise that the case is pinned to from here on, as it was published.
            let policy = Policy {
                version: *version,
                ..scenes::policy()
            };
            scene
                .ledger
                .seal(event.at, None, Entry::PolicyPublished { policy });
        }
        let event = event.clone();
        scene
            .ledger
            .seal(event.at, Some(event.by.id), Entry::Step { event });
        scene.elsewhere();
    }
    named(scene)
}

#[test]
fn a_rule_that_was_broken_is_found_under_every_right_seal() {
    let file: File =
        serde_json::from_str(include_str!("../../../../end2end/vectors/lives.json")).unwrap();
    for life in &file.cases {
        let dossier = lived(life).dossier();
        assert_eq!(
            dossier.case.number(),
            life.events[0].number,
            "{}",
            life.name
        );
        let verdict = if life.broken.is_empty() {
            Verdict::Intact
        } else {
            Verdict::RulesBroken
        };
        let report = judged(&record(&dossier), &holding(&dossier), verdict);
        for version in &life.broken {
            says(&report, "rules", &format!("tep {version} ("));
        }
    }
}

#[test]
fn a_life_with_every_text_left_out_holds_all_the_same() {
    for (name, scene) in scenes::law(800) {
        let dossier = named(scene).dossier();
        judged(&record(&dossier), &holding(&dossier), Verdict::Intact);
        let places = dossier.ledger.entries.iter().flat_map(|sealed| {
            let texts = sealed.open().unwrap().opened.texts;
            texts.into_iter().map(|(place, _)| place)
        });
        let redacted = dossier.redacted(&places.collect()).unwrap();
        let report = judged(&record(&redacted), &holding(&redacted), Verdict::Intact);
        assert!(!redacted.masked.is_empty(), "{name}: {}", report.says);
    }
}
