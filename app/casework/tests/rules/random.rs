//! Ten thousand random lives of cases: whatever anybody tries, duties stay separate.

use casework::{
    case::{Case, Event, Step},
    decision::ReviewFinding,
    ground::Ground,
    held::Holding,
    instrument::Instrument,
    member::{Member, Role},
    notice::SettlementFinding,
    policy::PolicyVersion,
    scope::Category,
    verification::Finding,
};
use proptest::prelude::*;

use crate::beside;
use crate::scene::{
    Scene, approve, approve_in_part, classification, close, deny, disclose, member, order, request,
    review, said, send_back, verification,
};

/// Four people; each tries in whatever role comes.
fn anybody() -> impl Strategy<Value = Member> {
    (0..4u128, prop::sample::select(Role::ALL))
        .prop_map(|(number, role)| member(number, &format!("Member {number}"), role))
}

fn attempt(choice: u8, instrument: Instrument, contents: bool, case: &Case) -> Step {
    let asked = || {
        let mut fields = request();
        if contents {
            fields.push("categories", "recorded_communications");
        }
        fields
    };
    match choice {
        0 => Step::Draft { fields: asked() },
        1 => Step::File {
            policy: PolicyVersion(1),
        },
        2 => Step::Edit {
            fields: asked(),
            policy: None,
        },
        3 | 4 => Step::Classify(classification(instrument)),
        5 => Step::Attach(order(u128::from(case.version()))),
        6 | 7 => Step::Verify(verification(Finding::Confirmed)),
        8 | 9 => Step::SUBMIT,
        10 | 11 => approve(),
        12 => approve_in_part(),
        13 => deny(),
        14 => send_back(),
        15 => review(ReviewFinding::Upheld),
        16 => disclose(case, crate::scene::monday()),
        17 => close(),
        18 => Step::Withdraw(said()),
        19 => Step::Reopen(said()),
        20 => beside::hold(),
        21 => beside::gag(),
        22 => beside::notice("2026-03-02T09:00:00+00:00[UTC]"),
        23 => beside::objection(),
        24 => beside::settle(SettlementFinding::Overruled),
        25 => beside::settle(SettlementFinding::Sustained),
        26 => beside::held(Holding::NotHeld),
        27 => beside::held(Holding::Held),
        28 => beside::released(true),
        29 => review(ReviewFinding::NotUpheld),
        30 => beside::lift("2026-03-02"),
        31 => beside::untold(),
        32 => Step::Submit {
            reasons: Some(crate::scene::reasons()),
        },
        _ => beside::pause(),
    }
}

/// The rules once more, told from the events alone and by other means than the case keeps.
fn check(events: &[Event]) {
    for (place, event) in events.iter().enumerate() {
        let before = &events[..place];
        let approves = matches!(&event.step, Step::Decide(decision) if decision.approves());
        if matches!(event.step, Step::Decide(_) | Step::Review(_)) {
            assert_eq!(event.by.role, Role::Manager);
            let worked = before.iter().any(|earlier| {
                earlier.by.id == event.by.id
                    && matches!(
                        earlier.step,
                        Step::Draft { .. }
                            | Step::File { .. }
                            | Step::Edit { .. }
                            | Step::Classify(_)
                            | Step::Verify(_)
                    )
            });
            assert!(!worked, "somebody decided a case they had worked on");
        }
        if approves {
            let verified = before
                .iter()
                .any(|earlier| matches!(earlier.step, Step::Verify(_)));
            assert!(verified, "approved without a verified requester");
            let classified = before.iter().rev().find_map(|earlier| match &earlier.step {
                Step::Classify(classification) => Some(classification),
                _ => None,
            });
            let ground = classified.expect("approved without a ground").ground;
            let attached = before
                .iter()
                .any(|earlier| matches!(earlier.step, Step::Attach(_)));
            assert!(
                ground != Ground::LegalDirective || attached,
                "a directive approved without its order"
            );
        }
        if matches!(event.step, Step::Review(_)) {
            let released = before
                .iter()
                .rev()
                .find(|earlier| matches!(&earlier.step, Step::Decide(d) if d.approves()));
            assert_ne!(released.expect("nothing was released").by.id, event.by.id);
        }
        if matches!(event.step, Step::Disclose(_)) {
            let last = before
                .iter()
                .rev()
                .find(|earlier| matches!(earlier.step, Step::Decide(_)));
            assert!(
                matches!(&last.expect("disclosed undecided").step, Step::Decide(d) if d.approves())
            );
        }
        check_beside(event, before);
    }
}

/// The newest of the earlier events for which there is an answer.
fn newest<T>(before: &[Event], answer: impl Fn(&Step) -> Option<T>) -> Option<T> {
    before.iter().rev().find_map(|event| answer(&event.step))
}

/// What lives beside the stage, told once more from the events alone.
fn check_beside(event: &Event, before: &[Event]) {
    let gagged = newest(before, |step| match step {
        Step::Gag(_) => Some(true),
        Step::Lift(_) => Some(false),
        _ => None,
    });
    let held = newest(before, |step| match step {
        Step::Hold(_) => Some(true),
        Step::Release(_) => Some(false),
        _ => None,
    });
    let objected = newest(before, |step| match step {
        Step::Object(_) => Some(true),
        Step::Settle(_) => Some(false),
        _ => None,
    });
    match &event.step {
        Step::Notify(_) => assert_ne!(gagged, Some(true), "told while a gag ran"),
        Step::Close(_) => assert_ne!(held, Some(true), "closed while data was held"),
        Step::Hold(_) => assert_ne!(held, Some(true), "held twice"),
        Step::Settle(_) => assert_eq!(objected, Some(true), "settled what nobody raised"),
        Step::Disclose(disclosure) => {
            assert_ne!(objected, Some(true), "disclosed against an objection");
            let not_held = newest(before, |step| match step {
                Step::Search(search) => Some(search.answers[&Category::EmailAddress]),
                _ => None,
            }) == Some(Holding::NotHeld);
            let produced = disclosure
                .produced()
                .any(|one| one == Category::EmailAddress);
            assert!(!(not_held && produced), "produced what is not held");
            let contents = disclosure
                .produced()
                .any(|one| one == Category::RecordedCommunications);
            let ground = newest(before, |step| match step {
                Step::Classify(classification) => Some(classification.ground),
                _ => None,
            });
            if contents && ground != Some(Ground::Emergency) {
                let last = |wanted: fn(&Step) -> bool| {
                    before.iter().rposition(|event| wanted(&event.step))
                };
                let decided = last(|step| matches!(step, Step::Decide(_)));
                let agreed = last(
                    |step| matches!(step, Step::Review(review) if review.finding == ReviewFinding::Upheld),
                );
                assert!(agreed > decided, "contents disclosed by one manager alone");
                assert_ne!(
                    before[agreed.unwrap()].by.id,
                    before[decided.unwrap()].by.id
                );
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duties_stay_separate_whatever_anybody_tries(
        instrument in prop::sample::select(Instrument::ALL),
        tries in prop::collection::vec((0..34u8, anybody()), 1..50),
        contents in any::<bool>(),
    ) {
        let mut scene = Scene::new();
        for (choice, who) in tries {
            let step = attempt(choice, instrument, contents, &scene.case);
            let _ = scene.attempt(step, &who);
        }
        check(&scene.events);
    }
}
