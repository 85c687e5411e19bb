//! The database goes away, and comes back.

use casework::instrument::Instrument;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use crate::house::{Answer, DENY, Desk, REQUEST, house, house_on_postgres};

/// What people and machines are told while the records cannot be reached.
#[track_caller]
fn gone(answer: Answer) -> String {
    let answer = answer.shows(503);
    assert_eq!(answer.header("retry-after"), "10");
    let incident = answer.incident();
    let log = crate::house::logged();
    assert!(
        log.contains(&incident),
        "the log tells nothing under {incident}"
    );
    incident
}

/// How much there is of everything.
async fn size(desk: &Desk) -> (u64, usize) {
    let listed = desk
        .store
        .list(
            &casework::list::Ask::default(),
            desk.now(),
            &jiff::tz::TimeZone::UTC,
        )
        .await
        .unwrap();
    (desk.store.head().await.unwrap().size, listed.cards.len())
}

#[tokio::test]
async fn postgres_goes_and_the_desk_says_so_and_heals() {
    let Some(desk) = house_on_postgres().await else {
        return;
    };
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let (anna, carla) = (desk.signed_in("anna").await, desk.signed_in("carla").await);
    let before = size(&desk).await;
    let (admin, name) = desk.postgres().unwrap();
    let shut = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
    admin.execute_unprepared(&shut).await.unwrap();
    let end =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.execute_unprepared(&end).await.unwrap();

    gone(
        anna.get(&format!("/cases/{id}"))
            .await
            .says("The records cannot be reached"),
    );
    gone(anna.post("/cases/new", REQUEST).await);
    let mut decision = DENY.to_vec();
    decision.push(("seen", "6"));
    gone(carla.post(&format!("/cases/{id}/decide"), &decision).await);
    gone(desk.nobody().signs_in("anna", crate::house::PASSWORD).await);
    gone(anna.uploads(id, &[("order.pdf", crate::house::PDF)]).await);
    let island = anna.thief().by_island();
    let problem = island.post("/cases/new", REQUEST).await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert!(problem.json()["incident"].is_string());
    gone(problem);
    let ready = desk.nobody().get("/readyz").await.shows(503);
    assert_eq!(ready.header("retry-after"), "10");
    desk.nobody().get("/healthz").await.shows(200);
    desk.nobody().get("/sign-in").await.shows(200);
    desk.nobody()
        .get("/pkg/disclosure-desk.00c5.css")
        .await
        .shows(200);

    let open = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    admin.execute_unprepared(&open).await.unwrap();
    desk.nobody().get("/readyz").await.shows(200);
    assert_eq!(size(&desk).await, before, "nothing is half there");
    carla
        .post(&format!("/cases/{id}/decide"), &decision)
        .await
        .goes_to("/cases/");
    desk.holds().await;
    desk.clear().await;
}

#[tokio::test]
async fn sqlite_is_held_by_another_and_the_desk_says_so_and_heals() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let before = size(&desk).await;
    let mut options = ConnectOptions::new(&desk.url);
    options.max_connections(1);
    let other = Database::connect(options).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();

    let mut decision = DENY.to_vec();
    decision.push(("seen", "6"));
    let page = format!("/cases/{id}/decide");
    let island = carla.thief().by_island();
    let (one, other_one) =
        tokio::join!(carla.post(&page, &decision), island.post(&page, &decision));
    gone(one);
    assert_eq!(other_one.header("content-type"), "application/problem+json");
    gone(other_one);
    // Who only reads what needs no trace still reads.
    carla.get("/cases").await.shows(200);

    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(size(&desk).await, before, "nothing is half there");
    carla.post(&page, &decision).await.goes_to("/cases/");
    desk.holds().await;
}
