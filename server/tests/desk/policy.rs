//! The promise, and what was done under it: who reads what.

use casework::{case::StepKind, instrument::Instrument};

use crate::house::{Desk, RELEASE, Sent, on_both};

/// Both categories that the request asks for were sent.
const PRODUCED: Sent<'static> = &[
    ("answer.email_address", "produced"),
    ("answer.ip_history", "produced"),
];

on_both!(
    everybody_reads_the_promise_and_only_those_who_read_cases_what_was_done,
    what_changed_between_two_versions_is_told_in_words,
    an_unreviewed_emergency_is_to_be_looked_at,
);

async fn everybody_reads_the_promise_and_only_those_who_read_cases_what_was_done(desk: &Desk) {
    let id = desk.approved().await;
    let anna = desk.signed_in("anna").await;
    anna.discloses(id, PRODUCED).await.goes_to("/cases/");
    let number = desk.case(id).await.number().to_string();
    for name in ["anna", "carla", "eve"] {
        let person = desk.signed_in(name).await;
        person.get("/policy").await.shows(200).says("Version 1");
        let page = person.get("/policy/1").await.shows(200);
        page.says("1 disclosure was made under it")
            .says(&number)
            .says("What we promise");
    }
    let finn = desk.signed_in("finn").await;
    let page = finn.get("/policy/1").await.shows(200);
    page.says("1 disclosure was made under it").lacks(&number);
    finn.get("/policy/7").await.shows(404);
    finn.get("/policy/xyz").await.shows(404);
}

async fn what_changed_between_two_versions_is_told_in_words(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let next = [
        ("in_force_from", "2026-06-01"),
        ("emergency", "in an emergency, and reviewed"),
    ];
    finn.fills("/policy", "/policy", &next)
        .await
        .goes_to("/policy?done=published");
    let eve = desk.signed_in("eve").await;
    let page = eve.get("/policy?from=1&to=2").await.shows(200);
    page.says("From version 1 to version 2")
        .says("1 of 4 changed")
        .holds("<ins>")
        .lacks("Publish a new version");
    eve.get("/policy?from=zz&to=-1").await.shows(200);
}

async fn an_unreviewed_emergency_is_to_be_looked_at(desk: &Desk) {
    let id = desk.in_review(Instrument::EmergencyRequest).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, RELEASE).await.goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    anna.discloses(id, PRODUCED).await.goes_to("/cases/");
    let eve = desk.signed_in("eve").await;
    let page = eve.get("/policy/1?ground=emergency&only=ill").await;
    page.shows(200)
        .says("Not reviewed by a second manager")
        .says(&desk.case(id).await.number().to_string());
    let dev = desk.signed_in("dev").await;
    let upheld = [("finding", "upheld"), ("reasons", "It was right.")];
    dev.takes(id, StepKind::Review, &upheld)
        .await
        .goes_to("/cases/");
    let page = eve.get("/policy/1?ground=emergency&only=ill").await;
    page.shows(200)
        .says("No disclosure on this ground has anything to be looked at.");
    desk.holds().await;
}
