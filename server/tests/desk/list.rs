//! The list: where everyone lands, what addresses find, and records that leave together.

use std::io::{Cursor, Read};

use casework::{case::CaseId, instrument::Instrument};

use crate::house::{APPROVE, Desk, PASSWORD, Person, on_both, request_with};

/// The numbers of the cases that an address shows, in their order.
async fn shown(person: &Person<'_>, address: &str) -> Vec<u32> {
    let raw = person.get(address).await.shows(200).raw();
    let rows = raw.split("<th scope=\"row\"").skip(1);
    rows.map(|row| {
        let (_, number) = row.split_once(">DD-2026-").unwrap();
        number[..5].parse().unwrap()
    })
    .collect()
}

/// One approved, one in review, one filed, one draft.
async fn four(desk: &Desk) -> [CaseId; 4] {
    let approved = desk.approved().await;
    let in_review = desk.in_review(Instrument::Subpoena).await;
    let anna = desk.signed_in("anna").await;
    let mail = [
        ("identifier_value", "Zoë.Quint@shop.example"),
        ("reference", "NH-77/b"),
        ("due", "2026-03-04"),
    ];
    let filed = anna.files(&request_with(&mail)).await;
    let draft = anna.drafts(&[("authority", "Harbor Court")]).await;
    [approved, in_review, filed, draft]
}

on_both!(
    everyone_lands_on_what_awaits_them,
    an_address_finds_the_same_for_everybody,
    a_long_list_goes_on_where_it_ended,
    records_leave_together_each_under_its_number,
    an_archive_is_neither_empty_nor_endless_nor_of_what_is_not_there,
    a_list_is_no_wider_than_the_role,
);

async fn everyone_lands_on_what_awaits_them(desk: &Desk) {
    four(desk).await;
    for (name, address, numbers) in [
        ("anna", "/cases?awaits=staff&sort=due", Some(vec![3, 1, 4])),
        ("carla", "/cases?awaits=manager&sort=due", Some(vec![2])),
        ("eve", "/cases?sort=changed", Some(vec![4, 3, 2, 1])),
        ("finn", "/members", None),
    ] {
        let person = desk.signed_in(name).await;
        let lands = person.get("/").await.goes_to(address);
        assert_eq!(lands, address);
        match numbers {
            Some(numbers) => assert_eq!(shown(&person, address).await, numbers, "{name}"),
            None => drop(person.get(address).await.shows(200)),
        }
    }
}

async fn an_address_finds_the_same_for_everybody(desk: &Desk) {
    four(desk).await;
    let (anna, eve) = (desk.signed_in("anna").await, desk.signed_in("eve").await);
    for (address, numbers) in [
        ("/cases?stage=draft", &[4][..]),
        ("/cases?stage=in_review&instrument=subpoena", &[2]),
        ("/cases?stage=in_review&instrument=search_warrant", &[]),
        ("/cases?ground=legal_directive&sort=oldest", &[1, 2]),
        ("/cases?awaits=manager", &[2]),
        ("/cases?due=three_days", &[3]),
        ("/cases?q=quint", &[3]),
        ("/cases?q=zo%C3%AB", &[3]),
        ("/cases?q=NH-77", &[3]),
        ("/cases?q=harbor+court", &[4]),
        ("/cases?q=DD-2026-00002", &[2]),
        ("/cases?q=lakeside&stage=filed", &[3]),
        ("/cases?q=nobody-of-this-name", &[]),
        ("/cases?sort=newest", &[4, 3, 2, 1]),
        // What is not understood narrows nothing.
        ("/cases?stage=nonsense&sort=sideways&q=", &[3, 1, 2, 4]),
    ] {
        let mut found = shown(&anna, address).await;
        assert_eq!(shown(&eve, address).await, found, "{address}");
        let mut wanted = numbers.to_vec();
        if !address.contains("sort=newest") && !address.contains("sort=oldest") {
            found.sort_unstable();
            wanted.sort_unstable();
        }
        assert_eq!(found, wanted, "{address}");
    }
    let page = anna.get("/cases?stage=draft&q=harbor").await;
    let form = page.form("/cases");
    assert_eq!((form.value("stage"), form.value("q")), ("draft", "harbor"));
}

async fn a_long_list_goes_on_where_it_ended(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    for count in 0..53 {
        let authority = format!("Court {count}");
        anna.post("/cases/new", &[("authority", &authority), ("do", "keep")])
            .await
            .goes_to("/cases/");
    }
    let first = anna.get("/cases?stage=draft&sort=oldest").await;
    let raw = first.raw();
    let (_, next) = raw.split_once("rel=\"next\"").unwrap();
    let (_, next) = next.split_once("href=\"").unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    assert!(
        next.starts_with("/cases?stage=draft&sort=oldest&after="),
        "{next}"
    );
    assert_eq!(
        shown(&anna, "/cases?stage=draft&sort=oldest").await,
        (1..=50).collect::<Vec<_>>()
    );
    assert_eq!(shown(&anna, &next).await, [51, 52, 53]);
}

async fn records_leave_together_each_under_its_number(desk: &Desk) {
    let [approved, in_review, ..] = four(desk).await;
    let eve = desk.signed_in("eve").await;
    let (one, two) = (approved.to_string(), in_review.to_string());
    // Ticked twice is asked for once.
    let answer = eve
        .post(
            "/cases/records",
            &[("case", &two), ("case", &one), ("case", &two)],
        )
        .await
        .shows(200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert!(
        answer
            .header("content-disposition")
            .contains("disclosure-records-2.zip")
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
    let mut names: Vec<_> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["DD-2026-00001.pdf", "DD-2026-00002.pdf"]);
    for name in names {
        let mut bytes = Vec::new();
        archive
            .by_name(&name)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        assert!(bytes.starts_with(b"%PDF"), "{name}");
    }
    assert_eq!(
        (
            desk.times("record.read").await,
            desk.times("records.export").await
        ),
        (2, 1)
    );
    desk.holds().await;
}

async fn an_archive_is_neither_empty_nor_endless_nor_of_what_is_not_there(desk: &Desk) {
    let [approved, ..] = four(desk).await;
    let eve = desk.signed_in("eve").await;
    eve.post("/cases/records", &[])
        .await
        .shows(422)
        .says("Tick the cases whose records you want.");
    let many: Vec<String> = (0..101).map(|_| uuid::Uuid::now_v7().to_string()).collect();
    let ticked: Vec<_> = many.iter().map(|id| ("case", id.as_str())).collect();
    eve.post("/cases/records", &ticked)
        .await
        .shows(422)
        .says("At most 100 records fit one archive; tick fewer.");
    let known = approved.to_string();
    eve.post("/cases/records", &[("case", &known), ("case", &many[0])])
        .await
        .shows(404);
    assert_eq!(
        desk.times("record").await,
        0,
        "nothing left, nothing is told"
    );
    desk.minutes_pass(6);
    let prove = eve
        .post("/cases/records", &[("case", &known)])
        .await
        .goes_to("/prove?next=%2Fcases");
    eve.fills(&prove, "/prove", &[("password", PASSWORD)])
        .await
        .goes_to("/cases");
    eve.post("/cases/records", &[("case", &known)])
        .await
        .shows(200);
}

async fn a_list_is_no_wider_than_the_role(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let (anna, carla) = (desk.signed_in("anna").await, desk.signed_in("carla").await);
    anna.get("/cases").await.shows(200).lacks("/cases/records");
    carla.get("/cases").await.shows(200).holds("/cases/records");
    let page = anna.get(&format!("/cases/{id}")).await.shows(200);
    page.lacks(&format!("/cases/{id}/decide"))
        .lacks("record.pdf");
    let page = carla.get(&format!("/cases/{id}")).await.shows(200);
    page.holds(&format!("/cases/{id}/decide"))
        .holds("record.pdf")
        .lacks(&format!("/cases/{id}/edit"));
    carla.decides(id, APPROVE).await.goes_to("/cases/");
}
