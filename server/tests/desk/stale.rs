//! A form that was made from an older state of the case.

use casework::instrument::Instrument;

use crate::{
    forms::as_typed,
    house::{APPROVE, DENY, Desk, on_both},
};

on_both!(
    a_decision_on_an_older_state_is_told_who_did_what,
    a_draft_is_not_kept_over_a_newer_one,
);

async fn a_decision_on_an_older_state_is_told_who_did_what(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let (carla, dev) = (desk.signed_in("carla").await, desk.signed_in("dev").await);
    let page = format!("/cases/{id}/decide");
    let shown = dev.get(&page).await.shows(200);
    let seen = shown.form(&page).value("seen").to_owned();
    // Dev looks at the page while somebody verifies again: his form comes back as he typed it.
    desk.signed_in("ben")
        .await
        .calls_back(id)
        .await
        .goes_to("/cases/");
    let mut typed = DENY.to_vec();
    typed.push(("seen", &seen));
    let answer = dev
        .post(&page, &typed)
        .await
        .shows(409)
        .says("What changed meanwhile")
        .says("Ben Okafor confirmed the requester");
    as_typed(&answer, &page, DENY);
    assert_ne!(
        answer.form(&page).value("seen"),
        seen,
        "it was shown beside the new state"
    );
    // And now somebody decides first.
    let seen = answer.form(&page).value("seen").to_owned();
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let mut typed = DENY.to_vec();
    typed.push(("seen", &seen));
    dev.post(&page, &typed)
        .await
        .shows(409)
        .says("Carla Ruiz approved the disclosure.");
    assert_eq!(desk.case(id).await.decisions().len(), 1);
    desk.holds().await;
}

async fn a_draft_is_not_kept_over_a_newer_one(desk: &Desk) {
    let (anna, ben) = (desk.signed_in("anna").await, desk.signed_in("ben").await);
    let id = anna.drafts(&[("authority", "Lakeside")]).await;
    let page = format!("/cases/{id}/draft");
    let seen = ben.get(&page).await.form(&page).value("seen").to_owned();
    anna.fills(&page, &page, &[("authority", "Harbor"), ("do", "keep")])
        .await
        .goes_to(&page);
    let typed = [
        ("authority", "Ben's word"),
        ("do", "keep"),
        ("seen", seen.as_str()),
    ];
    let answer = ben
        .post(&page, &typed)
        .await
        .shows(409)
        .says("Anna Berg kept the draft");
    assert_eq!(answer.form(&page).value("authority"), "Ben's word");
    assert_eq!(desk.case(id).await.fields().get("authority"), "Harbor");
}
