//! Texts sealed one by one: what is left out is gone, and what is shown is proven.

use std::collections::BTreeSet;

use casework::{
    case::{Case, CaseNumber, Event, Step, StepKind},
    clock::ClockKind,
    decision::ReviewFinding,
    emergency::Process,
    held::{Holding, Search},
    hold::{Conversion, Renews},
    instrument::Instrument,
    ledger::{
        Entry,
        sealed::{self, MASK, Opened, Opening},
    },
    letter::{Letter, LetterId, LetterKind},
    notice::SettlementFinding,
    order::{Digest, Strike},
    pause::Pause,
    scope::Category,
};
use serde_json::Value;

use crate::{
    beside,
    scene::{
        Scene, anna, approve, approve_in_part, ben, carla, close, deny, dev, line, order, prose,
        request, review, said, send_back,
    },
};

fn salts() -> impl FnMut() -> [u8; 16] {
    let mut count = 0u128;
    move || {
        count += 1;
        count.to_be_bytes()
    }
}

/// Every event of several lives, so that every kind of step occurs.
fn events() -> Vec<Event> {
    let mut lives = Vec::new();
    for instrument in Instrument::ALL {
        let scene = Scene::in_review(*instrument);
        lives.extend(scene.events.clone());
        for decision in [approve(), approve_in_part(), deny(), send_back()] {
            let mut scene = Scene::in_review(*instrument);
            if scene.attempt(decision, &carla()).is_err() {
                continue;
            }
            let _ = scene.attempt(review(ReviewFinding::Upheld), &dev());
            let step = crate::scene::disclose(&scene.case, scene.now);
            let _ = scene.attempt(step, &anna());
            let _ = scene.attempt(close(), &ben());
            let _ = scene.attempt(Step::Withdraw(said()), &anna());
            let _ = scene.attempt(Step::Reopen(said()), &carla());
            lives.extend(scene.events);
        }
    }
    let mended = Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Attach(order(1)), &anna())
        .step(
            Step::Strike(Strike {
                order: order(1).id,
                reasons: prose("Belongs to another matter."),
            }),
            &anna(),
        )
        .step(
            Step::Edit {
                fields: request(),
                policy: None,
            },
            &anna(),
        );
    lives.extend(mended.events);
    lives.extend(beside_the_stage().events);
    lives
}

/// A case in which every step beside the stage is taken, each in every way that types a text.
fn beside_the_stage() -> Scene {
    let resume = Step::Resume(Pause {
        clock: ClockKind::Due,
        reasons: prose("They answered."),
    });
    let letter = Step::Letter(Letter {
        id: LetterId(uuid::Uuid::from_u128(5)),
        letter: LetterKind::Notice,
        language: line("pt-BR"),
        template: 0,
        recipient: line("Sam Doe, 4 Mill Lane"),
        name: line("Notice to Sam Doe.pdf"),
        size: 4711,
        sha256: Digest([5; 32]),
    });
    let looked = Step::Search(Search {
        answers: [(Category::EmailAddress, Holding::Held)].into(),
        remarks: Some(prose("Looked by address and by account number.")),
    });
    let converted = Step::Convert(Conversion {
        production: CaseNumber {
            year: 2026,
            count: 43,
        },
    });
    let process = Step::Process(Process {
        arrived: false,
        reasons: prose("Their duty prosecutor was reminded."),
    });
    let steps = [
        looked,
        beside::pause(),
        resume,
        beside::hold(),
        beside::renewal(Renews::Hold, None),
        converted,
        beside::released(true),
        beside::notice("2026-03-02T08:00:00+00:00[UTC]"),
        beside::objection(),
        beside::settle(SettlementFinding::Overruled),
        beside::gag(),
        beside::renewal(Renews::Gag, Some("2026-09-30")),
        beside::lift("2026-03-02"),
        beside::untold(),
        letter,
        process,
    ];
    steps.into_iter().fold(
        Scene::in_review(Instrument::EmergencyRequest).step(approve(), &carla()),
        |scene, step| {
            let by = if step.kind() == StepKind::Settle {
                dev()
            } else {
                anna()
            };
            scene.step(step, &by)
        },
    )
}

#[test]
fn every_kind_of_step_is_among_those_that_are_tried() {
    let kinds: BTreeSet<StepKind> = events().iter().map(Event::kind).collect();
    let never: Vec<&StepKind> = StepKind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(never.is_empty(), "{never:?}");
}

#[test]
fn a_text_of_each_new_step_is_called_by_its_name_when_it_is_left_out() {
    let mut named = Vec::new();
    for event in beside_the_stage().events {
        let entry = Entry::Step { event };
        let (payload, openings) = sealed::seal(&entry, salts()).unwrap();
        for (place, _) in Opened::of(&payload, &openings).unwrap().texts {
            if place.starts_with('v') {
                named.push(casework::redaction::named(&place, &entry));
            }
        }
    }
    let unnamed: Vec<&String> = named
        .iter()
        .filter(|(what, _)| what.starts_with("Words"))
        .map(|(what, _)| what)
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
    for told in [
        "Who keeps it (step 11, gave a hold)",
        "What was deleted (step 14, released the hold)",
        "What the subject is told (step 15, told the subject)",
        "Name of a letter (step 22, filed a letter)",
    ] {
        assert!(named.iter().any(|(what, _)| what == told), "{named:#?}");
    }
    let subjects = named
        .iter()
        .filter(|(_, part)| *part == casework::redaction::Part::Subject);
    assert_eq!(subjects.count(), 5, "{named:#?}");
}

fn strings(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.into(), text.clone())),
        Value::Array(all) => all.iter().for_each(|one| strings(one, path, found)),
        Value::Object(map) => map
            .iter()
            .for_each(|(key, one)| strings(one, &format!("{path}/{key}"), found)),
        _ => {}
    }
}

#[test]
fn what_was_sealed_opens_to_the_same() {
    for event in events() {
        let entry = Entry::Step { event };
        let (payload, openings) = sealed::seal(&entry, salts()).unwrap();
        assert_eq!(sealed::open(&payload, &openings), Ok(entry));
    }
}

#[test]
fn no_words_of_a_person_stand_in_a_payload() {
    // What may stand there in the open is chosen, counted, dated or hashed; whoever adds a field to
    // a step decides here which of both it is.
    let open = [
        "/entry",
        "/event/at",
        "/event/case",
        "/event/number",
        "/event/by/id",
        "/event/by/role",
        "/event/step/kind",
        "/event/step/ground",
        "/event/step/instrument",
        "/event/step/ordered",
        "/event/step/verdict",
        "/event/step/granted",
        "/event/step/code",
        "/event/step/finding",
        "/event/step/method",
        "/event/step/at",
        "/event/step/means",
        "/event/step/sent",
        "/event/step/sha256",
        "/event/step/id",
        "/event/step/media_type",
        "/event/step/order",
        "/event/step/notice",
        "/event/step/gagged_until",
        "/event/step/delayed_until",
        "/event/step/why",
        "/event/step/clock",
        "/event/step/of",
        "/event/step/from",
        "/event/step/until",
        "/event/step/on",
        "/event/step/how",
        "/event/step/production",
        "/event/step/deleted/at",
        "/event/step/letter",
        "/event/step/language",
        "/event/step/span/from",
        "/event/step/span/until",
        "/event/step/terms/ceiling",
        "/event/step/terms/zone",
        "/event/step/fields/requester_kind",
        "/event/step/fields/channel",
        "/event/step/fields/received",
        "/event/step/fields/received_zone",
        "/event/step/fields/identifier_kind",
        "/event/step/fields/from",
        "/event/step/fields/until",
        "/event/step/fields/categories",
        "/event/step/fields/issued",
        "/event/step/fields/due",
        "/event/step/fields/due_time",
        "/event/step/fields/confidential",
        "/event/step/fields/confidential_from",
        "/event/step/fields/confidential_until",
        "/event/step/fields/test",
    ];
    for event in events() {
        let (payload, _) = sealed::seal(&Entry::Step { event }, salts()).unwrap();
        let mut found = Vec::new();
        strings(&serde_json::from_slice(&payload).unwrap(), "", &mut found);
        for (path, text) in found {
            let category = path.contains("/event/step/answers/")
                || path.contains("/event/step/refused/")
                || path.contains("/event/step/terms/tiers/")
                || path.contains("/event/step/terms/periods/");
            let chosen = category
                && (text.len() < 30
                    && text.chars().all(|c| {
                        c.is_ascii_lowercase() || c == '_' || c == '-' || c.is_ascii_digit()
                    }));
            assert!(
                path.ends_with("/sealed") || open.contains(&path.as_str()) || chosen,
                "{path}: {text}"
            );
        }
    }
}

#[test]
fn a_text_that_is_left_out_reads_as_the_mask_and_its_hash_stays() {
    let event = events()
        .into_iter()
        .find(|event| event.kind() == StepKind::Draft)
        .unwrap();
    let (payload, openings) = sealed::seal(&Entry::Step { event }, salts()).unwrap();
    let whole = Opened::of(&payload, &openings).unwrap();
    let (place, hidden) = whole
        .texts
        .iter()
        .find(|(place, _)| place == "fields/person/0")
        .unwrap();
    let kept: Vec<Opening> = openings.into_iter().filter(|one| one != hidden).collect();
    let masked = Opened::of(&payload, &kept).unwrap();
    assert_eq!(masked.masked, [place.clone()].into());
    assert_eq!(masked.hidden[place], hidden.digest());
    let Entry::Step { event } = masked.entry else {
        panic!()
    };
    let Step::Draft { fields } = event.step else {
        panic!()
    };
    assert_eq!(fields.get("person"), MASK);
    assert!(sealed::open(&payload, &kept).is_err());
    assert!(!String::from_utf8(payload).unwrap().contains(&hidden.value));
}

#[test]
fn a_history_with_every_text_left_out_replays_by_the_same_rules() {
    let of = |instrument: &Instrument| {
        let mut scene = Scene::in_review(*instrument);
        let _ = scene.attempt(approve(), &carla());
        let _ = scene.attempt(review(ReviewFinding::Upheld), &dev());
        (instrument.word(), scene)
    };
    let lives = Instrument::ALL.iter().map(of);
    for (instrument, scene) in lives.chain([("every step", beside_the_stage())]) {
        let mut case: Option<Case> = None;
        for event in scene.events {
            let (payload, _) = sealed::seal(&Entry::Step { event }, salts()).unwrap();
            let Entry::Step { event } = Opened::of(&payload, &[]).unwrap().entry else {
                panic!()
            };
            let before = case.unwrap_or_else(|| Case::new(event.case, event.number));
            let made = before.take(event.step.clone(), &event.by, event.at);
            assert_eq!(made.as_ref(), Ok(&event), "{instrument}");
            case = Some(before.after(&event));
        }
        assert_eq!(case.unwrap().stage(), scene.case.stage());
    }
}

#[test]
fn an_opening_that_fits_nothing_is_an_error() {
    let event = events().remove(0);
    let (payload, mut openings) = sealed::seal(&Entry::Step { event }, salts()).unwrap();
    openings[0].value.push('x');
    assert!(sealed::open(&payload, &openings).is_err());
    assert!(Opened::of(&payload, &openings).is_err());
}

#[test]
fn a_payload_from_before_texts_were_sealed_still_opens() {
    let entry = Entry::Step {
        event: events().remove(0),
    };
    let payload = serde_json::to_vec(&entry).unwrap();
    assert_eq!(sealed::open(&payload, &[]), Ok(entry.clone()));
    // It says so, for nothing of it can be left out.
    let plain = Opened::of(&payload, &[]).unwrap().plain;
    assert!(plain.contains("fields/person/0"), "{plain:?}");
    let (payload, openings) = sealed::seal(&entry, salts()).unwrap();
    assert!(Opened::of(&payload, &openings).unwrap().plain.is_empty());
}

#[test]
fn the_same_text_told_twice_has_one_place() {
    let events = events();
    let places: BTreeSet<String> = events
        .iter()
        .take(2)
        .flat_map(|event| {
            let entry = Entry::Step {
                event: event.clone(),
            };
            let (payload, openings) = sealed::seal(&entry, salts()).unwrap();
            Opened::of(&payload, &openings).unwrap().texts
        })
        .map(|(place, _)| place)
        .filter(|place| place.starts_with("by/"))
        .collect();
    assert_eq!(places.len(), 1, "{places:?}");
}
