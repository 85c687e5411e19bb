//! Whole lives of cases, as the domain tells them.

use casework::{
    Refusal,
    case::{Awaits, Case, Stage, Step, StepKind},
    decision::ReviewFinding,
    disclosure::Outcome,
    instrument::Instrument,
    verification::Finding,
};

use crate::scene::{
    Scene, anna, approve, approve_in_part, ben, carla, close, deny, dev, order, review, said,
    send_back, verification,
};

#[test]
fn a_directive_is_filed_classified_attached_approved_in_part_disclosed_and_closed() {
    let scene = Scene::in_review(Instrument::OtherCourtOrder).step(approve_in_part(), &carla());
    assert_eq!(scene.case.stage(), Stage::PartlyApproved);
    let scene = scene.disclosed(&anna());
    assert_eq!(scene.case.outcome(), Outcome::ProducedInPart);
    let scene = scene.step(close(), &anna());
    assert_eq!(
        (scene.case.stage(), scene.case.awaits()),
        (Stage::Closed, Awaits::Nobody)
    );
    assert_eq!(scene.case.outcome(), Outcome::ProducedInPart);
}

#[test]
fn replaying_its_events_makes_the_same_case() {
    let scene = Scene::in_review(Instrument::EmergencyRequest)
        .step(approve(), &carla())
        .disclosed(&ben())
        .step(review(ReviewFinding::Upheld), &dev())
        .step(close(), &anna());
    let replayed = scene.events.iter().fold(
        Case::new(scene.case.id(), scene.case.number()),
        |case, event| {
            let again = case
                .take(event.step.clone(), &event.by, event.at)
                .expect("the rules allowed it once");
            assert_eq!(&again, event);
            case.after(event)
        },
    );
    assert_eq!(replayed, scene.case);
}

#[test]
fn a_case_and_its_events_survive_being_written_down() {
    let scene = Scene::in_review(Instrument::Epoc)
        .step(approve_in_part(), &carla())
        .disclosed(&anna());
    let written = serde_json::to_string(&scene.case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&written).unwrap(), scene.case);
    for event in &scene.events {
        let written = serde_json::to_vec(event).unwrap();
        assert_eq!(
            &serde_json::from_slice::<casework::case::Event>(&written).unwrap(),
            event
        );
    }
}

#[test]
fn an_emergency_is_released_by_one_manager_and_reviewed_by_another() {
    let scene = Scene::in_review(Instrument::EmergencyRequest).step(approve(), &carla());
    assert_eq!(scene.case.awaits(), Awaits::Both);
    assert!(
        scene.case.may(StepKind::Review, &carla()).is_err(),
        "the releaser may not review"
    );
    let scene = scene.disclosed(&anna());
    assert!(
        scene.case.may(StepKind::Close, &anna()).is_err(),
        "unreviewed, it cannot be closed"
    );
    let scene = scene
        .step(review(ReviewFinding::Upheld), &dev())
        .step(close(), &anna());
    assert_eq!(scene.case.stage(), Stage::Closed);
}

#[test]
fn a_release_that_is_not_upheld_lets_nothing_more_out() {
    let scene = Scene::in_review(Instrument::EmergencyRequest)
        .step(approve(), &carla())
        .step(review(ReviewFinding::NotUpheld), &dev());
    assert_eq!(scene.case.stage(), Stage::Denied);
    assert!(scene.case.granted().is_empty());
}

#[test]
fn an_own_claim_is_denied_with_reasons_and_closed() {
    let scene = Scene::in_review(Instrument::OwnClaim).step(deny(), &carla());
    assert_eq!(scene.case.outcome(), Outcome::Rejected);
    let scene = scene.step(close(), &ben());
    assert_eq!(
        (scene.case.stage(), scene.case.outcome()),
        (Stage::Closed, Outcome::Rejected)
    );
}

#[test]
fn returned_mended_and_approved() {
    let scene = Scene::in_review(Instrument::SearchWarrant).step(send_back(), &carla());
    assert_eq!(
        (scene.case.stage(), scene.case.awaits()),
        (Stage::Returned, Awaits::Staff)
    );
    let mended = scene
        .case
        .fields()
        .clone()
        .with("asks", "Sign-in history of sam@subject.example, May 2025.");
    let scene = scene
        .step(
            Step::Edit {
                fields: mended,
                policy: None,
            },
            &anna(),
        )
        .step(Step::SUBMIT, &anna())
        .step(approve(), &carla());
    assert_eq!(scene.case.stage(), Stage::Approved);
    assert_eq!(
        scene.case.decisions().len(),
        2,
        "the earlier decision is kept"
    );
}

#[test]
fn a_reopened_case_keeps_its_earlier_decision_and_grants_nothing() {
    let scene = Scene::in_review(Instrument::SearchWarrant)
        .step(approve(), &carla())
        .step(Step::Withdraw(said()), &anna())
        .step(Step::Reopen(said()), &ben());
    assert_eq!(scene.case.stage(), Stage::Filed);
    assert!(scene.case.granted().is_empty());
    assert_eq!(scene.case.decisions().len(), 1);
}

#[test]
fn a_preservation_request_is_approved_and_closed_without_disclosing_anything() {
    let scene = Scene::in_review(Instrument::PreservationRequest).step(approve(), &carla());
    assert!(scene.case.granted().is_empty());
    assert!(scene.case.may(StepKind::Disclose, &anna()).is_err());
    let unheld = scene.case.take(close(), &anna(), scene.now);
    assert_eq!(unheld, Err(Refusal::NothingHeld), "nothing was preserved");
    let scene = scene
        .step(crate::beside::hold(), &anna())
        .step(crate::beside::released(true), &anna())
        .step(close(), &anna());
    assert_eq!(scene.case.outcome(), Outcome::PreservedOnly);
}

#[test]
fn formal_process_may_be_attached_after_an_emergency_release() {
    let scene = Scene::in_review(Instrument::EmergencyRequest).step(approve(), &carla());
    assert!(scene.case.may(StepKind::Attach, &anna()).is_ok());
    assert_eq!(
        scene
            .step(Step::Attach(order(2)), &anna())
            .case
            .orders()
            .len(),
        2
    );
}

#[test]
fn a_call_back_that_failed_later_outweighs_one_that_did_not() {
    let scene = Scene::in_review(Instrument::EmergencyRequest);
    let mut scene = scene.step(Step::Verify(verification(Finding::NotConfirmed)), &ben());
    let refused = scene.attempt(approve(), &carla()).unwrap_err();
    assert!(
        refused.to_string().contains("Ben Okafor could not confirm"),
        "{refused}"
    );
}
