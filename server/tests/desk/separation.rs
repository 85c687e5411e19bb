//! Separation of duties: whoever had a hand in a case does not decide it, whatever they became.

use casework::{
    case::{CaseId, Stage, StepKind},
    instrument::Instrument,
};

use crate::{
    house::{APPROVE, DENY, Desk, IN_PART, Person, RELEASE, REQUEST, call_back, house, on_both},
    refused::{UPHELD, refused},
};

on_both!(
    whoever_filed_a_case_decides_it_neither_after_a_promotion,
    whoever_edited_a_case_does_not_decide_it,
    whoever_classified_a_case_does_not_decide_it,
    a_manager_who_called_back_gave_up_deciding,
    a_release_is_reviewed_by_nobody_who_had_a_hand_in_the_case,
    whoever_filed_an_emergency_does_not_call_back,
    the_person_who_claims_does_not_approve,
    an_emergency_that_was_not_upheld_discloses_nothing_more,
);

/// An administrator makes somebody a manager; whoever it is signs in anew.
async fn promoted<'a>(desk: &'a Desk, name: &str) -> Person<'a> {
    let finn = desk.signed_in("finn").await;
    let member = format!("/members/{}", desk.member(name).await.id);
    let change = [("do", "role"), ("role", "manager")];
    finn.post(&member, &change).await.goes_to(&member);
    desk.signed_in(name).await
}

/// A released emergency that waits for its second review. Anna filed it, Ben called back,
/// Carla released it.
async fn released(desk: &Desk) -> CaseId {
    let id = desk.in_review(Instrument::EmergencyRequest).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, RELEASE).await.goes_to("/cases/");
    id
}

async fn whoever_filed_a_case_decides_it_neither_after_a_promotion(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let anna = promoted(desk, "anna").await;
    let says = "You filed this case, so you may not decide it. Another manager must.";
    for decision in [APPROVE, DENY, IN_PART] {
        refused(&anna, id, StepKind::Decide, decision, 403, says).await;
    }
    anna.get(&format!("/cases/{id}/decide"))
        .await
        .shows(403)
        .says(says);
    desk.stands(id, Stage::InReview).await;
    desk.holds().await;
}

async fn whoever_edited_a_case_does_not_decide_it(desk: &Desk) {
    let id = desk.ready_to_submit(Instrument::SearchWarrant).await;
    let anna = desk.signed_in("anna").await;
    let mut cast = [desk.signed_in("ben").await];
    cast[0]
        .takes(id, StepKind::Edit, &[("reference", "LPD-26-0418")])
        .await
        .goes_to("/cases/");
    anna.submits(id).await.goes_to("/cases/");
    cast[0] = promoted(desk, "ben").await;
    // Ben verified the requester as well; what he did first to it is said.
    let says = "You edited this case, so you may not decide it.";
    refused(&cast[0], id, StepKind::Decide, APPROVE, 403, says).await;
    desk.holds().await;
}

async fn whoever_classified_a_case_does_not_decide_it(desk: &Desk) {
    let id = desk.ready_to_submit(Instrument::SearchWarrant).await;
    let ben = desk.signed_in("ben").await;
    ben.classifies(id, Instrument::CourtOrder2703d, &[])
        .await
        .goes_to("/cases/");
    ben.submits(id).await.goes_to("/cases/");
    let ben = promoted(desk, "ben").await;
    let says = "You classified this case, so you may not decide it.";
    refused(&ben, id, StepKind::Decide, DENY, 403, says).await;
}

async fn a_manager_who_called_back_gave_up_deciding(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    carla.calls_back(id).await.goes_to("/cases/");
    let says = "You verified the requester of this case, so you may not decide it.";
    refused(&carla, id, StepKind::Decide, APPROVE, 403, says).await;
}

async fn a_release_is_reviewed_by_nobody_who_had_a_hand_in_the_case(desk: &Desk) {
    let id = released(desk).await;
    let carla = desk.signed_in("carla").await;
    let says = "Carla Ruiz approved this release and may not review it";
    refused(&carla, id, StepKind::Review, UPHELD, 403, says).await;
    let anna = promoted(desk, "anna").await;
    refused(
        &anna,
        id,
        StepKind::Review,
        UPHELD,
        403,
        "You filed this case",
    )
    .await;
    let ben = promoted(desk, "ben").await;
    refused(
        &ben,
        id,
        StepKind::Review,
        UPHELD,
        403,
        "You verified the requester",
    )
    .await;
    assert!(desk.case(id).await.awaits_review());
    desk.holds().await;
}

async fn whoever_filed_an_emergency_does_not_call_back(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.classifies(id, Instrument::EmergencyRequest, &[])
        .await
        .goes_to("/cases/");
    let at = desk.just_now();
    let says = "You filed this emergency, so someone else must call the requester back.";
    refused(&anna, id, StepKind::Verify, &call_back(&at), 403, says).await;
    anna.get(&format!("/cases/{id}/verify"))
        .await
        .shows(403)
        .says(says);
}

async fn the_person_who_claims_does_not_approve(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.classifies(id, Instrument::OwnClaim, &[("claimant", "carla  RUIZ")])
        .await
        .goes_to("/cases/");
    desk.signed_in("ben")
        .await
        .calls_back(id)
        .await
        .goes_to("/cases/");
    anna.submits(id).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    let approve = [("verdict", "approve"), ("not_claiming", "yes")];
    let says = "You are named as the person harmed or claiming";
    refused(&carla, id, StepKind::Decide, &approve, 403, says).await;
}

async fn an_emergency_that_was_not_upheld_discloses_nothing_more(desk: &Desk) {
    let id = released(desk).await;
    let dev = desk.signed_in("dev").await;
    let review = [
        ("finding", "not_upheld"),
        ("reasons", "There was no danger."),
    ];
    dev.takes(id, StepKind::Review, &review)
        .await
        .goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    let before = desk.case(id).await;
    let answer = anna.forces(id, StepKind::Disclose, &[]).await;
    assert!(
        [409, 422].contains(&answer.status.as_u16()),
        "{}",
        answer.text()
    );
    assert_eq!(desk.case(id).await, before);
    assert!(before.disclosures().is_empty());
}

#[tokio::test]
async fn whoever_was_demoted_under_their_own_request_signs_nothing() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let cookie = carla.cookie().unwrap();
    let (_, token) = cookie.split_once('=').unwrap();
    // Her request has come in and was let through; then the administrator's is faster.
    let here = desk.office.at(desk.office.session(token).await.unwrap());
    let finn = desk.signed_in("finn").await;
    let page = format!("/members/{}", desk.member("carla").await.id);
    let change = [("do", "rename"), ("name", "Carla Ruiz-Moe")];
    finn.post(&page, &change).await.goes_to(&page);
    let seen = desk.case(id).await.version();
    let fields = APPROVE.iter().copied().collect();
    let answer = here.take_form(id, seen, StepKind::Decide, &fields).await;
    assert!(matches!(answer, Err(app::fault::Fault::SignedOut)));
    desk.stands(id, Stage::InReview).await;
    desk.holds().await;
}
