//! Each instrument's gate opens when all it asks is answered, and not before.

use casework::{
    case::Step,
    clock,
    gate::{self, Classification, Standing},
    instrument::{Ceiling, Instrument},
};

use crate::scene::{Scene, anna, ben, classification, monday, order};

fn ready(classified: Classification) -> Scene {
    Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Classify(classified), &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben())
}

#[test]
fn every_instrument_passes_when_all_is_answered() {
    for instrument in Instrument::ALL
        .iter()
        .filter(|one| one.ceiling() != Ceiling::Nothing)
    {
        let items = gate::items(
            &ready(classification(*instrument)).case,
            clock::day(monday()),
        );
        assert!(gate::passed(&items), "{instrument}: {items:?}");
    }
}

#[test]
fn every_required_answer_that_is_missing_keeps_the_gate_shut() {
    for instrument in Instrument::ALL {
        for question in gate::questions::questions(*instrument).filter(|question| question.required)
        {
            let mut classified = classification(*instrument);
            classified.answers.remove(question.key);
            let items = gate::items(&ready(classified).case, clock::day(monday()));
            let item = items
                .iter()
                .find(|item| item.what == question.must)
                .expect("the gate lists it");
            assert_eq!(
                item.stands,
                Standing::Open,
                "{instrument} without {}",
                question.key
            );
        }
    }
}

#[test]
fn a_classification_fills_its_own_form_in_again() {
    for instrument in Instrument::ALL {
        let classified = classification(*instrument);
        assert_eq!(
            Classification::parse(&classified.fields(), &casework::tables::Tables::delivered()),
            Ok(classified)
        );
    }
}

#[test]
fn an_instrument_stands_under_one_ground_only() {
    let fields = classification(Instrument::SearchWarrant)
        .fields()
        .with("ground", "emergency");
    let faults =
        Classification::parse(&fields, &casework::tables::Tables::delivered()).unwrap_err();
    assert_eq!(
        faults.of("instrument"),
        Some("A search warrant stands under the ground \u{201c}Legal directive\u{201d}.")
    );
}
