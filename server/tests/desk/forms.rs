//! Nothing typed is lost, and every fault stands beside its field.

use casework::{
    case::{CaseId, Stage, StepKind},
    instrument::Instrument,
    list::Ask,
};

use crate::house::{
    Answer, Desk, IN_PART, REQUEST, Sent, classification, house, on_both, request_with,
};

/// The form stands on the page again with everything that was typed.
#[track_caller]
pub fn as_typed(answer: &Answer, action: &str, typed: Sent<'_>) {
    let form = answer.form(action);
    for (name, _) in typed {
        let mut wanted: Vec<_> = typed.iter().filter(|(one, _)| one == name).collect();
        let mut shown: Vec<_> = form
            .all(name)
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect();
        wanted.sort_unstable();
        shown.sort_unstable();
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
            .collect();
        // Rows for identifiers that stand ready carry a kind already.
        if name != &"identifier_kind" {
            assert_eq!(shown, wanted, "{name} did not come back to {action}");
        }
    }
    assert!(
        form.secrets.iter().all(String::is_empty),
        "a password was shown"
    );
}

async fn newest(desk: &Desk) -> CaseId {
    let listed = desk
        .store
        .list(&Ask::default(), desk.now(), &jiff::tz::TimeZone::UTC)
        .await
        .unwrap();
    listed.cards[0].id
}

on_both!(
    a_request_with_faults_comes_back_as_typed_and_is_kept,
    every_step_before_a_decision_comes_back_as_typed,
    a_decision_and_what_follows_come_back_as_typed,
    an_administrators_forms_come_back_as_typed,
    passwords_are_never_shown_again,
    more_than_sixty_thousand_characters_are_refused_and_not_lost,
);

async fn a_request_with_faults_comes_back_as_typed_and_is_kept(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let typed = [
        ("requester_kind", "police"),
        ("authority", "Law & Order \"East\" <Vale>"),
        ("person", "Ines\u{301} Müller-Łuk 李"),
        ("email", "not an address"),
        ("received", "2026-03-09T10:00"),
        ("received_zone", "Europe/Atlantis"),
        ("asks", "First line\r\n  second line\r\n\r\n& last"),
        ("due", "next Tuesday"),
        ("due_time", "noonish"),
        ("identifier_kind", "ip"),
        ("identifier_value", "999.1.1.1"),
        ("confidential", "yes"),
        ("legal_basis", "  "),
    ];
    let mut sent = typed.to_vec();
    sent.push(("do", "file"));
    let answer = anna
        .post("/cases/new", &sent)
        .await
        .shows(422)
        .faults("email", "This is not an e-mail address.")
        .faults("received_zone", "No time zone has this name")
        .faults("due", "This is not a date")
        .faults("due_time", "This is not a time of day")
        .faults("identifier.0", "IP address")
        .faults("categories", "Tick at least one category")
        .faults("channel", "Say how the request came in.")
        .faults("country", "Name the requester's country.")
        .faults("legal_basis", "none cited")
        .faults("confidential_basis", "");
    let draft = format!("/cases/{}/draft", newest(desk).await);
    as_typed(&answer, &draft, &typed);
    // Somebody else takes the draft up a day later.
    desk.hours_pass(30);
    let shown = desk.signed_in("ben").await.get(&draft).await.shows(200);
    as_typed(&shown, &draft, &typed);
    desk.stands(newest(desk).await, Stage::Draft).await;
}

/// The page of a step, and where its form is posted.
fn page(id: CaseId, step: StepKind) -> String {
    format!("/cases/{id}/{}", step.code())
}

async fn every_step_before_a_decision_comes_back_as_typed(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = desk.ready_to_submit(Instrument::Subpoena).await;

    let typed = [
        ("ground", "legal_directive"),
        ("instrument", "subpoena"),
        ("issuing_authority", "Court <of> \"X\""),
        ("issued_on", "soon"),
        ("signed", "yes"),
    ];
    let answer = anna
        .takes(id, StepKind::Classify, &typed)
        .await
        .shows(422)
        .faults("issued_on", "This is not a date");
    as_typed(&answer, &page(id, StepKind::Classify), &typed);
    let typed = [
        ("method", "call_back"),
        ("contact", "+1 555"),
        ("at", "yesterday"),
        ("zone", "UTC"),
        ("finding", "confirmed"),
        ("remarks", "Rang\r\ntwice"),
    ];
    let answer = anna
        .takes(id, StepKind::Verify, &typed)
        .await
        .shows(422)
        .faults("source", "independently of the request")
        .faults("answered_by", "Say who answered")
        .faults("at", "This is not a date and time");
    as_typed(&answer, &page(id, StepKind::Verify), &typed);
    let answer = anna
        .takes(id, StepKind::Strike, &[("reasons", "Not ours")])
        .await
        .shows(422)
        .faults("order", "");
    as_typed(
        &answer,
        &page(id, StepKind::Strike),
        &[("reasons", "Not ours")],
    );
    let typed = request_with(&[("country", ""), ("due", "2020-01-01")]);
    let answer = anna
        .takes(id, StepKind::Edit, &typed)
        .await
        .shows(422)
        .faults("country", "Name the requester's country")
        .faults("due", "This lies before the day");
    as_typed(&answer, &page(id, StepKind::Edit), &typed);
    anna.takes(id, StepKind::Withdraw, &[("reasons", " ")])
        .await
        .shows(422)
        .faults("reasons", "");
}

async fn a_decision_and_what_follows_come_back_as_typed(desk: &Desk) {
    let id = desk.in_review(Instrument::Subpoena).await;
    let anna = desk.signed_in("anna").await;
    let carla = desk.signed_in("carla").await;
    carla
        .decides(id, &[("remarks", "Hm")])
        .await
        .shows(422)
        .faults("verdict", "Choose how to decide.");
    let typed = [
        ("verdict", "deny"),
        ("code", "vague"),
        ("remarks", "<b>Hm</b>"),
    ];
    let answer = carla
        .decides(id, &typed)
        .await
        .shows(422)
        .faults("reasons", "Say why");
    as_typed(&answer, &page(id, StepKind::Decide), &typed);
    carla
        .decides(id, &[("verdict", "return")])
        .await
        .shows(422)
        .faults("needs", "Say what is missing");
    let typed = [
        ("verdict", "approve_in_part"),
        ("grant.email_address", "yes"),
        ("grant.ip_history", "no"),
        ("ip_history.code", ""),
        ("ip_history.reasons", "Not \"this\""),
    ];
    let answer = carla.decides(id, &typed).await.shows(422).faults(
        "ip_history.code",
        "Choose the reason for refusing IP history",
    );
    as_typed(&answer, &page(id, StepKind::Decide), &typed);
    carla.decides(id, IN_PART).await.goes_to("/cases/");

    let typed = [
        ("recipient", "Det. Lopez"),
        ("answer.email_address", "produced"),
        ("sent", "2027-01-01T10:00"),
        ("zone", "UTC"),
        ("sha256", "abc"),
        ("what", "One\r\nfile"),
    ];
    let answer = anna
        .takes(id, StepKind::Disclose, &typed)
        .await
        .shows(422)
        .faults("means", "Say how it was sent")
        .faults("sent", "This lies in the future")
        .faults("sha256", "64 hexadecimal digits");
    as_typed(&answer, &page(id, StepKind::Disclose), &typed);
    anna.discloses(id, &[("answer.email_address", "produced")])
        .await
        .goes_to("/cases/");
    let answer = anna
        .takes(
            id,
            StepKind::Close,
            &[("notice", "gagged"), ("gagged_until", "later")],
        )
        .await
        .shows(422)
        .faults("gagged_until", "This is not a date");
    as_typed(
        &answer,
        &page(id, StepKind::Close),
        &[("notice", "gagged"), ("gagged_until", "later")],
    );
    anna.takes(id, StepKind::Close, &[("notice", "no_contact")])
        .await
        .shows(422)
        .faults("words", "Say why the subject was not told.");
    desk.stands(id, Stage::Disclosed).await;
    desk.holds().await;
}

async fn an_administrators_forms_come_back_as_typed(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let typed = [
        ("name", "Gus \"G\" <Lund>"),
        ("sign_in", "a b"),
        ("role", "staff"),
    ];
    let answer = finn
        .fills("/members", "/members", &typed)
        .await
        .shows(422)
        .faults("sign_in", "no spaces");
    as_typed(&answer, "/members", &typed);
    let answer = finn
        .fills(
            "/members",
            "/members",
            &[("name", "Gus"), ("sign_in", "ANNA"), ("role", "staff")],
        )
        .await;
    answer
        .shows(422)
        .faults("sign_in", "Somebody signs in with this already");
    let ben = format!("/members/{}", desk.member("ben").await.id);
    finn.post(&ben, &[("do", "rename"), ("name", "  ")])
        .await
        .shows(422)
        .faults("name", "Give the member's name.");
    let me = format!("/members/{}", desk.member("finn").await.id);
    finn.post(&me, &[("do", "disable")])
        .await
        .shows(422)
        .says("You cannot do this to yourself");
    let typed = [
        ("in_force_from", "whenever"),
        ("promise", "We tell <nobody>."),
    ];
    let answer = finn
        .fills("/policy", "/policy", &typed)
        .await
        .shows(422)
        .faults("in_force_from", "This is not a date");
    as_typed(&answer, "/policy", &typed);
    finn.fills("/organisation", "/organisation", &[("name", "")])
        .await
        .shows(422)
        .faults("name", "Give the organisation's name");
    finn.fills(
        "/organisation",
        "/organisation",
        &[("name", "Web & <Sons>")],
    )
    .await
    .goes_to("/organisation");
    finn.get("/members")
        .await
        .says("Web & <Sons>")
        .lacks("<Sons>");
    desk.holds().await;
}

async fn passwords_are_never_shown_again(desk: &Desk) {
    let carla = desk.signed_in("carla").await;
    let secrets = [
        ("current", "wrong horse battery"),
        ("new", "short"),
        ("again", "staple 12 correct"),
    ];
    let answer = carla
        .fills("/account", "/account/password", &secrets)
        .await
        .shows(422)
        .faults("current", "This is not your password.")
        .faults("new", "use at least 12")
        .faults("again", "This differs");
    for (_, secret) in secrets {
        assert!(
            !answer.raw().contains(&format!("\"{secret}\"")),
            "{secret} was shown"
        );
    }
    let nobody = desk.nobody();
    let answer = nobody
        .signs_in("carla", "wrong horse battery")
        .await
        .shows(422);
    assert_eq!(answer.form("/sign-in").value("sign_in"), "carla");
    answer.lacks("wrong horse battery");
    // Names that secrets have elsewhere are not kept by a draft either.
    let anna = desk.signed_in("anna").await;
    let answer = anna
        .post(
            "/cases/new",
            &[
                ("asks", "x"),
                ("password", "wrong horse battery"),
                ("do", "keep"),
            ],
        )
        .await;
    let draft = answer.goes_to("/cases/");
    anna.get(&draft)
        .await
        .shows(200)
        .lacks("wrong horse battery");
}

async fn more_than_sixty_thousand_characters_are_refused_and_not_lost(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let fits = "ä".repeat(60_000 - "asks".len());
    let answer = anna
        .post("/cases/new", &[("asks", &fits), ("do", "keep")])
        .await;
    answer.goes_to("/cases/");
    let long = "ä".repeat(60_001);
    let answer = anna
        .post("/cases/new", &[("asks", &long), ("do", "keep")])
        .await
        .shows(422)
        .faults("asks", "at most 60000 characters");
    assert_eq!(answer.form("/cases/new").value("asks"), long);
    let listed = desk
        .store
        .list(&Ask::default(), desk.now(), &jiff::tz::TimeZone::UTC)
        .await
        .unwrap();
    assert_eq!(listed.cards.len(), 1, "nothing was kept of it");
}

#[tokio::test]
async fn a_form_of_another_kind_is_not_read() {
    let desk = house().await;
    let anna = desk.signed_in("anna").await;
    let request = axum::http::Request::post("/cases/new").header("content-type", "text/plain");
    let request = request.body(axum::body::Body::from("asks=x")).unwrap();
    anna.send(request).await.shows(415);
    anna.post_raw("/cases/new", &b"%ff%00=%zz&asks=%C3%28"[..])
        .await
        .shows(303);
    let classified = classification(Instrument::SearchWarrant, &[("instrument", "made_up")]);
    let id = anna.files(REQUEST).await;
    let answer = anna.forces(id, StepKind::Classify, &classified[2..]).await;
    answer.shows(422).faults("instrument", "");
}
