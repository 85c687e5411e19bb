//! Ten thousand random lives of cases: whatever anybody tries, duties stay separate.

use casework::{
    case::{Case, Step},
    decision::ReviewFinding,
    ground::Ground,
    instrument::Instrument,
    member::{Member, Role},
    policy::PolicyVersion,
    verification::Finding,
};
use proptest::prelude::*;

use crate::scene::{
    Scene, approve, approve_in_part, classification, close, deny, disclose, member, order, request,
    review, said, send_back, verification,
};

/// Four people; each tries in whatever role comes.
fn anybody() -> impl Strategy<Value = Member> {
    (0..4u128, prop::sample::select(Role::ALL))
        .prop_map(|(number, role)| member(number, &format!("Member {number}"), role))
}

fn attempt(choice: u8, instrument: Instrument, case: &Case) -> Step {
    match choice {
        0 => Step::Draft { fields: request() },
        1 => Step::File {
            policy: PolicyVersion(1),
        },
        2 => Step::Edit { fields: request() },
        3 | 4 => Step::Classify(classification(instrument)),
        5 => Step::Attach(order(u128::from(case.version()))),
        6 | 7 => Step::Verify(verification(Finding::Confirmed)),
        8 | 9 => Step::Submit,
        10 | 11 => approve(),
        12 => approve_in_part(),
        13 => deny(),
        14 => send_back(),
        15 => review(ReviewFinding::Upheld),
        16 => disclose(case),
        17 => close(),
        18 => Step::Withdraw(said()),
        _ => Step::Reopen(said()),
    }
}

/// The rules once more, told from the events alone and by other means than the case keeps.
fn check(events: &[casework::case::Event]) {
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
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duties_stay_separate_whatever_anybody_tries(
        instrument in prop::sample::select(Instrument::ALL),
        tries in prop::collection::vec((0..20u8, anybody()), 1..40),
    ) {
        let mut scene = Scene::new();
        for (choice, who) in tries {
            let step = attempt(choice, instrument, &scene.case);
            let _ = scene.attempt(step, &who);
        }
        check(&scene.events);
    }
}
