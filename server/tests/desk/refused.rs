//! Every refusal of the rules, met by a real form post; each is told in the ledger and changes
//! nothing.

use casework::{
    case::{Case, CaseId, Stage, StepKind},
    instrument::Instrument,
    ledger::Entry,
};

use crate::house::{
    APPROVE, DENY, Desk, IN_PART, PDF, Person, REQUEST, Sent, call_back, classification, house,
    on_both,
};

const SAID: Sent<'static> = &[("reasons", "It was called off.")];
const UPHELD: Sent<'static> = &[("finding", "upheld"), ("reasons", "The danger was plain.")];
const CLOSING: Sent<'static> = &[("notice", "not_required"), ("words", "Nothing was sent.")];

/// Posts a step that is refused with this status and sentence; afterwards the case is as before,
/// and the ledger tells of the attempt.
async fn refused(
    person: &Person<'_>,
    id: CaseId,
    step: StepKind,
    typed: Sent<'_>,
    status: u16,
    sentence: &str,
) {
    let desk = person.desk;
    let (before, times): (Case, _) = (desk.case(id).await, attempts(desk, id, step).await.len());
    let answer = person.forces(id, step, typed).await;
    answer.shows(status).says(sentence);
    assert_eq!(
        desk.case(id).await,
        before,
        "a refused {step} changed the case"
    );
    let told = attempts(desk, id, step).await;
    assert_eq!(
        told.len(),
        times + 1,
        "a refused {step} is not in the ledger"
    );
    assert!(told[times].contains(sentence), "{told:?}");
}

async fn attempts(desk: &Desk, id: CaseId, step: StepKind) -> Vec<String> {
    let told = desk.told(id).await;
    let attempts = told.into_iter().filter_map(|entry| match entry {
        Entry::Refused {
            step: tried, says, ..
        } if tried == step => Some(says),
        _ => None,
    });
    attempts.collect()
}

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
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    id
}

on_both!(
    whoever_filed_a_case_decides_it_neither_after_a_promotion,
    whoever_edited_a_case_does_not_decide_it,
    whoever_classified_a_case_does_not_decide_it,
    a_manager_who_called_back_gave_up_deciding,
    a_release_is_reviewed_by_nobody_who_had_a_hand_in_the_case,
    whoever_filed_an_emergency_does_not_call_back,
    nobody_takes_the_steps_of_another_role,
    a_step_out_of_its_stage_is_refused,
    nothing_is_approved_beyond_what_the_instrument_reaches,
    a_shut_gate_lets_nobody_through,
    what_was_not_granted_is_never_produced,
    the_person_who_claims_does_not_approve,
    an_emergency_that_was_not_upheld_discloses_nothing_more,
);

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
    let says = "Carla Ruiz released this emergency and may not review it";
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

async fn nobody_takes_the_steps_of_another_role(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let at = desk.just_now();
    let verification = call_back(&at);
    let classified = classification(Instrument::SearchWarrant, &[]);
    for step in StepKind::ALL {
        let typed: Sent<'_> = match step {
            StepKind::Verify => &verification,
            StepKind::Classify => &classified,
            StepKind::Decide => APPROVE,
            StepKind::Review => UPHELD,
            StepKind::Close => CLOSING,
            StepKind::Draft | StepKind::Edit => REQUEST,
            _ => SAID,
        };
        // A request is filed on the page of its draft.
        let told = if *step == StepKind::File {
            &StepKind::Draft
        } else {
            step
        };
        for (name, role, plural) in [
            ("anna", casework::member::Role::Staff, "Legal staff"),
            ("carla", casework::member::Role::Manager, "Managers"),
            ("eve", casework::member::Role::Auditor, "Auditors"),
            (
                "finn",
                casework::member::Role::Administrator,
                "Administrators",
            ),
        ] {
            if !step.roles().contains(&role) {
                let person = desk.signed_in(name).await;
                let says = format!("{plural} may not {}", told.verb());
                refused(&person, id, *told, typed, 403, &says).await;
            }
        }
    }
    for name in ["carla", "eve", "finn"] {
        let answer = desk.signed_in(name).await.post("/cases/new", REQUEST).await;
        answer
            .shows(403)
            .says("may not file a request; legal staff do.");
    }
    desk.holds().await;
}

async fn a_step_out_of_its_stage_is_refused(desk: &Desk) {
    let id = desk.ready_to_submit(Instrument::SearchWarrant).await;
    let (anna, carla) = (desk.signed_in("anna").await, desk.signed_in("carla").await);
    let early = "This case is filed; one can decide a case only while it is in review.";
    refused(&carla, id, StepKind::Decide, APPROVE, 409, early).await;
    refused(
        &carla,
        id,
        StepKind::Review,
        UPHELD,
        409,
        "This case is filed",
    )
    .await;
    refused(
        &carla,
        id,
        StepKind::Reopen,
        SAID,
        409,
        "This case is filed",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Disclose,
        &[],
        409,
        "This case is filed",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Close,
        CLOSING,
        409,
        "This case is filed",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Draft,
        REQUEST,
        409,
        "This case is filed",
    )
    .await;
    anna.submits(id).await.goes_to("/cases/");
    refused(
        &anna,
        id,
        StepKind::Edit,
        REQUEST,
        409,
        "This case is in review",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Submit,
        &[],
        409,
        "This case is in review",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Strike,
        SAID,
        409,
        "This case is in review",
    )
    .await;
    let classified = classification(Instrument::Subpoena, &[]);
    refused(
        &anna,
        id,
        StepKind::Classify,
        &classified,
        409,
        "This case is in review",
    )
    .await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    refused(
        &carla,
        id,
        StepKind::Review,
        UPHELD,
        409,
        "This case is approved",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Close,
        CLOSING,
        409,
        "Nothing was disclosed yet",
    )
    .await;
    anna.takes(id, StepKind::Withdraw, SAID)
        .await
        .goes_to("/cases/");
    refused(
        &anna,
        id,
        StepKind::Withdraw,
        SAID,
        409,
        "This case is withdrawn",
    )
    .await;
    refused(
        &anna,
        id,
        StepKind::Attach,
        &[],
        409,
        "This case is withdrawn",
    )
    .await;
    desk.holds().await;
}

async fn nothing_is_approved_beyond_what_the_instrument_reaches(desk: &Desk) {
    let id = desk.in_review(Instrument::Subpoena).await;
    let carla = desk.signed_in("carla").await;
    let says = "A subpoena";
    refused(&carla, id, StepKind::Decide, APPROVE, 422, says).await;
    let both = [
        ("verdict", "approve_in_part"),
        ("grant.email_address", "no"),
        ("email_address.code", "vague"),
        ("email_address.reasons", "Which?"),
        ("grant.ip_history", "yes"),
    ];
    refused(&carla, id, StepKind::Decide, &both, 422, says).await;
    let shown = carla.forces(id, StepKind::Decide, &both).await.shows(422);
    shown.faults("grant.ip_history", says);
    let all = [
        ("verdict", "approve_in_part"),
        ("grant.email_address", "yes"),
        ("grant.ip_history", "yes"),
    ];
    refused(&carla, id, StepKind::Decide, &all, 422, "A subpoena").await;
}

async fn a_shut_gate_lets_nobody_through(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    refused(
        &anna,
        id,
        StepKind::Submit,
        &[],
        422,
        "The gate is not passed: The case is classified under one ground.",
    )
    .await;
    anna.classifies(id, Instrument::SearchWarrant, &[("signed", "no")])
        .await
        .goes_to("/cases/");
    refused(
        &anna,
        id,
        StepKind::Submit,
        &[],
        422,
        "The order itself is attached.",
    )
    .await;
    anna.uploads(id, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    refused(
        &anna,
        id,
        StepKind::Submit,
        &[],
        422,
        "The requester is verified.",
    )
    .await;
    desk.signed_in("ben")
        .await
        .calls_back(id)
        .await
        .goes_to("/cases/");
    anna.submits(id).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    refused(
        &carla,
        id,
        StepKind::Decide,
        APPROVE,
        422,
        "No signature or seal was seen.",
    )
    .await;
    carla.decides(id, DENY).await.goes_to("/cases/");
}

async fn what_was_not_granted_is_never_produced(desk: &Desk) {
    let id = desk.in_review(Instrument::Subpoena).await;
    desk.signed_in("carla")
        .await
        .decides(id, IN_PART)
        .await
        .goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    let answers = [("answer.email_address", "produced")];
    anna.discloses(id, &answers).await.goes_to("/cases/");
    let produced = desk.case(id).await.produced();
    assert_eq!(produced.len(), 1, "{produced:?}");
    // A field that was forged is not read: what is not granted has no answer.
    assert!(desk.case(id).await.disclosures()[0].what.answers.len() == 1);
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
