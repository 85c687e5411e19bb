//! A month of a small web company's desk, from its first subpoena to the day a gag ends.

use casework::{
    case::{Awaits, CaseId, Stage, StepKind},
    clock::{self, ClockKind},
    disclosure::Outcome,
    instrument::Instrument,
    reason::ReasonCode,
};

use store::MailBox;

use crate::house::{APPROVE, Desk, IN_PART, PDF, Person, RELEASE, case_in, on_both, request_with};

on_both!(
    a_grand_jury_subpoena_is_narrowed_to_subscriber_data,
    an_emergency_with_a_failed_call_back_is_not_released_and_one_with_a_good_one_is,
    a_warrant_is_gagged_and_when_the_gag_ends_a_notice_falls_due,
    a_preservation_order_is_renewed_and_then_produced,
    a_civil_subpoena_gets_no_contents,
    a_foreign_direct_request_is_redirected_without_confirming_an_account,
    the_companys_own_claim_is_denied,
    a_public_forum_post_and_a_clients_visitors_are_answered_without_disclosure,
    the_subjects_objection_stops_production_until_it_is_settled,
    a_clock_is_paused_with_its_reason,
    a_table_that_changes_leaves_the_cases_before_it_as_they_were,
    a_notice_by_mail_is_posted_with_its_step,
);

/// A request that is filed, classified, with its order on file and its requester verified.
async fn prepared(
    desk: &Desk,
    instrument: Instrument,
    request: &[(&str, &str)],
    classified: &[(&str, &str)],
) -> CaseId {
    let anna = desk.signed_in("anna").await;
    let case = anna.files(&request_with(request)).await;
    anna.classifies(case, instrument, classified)
        .await
        .goes_to("/cases/");
    anna.uploads(case, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    let ben = desk.signed_in("ben").await;
    ben.calls_back(case).await.goes_to("/cases/");
    case
}

async fn looked(anna: &Person<'_>, case: CaseId, answers: &[(&str, &str)]) {
    anna.takes(case, StepKind::Search, answers)
        .await
        .goes_to(&format!("/cases/{case}?done=search"));
}

async fn a_grand_jury_subpoena_is_narrowed_to_subscriber_data(desk: &Desk) {
    let statute = [("statute", "Grand jury of Harbor County, no. 26-GJ-11")];
    let case = prepared(desk, Instrument::Subpoena, &[], &statute).await;
    let anna = desk.signed_in("anna").await;
    looked(
        &anna,
        case,
        &[("held.email_address", "held"), ("held.ip_history", "held")],
    )
    .await;
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla
        .decides(case, APPROVE)
        .await
        .shows(422)
        .says("A subpoena reaches subscriber data at most; IP history is traffic data");
    carla.decides(case, IN_PART).await.goes_to("/cases/");
    // What was refused cannot be produced, whatever a form sends.
    anna.discloses(case, &[("answer.email_address", "produced")])
        .await
        .goes_to("/cases/");
    let done = desk.case(case).await;
    assert_eq!(done.outcome(), Outcome::ProducedInPart);
    anna.get(&format!("/cases/{case}"))
        .await
        .says("Instrument insufficient for category")
        .says("Anna Berg");
    desk.holds().await;
}

/// The eight answers that an emergency is filed with.
const CALL: &[(&str, &str)] = &[
    ("authority", "Harbor Coast Rescue"),
    ("person", "Sam Ortiz"),
    ("phone", "+1 555 0150"),
    ("identifier_value", "jane@subject.example"),
    ("categories", "ip_history"),
    ("who", "Jane Roe, who owns the account"),
    ("danger", "Drowning: her boat fell silent."),
    ("by_when", "within hours"),
];

async fn files_an_emergency(person: &Person<'_>) -> CaseId {
    let answer = person.fills("/emergency", "/emergency", CALL).await;
    case_in(&answer.goes_to("/cases/"))
}

fn call_back<'a>(at: &'a str, contact: &'a str, finding: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("method", "call_back"),
        ("contact", contact),
        ("source", "the coast guard's printed directory"),
        ("answered_by", "Duty officer Lee"),
        ("at", at),
        ("zone", "UTC"),
        ("finding", finding),
    ]
}

async fn an_emergency_with_a_failed_call_back_is_not_released_and_one_with_a_good_one_is(
    desk: &Desk,
) {
    let (anna, ben) = (desk.signed_in("anna").await, desk.signed_in("ben").await);
    let (carla, dev) = (desk.signed_in("carla").await, desk.signed_in("dev").await);
    let reasons = [
        ("averts", "Its last address narrows the search."),
        ("too_slow", "No court sits before morning."),
    ];
    let filed = async || {
        let case = files_an_emergency(&anna).await;
        assert_eq!(desk.case(case).await.stage(), Stage::Filed);
        let mut told: Vec<(&str, &str)> = CALL[5..].to_vec();
        told.extend(reasons);
        anna.classifies(case, Instrument::EmergencyRequest, &told)
            .await
            .goes_to("/cases/");
        case
    };
    let at = desk.just_now();

    // The impostor: the directory's number knows nobody of this name.
    let fake = filed().await;
    let own_number = call_back(&at, "+1 (555) 0150", "confirmed");
    ben.takes(fake, StepKind::Verify, &own_number)
        .await
        .shows(422)
        .says("This is the number that the request itself gives");
    let nobody = call_back(&at, "+1 555 0199", "not_confirmed");
    ben.takes(fake, StepKind::Verify, &nobody)
        .await
        .goes_to("/cases/");
    anna.submits(fake).await.goes_to("/cases/");
    carla
        .decides(fake, RELEASE)
        .await
        .shows(422)
        .says("Ben Okafor could not confirm the requester");
    assert!(desk.actions(fake).await.contains(&"case.refused"));
    let deny = [
        ("verdict", "deny"),
        ("code", "requester_unverified"),
        ("reasons", "The rescue centre knows nobody of this name."),
    ];
    carla.decides(fake, &deny).await.goes_to("/cases/");

    let real = filed().await;
    // Minutes count: whoever confirmed puts it before a manager in the same act.
    let mut good = call_back(&at, "+1 555 0199", "confirmed");
    good.push(("submit", "yes"));
    ben.takes(real, StepKind::Verify, &good)
        .await
        .goes_to("/cases/");
    desk.stands(real, Stage::InReview).await;
    carla
        .decides(real, APPROVE)
        .await
        .shows(422)
        .faults("span_from", "for stated days of data only");
    carla.decides(real, RELEASE).await.goes_to("/cases/");
    let case = desk.case(real).await;
    let kinds: Vec<_> = clock::clocks(&case).iter().map(|one| one.kind).collect();
    for kind in [ClockKind::Review, ClockKind::Process, ClockKind::Release] {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
    ben.discloses(real, &[("answer.ip_history", "produced")])
        .await
        .goes_to("/cases/");
    // Nobody reviewed: the desk says so wherever cases are counted.
    desk.hours_pass(50);
    let dev = {
        drop(dev);
        desk.signed_in("dev").await
    };
    dev.get("/cases").await.says("not been reviewed");
    let review = [("finding", "upheld"), ("reasons", "The danger was plain.")];
    dev.takes(real, StepKind::Review, &review)
        .await
        .goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    let process = [
        ("arrived", "no"),
        ("reasons", "The prosecutor on duty was reminded on day 30."),
    ];
    anna.takes(real, StepKind::Process, &process)
        .await
        .goes_to("/cases/");
    desk.holds().await;
}

async fn a_warrant_is_gagged_and_when_the_gag_ends_a_notice_falls_due(desk: &Desk) {
    let case = prepared(desk, Instrument::SearchWarrant, &[], &[]).await;
    let anna = desk.signed_in("anna").await;
    let gag = [
        ("basis", "18 USC 2705(b), order of 20 February"),
        ("from", "2026-02-20"),
        ("until", "2026-03-20"),
    ];
    anna.takes(case, StepKind::Gag, &gag)
        .await
        .goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla.decides(case, APPROVE).await.goes_to("/cases/");
    anna.discloses(
        case,
        &[
            ("answer.email_address", "produced"),
            ("answer.ip_history", "produced"),
        ],
    )
    .await
    .goes_to("/cases/");
    let closing = [("notice", "gagged"), ("gagged_until", "2026-03-20")];
    anna.takes(case, StepKind::Close, &closing)
        .await
        .goes_to("/cases/");
    let at = desk.just_now();
    let told = [
        ("how", "elsewhere"),
        ("to", "sam.m@subject.example"),
        ("sent", at.as_str()),
        ("zone", "UTC"),
        ("what", "A court ordered us to disclose data about you."),
    ];
    anna.forces(case, StepKind::Notify, &told)
        .await
        .shows(409)
        .says("until the end of 2026-03-20");
    let gagged = clock::next(&desk.case(case).await).unwrap();
    assert_eq!(gagged.kind, ClockKind::Gag);
    // The day it ends: the notice is what this closed case still owes.
    desk.hours_pass(24 * 19);
    let anna = desk.signed_in("anna").await;
    let at = desk.just_now();
    let told: Vec<_> = told
        .iter()
        .map(|(name, value)| {
            if *name == "sent" {
                (*name, at.as_str())
            } else {
                (*name, *value)
            }
        })
        .collect();
    anna.takes(case, StepKind::Notify, &told)
        .await
        .goes_to("/cases/");
    assert!(clock::next(&desk.case(case).await).is_none());
    desk.holds().await;
}

async fn a_preservation_order_is_renewed_and_then_produced(desk: &Desk) {
    let case = prepared(desk, Instrument::EpocPr, &[("country", "Austria")], &[]).await;
    let anna = desk.signed_in("anna").await;
    let hold = [
        ("owner", "Jo Lindqvist, storage"),
        ("what", "Profile and sign-in history."),
        ("kept_in", "the cold copy of cluster two"),
    ];
    anna.takes(case, StepKind::Hold, &hold)
        .await
        .goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla.decides(case, APPROVE).await.goes_to("/cases/");
    let until = async || {
        let case = desk.case(case).await;
        let clock = clock::clocks(&case)
            .into_iter()
            .find(|clock| clock.kind == ClockKind::Preserve);
        clock
            .and_then(|clock| clock.ends)
            .map(|ends| ends.to_string())
    };
    // Received on 1 March in New York: sixty days end with 30 April there, thirty more with 30 May.
    assert_eq!(until().await.as_deref(), Some("2026-05-01T03:59:59Z"));
    let renewal = [("of", "hold"), ("reference", "Form 6 of 20 April")];
    anna.takes(case, StepKind::Renew, &renewal)
        .await
        .goes_to("/cases/");
    assert_eq!(until().await.as_deref(), Some("2026-05-31T03:59:59Z"));
    let close = [("notice", "not_required"), ("words", "Only preserved.")];
    anna.forces(case, StepKind::Close, &close)
        .await
        .shows(409)
        .says("Jo Lindqvist, storage still holds data");

    let production = prepared(desk, Instrument::Epoc, &[], &[("emergency_flag", "no")]).await;
    let number = desk.case(production).await.number().to_string();
    anna.takes(case, StepKind::Convert, &[("production", "DD-2026-09999")])
        .await
        .shows(422)
        .faults("production", "No case has this number");
    anna.takes(case, StepKind::Convert, &[("production", &number)])
        .await
        .goes_to("/cases/");
    anna.get(&format!("/cases/{case}")).await.says(&number);
    let release = [("reasons", "Everything went out with the production.")];
    anna.takes(case, StepKind::Release, &release)
        .await
        .goes_to("/cases/");
    anna.takes(case, StepKind::Close, &close)
        .await
        .goes_to("/cases/");
    assert_eq!(desk.case(case).await.outcome(), Outcome::PreservedOnly);
    desk.holds().await;
}

async fn a_civil_subpoena_gets_no_contents(desk: &Desk) {
    let contents = [
        ("requester_kind", "attorney"),
        ("categories", "recorded_communications"),
    ];
    let case = prepared(desk, Instrument::CivilSubpoena, &contents, &[]).await;
    let anna = desk.signed_in("anna").await;
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla
        .decides(case, APPROVE)
        .await
        .shows(422)
        .says("A civil subpoena reaches subscriber data at most");
    let deny = [
        ("verdict", "deny"),
        ("code", "instrument_insufficient"),
        ("reasons", "No civil subpoena reaches contents."),
    ];
    carla.decides(case, &deny).await.goes_to("/cases/");
    assert_eq!(desk.case(case).await.outcome(), Outcome::Rejected);
    desk.holds().await;
}

async fn a_foreign_direct_request_is_redirected_without_confirming_an_account(desk: &Desk) {
    let case = prepared(
        desk,
        Instrument::ForeignDirect,
        &[("country", "Norway")],
        &[],
    )
    .await;
    let anna = desk.signed_in("anna").await;
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    carla
        .decides(case, APPROVE)
        .await
        .shows(422)
        .says("without confirming that an account exists");
    let deny = [
        ("verdict", "deny"),
        ("code", "foreign"),
        ("reasons", "Please use mutual legal assistance."),
    ];
    carla.decides(case, &deny).await.goes_to("/cases/");
    desk.stands(case, Stage::Denied).await;
    desk.holds().await;
}

async fn the_companys_own_claim_is_denied(desk: &Desk) {
    let own = [("requester_kind", "our_company")];
    let case = prepared(
        desk,
        Instrument::OwnClaim,
        &own,
        &[("claimant", "Greta Holm")],
    )
    .await;
    let anna = desk.signed_in("anna").await;
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    let deny = [
        ("verdict", "deny"),
        ("code", "not_necessary"),
        ("reasons", "A letter before action will do."),
    ];
    carla.decides(case, &deny).await.goes_to("/cases/");
    anna.get(&format!("/cases/{case}"))
        .await
        .says("A letter before action will do.")
        .says("Not reasonably necessary");
    desk.holds().await;
}

async fn a_public_forum_post_and_a_clients_visitors_are_answered_without_disclosure(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let carla = desk.signed_in("carla").await;
    for (holding, code, outcome) in [
        ("public_or_not_ours", "already_public", Outcome::Rejected),
        (
            "redirected_to_controller",
            "redirect_to_controller",
            Outcome::RedirectedToController,
        ),
    ] {
        let case = prepared(desk, Instrument::CourtOrder2703d, &[], &[]).await;
        looked(
            &anna,
            case,
            &[
                ("held.email_address", holding),
                ("held.ip_history", holding),
                (
                    "remarks",
                    "Looked up in the forum and in the client's space.",
                ),
            ],
        )
        .await;
        anna.submits(case).await.goes_to("/cases/");
        carla
            .decides(case, APPROVE)
            .await
            .shows(422)
            .says("so it can be neither granted nor produced");
        let deny = [
            ("verdict", "deny"),
            ("code", code),
            ("reasons", "It is not ours to disclose."),
        ];
        carla.decides(case, &deny).await.goes_to("/cases/");
        assert_eq!(desk.case(case).await.outcome(), outcome);
    }
    desk.holds().await;
}

async fn the_subjects_objection_stops_production_until_it_is_settled(desk: &Desk) {
    let case = desk.approved().await;
    let anna = desk.signed_in("anna").await;
    let at = desk.just_now();
    let told = [
        ("how", "elsewhere"),
        ("to", "sam.m@subject.example"),
        ("sent", at.as_str()),
        ("zone", "UTC"),
        ("what", "A court ordered us to disclose data about you."),
    ];
    anna.takes(case, StepKind::Notify, &told)
        .await
        .goes_to("/cases/");
    let answers = [
        ("answer.email_address", "produced"),
        ("answer.ip_history", "produced"),
    ];
    anna.discloses(case, &answers)
        .await
        .shows(409)
        .says("The subject may object until");
    let objection = [
        ("by", "Counsel for the subject"),
        ("at", at.as_str()),
        ("zone", "UTC"),
        ("what", "The warrant names another account."),
    ];
    anna.takes(case, StepKind::Object, &objection)
        .await
        .goes_to("/cases/");
    assert_eq!(desk.case(case).await.awaits(), Awaits::Manager);
    desk.hours_pass(24 * 12);
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, &answers)
        .await
        .shows(409)
        .says("Counsel for the subject objected");
    let settlement = [
        ("finding", "overruled"),
        ("reasons", "It names this account by its number."),
    ];
    anna.forces(case, StepKind::Settle, &settlement)
        .await
        .shows(403);
    let dev = desk.signed_in("dev").await;
    dev.takes(case, StepKind::Settle, &settlement)
        .await
        .goes_to("/cases/");
    anna.discloses(case, &answers).await.goes_to("/cases/");
    anna.get(&format!("/cases/{case}"))
        .await
        .says("The warrant names another account.")
        .says("It names this account by its number.");
    desk.holds().await;
}

async fn a_clock_is_paused_with_its_reason(desk: &Desk) {
    let case = prepared(desk, Instrument::Epoc, &[], &[("emergency_flag", "no")]).await;
    let anna = desk.signed_in("anna").await;
    let because = "We asked which of two accounts is meant.";
    let pause = [("clock", "statutory"), ("reasons", because)];
    anna.takes(case, StepKind::Pause, &pause)
        .await
        .goes_to("/cases/");
    anna.get(&format!("/cases/{case}")).await.says(because);
    anna.takes(case, StepKind::Pause, &pause).await.shows(409);
    desk.hours_pass(48);
    let anna = desk.signed_in("anna").await;
    let resume = [("clock", "statutory"), ("reasons", "They answered.")];
    anna.takes(case, StepKind::Resume, &resume)
        .await
        .goes_to("/cases/");
    desk.holds().await;
}

async fn a_table_that_changes_leaves_the_cases_before_it_as_they_were(desk: &Desk) {
    let before = desk.in_review(Instrument::Subpoena).await;
    let finn = desk.signed_in("finn").await;
    let change = [
        ("ceiling.subpoena", "traffic"),
        ("new_reason_code", "sanctions"),
        ("new_reason_word", "Sanctions forbid it"),
        ("why", "The law changed on 1 March."),
    ];
    finn.fills("/tables", "/tables", &change)
        .await
        .goes_to("/tables?done=tables");
    finn.get("/tables")
        .await
        .says("The law changed on 1 March.");
    let carla = desk.signed_in("carla").await;
    carla
        .decides(before, APPROVE)
        .await
        .shows(422)
        .says("A subpoena reaches subscriber data at most");
    let after = desk.in_review(Instrument::Subpoena).await;
    carla.decides(after, APPROVE).await.goes_to("/cases/");
    let deny = [
        ("verdict", "deny"),
        ("code", "sanctions"),
        ("reasons", "The list of 1 March names them."),
    ];
    carla.decides(before, &deny).await.goes_to("/cases/");
    let denied = desk.case(before).await;
    let refused = denied
        .refused(casework::scope::Category::EmailAddress)
        .unwrap();
    assert_eq!(refused.code, ReasonCode::parse("sanctions").unwrap());
    assert_eq!(refused.says(), "Sanctions forbid it");
    desk.holds().await;
}

async fn a_notice_by_mail_is_posted_with_its_step(desk: &Desk) {
    let case = desk.approved().await;
    let anna = desk.signed_in("anna").await;
    let told = [
        ("how", "outbox"),
        ("to", "sam.m@subject.example"),
        ("what", "A court ordered us to disclose data about you."),
    ];
    anna.takes(case, StepKind::Notify, &told)
        .await
        .goes_to("/cases/");
    let posted = desk.store.mails(MailBox::Case(case), 9).await.unwrap();
    assert_eq!(posted.len(), 1);
    assert_eq!(posted[0].to.to_string(), "sam.m@subject.example");
    assert!(!posted[0].subject.contains("DD-"), "{}", posted[0].subject);
    assert_eq!(
        posted[0].text.as_deref().map(str::trim),
        Some("A court ordered us to disclose data about you.")
    );
    // A notice that a rule refuses posts nothing.
    let gagged = prepared(desk, Instrument::SearchWarrant, &[], &[]).await;
    let gag = [("basis", "18 USC 2705(b)"), ("from", "2026-02-20")];
    anna.takes(gagged, StepKind::Gag, &gag)
        .await
        .goes_to("/cases/");
    anna.forces(gagged, StepKind::Notify, &told)
        .await
        .shows(409);
    let posted = desk.store.mails(MailBox::Case(gagged), 9).await.unwrap();
    assert!(posted.is_empty());
    desk.holds().await;
}
