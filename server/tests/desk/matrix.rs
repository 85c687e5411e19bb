//! Who comes in where: `authorization.txt` against the router, the pages, and real requests.

use std::collections::BTreeSet;

use axum::http::header;
use casework::{
    instrument::Instrument,
    matrix::{Admits, Matrix},
    member::Role,
};

use crate::{
    house::{Answer, Desk, Person, house, on_both},
    letters,
};

/// What answers a GET and is no page of the app.
const NO_PAGES: [&str; 15] = [
    "/",
    "/account/here",
    "/cases/{case}/letters/{letter}",
    "/cases/{case}/orders/{order}",
    "/cases/{case}/record.pdf",
    "/calendar/{feed}",
    "/cases/{case}/records/{record}",
    "/healthz",
    "/ledger/checkpoint",
    "/ledger/consistency",
    "/log/checkpoint",
    "/log/tile/{*tile}",
    "/pkg/{*file}",
    "/readyz",
    "/register.pdf",
];

#[test]
fn every_route_stands_in_the_matrix_and_the_matrix_names_no_other() {
    let routes: BTreeSet<_> = server::http::routes().into_iter().collect();
    let matrix: BTreeSet<_> = Matrix::read().routes.into_keys().collect();
    assert_eq!(routes, matrix);
}

#[tokio::test]
async fn the_pages_of_the_app_are_the_pages_of_the_matrix() {
    let pages: BTreeSet<String> = leptos_axum::generate_route_list(app::App)
        .iter()
        .map(|route| route.path().to_owned())
        .collect();
    let matrix: BTreeSet<String> = Matrix::read()
        .routes
        .into_keys()
        .filter(|(method, path)| method == "GET" && !NO_PAGES.contains(&path.as_str()))
        .map(|(_, path)| path)
        .collect();
    assert_eq!(pages, matrix);
}

/// Something of everything that a route can name.
async fn furnished(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let seen = desk.case(id).await.version().to_string();
    let mask = [
        ("mask", "fields/email/0"),
        ("even_so", "yes"),
        ("seen", &*seen),
    ];
    carla
        .post(&format!("/cases/{id}/redact"), &mask)
        .await
        .goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    let lakeside = [
        ("kind", "police"),
        ("name", "Lakeside Police Department"),
        ("country", "United States"),
    ];
    anna.post("/requesters/new", &lakeside)
        .await
        .goes_to("/requesters/");
    letters::filed(desk, id, "acknowledgement").await;
    let finn = desk.signed_in("finn").await;
    finn.post("/witnesses", &[("do", "open")])
        .await
        .goes_to("/witnesses");
    desk.office.checkpoint_if_grown().await.unwrap();
    let mut writing = desk.store.begin().await.unwrap();
    let anna = desk.member("anna").await.id;
    let token = server::access::session::hash(&feed());
    writing.open_feed(desk.now(), anna, &token).await.unwrap();
    writing.commit().await.unwrap();
}

/// The secret part of the address of a feed that is open.
fn feed() -> String {
    "ab".repeat(32)
}

/// The address of a route, for real things.
async fn address(desk: &Desk, path: &str) -> String {
    let ask = casework::list::Ask::default();
    let listed = desk
        .store
        .list(&ask, desk.now(), &jiff::tz::TimeZone::UTC)
        .await
        .unwrap();
    let case = desk.case(listed.cards[0].id).await;
    let order = case.orders()[0].order().id.to_string();
    let letter = match case.beside().letters.first() {
        Some(letter) => letter.what.id.to_string(),
        None => String::new(),
    };
    let member = desk.member("ben").await.id.to_string();
    let record = match desk.store.issued(case.id()).await.unwrap().first() {
        Some(issued) => issued.sha256.to_string(),
        None => String::new(),
    };
    let everybody = casework::directory::Ask::default();
    let listed = desk.store.authorities(&everybody).await.unwrap();
    let authority = listed.cards[0].id.to_string();
    path.replace("{case}", &case.id().to_string())
        .replace("{authority}", &authority)
        .replace("{order}", &order)
        .replace("{letter}", &letter)
        .replace("{kind}", "refusal")
        .replace("{language}", "en")
        .replace("{member}", &member)
        .replace("{record}", &record)
        .replace("{feed}", &format!("{}.ics", feed()))
        .replace("{version}", "1")
        .replace("{*tile}", "0/000.p/1")
        .replace("{*file}", "disclosure-desk.00c5.css")
}

async fn tried(person: &Person<'_>, method: &str, address: &str) -> Answer {
    match method {
        "GET" => person.get(address).await,
        _ => person.post(address, &[("words", "typed <here>")]).await,
    }
}

on_both!(
    every_route_lets_in_whom_the_matrix_names_and_nobody_else,
    nobody_comes_in_and_nothing_typed_is_lost,
    what_no_route_knows_is_not_there_for_anybody,
    unknown_and_malformed_cases_are_answered_alike,
);

async fn every_route_lets_in_whom_the_matrix_names_and_nobody_else(desk: &Desk) {
    furnished(desk).await;
    for ((method, path), admits) in Matrix::read().routes {
        let address = address(desk, &path).await;
        for (name, role) in [
            ("anna", Role::Staff),
            ("carla", Role::Manager),
            ("eve", Role::Auditor),
            ("finn", Role::Administrator),
        ] {
            let person = desk.signed_in(name).await;
            let answer = tried(&person, &method, &address).await;
            let status = answer.status.as_u16();
            let told = format!("{name}: {method} {path}: {status}");
            if admits.lets_in(Some(role)) {
                assert!(
                    ![401, 403, 404, 500, 503].contains(&status)
                        || (status == 404
                            && method == "POST"
                            && ["/members/{member}", "/witnesses"].contains(&path.as_str())),
                    "{told}"
                );
                // Signing out leads there too.
                let to_sign_in = answer.header(header::LOCATION).starts_with("/sign-in");
                assert!(!to_sign_in || path == "/sign-out", "{told}");
            } else {
                assert_eq!(status, 403, "{told}");
                assert!(
                    answer.text().contains("may not"),
                    "{told}: {}",
                    answer.text()
                );
            }
        }
    }
    desk.holds().await;
}

async fn nobody_comes_in_and_nothing_typed_is_lost(desk: &Desk) {
    furnished(desk).await;
    for ((method, path), admits) in Matrix::read().routes {
        let address = address(desk, &path).await;
        let answer = tried(&desk.nobody(), &method, &address).await;
        let status = answer.status.as_u16();
        match (admits, method.as_str()) {
            (Admits::Anyone, _) => assert!(![401, 403, 404].contains(&status), "{path}: {status}"),
            (Admits::Roles(_), "GET") => {
                let next = answer.goes_to("/sign-in?next=");
                let (_, next) = next.split_once('=').unwrap();
                let next = percent_encoding::percent_decode_str(next)
                    .decode_utf8()
                    .unwrap();
                assert_eq!(next, address);
            }
            (Admits::Roles(_), _) => {
                let form = answer.shows(401).form("/sign-in");
                assert_eq!(form.value("stalled_path"), address);
                assert_eq!(form.value("stalled.words"), "typed <here>");
            }
        }
        let island = desk.nobody().by_island();
        let answer = tried(&island, &method, &address).await;
        if !matches!(Matrix::read().admits(&method, &path), Some(Admits::Anyone)) {
            assert_eq!(
                answer.header("content-type"),
                "application/problem+json",
                "{path}"
            );
            assert_eq!(answer.shows(401).json()["status"], 401);
        }
    }
}

async fn what_no_route_knows_is_not_there_for_anybody(desk: &Desk) {
    for person in [
        desk.nobody(),
        desk.signed_in("anna").await,
        desk.signed_in("finn").await,
    ] {
        for address in [
            "/case",
            "/cases/x/y/z",
            "/.env",
            "/pkg/manifest.json",
            "/fault",
            "/nothing-here",
            "/%2e%2e/key",
        ] {
            person.get(address).await.shows(404);
        }
    }
    let finn = desk.signed_in("finn").await;
    finn.get("/case")
        .await
        .says("There is nothing here that you could see.");
    finn.post("/ledger", &[]).await.shows(404);
    finn.ask("DELETE", "/members").await.shows(404);
    finn.ask("PUT", "/policy").await.shows(404);
}

async fn unknown_and_malformed_cases_are_answered_alike(desk: &Desk) {
    let unknown = "0192f0c1-0000-7000-8000-000000000000";
    let known = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    for (malformed, unknown) in [
        ("/cases/xyz".to_owned(), format!("/cases/{unknown}")),
        ("/cases/..%2Fmembers".into(), format!("/cases/{unknown}")),
        (
            "/cases/xyz/record.pdf".into(),
            format!("/cases/{unknown}/record.pdf"),
        ),
        (
            format!("/cases/{known}/orders/xyz"),
            format!("/cases/{unknown}/orders/{unknown}"),
        ),
        (
            format!("/cases/{known}/orders/{unknown}"),
            format!("/cases/xyz/orders/{unknown}"),
        ),
    ] {
        assert_eq!(
            seen(eve.get(&malformed).await),
            seen(eve.get(&unknown).await),
            "{malformed}"
        );
    }
    let anna = desk.signed_in("anna").await;
    for page in [
        "draft", "edit", "classify", "attach", "strike", "verify", "submit", "disclose", "close",
        "withdraw", "reopen",
    ] {
        let (one, other) = (
            format!("/cases/{unknown}/{page}"),
            format!("/cases/xyz/{page}"),
        );
        assert_eq!(
            seen(anna.get(&one).await),
            seen(anna.get(&other).await),
            "GET {page}"
        );
        let fields = [("seen", "1")];
        assert_eq!(
            seen(anna.post(&one, &fields).await),
            seen(anna.post(&other, &fields).await),
            "POST {page}"
        );
    }
}

/// What the person who asked is shown; only the nonce is another each time.
fn seen(answer: Answer) -> String {
    let raw = answer.shows(404).raw();
    let mut pieces = raw.split("nonce=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| {
        all + piece.split_once('"').map_or("", |(_, rest)| rest)
    })
}

#[tokio::test]
async fn reading_is_never_more_than_the_address_names() {
    let desk = house().await;
    let anna = desk.signed_in("anna").await;
    // Whoever may not single out a case, is shown none by asking the ledger for it.
    let case = desk.in_review(Instrument::SearchWarrant).await;
    anna.get("/ledger").await.shows(403);
    let finn = desk.signed_in("finn").await;
    let all = finn.get("/ledger").await.shows(200).lacks("Lakeside");
    assert!(!all.text().contains("sam.m@subject.example"));
    let one = finn.get(&format!("/ledger?case={case}")).await.shows(200);
    assert!(one.text().contains("added a member"), "{}", one.text());
}
