//! The requesters' directory, and signals, as people meet them.

use casework::{
    case::{CaseId, Stage, StepKind},
    instrument::Instrument,
    ledger::Entry,
};

use crate::house::{
    APPROVE, Answer, Desk, Person, REQUEST, Sent, call_back, case_in, house, on_both, request_with,
};

const LAKESIDE: Sent<'static> = &[
    ("kind", "police"),
    ("name", "Lakeside Police Department"),
    ("country", "United States"),
    ("domains", "police.lakeside.example"),
    ("phone_number", "+1 555 0199"),
    ("phone_label", "duty desk"),
    ("phone_source", "the county's own directory"),
    ("phone_checked", "2026-02-01"),
    ("person_name", "Det. Maria Lopez"),
    ("person_title", "Detective"),
];

impl Person<'_> {
    /// Enters an authority; answers its address.
    async fn enters(&self, entry: Sent<'_>) -> String {
        let answer = self.post("/requesters/new", entry).await;
        let to = answer.goes_to("/requesters/");
        to.split('?').next().unwrap().to_owned()
    }

    /// Changes an entry on its page.
    async fn amends(&self, address: &str, typed: Sent<'_>) -> Answer {
        let page = format!("{address}/edit");
        self.fills(&page, &page, typed).await
    }
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// A case filed for the entry at this address.
async fn filed(desk: &Desk, address: &str, other: Sent<'_>) -> CaseId {
    let mut typed = vec![("authority_id", id_of(address))];
    typed.extend(other);
    let anna = desk.signed_in("anna").await;
    let mut request = request_with(&typed);
    request.push(("do", "file"));
    case_in(&anna.post("/cases/new", &request).await.goes_to("/cases/"))
}

on_both!(
    an_authority_is_entered_found_changed_and_read,
    an_entry_that_begins_from_a_case_is_a_reading_of_it,
    an_entry_that_begins_from_a_case_is_linked_to_it_by_who_may_mend_it,
    a_form_is_filled_in_from_the_directory_without_script,
    a_look_alike_is_told_on_the_case_and_where_it_is_decided,
    a_number_from_the_directory_is_called_and_another_one_added,
    two_entries_become_one_with_their_requests,
    only_one_of_two_mergers_of_one_entry_happens,
    blocked_attempts_stand_on_the_case,
);

async fn an_authority_is_entered_found_changed_and_read(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let address = anna.enters(LAKESIDE).await;
    let again = anna.post("/requesters/new", LAKESIDE).await;
    again.shows(422).faults("name", "change that entry instead");
    anna.get(&address)
        .await
        .shows(200)
        .says("police.lakeside.example")
        .says("the county's own directory")
        .says("Added today.");
    let carla = desk.signed_in("carla").await;
    carla
        .amends(&address, &[("units", "Fraud Unit\nCybercrime")])
        .await
        .goes_to(&address);
    let eve = desk.signed_in("eve").await;
    eve.get("/requesters?q=cyber")
        .await
        .shows(200)
        .says("Lakeside Police Department");
    eve.get(&format!("{address}/edit")).await.shows(403);
    desk.signed_in("finn").await.get(&address).await.shows(403);
    // Somebody who works on an older state of it is told so, and loses nothing.
    let stale = anna.get(&format!("{address}/edit")).await;
    let form = stale.form(&format!("{address}/edit"));
    carla
        .amends(&address, &[("country", "USA")])
        .await
        .goes_to(&address);
    let mut sent: Vec<(&str, &str)> = form
        .sends
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    sent.retain(|(name, _)| *name != "remarks");
    sent.push(("remarks", "Ask for the duty officer."));
    anna.post(&format!("{address}/edit"), &sent)
        .await
        .shows(409)
        .says("changed or merged this entry")
        .says("Ask for the duty officer.");
    desk.minutes_pass(60 * 24 * 400);
    let eve = desk.signed_in("eve").await;
    eve.get(&address)
        .await
        .says("Not looked up for over a year")
        .lacks("Added today");
    desk.holds().await;
}

async fn an_entry_that_begins_from_a_case_is_a_reading_of_it(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let case = anna.files(&request_with(&[("badge", "4711")])).await;
    let carla = desk.signed_in("carla").await;
    let read = desk.times("case.read").await;
    let page = format!("/requesters/new?case={case}");
    carla.get(&page).await.shows(200).holds("4711");
    assert_eq!(desk.times("case.read").await, read + 1);
    for (who, page, says) in [
        ("eve", "/requesters/new", "may not keep the requesters"),
        ("finn", "/requesters", "may not read cases"),
        ("carla", "/emergency", "may not file a request"),
    ] {
        let who = desk.signed_in(who).await;
        who.get(page).await.shows(403).says(says);
    }
}

async fn an_entry_that_begins_from_a_case_is_linked_to_it_by_who_may_mend_it(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let case = anna.files(REQUEST).await;
    let from = case.to_string();
    let enters = async |who: &Person<'_>, name: &str| {
        let typed = [
            ("kind", "police"),
            ("name", name),
            ("country", "United States"),
            ("case", &from),
        ];
        who.post("/requesters/new", &typed).await
    };
    // A manager keeps the directory too, and mends no request.
    let carla = desk.signed_in("carla").await;
    let entered = enters(&carla, "Harbor Police").await;
    entered.goes_to("/requesters/");
    assert_eq!(desk.case(case).await.fields().get("authority_id"), "");
    let entered = enters(&anna, "Lakeside Police Department").await;
    entered.goes_to(&format!("/cases/{case}?done=linked"));
    let linked = desk.case(case).await;
    assert_ne!(linked.fields().get("authority_id"), "");
    anna.get(&format!("/cases/{case}"))
        .await
        .says("In the directory");
    // What is linked already stays so.
    let other = enters(&anna, "Lakeside Sheriff").await;
    other.goes_to("/requesters/");
    assert_eq!(desk.case(case).await, linked);
    desk.holds().await;
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, from nothing typed to a mended request"
)]
async fn a_form_is_filled_in_from_the_directory_without_script(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let address = anna.enters(LAKESIDE).await;
    let harbor = [
        ("kind", "prosecutor"),
        ("name", "Harbor District Attorney"),
        ("country", "United States"),
    ];
    anna.enters(&harbor).await;
    // Several fit: they are offered, and what was typed stays.
    let several = anna
        .post(
            "/cases/new",
            &[("do", "fill"), ("find", "united"), ("asks", "Typed before")],
        )
        .await
        .shows(200)
        .says("Which one?")
        .says("Harbor District Attorney, United States");
    assert_eq!(several.form("/cases/new").value("asks"), "Typed before");
    // One fits: it is filled in, and the person can be chosen.
    let one = anna
        .post(
            "/cases/new",
            &[
                ("do", "fill"),
                ("find", "lakeside"),
                ("asks", "Typed before"),
            ],
        )
        .await
        .shows(200);
    let form = one.form("/cases/new");
    assert_eq!(form.value("authority_id"), id_of(&address));
    assert_eq!(form.value("authority"), "Lakeside Police Department");
    assert_eq!(form.value("requester_kind"), "police");
    assert_eq!(form.value("asks"), "Typed before");
    assert_eq!(
        form.value("phone"),
        "",
        "a number is what the request gives"
    );
    let radio = one.raw();
    let (_, person) = radio.split_once(&format!("{}/", id_of(&address))).unwrap();
    let pick = format!("{}/{}", id_of(&address), person.split('"').next().unwrap());
    let fields = [
        ("do", "fill"),
        ("pick", pick.as_str()),
        ("authority_id", id_of(&address)),
    ];
    let form = anna
        .post("/cases/new", &fields)
        .await
        .shows(200)
        .form("/cases/new");
    assert_eq!(form.value("person"), "Det. Maria Lopez");
    assert_eq!(form.value("title"), "Detective");
    let unlinked = anna
        .post(
            "/cases/new",
            &[
                ("do", "unlink"),
                ("authority_id", id_of(&address)),
                ("authority", "Lakeside"),
            ],
        )
        .await;
    let form = unlinked.shows(200).form("/cases/new");
    assert_eq!(
        (form.value("authority_id"), form.value("authority")),
        ("", "Lakeside")
    );
    anna.post(
        "/cases/new",
        &[("do", "fill"), ("find", "nobody like that")],
    )
    .await
    .shows(200)
    .says("The directory has nobody like that.");
    // Filling in keeps nothing; a link to nobody is no link.
    assert!(desk.store.cases_after(None, 1).await.unwrap().is_empty());
    let mut request = request_with(&[("authority_id", "0192f0c1-0000-7000-8000-000000000000")]);
    request.push(("do", "file"));
    let refused = anna.post("/cases/new", &request).await.shows(422);
    assert!(
        refused.text().contains("The directory has no such entry"),
        "{}",
        refused.text()
    );
    let case = filed(desk, &address, &[]).await;
    anna.get(&address)
        .await
        .says(&desk.case(case).await.number().to_string());
    let edited = anna
        .post(
            &format!("/cases/{case}/edit"),
            &[("do", "fill"), ("find", "harbor")],
        )
        .await
        .shows(200);
    assert_eq!(
        edited
            .form(&format!("/cases/{case}/edit"))
            .value("authority"),
        "Harbor District Attorney"
    );
    desk.holds().await;
}

async fn a_look_alike_is_told_on_the_case_and_where_it_is_decided(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let address = anna.enters(LAKESIDE).await;
    desk.minutes_pass(60 * 24 * 40);
    let anna = desk.signed_in("anna").await;
    let honest = filed(desk, &address, &[]).await;
    anna.get(&format!("/cases/{honest}"))
        .await
        .says("No signals");
    let case = filed(
        desk,
        &address,
        &[
            ("email", "mlopez@po1ice-lakeside.example"),
            ("issued", "2026-03-05"),
        ],
    )
    .await;
    let signals = |answer: Answer| {
        answer
            .says("signals")
            .holds("data-signal=\"look_alike\"")
            .holds("data-signal=\"dated_after\"")
            .says("looks like police.lakeside.example, the official domain of Lakeside Police Department")
            .says("Call the authority on a number from the directory")
    };
    signals(anna.get(&format!("/cases/{case}")).await.shows(200));
    anna.classifies(case, Instrument::SearchWarrant, &[])
        .await
        .goes_to("/cases/");
    // A message that says one sender and collects answers elsewhere.
    let eml = b"From: <mlopez@police.lakeside.example>\r\nReply-To: <desk@cases.test>\r\nMessage-ID: <1@x.test>\r\nSubject: Warrant\r\nMIME-Version: 1.0\r\n\r\nSee the warrant.\r\n";
    anna.uploads(case, &[("message.eml", eml)])
        .await
        .goes_to("/cases/");
    anna.get(&format!("/cases/{case}"))
        .await
        .holds("data-signal=\"reply_elsewhere\"");
    let ben = desk.signed_in("ben").await;
    ben.calls_back(case).await.goes_to("/cases/");
    anna.submits(case).await.goes_to("/cases/");
    let carla = desk.signed_in("carla").await;
    signals(carla.get(&format!("/cases/{case}/decide")).await.shows(200));
    // A signal is no verdict: what is verified may be approved.
    carla.decides(case, APPROVE).await.goes_to("/cases/");
    desk.stands(case, Stage::Approved).await;
    desk.holds().await;
}

async fn a_number_from_the_directory_is_called_and_another_one_added(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let address = anna.enters(LAKESIDE).await;
    let case = filed(desk, &address, &[("phone", "+1 555 0100")]).await;
    let ben = desk.signed_in("ben").await;
    let page = format!("/cases/{case}/verify");
    let shown = ben
        .get(&page)
        .await
        .shows(200)
        .says("+1 555 0199")
        .says("found in the county's own directory");
    let raw = shown.raw();
    let (before, _) = raw.split_once("+1 555 0199").unwrap();
    let (_, value) = before.rsplit_once("value=\"").unwrap();
    let number = value.split('"').next().unwrap();
    let at = desk.just_now();
    let mut typed = call_back(&at);
    typed.retain(|(name, _)| !matches!(*name, "contact" | "source"));
    typed.push(("number", number));
    ben.takes(case, StepKind::Verify, &typed)
        .await
        .goes_to("/cases/");
    let kept = desk.case(case).await.verifications()[0].what.clone();
    assert_eq!(kept.contact.as_str(), "+1 555 0199");
    assert!(
        kept.source.as_str().contains("2026-02-01"),
        "{}",
        kept.source
    );
    // A number that the request gives is not added; another one is, in the same act.
    let mut typed = call_back(&at);
    typed.retain(|(name, _)| *name != "contact");
    typed.extend([
        ("number", "other"),
        ("keep_number", "yes"),
        ("contact", "(1) 555 0100"),
    ]);
    ben.takes(case, StepKind::Verify, &typed)
        .await
        .shows(422)
        .faults("keep_number", "stands in the request");
    typed.pop();
    typed.push(("contact", "+1 555 014 2000"));
    ben.takes(case, StepKind::Verify, &typed)
        .await
        .goes_to("/cases/");
    let entry = ben.get(&address).await.shows(200);
    entry
        .says("+1 555 014 2000")
        .says("holds until")
        .says("None of them opens another case's gate");
    assert_eq!(desk.times("authority.amend").await, 1);
    desk.minutes_pass(60 * 24 * 31);
    let eve = desk.signed_in("eve").await;
    eve.get(&address).await.says("expired");
    eve.get(&format!("/cases/{case}"))
        .await
        .holds("data-signal=\"verification_expired\"");
    desk.holds().await;
}

async fn two_entries_become_one_with_their_requests(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let older = anna.enters(LAKESIDE).await;
    let twin = [
        ("kind", "police"),
        ("name", "Lakeside PD"),
        ("country", "USA"),
        ("domains", "lakesidepd.example"),
    ];
    let younger = anna.enters(&twin).await;
    let case = filed(desk, &younger, &[]).await;
    let page = format!("{younger}/merge");
    anna.get(&page)
        .await
        .shows(200)
        .says("Lakeside Police Department");
    let confirm = format!("{page}?with={}", id_of(&older));
    let shown = anna
        .get(&confirm)
        .await
        .shows(200)
        .says("What comes of it: Lakeside Police Department")
        .says("Stays only on the entry that is merged");
    let form = shown.form(&page);
    let sent: Vec<(&str, &str)> = form
        .sends
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    desk.minutes_pass(6);
    anna.post(&page, &sent)
        .await
        .shows(422)
        .faults("proof", "fresh proof");
    let mut proven = sent.clone();
    proven.push(("proof", crate::house::PASSWORD));
    anna.post(&page, &proven).await.goes_to(&older);
    anna.get(&older)
        .await
        .says("Lakeside PD")
        .says("lakesidepd.example")
        .says(&desk.case(case).await.number().to_string());
    anna.get(&younger)
        .await
        .shows(200)
        .says("This entry was merged into");
    anna.get(&format!("{younger}/edit")).await.shows(409);
    anna.post(&page, &proven).await.shows(409);
    desk.holds().await;
}

async fn only_one_of_two_mergers_of_one_entry_happens(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let mut addresses = Vec::new();
    for name in ["Agency A", "Agency B", "Agency C"] {
        let entry = [("kind", "police"), ("name", name), ("country", "Nowhere")];
        addresses.push(anna.enters(&entry).await);
    }
    let carla = desk.signed_in("carla").await;
    let form = async |who: &Person<'_>, one: &str, other: &str| {
        let page = format!("{one}/merge");
        let shown = who
            .get(&format!("{page}?with={}", id_of(other)))
            .await
            .shows(200);
        (page.clone(), shown.form(&page).sends)
    };
    let (one, sends_one) = form(&anna, &addresses[2], &addresses[0]).await;
    let (two, sends_two) = form(&carla, &addresses[2], &addresses[1]).await;
    let as_sent = |sends: &[(String, String)]| sends.to_vec();
    let (first, second) = (as_sent(&sends_one), as_sent(&sends_two));
    let first: Vec<(&str, &str)> = first
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let second: Vec<(&str, &str)> = second
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let (left, right) = tokio::join!(anna.post(&one, &first), carla.post(&two, &second));
    let mut statuses = [left.status.as_u16(), right.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", left.text(), right.text());
    assert_eq!(desk.times("authority.merge").await, 1);
    desk.holds().await;
}

async fn blocked_attempts_stand_on_the_case(desk: &Desk) {
    // An emergency that nobody called back about does not come before a manager.
    let anna = desk.signed_in("anna").await;
    let address = anna.enters(LAKESIDE).await;
    let case = filed(desk, &address, &[("phone", "+1 555 0100")]).await;
    anna.classifies(case, Instrument::EmergencyRequest, &[])
        .await
        .goes_to("/cases/");
    let refused = anna.forces(case, StepKind::Submit, &[]).await;
    assert_ne!(refused.status.as_u16(), 303, "{}", refused.text());
    // Nor does a call to the number that the request gave count, nor one by who filed it.
    let at = desk.just_now();
    let mut typed = call_back(&at);
    typed.retain(|(name, _)| *name != "contact");
    typed.extend([("number", "other"), ("contact", "+1 (555) 0100")]);
    let ben = desk.signed_in("ben").await;
    let refused = ben.takes(case, StepKind::Verify, &typed).await;
    assert_ne!(refused.status.as_u16(), 303, "{}", refused.text());
    let seen = desk.case(case).await.version().to_string();
    let mut own = call_back(&at);
    own.push(("seen", &seen));
    anna.post(&format!("/cases/{case}/verify"), &own)
        .await
        .shows(403);
    let told: Vec<StepKind> = desk
        .told(case)
        .await
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Refused { step, .. } => Some(step),
            _ => None,
        })
        .collect();
    assert_eq!(told, [StepKind::Submit, StepKind::Verify, StepKind::Verify]);
    let eve = desk.signed_in("eve").await;
    eve.get(&format!("/cases/{case}"))
        .await
        .shows(200)
        .holds("data-action=\"case.refused\"")
        .says("was refused:");
    desk.holds().await;
}

#[tokio::test]
async fn whatever_an_entry_is_called_it_stays_text() {
    let desk = house().await;
    let anna = desk.signed_in("anna").await;
    let evil = "</textarea><script>alert(1)</script>\u{202e}&lt;'\"";
    let entry = [
        ("kind", "other_authority"),
        ("name", evil),
        ("country", "<b>Nowhere</b>"),
        ("also", evil),
        ("remarks", evil),
        ("person_name", evil),
        ("phone_number", "+1 555 0142 <i>"),
        ("phone_source", evil),
        ("phone_checked", "2026-01-01"),
    ];
    let address = anna.enters(&entry).await;
    let twin = [("kind", "police"), ("name", "Twin & <u>"), ("country", "X")];
    let other = anna.enters(&twin).await;
    for page in [
        address.clone(),
        format!("{address}/edit"),
        "/requesters".into(),
        format!("{other}/merge?with={}", id_of(&address)),
        "/requesters?q=%3Cscript%3E&after=x%20y".into(),
    ] {
        let shown = anna.get(&page).await.shows(200);
        assert!(!shown.raw().contains("<script>alert"), "{page}");
        assert!(!shown.raw().contains("<b>Nowhere"), "{page}");
    }
    let form = anna
        .get(&format!("{address}/edit"))
        .await
        .form(&format!("{address}/edit"));
    assert_eq!(form.value("name"), evil);
    assert_eq!(form.value("remarks"), evil);
    for odd in [
        "/requesters/xyz",
        "/requesters/0192f0c1-0000-7000-8000-000000000000",
    ] {
        anna.get(odd).await.shows(404);
        anna.post(&format!("{odd}/edit"), &[("name", "x")])
            .await
            .shows(404);
    }
    // Rows that do not fit together are told, row by row.
    let ragged = [
        ("kind", "police"),
        ("name", "Ragged"),
        ("country", "X"),
        ("phone_number", "+1 555 0142"),
        ("phone_number", "none"),
        ("phone_checked", "2026-01-01"),
        ("domains", "gmail.com"),
    ];
    anna.post("/requesters/new", &ragged)
        .await
        .shows(422)
        .faults("phone.0", "Say where it was found")
        .faults("phone.1", "Give the number")
        .faults("domains", "official for nobody");
}
