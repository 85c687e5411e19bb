//! Which letters a case has a use for.

use casework::{
    Refusal,
    case::{Case, Step},
    decision::{Decision, Refused},
    instrument::Instrument,
    letter::LetterKind,
    reason::ReasonCode,
};

use crate::{
    beside::{gag, hold, lift},
    scene::{Scene, anna, approve, carla, deny, monday, prose},
};

fn refused(case: &Case, kind: LetterKind) -> Refusal {
    case.may_write(kind, monday()).unwrap_err()
}

fn denied_as(code: ReasonCode) -> Scene {
    Scene::in_review(Instrument::Subpoena).step(
        Step::Decide(Decision::Deny(Refused {
            code,
            word: None,
            reasons: prose("Elsewhere."),
        })),
        &carla(),
    )
}

#[test]
fn a_refusal_is_written_once_something_is_refused() {
    let scene = Scene::in_review(Instrument::Subpoena);
    assert!(
        refused(&scene.case, LetterKind::Refusal)
            .faults()
            .of("letter")
            .is_some()
    );
    let denied = scene.step(deny(), &carla());
    assert_eq!(denied.case.letters_open(monday())[0], LetterKind::Refusal);
}

#[test]
fn a_preservation_is_confirmed_while_a_hold_stands() {
    let scene = Scene::in_review(Instrument::PreservationRequest).step(approve(), &carla());
    assert!(
        scene
            .case
            .may_write(LetterKind::Preservation, monday())
            .is_err()
    );
    let held = scene.step(hold(), &anna());
    assert_eq!(
        held.case.letters_open(monday())[0],
        LetterKind::Preservation
    );
}

#[test]
fn while_a_gag_runs_no_notice_is_written() {
    let gagged = Scene::in_review(Instrument::SearchWarrant)
        .step(approve(), &carla())
        .step(gag(), &anna());
    assert!(matches!(
        refused(&gagged.case, LetterKind::Notice),
        Refusal::GagRuns { .. }
    ));
    let over = gagged.step(lift("2026-03-02"), &anna());
    assert!(over.case.may_write(LetterKind::Notice, monday()).is_ok());
}

#[test]
fn a_case_that_may_confirm_nothing_says_nothing_that_would() {
    let foreign = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::ForeignDirect, &anna());
    for case in [&foreign.case, &denied_as(ReasonCode::FOREIGN).case] {
        for kind in [
            LetterKind::Narrowing,
            LetterKind::Production,
            LetterKind::Preservation,
        ] {
            assert!(refused(case, kind).faults().0[0].says.contains("confirm"));
        }
        let named = case.request().unwrap().identifiers[0].value.to_string();
        assert!(
            case.betrayed_by(&format!("On {}.", named.to_uppercase()))
                .is_some()
        );
        assert!(case.betrayed_by("On your request.").is_none());
    }
    let plain = denied_as(ReasonCode::OVERBROAD).case;
    let named = plain.request().unwrap().identifiers[0].value.to_string();
    assert!(plain.betrayed_by(&named).is_none());
}
