//! Notices by mail: held back where an order came meanwhile, and waited for where production does.

use casework::{case::StepKind, instrument::Instrument, mail::State};

use crate::house::{Act, Desk, Point, PostOffice, on_both};

const PRODUCED: &[(&str, &str)] = &[
    ("answer.email_address", "produced"),
    ("answer.ip_history", "produced"),
];

on_both!(
    an_order_that_came_meanwhile_holds_a_notice_back,
    production_waits_until_the_notice_has_left,
    a_notice_that_did_not_leave_is_told_on_its_case,
    a_notice_that_was_given_otherwise_counts,
    the_form_says_that_a_notice_would_wait,
);

/// The server answers to a recipient with this.
fn says_to_the_recipient(office: &PostOffice, code: u16, words: &'static str) {
    office.plans(move |point| {
        if point == Point::Rcpt {
            Act::Say(code, words)
        } else {
            Act::GoOn
        }
    });
}

async fn an_order_that_came_meanwhile_holds_a_notice_back(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.in_review(Instrument::SearchWarrant).await;
    let notice = desk.notifies(case).await;
    says_to_the_recipient(&office, 451, "4.3.0 not now");
    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(notice).await, State::Waiting);

    let gag = [
        ("basis", "18 USC 2705(b)"),
        ("from", "2026-03-02"),
        ("until", "2026-03-09"),
    ];
    let anna = desk.signed_in("anna").await;
    anna.takes(case, StepKind::Gag, &gag)
        .await
        .goes_to("/cases/");
    office.behaves();
    desk.hours_pass(2);
    desk.office.send_mail().await.unwrap();
    assert!(office.received().is_empty());
    let held = desk.store.mail(notice).await.unwrap().unwrap();
    assert_eq!(held.state, State::Refused);
    let forbids =
        "The subject may not be told: 18 USC 2705(b) forbids it until the end of 2026-03-09.";
    assert_eq!(held.reply.as_deref(), Some(forbids));

    let (page, id) = (format!("/cases/{case}/mail"), notice.to_string());
    let again = [("mail", id.as_str()), ("do", "again")];
    let anna = desk.signed_in("anna").await;
    anna.get(&page).await.shows(200).says(forbids);
    anna.post(&page, &again).await.shows(409).says(forbids);
    // Which order it is belongs to the case.
    let finn = desk.signed_in("finn").await;
    let outside = finn.post("/mail", &again).await.shows(422);
    outside
        .says("those who work its case know which")
        .lacks("2705");
    finn.get("/mail").await.shows(200).lacks("2705");
    assert_eq!(desk.state(notice).await, State::Refused);

    desk.hours_pass(8 * 24);
    let anna = desk.signed_in("anna").await;
    anna.post(&page, &again).await.goes_to(&page);
    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(notice).await, State::Sent);
    assert_eq!(office.received()[0].to, "sam.m@subject.example");
    desk.holds().await;
}

async fn production_waits_until_the_notice_has_left(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.approved().await;
    let notice = desk.notifies(case).await;
    // By the notice alone the subject's time would be over.
    desk.hours_pass(20 * 24);
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, PRODUCED)
        .await
        .shows(409)
        .says("has not left the house yet");
    assert!(desk.actions(case).await.contains(&"case.refused"));

    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(notice).await, State::Sent);
    desk.hours_pass(6 * 24);
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, PRODUCED)
        .await
        .shows(409)
        .says("The subject may object until");
    anna.get(&format!("/cases/{case}"))
        .await
        .says("The subject may object until");
    desk.hours_pass(2 * 24);
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, PRODUCED).await.goes_to("/cases/");
    desk.holds().await;
}

async fn a_notice_that_did_not_leave_is_told_on_its_case(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let page = |case| format!("/cases/{case}");
    let case = desk.approved().await;
    desk.minutes_pass(2);
    let anna = desk.signed_in("anna").await;
    let tells = async |state: State, says: &str| {
        let shown = anna.get(&page(case)).await.shows(200).says(says);
        shown.lacks("The subject may object until");
        anna.discloses(case, PRODUCED)
            .await
            .shows(409)
            .says("has not left the house yet");
        let last = desk.store.mails(store::MailBox::Case(case), 1).await;
        assert_eq!(last.unwrap()[0].state, state);
    };
    desk.notifies(case).await;
    tells(State::Waiting, "The last notice has not left yet.").await;
    says_to_the_recipient(&office, 550, "5.1.1 no such user");
    desk.office.send_mail().await.unwrap();
    tells(State::Refused, "the subject was not told").await;

    desk.notifies(case).await;
    office.breaks_off_at(Point::Text);
    desk.office.send_mail().await.unwrap();
    tells(State::Unknown, "Whether the last notice left is unknown").await;

    desk.notifies(case).await;
    office.behaves();
    desk.office.send_mail().await.unwrap();
    let shown = anna.get(&page(case)).await.shows(200);
    shown
        .says("The subject may object until")
        .lacks("The last notice");
    desk.holds().await;
}

async fn a_notice_that_was_given_otherwise_counts(desk: &Desk) {
    let case = desk.approved().await;
    desk.notifies(case).await;
    desk.hours_pass(24);
    let at = desk.just_now();
    let told = [
        ("how", "elsewhere"),
        ("to", "1 Harbor Street"),
        ("sent", at.as_str()),
        ("zone", "UTC"),
        ("what", "We told you by letter, since no mail reached you."),
    ];
    let anna = desk.signed_in("anna").await;
    anna.get(&format!("/cases/{case}"))
        .await
        .says("no mail server is configured that would take it");
    anna.takes(case, StepKind::Notify, &told)
        .await
        .goes_to("/cases/");
    anna.discloses(case, PRODUCED)
        .await
        .shows(409)
        .says("The subject may object until");
    desk.hours_pass(12 * 24);
    let anna = desk.signed_in("anna").await;
    anna.discloses(case, PRODUCED).await.goes_to("/cases/");
    desk.holds().await;
}

async fn the_form_says_that_a_notice_would_wait(desk: &Desk) {
    let case = desk.approved().await;
    let page = format!("/cases/{case}/notify");
    let says = "waits in the outbox until one is";
    let anna = desk.signed_in("anna").await;
    anna.get(&page).await.shows(200).says(says);
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let anna = desk.signed_in("anna").await;
    anna.get(&page).await.shows(200).lacks(says);
}
