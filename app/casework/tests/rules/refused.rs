//! What `take` refuses because of what a step carries, and the sentence it says.

use casework::{
    Refusal,
    case::{Step, StepKind},
    decision::{Decision, Refused},
    form::Fields,
    instrument::Instrument,
    member::Role,
    order::{OrderId, Strike},
    policy::PolicyVersion,
    reason::ReasonCode,
    scope::Category,
    verification::{Finding, Method, Verification},
};

use Category::{EmailAddress, IpHistory, VisitLogs};

use crate::scene::{
    Scene, anna, approve, approve_in_part, ben, carla, classification, disclose, member, monday,
    order, prose, request, verification,
};

fn refusal(mut scene: Scene, step: Step, by: &casework::member::Member) -> Refusal {
    let before = scene.case.clone();
    let refusal = scene.attempt(step, by).unwrap_err();
    assert_eq!(scene.case, before, "a refused step changes nothing");
    refusal
}

#[test]
fn the_member_who_filed_may_not_decide() {
    let promoted = member(1, "Anna Berg", Role::Manager);
    assert_eq!(
        refusal(
            Scene::in_review(Instrument::SearchWarrant),
            approve(),
            &promoted
        ),
        Refusal::FiledByYou
    );
}

#[test]
fn an_incomplete_request_cannot_be_filed_and_every_fault_is_told() {
    let scene = Scene::new().step(
        Step::Draft {
            fields: Fields::new().with("authority", "Court"),
        },
        &anna(),
    );
    let Refusal::Faulty(faults) = refusal(
        scene,
        Step::File {
            policy: PolicyVersion(1),
        },
        &anna(),
    ) else {
        panic!()
    };
    for field in [
        "requester_kind",
        "person",
        "received",
        "asks",
        "identifier.0",
        "categories",
        "legal_basis",
    ] {
        assert!(
            faults.of(field).is_some(),
            "{field} is missing and not told"
        );
    }
    assert_eq!(faults.of("authority"), None);
}

#[test]
fn a_draft_keeps_no_field_that_the_form_does_not_have() {
    let fields = request().with("stage", "approved");
    assert!(matches!(
        refusal(Scene::new(), Step::Draft { fields }, &anna()),
        Refusal::Faulty(_)
    ));
}

#[test]
fn a_case_goes_before_a_manager_only_when_nothing_is_unanswered() {
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::SearchWarrant, &anna());
    let said = refusal(scene, Step::SUBMIT, &anna()).to_string();
    assert!(said.contains("The order itself is attached."), "{said}");
    assert!(said.contains("The requester is verified."), "{said}");
}

#[test]
fn a_legal_directive_cannot_be_approved_without_its_order() {
    // Struck after it was put before the manager it cannot be: so it is struck before, and the
    // only way to review is shut.
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::SearchWarrant, &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben())
        .step(
            Step::Strike(Strike {
                order: order(1).id,
                reasons: prose("Another case's."),
            }),
            &anna(),
        );
    assert!(matches!(
        refusal(scene, Step::SUBMIT, &anna()),
        Refusal::GateShut(_)
    ));
}

#[test]
fn an_expired_order_cannot_be_approved_and_can_be_denied() {
    let mut scene = Scene::in_review(Instrument::SearchWarrant);
    // It is July where the order was received, and the confirmation is not stale.
    scene.now = "2026-07-01T05:00:00Z".parse().unwrap();
    let said = refusal(scene.clone(), approve(), &carla()).to_string();
    assert!(said.contains("expired on 2026-06-30"), "{said}");
    assert!(scene.attempt(crate::scene::deny(), &carla()).is_ok());
}

#[test]
fn what_speaks_against_an_order_shuts_the_gate() {
    let mut unsigned = classification(Instrument::SearchWarrant);
    unsigned.answers.insert("judge_signed".into(), "no".into());
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Classify(unsigned), &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben())
        .step(Step::SUBMIT, &anna());
    let said = refusal(scene, approve(), &carla()).to_string();
    assert!(said.contains("No judge signed it."), "{said}");
}

#[test]
fn no_category_beyond_the_ceiling_is_granted() {
    let said = refusal(Scene::in_review(Instrument::Subpoena), approve(), &carla());
    assert!(matches!(
        said,
        Refusal::BeyondCeiling {
            category: IpHistory,
            ..
        }
    ));
    let mut scene = Scene::in_review(Instrument::Subpoena);
    assert!(
        scene.attempt(approve_in_part(), &carla()).is_ok(),
        "without it, the rest can be granted"
    );
}

#[test]
fn a_foreign_direct_request_is_never_approved() {
    let said = refusal(
        Scene::in_review(Instrument::ForeignDirect),
        approve(),
        &carla(),
    )
    .to_string();
    assert!(said.contains("mutual legal assistance"), "{said}");
}

#[test]
fn approval_in_part_grants_something_asked_for_and_refuses_something() {
    let in_part = |granted: &[Category], refused: &[Category]| {
        let why = || Refused {
            code: ReasonCode::OVERBROAD,
            word: None,
            reasons: prose("Too much."),
        };
        Step::Decide(Decision::ApproveInPart {
            granted: granted.iter().copied().collect(),
            refused: refused.iter().map(|category| (*category, why())).collect(),
            remarks: None,
            not_claiming: true,
            span: None,
        })
    };
    let scene = || Scene::in_review(Instrument::SearchWarrant);
    assert_eq!(
        refusal(scene(), in_part(&[EmailAddress, IpHistory], &[]), &carla()),
        Refusal::NotInPart
    );
    assert_eq!(
        refusal(scene(), in_part(&[], &[EmailAddress, IpHistory]), &carla()),
        Refusal::NotInPart
    );
    assert_eq!(
        refusal(scene(), in_part(&[EmailAddress], &[]), &carla()),
        Refusal::NotInPart
    );
    assert_eq!(
        refusal(
            scene(),
            in_part(&[EmailAddress], &[EmailAddress, IpHistory]),
            &carla()
        ),
        Refusal::NotInPart
    );
    assert_eq!(
        refusal(
            scene(),
            in_part(&[VisitLogs], &[EmailAddress, IpHistory]),
            &carla()
        ),
        Refusal::NotRequested(VisitLogs)
    );
}

#[test]
fn the_person_claiming_may_not_approve_their_own_claim() {
    let mut claimed = classification(Instrument::OwnClaim);
    claimed
        .answers
        .insert("claimant".into(), " carla  RUIZ".into());
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Classify(claimed), &anna())
        .verified(&ben())
        .step(Step::SUBMIT, &anna());
    assert_eq!(
        refusal(scene, approve(), &carla()),
        Refusal::ClaimantMayNotApprove
    );
    let unsaid = Step::Decide(Decision::Approve {
        remarks: None,
        not_claiming: false,
        span: None,
    });
    assert_eq!(
        refusal(Scene::in_review(Instrument::OwnClaim), unsaid, &carla()),
        Refusal::ClaimantUnanswered
    );
}

#[test]
fn an_emergency_needs_a_call_back_by_someone_other_than_the_filer() {
    let filed = Scene::drafted(&anna()).filed(&anna());
    // Recorded before the case was known to be an emergency, and by the filer: it does not count.
    let scene = filed
        .clone()
        .verified(&anna())
        .classified(Instrument::EmergencyRequest, &anna());
    assert!(matches!(
        refusal(scene.clone(), Step::SUBMIT, &anna()),
        Refusal::GateShut(_)
    ));
    let again = Step::Verify(verification(Finding::Confirmed));
    assert_eq!(refusal(scene, again, &anna()), Refusal::FilerMayNotCallBack);
    // Another method than a call-back does not count either.
    let met = Verification {
        method: Method::Known,
        ..verification(Finding::Confirmed)
    };
    let scene = filed
        .classified(Instrument::EmergencyRequest, &anna())
        .step(Step::Verify(met), &ben());
    assert!(matches!(
        refusal(scene, Step::SUBMIT, &anna()),
        Refusal::GateShut(_)
    ));
}

#[test]
fn nothing_is_produced_that_was_not_granted() {
    let scene = Scene::in_review(Instrument::SearchWarrant).step(approve_in_part(), &carla());
    let Step::Disclose(mut disclosure) = disclose(&scene.case, scene.now) else {
        panic!()
    };
    disclosure
        .answers
        .insert(IpHistory, casework::disclosure::Answer::Produced);
    assert_eq!(
        refusal(scene, Step::Disclose(disclosure), &anna()),
        Refusal::NotGranted(IpHistory)
    );
}

#[test]
fn what_was_produced_has_a_digest() {
    let scene = Scene::in_review(Instrument::SearchWarrant).step(approve(), &carla());
    let Step::Disclose(mut disclosure) = disclose(&scene.case, scene.now) else {
        panic!()
    };
    disclosure.sha256 = None;
    assert!(
        refusal(scene, Step::Disclose(disclosure), &anna())
            .faults()
            .of("sha256")
            .is_some()
    );
}

#[test]
fn the_same_order_is_not_attached_twice_and_an_unknown_one_not_struck() {
    let scene = Scene::drafted(&anna()).step(Step::Attach(order(1)), &anna());
    let mut same = order(1);
    same.id = OrderId(uuid::Uuid::from_u128(12));
    assert!(matches!(
        refusal(scene.clone(), Step::Attach(same), &anna()),
        Refusal::SameOrder(_)
    ));
    let strike = Strike {
        order: OrderId(uuid::Uuid::from_u128(12)),
        reasons: prose("Not ours."),
    };
    assert_eq!(
        refusal(scene, Step::Strike(strike), &anna()),
        Refusal::NoSuchOrder
    );
}

#[test]
fn a_verification_in_the_future_is_refused() {
    let later = Verification {
        at: "2026-03-02T09:00:01+00:00[UTC]".parse().unwrap(),
        ..verification(Finding::Confirmed)
    };
    assert!(later.at.timestamp() > monday());
    let scene = Scene::drafted(&anna()).filed(&anna());
    assert!(matches!(
        refusal(scene, Step::Verify(later), &ben()),
        Refusal::Faulty(_)
    ));
}

#[test]
fn every_refusal_is_a_sentence() {
    let case = Scene::drafted(&anna()).case;
    for role in Role::ALL {
        for step in StepKind::ALL {
            if let Err(refusal) = case.may(*step, &member(9, "Eve Lind", *role)) {
                let said = refusal.to_string();
                assert!(
                    said.ends_with('.') && said.starts_with(char::is_uppercase),
                    "{said}"
                );
            }
        }
    }
}
