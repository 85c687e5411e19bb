//! What every answer carries, what a page may run, what another site may not send, and what is
//! never told outside of a page.

use axum::{
    body::Body,
    http::{Request, header},
};
use bytes::Bytes;
use casework::instrument::Instrument;
use futures_util::stream;

use crate::house::{Answer, Desk, PASSWORD, REQUEST, logged, multipart, on_both, request_with};

/// Carried by everything. Source: trust, "Sign-in and the web".
const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
];

/// An answer of every kind there is, with what it is.
async fn answers(desk: &Desk) -> Vec<(&'static str, Answer)> {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let order = desk.case(id).await.orders()[0].order().id;
    let (anna, eve, nobody) = (
        desk.signed_in("anna").await,
        desk.signed_in("eve").await,
        desk.nobody(),
    );
    let island = desk.nobody().by_island();
    vec![
        ("page", anna.get(&format!("/cases/{id}")).await.shows(200)),
        ("page", nobody.get("/sign-in").await.shows(200)),
        ("page", anna.get("/nothing").await.shows(404)),
        ("page", anna.get("/cases/x").await.shows(404)),
        (
            "page",
            eve.post(&format!("/cases/{id}/decide"), &[])
                .await
                .shows(403),
        ),
        (
            "page",
            anna.post("/cases/new", &[("do", "file")]).await.shows(422),
        ),
        (
            "page",
            nobody.post("/cases/new", &[("asks", "x")]).await.shows(401),
        ),
        ("page", anna.ask("DELETE", "/cases").await.shows(404)),
        ("redirect", nobody.get("/cases").await.shows(303)),
        ("redirect", eve.get("/").await.shows(303)),
        ("problem", island.get("/cases").await.shows(401)),
        ("problem", island.get("/nothing").await.shows(404)),
        (
            "download",
            eve.get(&format!("/cases/{id}/orders/{order}"))
                .await
                .shows(200),
        ),
        (
            "download",
            eve.get(&format!("/cases/{id}/record.pdf")).await.shows(200),
        ),
        (
            "download",
            eve.post("/cases/records", &[("case", &id.to_string())])
                .await
                .shows(200),
        ),
        (
            "asset",
            nobody.get("/pkg/disclosure-desk.00c5.css").await.shows(200),
        ),
        ("line", nobody.get("/pkg/nothing.css").await.shows(404)),
        ("line", nobody.get("/healthz").await.shows(200)),
        ("line", nobody.get("/readyz").await.shows(200)),
        ("line", nobody.ask("POST", "/csp-reports").await.shows(204)),
        (
            "line",
            desk.nobody()
                .with("sec-fetch-site", "cross-site")
                .post("/sign-in", &[])
                .await
                .shows(403),
        ),
    ]
}

on_both!(
    every_answer_carries_its_headers,
    a_page_runs_nothing_but_its_own_scripts,
    a_form_that_another_site_sends_is_refused_and_does_nothing,
    a_panic_ends_one_request_and_is_told_by_a_number,
    a_body_that_is_too_large_is_cut_off,
    nothing_of_a_case_is_told_in_the_log_or_in_an_address,
);

async fn every_answer_carries_its_headers(desk: &Desk) {
    for (kind, answer) in answers(desk).await {
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), value, "{kind} {}", answer.status);
        }
        assert!(answer.header("permissions-policy").contains("camera=()"));
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert_eq!(
            policy.contains("sandbox"),
            kind != "page",
            "{kind} {}: {policy}",
            answer.status
        );
        let cached = if kind == "asset" {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        assert_eq!(
            answer.header(header::CACHE_CONTROL),
            cached,
            "{kind} {}",
            answer.status
        );
        if kind == "download" {
            assert!(
                answer
                    .header(header::CONTENT_DISPOSITION)
                    .starts_with("attachment; filename=")
            );
        }
    }
}

async fn a_page_runs_nothing_but_its_own_scripts(desk: &Desk) {
    let mut nonces = std::collections::BTreeSet::new();
    let answers = answers(desk).await;
    let pages = answers.iter().filter(|(kind, _)| *kind == "page");
    for (_, page) in pages {
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        let (_, nonce) = policy.split_once("script-src 'nonce-").unwrap();
        let (nonce, rest) = nonce.split_once('\'').unwrap();
        assert!(
            nonce.len() >= 16 && nonces.insert(nonce.to_owned()),
            "{nonce} was used before"
        );
        assert!(
            rest.contains("style-src 'self'; ")
                && !policy.contains("unsafe-inline")
                && !policy.contains("'unsafe-eval'")
        );
        let raw = page.raw();
        assert!(raw.matches("<script").count() > 0);
        for tag in raw.split("<script").skip(1) {
            let (tag, _) = tag.split_once('>').unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        assert!(
            !raw.contains("<style") && !raw.contains(" style=\""),
            "{raw}"
        );
        for handler in [
            " onclick=",
            " onload=",
            " onsubmit=",
            " onerror=",
            "javascript:",
        ] {
            assert!(!raw.contains(handler), "{handler}");
        }
        assert!(
            !raw.contains("http://") && !raw.contains("https://"),
            "a page fetches from nowhere else"
        );
    }
}

async fn a_form_that_another_site_sends_is_refused_and_does_nothing(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let cookie = anna.cookie().unwrap();
    let before = desk.store.head().await.unwrap();
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "https://desk.example.evil.example")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://desk.example"),
        ],
    ] {
        let mut forged = desk.nobody().with("cookie", &cookie);
        for (name, value) in headers {
            forged = forged.with(name, value);
        }
        forged.post("/cases/new", REQUEST).await.shows(403);
        forged.post("/sign-out", &[]).await.shows(403);
        forged
            .post("/sign-in", &[("sign_in", "anna"), ("password", PASSWORD)])
            .await
            .shows(403);
    }
    assert_eq!(
        desk.store.head().await.unwrap(),
        before,
        "nothing was sealed by it"
    );
    for headers in [
        ("sec-fetch-site", "same-origin"),
        ("origin", "https://desk.example"),
    ] {
        let own = desk
            .nobody()
            .with("cookie", &cookie)
            .with(headers.0, headers.1);
        own.post("/cases/new", REQUEST).await.goes_to("/cases/");
    }
}

async fn a_panic_ends_one_request_and_is_told_by_a_number(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let answer = desk.clock_breaks(anna.get("/cases")).await.shows(500);
    for (name, value) in ALWAYS {
        assert_eq!(answer.header(name), value);
    }
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let answer = answer.says("Incident").lacks("unwrap").lacks("panic");
    assert!(
        answer
            .header(header::CONTENT_SECURITY_POLICY)
            .contains("default-src 'none'")
    );
    let (incident, log) = (answer.incident(), logged());
    let told = log.lines().find(|line| line.contains(&incident));
    assert!(
        told.is_some_and(|line| line.contains("a handler panicked")),
        "{told:?}"
    );
    anna.get("/cases").await.shows(200);
}

async fn a_body_that_is_too_large_is_cut_off(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let form = |length: Option<usize>, address: &str, body: Body| {
        let kind = if address.ends_with("attach") {
            "multipart/form-data; boundary=between"
        } else {
            "application/x-www-form-urlencoded"
        };
        let request = Request::post(address).header(header::CONTENT_TYPE, kind);
        let request = match length {
            Some(length) => request.header(header::CONTENT_LENGTH, length),
            None => request,
        };
        request.body(body).unwrap()
    };
    let large = format!("asks={}", "x".repeat(1024 * 1024));
    let told = form(Some(large.len()), "/cases/new", Body::from(large.clone()));
    anna.send(told).await.shows(413);
    let pieces = large.into_bytes();
    let pieces: Vec<_> = pieces
        .chunks(64 * 1024)
        .map(Bytes::copy_from_slice)
        .collect();
    let untold = form(
        None,
        "/cases/new",
        Body::from_stream(stream::iter(
            pieces.clone().into_iter().map(Ok::<_, std::io::Error>),
        )),
    );
    anna.send(untold).await.shows(413);
    // Nobody's is cut off too, though it would be carried along.
    let more: Vec<_> = (0..4).flat_map(|_| pieces.clone()).collect();
    let answer = desk
        .nobody()
        .send(form(
            None,
            "/cases/new",
            Body::from_stream(stream::iter(more.into_iter().map(Ok::<_, std::io::Error>))),
        ))
        .await;
    assert!([401, 413].contains(&answer.status.as_u16()) && answer.bytes.len() < 100_000);
    let id = anna.files(REQUEST).await;
    let huge = form(
        Some(2 << 30),
        &format!("/cases/{id}/attach"),
        Body::from(multipart(&[])),
    );
    anna.send(huge).await.shows(413);
    assert_eq!(desk.case(id).await.orders().len(), 0);
}

async fn nothing_of_a_case_is_told_in_the_log_or_in_an_address(desk: &Desk) {
    let canary = format!("canary{}", uuid::Uuid::now_v7().simple());
    let named = format!("{canary}.pdf");
    let mail = format!("{canary}@subject.example");
    let anna = desk.signed_in("anna").await.with("user-agent", "Firefox");
    let told = [
        ("person", canary.as_str()),
        ("asks", &canary),
        ("identifier_value", &mail),
        ("reference", &canary),
    ];
    let mut addresses = Vec::new();
    let mut typed = request_with(&told);
    typed.push(("do", "file"));
    let answer = anna.post("/cases/new", &typed).await;
    addresses.push(answer.goes_to("/cases/"));
    let id = crate::house::case_in(&addresses[0]);
    let answer = anna.uploads(id, &[(&named, crate::house::PDF)]).await;
    addresses.push(answer.goes_to("/cases/"));
    anna.uploads(id, &[(&named, b"not a PDF")]).await.shows(422);
    anna.classifies(
        id,
        Instrument::SearchWarrant,
        &[("accounts", &canary), ("issued_on", &canary)],
    )
    .await
    .shows(422);
    anna.get(&format!("/cases?q={canary}"))
        .await
        .shows(200)
        .says(&canary);
    anna.get(&format!("/{canary}")).await.shows(404);
    let order = desk.case(id).await.orders()[0].order().id;
    let answer = anna
        .get(&format!("/cases/{id}/orders/{order}"))
        .await
        .shows(200);
    assert!(
        answer.header(header::CONTENT_DISPOSITION).contains(&canary),
        "only the download is called so"
    );
    desk.nobody().signs_in(&canary, &canary).await.shows(422);
    let answer = anna
        .takes(
            id,
            casework::case::StepKind::Withdraw,
            &[("reasons", &canary)],
        )
        .await;
    addresses.push(answer.goes_to("/cases/"));
    assert!(
        addresses.iter().all(|address| !address.contains(&canary)),
        "{addresses:?}"
    );
    let log = logged();
    assert!(log.contains("answered"), "the log was listened to");
    let told: Vec<_> = log.lines().filter(|line| line.contains(&canary)).collect();
    assert!(told.is_empty(), "{told:?}");
    assert!(!log.contains(PASSWORD) && !log.contains(&anna.cookie().unwrap()[12..]));
    assert!(!log.contains(&id.to_string()), "a case is not even named");
}
