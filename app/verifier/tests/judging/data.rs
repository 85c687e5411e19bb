//! The data, forged by somebody who can seal: the ledger finds it.

use casework::case::{Case, Event, Step};
use casework::decision::Decision;
use casework::ledger::Entry;
use scenes::Scene;
use verifier::{Held, Verdict};

use crate::desk::{closed, forged, holding, judged, named, record, says};

#[test]
fn a_text_that_reads_otherwise_than_it_was_sealed_is_told_with_its_step() {
    let dossier = closed().dossier();
    let said = dossier.case.decisions().first().unwrap().by.name.clone();
    let record = forged(&dossier, |json| {
        // Everywhere in the data: what the case tells and what the entries prove.
        json.replace(said.as_str(), "Somebody Else")
    });
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    says(&report, "entries", "is not what the ledger sealed");
    says(&report, "seal", "The seal holds");
}

#[test]
fn a_case_that_is_not_what_its_steps_amount_to_is_altered() {
    let dossier = closed().dossier();
    let record = forged(&dossier, |json| {
        json.replacen("\"stage\": \"closed\"", "\"stage\": \"denied\"", 1)
    });
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    says(&report, "case", "is not what its steps amount to");
}

#[test]
fn a_step_that_is_left_out_leaves_a_gap() {
    let scene = closed();
    let mut dossier = scene.dossier();
    let left_out = dossier
        .ledger
        .entries
        .iter()
        .position(|sealed| sealed.leaf.contains("action case.verify"))
        .unwrap();
    dossier.ledger.entries.remove(left_out);
    let json = String::from_utf8(dossier.json().unwrap()).unwrap();
    let record = forged(&scene.dossier(), |_| json.clone());
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    says(&report, "history", "is missing");
}

#[test]
fn data_that_tells_more_or_is_spelled_otherwise_is_refused() {
    let dossier = closed().dossier();
    let changes: [fn(&str) -> String; 4] = [
        |json| json.replacen("{\n", "{\n  \"also\": 1,\n", 1),
        |json| json.replacen("\"id\":", "\"hidden\": 1,\n    \"id\":", 1),
        |json| json.replacen('\n', "\n ", 1),
        |json| format!("{json}\n"),
    ];
    for change in changes {
        let record = forged(&dossier, change);
        let report = judged(&record, &holding(&dossier), Verdict::Altered);
        says(&report, "data", "case.json");
    }
}

#[test]
fn data_of_another_format_is_not_read() {
    let dossier = closed().dossier();
    let record = forged(&dossier, |json| json.replace("record/v2", "record/v3"));
    let report = judged(&record, &Held::default(), Verdict::Unreadable);
    says(&report, "data", "disclosure-desk/record/v3");
}

/// Somebody with every key seals what the rules refuse.
fn approved_by_who_filed() -> Scene {
    let mut scene = scenes::closed();
    let filer = scene.case.filed().unwrap().by.clone();
    let mut case = Case::new(scene.case.id(), scene.case.number());
    let dossier = scene.dossier();
    let events: Vec<Event> = dossier.events().unwrap();
    let mut forged = Scene::at("2026-03-02T09:00:00Z");
    for mut event in events {
        if matches!(
            &event.step,
            Step::Decide(Decision::Approve { .. } | Decision::ApproveInPart { .. })
        ) {
            event.by.id = filer.id;
            event.by.name = filer.name.clone();
        }
        case = case.after(&event);
        forged
            .ledger
            .seal(event.at, Some(event.by.id), Entry::Step { event });
    }
    forged.case = case;
    forged.now = scene.now;
    scene.ledger = forged.ledger;
    scene.case = forged.case;
    scene
}

#[test]
fn an_approval_by_who_filed_breaks_the_rules_though_everything_fits() {
    let dossier = named(approved_by_who_filed()).dossier();
    let report = judged(&record(&dossier), &holding(&dossier), Verdict::RulesBroken);
    says(&report, "seal", "The seal holds");
    says(&report, "entries", "what the ledger sealed");
    says(&report, "rules", "You filed this case");
}
