//! Many at once. The requests run on threads of their own, over one router.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, header},
};
use casework::{case::Stage, instrument::Instrument};
use tower::ServiceExt;

use crate::house::{
    APPROVE, Answer, DENY, Desk, PASSWORD, PDF, REQUEST, form_post, house, house_on_postgres,
    multipart,
};

/// Sends everything at once.
async fn at_once(desk: &Desk, requests: Vec<Request<Body>>) -> Vec<Answer> {
    answered(requests, |request| {
        let router = desk.router();
        async move { Answer::of(router.oneshot(request).await.unwrap()).await }
    })
    .await
}

/// Sends everything at once, and once more whatever waited so long in the queue of writers that it
/// was told to come back.
async fn at_once_until_taken(desk: &Desk, requests: Vec<Request<Body>>) -> Vec<Answer> {
    answered(requests, |request| {
        let router = desk.router();
        async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            for _ in 0..60 {
                let again = Request::from_parts(head.clone(), Body::from(body.clone()));
                let answer = Answer::of(router.clone().oneshot(again).await.unwrap()).await;
                if answer.status != 503 {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            panic!("{} is not taken", head.uri);
        }
    })
    .await
}

async fn answered<F>(requests: Vec<Request<Body>>, send: impl Fn(Request<Body>) -> F) -> Vec<Answer>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let under_way: Vec<_> = requests
        .into_iter()
        .map(|request| tokio::spawn(send(request)))
        .collect();
    let mut answers = Vec::new();
    for one in under_way {
        answers.push(one.await.unwrap());
    }
    answers
}

fn with(answers: &[Answer], status: u16) -> usize {
    let same = answers.iter().filter(|answer| answer.status == status);
    same.count()
}

async fn one_decision_counts(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let (carla, dev) = (desk.signed_in("carla").await, desk.signed_in("dev").await);
    let seen = desk.case(id).await.version().to_string();
    let page = format!("/cases/{id}/decide");
    let requests = (0..20).map(|turn| {
        let (who, decision) = if turn % 2 == 0 {
            (&carla, APPROVE)
        } else {
            (&dev, DENY)
        };
        let mut fields = decision.to_vec();
        fields.push(("seen", &seen));
        who.prepared(form_post(&page, &fields))
    });
    let answers = at_once_until_taken(desk, requests.collect()).await;
    assert_eq!(with(&answers, 303), 1);
    assert_eq!(
        with(&answers, 409),
        19,
        "{:?}",
        answers.iter().map(|one| one.status).collect::<Vec<_>>()
    );
    for late in answers.iter().filter(|answer| answer.status == 409) {
        let told = late.text();
        assert!(
            told.contains("approved the disclosure") || told.contains("denied the request"),
            "{told}"
        );
    }
    let case = desk.case(id).await;
    assert_eq!(case.decisions().len(), 1);
    assert!(matches!(case.stage(), Stage::Approved | Stage::Denied));
    desk.holds().await;
}

async fn every_upload_and_every_case_arrives(desk: &Desk) {
    let (anna, eve) = (desk.signed_in("anna").await, desk.signed_in("eve").await);
    let id = anna.files(REQUEST).await;
    let uploads = (0..20).map(|turn| {
        let bytes = [PDF, format!("{turn}").as_bytes()].concat();
        let body = multipart(&[(&format!("order-{turn}.pdf"), &bytes)]);
        let request = Request::post(format!("/cases/{id}/attach")).header(
            header::CONTENT_TYPE,
            "multipart/form-data; boundary=between",
        );
        anna.prepared(request.body(Body::from(body)).unwrap())
    });
    let answers = at_once_until_taken(desk, uploads.collect()).await;
    assert_eq!(with(&answers, 303), 20);
    assert_eq!(desk.case(id).await.orders().len(), 20);

    let mut filed = REQUEST.to_vec();
    filed.push(("do", "file"));
    let cases = (0..20).map(|_| anna.prepared(form_post("/cases/new", &filed)));
    let answers = at_once_until_taken(desk, cases.collect()).await;
    assert_eq!(with(&answers, 303), 20);
    let listed = desk
        .store
        .list(
            &casework::list::Ask::default(),
            desk.now(),
            &jiff::tz::TimeZone::UTC,
        )
        .await
        .unwrap();
    let numbers: std::collections::BTreeSet<_> =
        listed.cards.iter().map(|card| card.number.count).collect();
    assert_eq!(
        numbers,
        (1..=21).collect(),
        "each has a number of its own, and none is skipped"
    );

    let record = format!("/cases/{id}/record.pdf");
    let records = (0..4).map(|_| eve.prepared(Request::get(&record).body(Body::empty()).unwrap()));
    let all: Vec<_> = listed
        .cards
        .iter()
        .take(3)
        .map(|card| card.id.to_string())
        .collect();
    let ticked: Vec<_> = all.iter().map(|id| ("case", id.as_str())).collect();
    let archives = (0..3).map(|_| eve.prepared(form_post("/cases/records", &ticked)));
    let answers = at_once_until_taken(desk, records.chain(archives).collect()).await;
    assert_eq!(with(&answers, 200), 7);
    desk.holds().await;
}

async fn sign_ins_wait_their_turn(desk: &Desk) {
    let fields = [("sign_in", "anna"), ("password", PASSWORD)];
    let requests = (0..60).map(|_| desk.nobody().prepared(form_post("/sign-in", &fields)));
    let answers = at_once(desk, requests.collect()).await;
    // Beyond the queue the desk says that it is busy, and nothing breaks.
    assert_eq!(with(&answers, 303) + with(&answers, 503), 60);
    assert!(with(&answers, 303) >= 34);
    desk.holds().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_decisions_at_once_one_counts() {
    one_decision_counts(&house().await).await;
    if let Some(desk) = house_on_postgres().await {
        one_decision_counts(&desk).await;
        desk.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_what_arrives_at_once_is_lost() {
    every_upload_and_every_case_arrives(&house().await).await;
    if let Some(desk) = house_on_postgres().await {
        every_upload_and_every_case_arrives(&desk).await;
        desk.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_sign_in_at_once_wait_their_turn() {
    sign_ins_wait_their_turn(&house().await).await;
    if let Some(desk) = house_on_postgres().await {
        sign_ins_wait_their_turn(&desk).await;
        desk.clear().await;
    }
}
