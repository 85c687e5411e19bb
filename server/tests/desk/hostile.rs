//! What was typed to do harm is only text.

use casework::{case::StepKind, instrument::Instrument};

use crate::{
    forms::as_typed,
    house::{Desk, PDF, on_both, request_with},
};

on_both!(hostile_text_is_text_wherever_it_is_shown,);

async fn hostile_text_is_text_wherever_it_is_shown(desk: &Desk) {
    let evil = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";
    let hostile = [
        ("authority", evil),
        ("unit", evil),
        ("country", evil),
        ("person", evil),
        ("title", evil),
        ("badge", evil),
        ("phone", evil),
        ("reference", evil),
        ("served_entity", evil),
        ("asks", evil),
        ("identifier_kind", "other"),
        ("identifier_value", evil),
        ("legal_basis", evil),
        ("deliver_to", evil),
        ("language", evil),
        ("confidential", "yes"),
        ("confidential_basis", evil),
    ];
    let anna = desk.signed_in("anna").await;
    let id = anna.files(&request_with(&hostile)).await;
    let told = [
        ("issuing_authority", evil),
        ("order_reference", evil),
        ("accounts", evil),
        ("court", evil),
        ("judge", evil),
    ];
    anna.classifies(id, Instrument::SearchWarrant, &told)
        .await
        .goes_to("/cases/");
    let named = evil.replace(['/', '"'], "_") + ".pdf";
    anna.uploads(id, &[(&named, PDF)]).await.goes_to("/cases/");
    let at = desk.just_now();
    let call = [
        ("method", "call_back"),
        ("contact", evil),
        ("source", evil),
        ("answered_by", evil),
        ("at", &at),
        ("zone", "UTC"),
        ("finding", "confirmed"),
        ("remarks", evil),
    ];
    desk.signed_in("ben")
        .await
        .with("user-agent", evil)
        .takes(id, StepKind::Verify, &call)
        .await
        .goes_to("/cases/");
    anna.submits(id).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    let back = [("verdict", "return"), ("needs", evil)];
    carla.decides(id, &back).await.goes_to("/cases/");
    let edit = format!("/cases/{id}/edit");
    for address in [
        format!("/cases/{id}"),
        edit.clone(),
        format!("/cases/{id}/classify"),
        format!("/cases/{id}/verify"),
        format!("/cases/{id}/strike"),
        format!("/cases/{id}/attach"),
        "/cases".into(),
        "/cases?q=%3Cscript%3Ealert(1)%3C/script%3E".into(),
        "/cases?stage=%22%3E%3Cimg%20src=x%3E".into(),
        "/nothing?%3Cscript%3Ealert(1)".into(),
    ] {
        let page = anna.get(&address).await;
        assert_ne!(page.status, 500, "{address}");
        let page = page.lacks("<script>alert").lacks("<img src=x");
        if address == edit {
            as_typed(&page, &edit, &hostile);
        }
    }
    anna.get(&format!("/cases/{id}"))
        .await
        .says("<script>alert(1)</script>");
    let case = desk.case(id).await;
    assert_eq!(case.fields().get("asks"), evil);
    assert_eq!(case.fields().get("identifier_value"), evil);
    assert_eq!(case.orders()[0].order().name.as_str(), named);
    let eve = desk.signed_in("eve").await;
    eve.get("/ledger").await.shows(200).lacks("<script>alert");
    let record = eve.get(&format!("/cases/{id}/record.pdf")).await.shows(200);
    assert!(record.bytes.starts_with(b"%PDF"));
    // Its name says nothing that a header could be broken with.
    let order = case.orders()[0].order().id;
    let file = eve
        .get(&format!("/cases/{id}/orders/{order}"))
        .await
        .shows(200);
    let disposition = file.header("content-disposition");
    assert!(
        !disposition.contains('<') && disposition.matches('"').count() == 2,
        "{disposition}"
    );
    desk.holds().await;
}
