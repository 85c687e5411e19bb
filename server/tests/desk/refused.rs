//! Every refusal of the rules, met by a real form post; each is told in the ledger and changes
//! nothing.

use casework::{
    case::{Case, CaseId, StepKind},
    instrument::Instrument,
    ledger::Entry,
};

use crate::house::{
    APPROVE, DENY, Desk, IN_PART, PDF, Person, REQUEST, Sent, call_back, classification, on_both,
};

const SAID: Sent<'static> = &[("reasons", "It was called off.")];
pub const UPHELD: Sent<'static> = &[("finding", "upheld"), ("reasons", "The danger was plain.")];
const CLOSING: Sent<'static> = &[("notice", "not_required"), ("words", "Nothing was sent.")];

/// Posts a step that is refused with this status and sentence; afterwards the case is as before,
/// and the ledger tells of the attempt.
pub async fn refused(
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

on_both!(
    nobody_takes_the_steps_of_another_role,
    a_step_out_of_its_stage_is_refused,
    nothing_is_approved_beyond_what_the_instrument_reaches,
    a_shut_gate_lets_nobody_through,
    what_was_not_granted_is_never_produced,
);

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
    use StepKind::{
        Classify, Close, Decide, Disclose, Draft, Edit, Reopen, Review, Strike, Submit, Withdraw,
    };
    let id = desk.ready_to_submit(Instrument::SearchWarrant).await;
    let (anna, carla) = (desk.signed_in("anna").await, desk.signed_in("carla").await);
    let says = "This case is filed; one can decide a case only while it is in review.";
    refused(&carla, id, Decide, APPROVE, 409, says).await;
    let says = "This case is filed";
    refused(&carla, id, Review, UPHELD, 409, says).await;
    refused(&carla, id, Reopen, SAID, 409, says).await;
    refused(&anna, id, Disclose, &[], 409, says).await;
    refused(&anna, id, Close, CLOSING, 409, says).await;
    refused(&anna, id, Draft, REQUEST, 409, says).await;

    anna.submits(id).await.goes_to("/cases/");
    let says = "This case is in review";
    refused(&anna, id, Edit, REQUEST, 409, says).await;
    refused(&anna, id, Submit, &[], 409, says).await;
    refused(&anna, id, Strike, SAID, 409, says).await;
    let classified = classification(Instrument::Subpoena, &[]);
    refused(&anna, id, Classify, &classified, 409, says).await;

    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let says = "This case is approved";
    refused(&carla, id, Review, UPHELD, 409, says).await;
    let says = "Nothing was disclosed yet";
    refused(&anna, id, Close, CLOSING, 409, says).await;
    let withdrawn = anna.takes(id, Withdraw, SAID).await;
    withdrawn.goes_to("/cases/");
    let says = "This case is withdrawn";
    refused(&anna, id, Withdraw, SAID, 409, says).await;
    refused(&anna, id, Close, CLOSING, 409, says).await;
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
