//! Whole lives of cases, from the first form to the last.

use casework::{
    case::{Stage, StepKind},
    disclosure::Outcome,
    instrument::Instrument,
};

use crate::house::{APPROVE, DENY, Desk, IN_PART, PDF, RELEASE, REQUEST, on_both, request_with};

on_both!(
    a_directive_is_approved_in_part_disclosed_recorded_and_closed,
    an_emergency_takes_a_call_back_by_another_and_two_managers,
    the_companys_own_claim_is_denied_with_its_reason,
    a_returned_case_is_mended_and_approved,
    a_withdrawn_case_is_taken_up_again_with_its_past,
    a_preservation_discloses_nothing,
    an_order_attached_by_mistake_is_struck_and_stays_readable,
);

async fn a_directive_is_approved_in_part_disclosed_recorded_and_closed(desk: &Desk) {
    let case = desk.in_review(Instrument::Subpoena).await;
    desk.stands(case, Stage::InReview).await;
    let carla = desk.signed_in("carla").await;
    carla
        .decides(case, IN_PART)
        .await
        .goes_to(&format!("/cases/{case}?done=decide"));
    desk.stands(case, Stage::PartlyApproved).await;
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, &[("answer.email_address", "produced")])
        .await
        .goes_to("/cases/");
    desk.stands(case, Stage::Disclosed).await;

    let eve = desk.signed_in("eve").await;
    let record = eve
        .get(&format!("/cases/{case}/record.pdf"))
        .await
        .shows(200);
    assert!(record.bytes.starts_with(b"%PDF"));
    let number = desk.case(case).await.number();
    let disposition = record.header("content-disposition");
    assert!(disposition.starts_with(&format!("attachment; filename=\"{number}.pdf\"")));

    let closing = [
        ("notice", "notified_after"),
        ("words", "Told by letter on 2 March."),
    ];
    anna.takes(case, StepKind::Close, &closing)
        .await
        .goes_to("/cases/");
    desk.stands(case, Stage::Closed).await;
    assert_eq!(desk.case(case).await.outcome(), Outcome::ProducedInPart);
    assert_eq!(
        desk.actions(case).await,
        [
            "case.draft",
            "case.file",
            "case.classify",
            "case.attach",
            "case.verify",
            "case.submit",
            "case.decide",
            "case.disclose",
            "record.issue",
            "case.close",
        ]
    );
    assert_eq!(desk.times("record.read").await, 1);
    desk.holds().await;
}

async fn an_emergency_takes_a_call_back_by_another_and_two_managers(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let case = anna.files(REQUEST).await;
    anna.classifies(case, Instrument::EmergencyRequest, &[])
        .await
        .goes_to("/cases/");
    let unverified = anna.forces(case, StepKind::Submit, &[]).await;
    unverified
        .shows(422)
        .says("The gate is not passed")
        .says("call-back");
    let ben = desk.signed_in("ben").await;
    ben.calls_back(case).await.goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla.decides(case, RELEASE).await.goes_to("/cases/");
    desk.stands(case, Stage::Approved).await;
    let answers = [
        ("answer.email_address", "produced"),
        ("answer.ip_history", "not_held"),
    ];
    ben.discloses(case, &answers).await.goes_to("/cases/");
    let closing = [
        ("notice", "exigent_delay"),
        ("delayed_until", "2026-05-31"),
        ("words", "Not before the search ends."),
    ];
    let too_early = anna.forces(case, StepKind::Close, &closing).await;
    too_early
        .shows(409)
        .says("A second manager must review the release");

    let review = [("finding", "upheld"), ("reasons", "The danger was plain.")];
    let same = carla.forces(case, StepKind::Review, &review).await;
    same.shows(403)
        .says("Carla Ruiz approved this release and may not review it");
    let dev = desk.signed_in("dev").await;
    dev.takes(case, StepKind::Review, &review)
        .await
        .goes_to("/cases/");
    anna.takes(case, StepKind::Close, &closing)
        .await
        .goes_to("/cases/");
    desk.stands(case, Stage::Closed).await;
    desk.holds().await;
}

async fn the_companys_own_claim_is_denied_with_its_reason(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let case = anna
        .files(&request_with(&[("requester_kind", "our_company")]))
        .await;
    let claim = [("claimant", "Greta Holm")];
    anna.classifies(case, Instrument::OwnClaim, &claim)
        .await
        .goes_to("/cases/");
    desk.signed_in("ben")
        .await
        .calls_back(case)
        .await
        .goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    let unanswered = carla.decides(case, APPROVE).await;
    unanswered
        .shows(422)
        .faults("not_claiming", "you are not the person harmed or claiming");
    carla.decides(case, DENY).await.goes_to("/cases/");
    desk.stands(case, Stage::Denied).await;
    anna.get(&format!("/cases/{case}"))
        .await
        .says("It covers a whole year.");
    let closing = [
        ("notice", "not_required"),
        ("words", "Nothing was disclosed."),
    ];
    anna.takes(case, StepKind::Close, &closing)
        .await
        .goes_to("/cases/");
    assert_eq!(desk.case(case).await.outcome(), Outcome::Rejected);
    desk.holds().await;
}

async fn a_returned_case_is_mended_and_approved(desk: &Desk) {
    let case = desk.in_review(Instrument::SearchWarrant).await;
    let (anna, carla) = (desk.signed_in("anna").await, desk.signed_in("carla").await);
    let back = [("verdict", "return"), ("needs", "Which county is it?")];
    carla.decides(case, &back).await.goes_to("/cases/");
    desk.stands(case, Stage::Returned).await;
    anna.get(&format!("/cases/{case}"))
        .await
        .says("Which county is it?");
    let mended = [("authority", "Lakeside Police Department, Harbor County")];
    anna.takes(case, StepKind::Edit, &mended)
        .await
        .goes_to("/cases/");
    anna.get(&format!("/cases/{case}"))
        .await
        .says("Harbor County");
    // Whoever was confirmed is not who asks now.
    anna.forces(case, StepKind::Submit, &[])
        .await
        .shows(422)
        .says("after they were changed");
    desk.minutes_pass(2);
    let ben = desk.signed_in("ben").await;
    ben.calls_back(case).await.goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    carla.decides(case, APPROVE).await.goes_to("/cases/");
    desk.stands(case, Stage::Approved).await;
    assert_eq!(desk.case(case).await.decisions().len(), 2);
    desk.holds().await;
}

async fn a_withdrawn_case_is_taken_up_again_with_its_past(desk: &Desk) {
    let case = desk.approved().await;
    let anna = desk.signed_in("anna").await;
    let said = [("reasons", "They called it off.")];
    anna.takes(case, StepKind::Withdraw, &said)
        .await
        .goes_to("/cases/");
    desk.stands(case, Stage::Withdrawn).await;
    let again = [("reasons", "They changed their mind.")];
    let carla = desk.signed_in("carla").await;
    carla
        .takes(case, StepKind::Reopen, &again)
        .await
        .goes_to("/cases/");
    let page = anna.get(&format!("/cases/{case}")).await;
    page.says("They called it off.")
        .says("They changed their mind.");
    assert_eq!(desk.case(case).await.decisions().len(), 1);
    desk.holds().await;
}

async fn a_preservation_discloses_nothing(desk: &Desk) {
    let case = desk.in_review(Instrument::PreservationRequest).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(case, APPROVE).await.goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    let disclosed = anna.forces(case, StepKind::Disclose, &[]).await;
    disclosed
        .shows(409)
        .says("nothing may be disclosed under it");
    let closing = [("notice", "not_required"), ("words", "The hold ended.")];
    anna.takes(case, StepKind::Close, &closing)
        .await
        .shows(409)
        .says("Nobody holds the data that is to be preserved");
    let hold = [
        ("owner", "Jo Lindqvist, storage"),
        ("what", "The account's sign-in history of February."),
        ("kept_in", "cold copy two"),
    ];
    anna.takes(case, StepKind::Hold, &hold)
        .await
        .goes_to("/cases/");
    let at = desk.this_minute();
    let release = [
        ("reasons", "The ninety days are over and no order came."),
        ("deleted_by", "Jo Lindqvist"),
        ("deleted_at", at.as_str()),
        ("zone", "UTC"),
        ("deleted_what", "The copy; deletion log 4711."),
    ];
    anna.takes(case, StepKind::Release, &release)
        .await
        .goes_to("/cases/");
    anna.takes(case, StepKind::Close, &closing)
        .await
        .goes_to("/cases/");
    desk.stands(case, Stage::Closed).await;
    assert_eq!(desk.case(case).await.outcome(), Outcome::PreservedOnly);
    desk.holds().await;
}

async fn an_order_attached_by_mistake_is_struck_and_stays_readable(desk: &Desk) {
    let case = desk.ready_to_submit(Instrument::SearchWarrant).await;
    let anna = desk.signed_in("anna").await;
    let other = [PDF, b"other"].concat();
    anna.uploads(case, &[("mistake.pdf", &other)])
        .await
        .goes_to("/cases/");
    let order = desk.case(case).await.orders()[1].order().id.to_string();
    let strike = [
        ("order", order.as_str()),
        ("reasons", "It belongs to another case."),
    ];
    anna.takes(case, StepKind::Strike, &strike)
        .await
        .goes_to("/cases/");
    assert_eq!(desk.case(case).await.standing_orders().count(), 1);
    let bytes = anna
        .get(&format!("/cases/{case}/orders/{order}"))
        .await
        .shows(200);
    assert_eq!(bytes.bytes, other);
    desk.holds().await;
}
