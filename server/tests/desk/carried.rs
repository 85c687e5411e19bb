//! A form whose session ended is carried through sign-in.

use casework::{case::Stage, instrument::Instrument};

use crate::{
    forms::as_typed,
    house::{Answer, DENY, Desk, Form, PASSWORD, Person, on_both},
};

on_both!(
    a_form_sent_after_the_session_ended_is_taken_up_after_sign_in,
    forms_without_a_page_of_their_own_are_taken_up_on_the_page_they_stand_on,
);

async fn a_form_sent_after_the_session_ended_is_taken_up_after_sign_in(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let page = format!("/cases/{id}/decide");
    carla.get(&page).await.shows(200);
    desk.minutes_pass(16);
    let mut sent = DENY.to_vec();
    sent.extend([
        ("seen", "6"),
        ("proof", PASSWORD),
        ("remarks", "\"<Hm>\"\r\n2"),
    ]);
    let stalled = carla
        .post(&page, &sent)
        .await
        .shows(401)
        .says("Your session ended")
        .lacks(PASSWORD);
    assert!(
        stalled
            .form("/sign-in")
            .sends
            .iter()
            .all(|(name, _)| name != "stalled.proof")
    );
    // A wrong password does not lose it either.
    let answer = send(
        &carla,
        stalled.form("/sign-in"),
        ["carla", "wrong horse battery"],
    )
    .await
    .shows(422);
    let shown = send(&carla, answer.form("/sign-in"), ["carla", PASSWORD])
        .await
        .shows(200)
        .says("You were signed out while you worked");
    let mut wanted = DENY.to_vec();
    wanted.push(("remarks", "\"<Hm>\"\r\n2"));
    as_typed(&shown, &page, &wanted);
    desk.stands(id, Stage::InReview).await;
    let form = shown.form(&page);
    let fields: Vec<_> = form
        .sends
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    carla.post(&page, &fields).await.goes_to("/cases/");
    desk.stands(id, Stage::Denied).await;
}

async fn forms_without_a_page_of_their_own_are_taken_up_on_the_page_they_stand_on(desk: &Desk) {
    for (name, path, lands) in [
        ("carla", "/cases/records", "Cases"),
        ("anna", "/account/sessions", "Your account"),
        ("anna", "/prove", "Confirm your password"),
    ] {
        let person = desk.signed_in(name).await;
        desk.hours_pass(1);
        let stalled = person.post(path, &[("case", "x")]).await.shows(401);
        send(&person, stalled.form("/sign-in"), [name, PASSWORD])
            .await
            .shows(200)
            .says(lands);
    }
}

/// Signs in with what was carried along.
async fn send(person: &Person<'_>, form: Form, [name, password]: [&str; 2]) -> Answer {
    let carried = form.sends.iter().filter(|(one, _)| one != "sign_in");
    let carried = carried.map(|(name, value)| (name.as_str(), value.as_str()));
    let own = [("sign_in", name), ("password", password)];
    let fields: Vec<_> = carried.chain(own).collect();
    person.post("/sign-in", &fields).await
}
