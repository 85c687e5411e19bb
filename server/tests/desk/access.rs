//! Passwords, sessions, proofs.

use axum::http::header;
use casework::{
    case::{Stage, StepKind},
    instrument::Instrument,
};

use crate::house::{APPROVE, Desk, PASSWORD, Person, house, on_both};

/// Whether this browser's session still runs.
async fn is_in(person: &Person<'_>) -> bool {
    let answer = person.get("/account/here").await;
    answer.status == 204
}

async fn changes(desk: &Desk, name: &str, change: &[(&str, &str)]) {
    let finn = desk.signed_in("finn").await;
    let page = format!("/members/{}", desk.member(name).await.id);
    let answer = finn.post(&page, change).await;
    assert!(
        [200, 303].contains(&answer.status.as_u16()),
        "{}",
        answer.text()
    );
}

on_both!(
    nobody_learns_which_accounts_there_are,
    a_hundred_wrong_passwords_lock_an_account_for_the_day,
    a_cookie_is_for_this_host_only_and_kept_from_scripts,
    a_session_ends_when_it_is_not_used,
    a_session_ends_after_ten_hours_whatever_happens,
    signing_out_ends_the_session_and_has_the_browser_forget,
    whoever_is_changed_is_out_with_the_next_request,
    a_new_member_changes_the_password_before_anything_else,
    a_decision_asks_for_the_password_when_the_proof_is_old,
    the_token_turns_also_where_the_decision_is_refused,
    a_record_asks_for_a_proof_and_comes_back_to_it,
    administering_asks_for_a_proof,
    a_member_sees_their_sessions_and_ends_the_others,
);

async fn nobody_learns_which_accounts_there_are(desk: &Desk) {
    changes(desk, "ben", &[("do", "disable")]).await;
    let tried = |name: &'static str, password: &'static str| async move {
        let answer = desk.nobody().signs_in(name, password).await;
        let nonce = answer.raw();
        let nonce = nonce
            .split("nonce=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let shown = answer.raw().replace(&nonce, "").replace(name, "NAME");
        (
            answer.status,
            shown,
            answer.headers.contains_key(header::SET_COOKIE),
        )
    };
    let wrong = tried("anna", "wrong horse battery").await;
    assert_eq!(wrong.0, 422);
    assert!(!wrong.2);
    assert_eq!(tried("stranger", "wrong horse battery").await, wrong);
    assert_eq!(tried("ben", "wrong horse battery").await, wrong);
    assert_eq!(tried("ben", PASSWORD).await, wrong);
    assert_eq!(tried("anna", "").await, wrong);
}

async fn a_hundred_wrong_passwords_lock_an_account_for_the_day(desk: &Desk) {
    for _ in 0..70 {
        desk.nobody()
            .signs_in("anna", "wrong horse battery")
            .await
            .shows(422);
    }
    // The count is not lost with the process.
    let again = desk.started_again().await;
    for _ in 0..30 {
        again
            .nobody()
            .signs_in(" Anna ", "wrong horse battery")
            .await
            .shows(422);
    }
    let locked = again.nobody().signs_in("anna", PASSWORD).await.shows(422);
    locked.says("Too many wrong passwords");
    assert!(
        is_in(&again.signed_in("ben").await).await,
        "others are not locked"
    );
    again.hours_pass(24);
    assert!(is_in(&again.signed_in("anna").await).await);
    desk.holds().await;
}

async fn a_cookie_is_for_this_host_only_and_kept_from_scripts(desk: &Desk) {
    let anna = desk.nobody();
    let answer = anna.signs_in("anna", PASSWORD).await;
    let cookie = answer.header(header::SET_COOKIE);
    let (pair, flags) = cookie.split_once("; ").unwrap();
    let token = pair.strip_prefix("__Host-desk=").unwrap();
    assert_eq!(
        (token.len(), flags),
        (64, "Path=/; Secure; HttpOnly; SameSite=Strict")
    );
    let other = desk.signed_in("anna").await.cookie();
    assert_ne!(
        other.as_deref(),
        Some(pair),
        "each session has a token of its own"
    );
}

async fn a_session_ends_when_it_is_not_used(desk: &Desk) {
    let (anna, eve) = (desk.signed_in("anna").await, desk.signed_in("eve").await);
    desk.minutes_pass(14);
    assert!(is_in(&anna).await && is_in(&eve).await);
    desk.minutes_pass(14);
    assert!(is_in(&anna).await, "it is counted from the last use");
    desk.minutes_pass(15);
    anna.get("/cases").await.goes_to("/sign-in?next=%2Fcases");
    assert!(is_in(&eve).await, "an auditor reads for longer");
    desk.minutes_pass(30);
    assert!(!is_in(&eve).await);
}

async fn a_session_ends_after_ten_hours_whatever_happens(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    for _ in 0..59 {
        desk.minutes_pass(10);
        assert!(is_in(&anna).await);
    }
    desk.minutes_pass(10);
    assert!(!is_in(&anna).await);
}

async fn signing_out_ends_the_session_and_has_the_browser_forget(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let thief = anna.thief();
    let answer = anna.post("/sign-out", &[]).await;
    answer.goes_to("/sign-in");
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(answer.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert!(anna.cookie().is_none() && !is_in(&thief).await);
    assert_eq!(desk.times("session.end").await, 1);
}

async fn whoever_is_changed_is_out_with_the_next_request(desk: &Desk) {
    for change in [
        &[("do", "role"), ("role", "auditor")][..],
        &[("do", "reset")],
        &[("do", "disable")],
    ] {
        changes(desk, "ben", &[("do", "enable")]).await;
        if change[0].1 != "role" {
            set_password(desk, "ben").await;
        }
        let ben = desk.signed_in("ben").await;
        changes(desk, "ben", change).await;
        assert!(!is_in(&ben).await, "{change:?}");
    }
    desk.nobody().signs_in("ben", PASSWORD).await.shows(422);
    desk.holds().await;
}

async fn a_new_member_changes_the_password_before_anything_else(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let typed = [
        ("name", "Gus Lund"),
        ("sign_in", "gus@desk.example"),
        ("role", "manager"),
    ];
    let shown = finn
        .fills("/members", "/members", &typed)
        .await
        .shows(200)
        .says("shown here once");
    let password = shown.raw();
    let password = password
        .split("<code class=\"password\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    finn.get("/members").await.shows(200).lacks(password);

    let gus = desk.nobody();
    gus.signs_in("gus@desk.example", password)
        .await
        .goes_to("/");
    for page in ["/", "/cases", "/ledger", "/prove"] {
        gus.get(page).await.goes_to("/account?done=change");
    }
    gus.post("/cases/records", &[("case", "x")])
        .await
        .goes_to("/account?done=change");
    let fields = |new: &'static str| {
        [
            ("current", password.to_owned()),
            ("new", new.to_owned()),
            ("again", new.to_owned()),
        ]
    };
    for weak in [
        "short",
        "password1234",
        "gus lund is my name",
        "qwertyuiop12",
    ] {
        let typed = fields(weak);
        let typed: Vec<_> = typed
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        gus.fills("/account", "/account/password", &typed)
            .await
            .shows(422)
            .faults("new", "");
    }
    let typed = fields(PASSWORD);
    let typed: Vec<_> = typed
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    gus.fills("/account", "/account/password", &typed)
        .await
        .goes_to("/account?done=password");
    gus.get("/cases").await.shows(200);
    desk.nobody()
        .signs_in("gus@desk.example", password)
        .await
        .shows(422);
    desk.holds().await;
}

async fn a_decision_asks_for_the_password_when_the_proof_is_old(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    desk.minutes_pass(6);
    let thief = carla.thief();
    let without = carla.decides(id, APPROVE).await.shows(422);
    without.faults("proof", "Give your password once more");
    let wrong = [
        ("verdict", "approve"),
        ("remarks", "As asked"),
        ("proof", "wrong horse battery"),
    ];
    let answer = carla
        .decides(id, &wrong)
        .await
        .shows(422)
        .faults("proof", "This is not your password.");
    assert_eq!(
        answer.form(&format!("/cases/{id}/decide")).value("remarks"),
        "As asked"
    );
    desk.stands(id, Stage::InReview).await;
    let right = [("verdict", "approve"), ("proof", PASSWORD)];
    let answer = carla.decides(id, &right).await;
    answer.goes_to("/cases/");
    assert!(
        answer
            .header(header::SET_COOKIE)
            .starts_with("__Host-desk="),
        "the token turns"
    );
    desk.stands(id, Stage::Approved).await;
    assert!(
        is_in(&carla).await && !is_in(&thief).await,
        "what was stolen before is worth nothing"
    );
    desk.holds().await;
}

async fn the_token_turns_also_where_the_decision_is_refused(desk: &Desk) {
    let id = desk.in_review(Instrument::Subpoena).await;
    let carla = desk.signed_in("carla").await;
    desk.minutes_pass(6);
    let beyond = [("verdict", "approve"), ("proof", PASSWORD)];
    carla
        .decides(id, &beyond)
        .await
        .shows(422)
        .lacks("name=\"proof\"");
    assert!(is_in(&carla).await);
}

async fn a_record_asks_for_a_proof_and_comes_back_to_it(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    let record = format!("/cases/{id}/record.pdf");
    eve.get(&record).await.shows(200);
    desk.minutes_pass(6);
    let thief = eve.thief();
    let prove = eve.get(&record).await.goes_to("/prove?next=%2Fcases%2F");
    eve.fills(&prove, "/prove", &[("password", "wrong horse battery")])
        .await
        .shows(422)
        .faults("password", "This is not your password.");
    let next = eve
        .fills(&prove, "/prove", &[("password", PASSWORD)])
        .await
        .goes_to(&record);
    assert!(eve.get(&next).await.shows(200).bytes.starts_with(b"%PDF"));
    assert!(!is_in(&thief).await);
    eve.post(
        "/prove",
        &[("password", PASSWORD), ("next", "//evil.example")],
    )
    .await
    .goes_to("/");
    assert_eq!(desk.times("record.read").await, 2);
}

async fn administering_asks_for_a_proof(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    desk.minutes_pass(6);
    let ben = format!("/members/{}", desk.member("ben").await.id);
    for (address, fields) in [
        (
            "/members",
            &[("name", "Gus"), ("sign_in", "gus"), ("role", "staff")][..],
        ),
        (ben.as_str(), &[("do", "role"), ("role", "manager")]),
        ("/organisation", &[("name", "Other")]),
        ("/policy", &[("in_force_from", "2026-06-01")]),
    ] {
        finn.post(address, fields)
            .await
            .shows(422)
            .faults("proof", "Give your password once more");
    }
    finn.post("/organisation", &[("name", "Other"), ("proof", PASSWORD)])
        .await
        .goes_to("/organisation");
    finn.post("/organisation", &[("name", "Another")])
        .await
        .goes_to("/organisation");
    desk.holds().await;
}

async fn a_member_sees_their_sessions_and_ends_the_others(desk: &Desk) {
    let here = desk.nobody().with("user-agent", "Firefox <on> Linux");
    here.signs_in("anna", PASSWORD).await.goes_to("/");
    let there = desk.signed_in("anna").await;
    let third = desk.signed_in("anna").await;
    let ben = desk.signed_in("ben").await;
    let page = here
        .get("/account")
        .await
        .shows(200)
        .says("Firefox <on> Linux")
        .says("this one");
    let handle = page.form("/account/sessions").value("session").to_owned();
    ben.post("/account/sessions", &[("session", &handle)])
        .await
        .goes_to("/account");
    assert!(
        is_in(&there).await && is_in(&third).await,
        "nobody ends another's"
    );
    here.post("/account/sessions", &[("session", &handle)])
        .await
        .goes_to("/account?done=ended");
    assert_ne!(is_in(&there).await, is_in(&third).await);
    here.post("/account/sessions", &[("all", "yes")])
        .await
        .goes_to("/account");
    assert!(
        is_in(&here).await && !is_in(&there).await && !is_in(&third).await && is_in(&ben).await
    );
    desk.holds().await;
}

/// A member who was reset chooses the password that all members of a test have.
async fn set_password(desk: &Desk, name: &str) {
    let finn = desk.signed_in("finn").await;
    let page = format!("/members/{}", desk.member(name).await.id);
    let shown = finn.post(&page, &[("do", "reset")]).await.shows(200).raw();
    let once = shown.split("<code class=\"password\">").nth(1).unwrap();
    let once = once.split('<').next().unwrap();
    let person = desk.nobody();
    person.signs_in(name, once).await.goes_to("/");
    let typed = [("current", once), ("new", PASSWORD), ("again", PASSWORD)];
    person
        .post("/account/password", &typed)
        .await
        .goes_to("/account");
}

#[tokio::test]
async fn a_forged_cookie_opens_nothing() {
    let desk = house().await;
    let zeros = "0".repeat(64);
    for cookie in [
        "__Host-desk=",
        "__Host-desk=x",
        &format!("__Host-desk={zeros}"),
        &format!("desk={zeros}"),
    ] {
        let nobody = desk.nobody().with("cookie", cookie);
        nobody.get("/cases").await.goes_to("/sign-in");
    }
    // The name of the cookie is the whole name.
    let anna = desk.signed_in("anna").await;
    let cookie = anna
        .cookie()
        .unwrap()
        .replace("__Host-desk", "x__Host-desk");
    let nobody = desk.nobody().with("cookie", &cookie);
    nobody.get("/cases").await.goes_to("/sign-in");
    anna.takes(
        anna.files(crate::house::REQUEST).await,
        StepKind::Withdraw,
        &[("reasons", "x")],
    )
    .await
    .goes_to("/cases/");
}

#[tokio::test]
async fn sign_in_sends_nobody_to_another_host() {
    let desk = house().await;
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let fields = [("sign_in", "anna"), ("password", PASSWORD), ("next", next)];
        let answer = desk.nobody().post("/sign-in", &fields).await;
        assert_eq!(answer.goes_to("/"), "/", "{next}");
    }
    let fields = [
        ("sign_in", "anna"),
        ("password", PASSWORD),
        ("next", "/cases?q=x"),
    ];
    desk.nobody()
        .post("/sign-in", &fields)
        .await
        .goes_to("/cases?q=x");
}
