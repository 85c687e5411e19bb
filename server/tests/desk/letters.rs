//! Letters: from a template to a PDF on the case, and what no letter may say.

use casework::{
    case::{CaseId, StepKind},
    instrument::Instrument,
    ledger::Entry,
};
use sea_orm::ConnectionTrait;

use crate::house::{DENY, Desk, REQUEST, house, on_both};

on_both!(
    a_letter_is_begun_mended_looked_at_and_filed,
    looking_at_a_letter_files_nothing,
    a_refusal_gives_the_managers_reasons,
    no_letter_on_a_foreign_request_names_the_account,
    a_letter_that_the_case_has_no_use_for_is_refused,
    an_administrator_publishes_and_letters_begin_from_it,
    a_template_that_cannot_be_filled_is_not_published,
    a_new_language_begins_from_the_english_text,
    a_letter_of_another_case_is_not_there,
);

const MENDED: &str = "Dear Det. Lopez,\n\nwe have your request.\n\n- one\n- two";

/// Files a letter as its template fills it.
pub async fn filed(desk: &Desk, case: CaseId, kind: &str) {
    let anna = desk.signed_in("anna").await;
    let page = format!("/cases/{case}/letter?letter={kind}&language=en");
    let action = format!("/cases/{case}/letter");
    anna.fills(&page, &action, &[("do", "file")])
        .await
        .goes_to(&format!("/cases/{case}?done=letter"));
}

async fn a_letter_is_begun_mended_looked_at_and_filed(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    let page = format!("/cases/{id}/letter");
    anna.get(&page)
        .await
        .shows(200)
        .says("We received your request")
        .says("Lakeside Police Department");
    anna.get(&format!("{page}?letter=acknowledgement&language=de"))
        .await
        .shows(200)
        .says("Sehr geehrte Damen und Herren");
    let typed = [("body", MENDED), ("do", "preview")];
    anna.fills(&page, &page, &typed)
        .await
        .shows(200)
        .holds("<li>one</li>")
        .holds("lang=\"en\"");
    let typed = [("body", MENDED), ("do", "file")];
    let to = anna.fills(&page, &page, &typed).await.goes_to("/cases/");
    anna.get(&to)
        .await
        .shows(200)
        .says("The letter was filed.")
        .says("Acknowledgement");
    let case = desk.case(id).await;
    let letter = &case.beside().letters[0].what;
    let eve = desk.signed_in("eve").await;
    let address = format!("/cases/{id}/letters/{}", letter.id);
    let answer = eve.get(&address).await.shows(200);
    assert!(answer.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(answer.bytes.len() as u64, letter.size);
    assert!(
        answer
            .header("content-disposition")
            .starts_with("attachment")
    );
    let read =
        |entry: &Entry| matches!(entry, Entry::LetterRead { letter: one, .. } if *one == letter.id);
    assert_eq!(
        desk.told(id)
            .await
            .iter()
            .filter(|entry| read(entry))
            .count(),
        1
    );
    desk.holds().await;
}

async fn looking_at_a_letter_files_nothing(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    let page = format!("/cases/{id}/letter");
    let version = desk.case(id).await.version();
    let answer = anna.fills(&page, &page, &[("do", "look")]).await.shows(200);
    assert!(answer.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(desk.case(id).await.version(), version);
    // It prints what was sent: whoever looks without having opened the case has read of it.
    let carla = desk.signed_in("carla").await;
    let typed = [
        ("letter", "acknowledgement"),
        ("language", "en"),
        ("template", "0"),
        ("to", "Somebody"),
        ("subject", "Something"),
        ("body", "Words"),
        ("do", "look"),
    ];
    let read = desk.times("case.read").await;
    carla.post(&page, &typed).await.shows(200);
    assert_eq!(desk.times("case.read").await, read + 1);
}

async fn a_refusal_gives_the_managers_reasons(desk: &Desk) {
    let id = desk.in_review(Instrument::Subpoena).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, DENY).await.goes_to("/cases/");
    // What the stage calls for comes first.
    let anna = desk.signed_in("anna").await;
    anna.get(&format!("/cases/{id}/letter"))
        .await
        .shows(200)
        .says("We refuse it. Nothing was disclosed.")
        .says("Overbroad. It covers a whole year.");
    filed(desk, id, "refusal").await;
    let case = desk.case(id).await;
    assert_eq!(case.beside().letters[0].what.template, 0);
}

async fn no_letter_on_a_foreign_request_names_the_account(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.classifies(id, Instrument::ForeignDirect, &[])
        .await
        .goes_to("/cases/");
    let page = format!("/cases/{id}/letter?letter=information&language=en");
    anna.get(&page)
        .await
        .shows(200)
        .says("may confirm that an account exists");
    let named = "We know the account of SAM.M@subject.example well.";
    let action = format!("/cases/{id}/letter");
    for button in ["preview", "look", "file"] {
        anna.fills(&page, &action, &[("body", named), ("do", button)])
            .await
            .faults("body", "may not confirm that an account exists");
    }
    assert!(desk.case(id).await.beside().letters.is_empty());
}

async fn a_letter_that_the_case_has_no_use_for_is_refused(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    for (kind, says) in [
        ("refusal", "Nothing is refused"),
        ("production", "Nothing is recorded as sent"),
        ("preservation", "No hold stands"),
        ("narrowing", "Classify the case first"),
    ] {
        let page = format!("/cases/{id}/letter?letter={kind}&language=en");
        anna.get(&page).await.shows(200).says(says);
        let action = format!("/cases/{id}/letter");
        let typed = [
            ("letter", kind),
            ("template", "0"),
            ("to", "Somebody"),
            ("subject", "Something"),
            ("body", "Words"),
            ("do", "file"),
        ];
        anna.fills(&page, &action, &typed)
            .await
            .shows(422)
            .says(says);
    }
    assert!(desk.case(id).await.beside().letters.is_empty());
}

async fn an_administrator_publishes_and_letters_begin_from_it(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    finn.get("/letters")
        .await
        .shows(200)
        .says("Refusal with reasons")
        .says("counsel");
    let page = "/letters/acknowledgement/en";
    let text = [
        ("subject", "Ours: {{ number }}"),
        ("body", "Dear {{ person }}, all is well."),
    ];
    let with = |button| [text[0], text[1], ("do", button)];
    finn.fills(page, page, &with("preview"))
        .await
        .shows(200)
        .says("Dear Dr. Jana Muster, all is well.");
    finn.fills(page, page, &with("publish"))
        .await
        .goes_to("/letters/acknowledgement/en?done=template");
    finn.get(page)
        .await
        .shows(200)
        .says("Version 1")
        .says("As delivered");
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.get(&format!("/cases/{id}/letter"))
        .await
        .says("Dear Det. Maria Lopez, all is well.");
    filed(desk, id, "acknowledgement").await;
    assert_eq!(desk.case(id).await.beside().letters[0].what.template, 1);
    assert_eq!(desk.times("template.publish").await, 1);
    // The same text once more is no version.
    finn.fills(page, page, &with("publish"))
        .await
        .faults("body", "Nothing differs");
    desk.holds().await;
}

async fn a_template_that_cannot_be_filled_is_not_published(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let page = "/letters/refusal/en";
    for (body, says) in [
        ("{{ password }}", "no field"),
        ("{{ due }}", "no field"),
        ("{{ title }}", "ask for it first"),
        ("{% include 'x' %}", "no \u{201c}include\u{201d}"),
        ("{{ person", "never closed"),
    ] {
        let typed = [("subject", "S"), ("body", body), ("do", "publish")];
        finn.fills(page, page, &typed).await.faults("body", says);
    }
    assert_eq!(desk.times("template.publish").await, 0);
    // Whoever writes letters by it reads it, and changes nothing.
    let anna = desk.signed_in("anna").await;
    anna.get(page).await.shows(200).lacks("<textarea");
    let typed = [
        ("subject", "S"),
        ("body", "Dear {{ authority }}"),
        ("do", "publish"),
    ];
    anna.post(page, &typed).await.shows(403);
}

async fn a_new_language_begins_from_the_english_text(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let asked = |language| [("kind", "refusal"), ("language", language)];
    finn.fills("/letters", "/letters", &asked("german"))
        .await
        .faults("language", "BCP 47");
    let page = finn
        .fills("/letters", "/letters", &asked("PT-br"))
        .await
        .goes_to("/letters/refusal/pt-BR");
    finn.get(&page)
        .await
        .shows(200)
        .says("begins from the English text");
    let typed = [
        ("subject", "Recusa {{ number }}"),
        ("body", "Recusamos."),
        ("do", "publish"),
    ];
    finn.fills(&page, &page, &typed)
        .await
        .goes_to("/letters/refusal/pt-BR");
    finn.get("/letters")
        .await
        .says("Refusal with reasons (pt-BR)");
    desk.holds().await;
}

async fn a_letter_of_another_case_is_not_there(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let (one, other) = (anna.files(REQUEST).await, anna.files(REQUEST).await);
    filed(desk, one, "acknowledgement").await;
    let letter = desk.case(one).await.beside().letters[0].what.id;
    anna.get(&format!("/cases/{one}/letters/{letter}"))
        .await
        .shows(200);
    anna.get(&format!("/cases/{other}/letters/{letter}"))
        .await
        .shows(404);
    anna.forces(one, StepKind::Letter, &[("do", "file")])
        .await
        .shows(422);
}

#[tokio::test]
async fn an_edited_template_and_a_lost_letter_are_found() {
    let desk = house().await;
    let finn = desk.signed_in("finn").await;
    let page = "/letters/acknowledgement/en";
    let typed = [("subject", "S"), ("body", "B"), ("do", "publish")];
    finn.fills(page, page, &typed).await.goes_to(page);
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    filed(&desk, id, "acknowledgement").await;
    desk.holds().await;
    let letter = desk.case(id).await.beside().letters[0].what.id;
    let raw = desk.back_door().await;
    let edit = "UPDATE letter_template SET body = 'edited'";
    assert!(
        raw.execute_unprepared(edit).await.is_err(),
        "a guard stands there"
    );
    for sql in [
        "DROP TRIGGER letter_template_no_update",
        edit,
        "DELETE FROM letter_blob",
    ] {
        raw.execute_unprepared(sql).await.unwrap();
    }
    let found = desk.store.verify(&[], |_| {}).await.unwrap().findings;
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    for says in [
        "Template acknowledgement.en.1 was edited".to_owned(),
        format!("The bytes of letter {letter}"),
    ] {
        assert!(
            told.iter().any(|one| one.contains(&says)),
            "{says} in {told:?}"
        );
    }
}
