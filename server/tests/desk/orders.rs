//! Orders: in by a stream, out by a stream, and nothing in between is half.

use std::path::{Path, PathBuf};

use axum::{body::Body, http::Request};
use bytes::Bytes;
use casework::{case::CaseId, ledger::Entry};
use futures_util::stream;
use sea_orm::ConnectionTrait;

use crate::house::{Desk, PDF, REQUEST, multipart, on_both};

/// Every file of the vault.
fn blobs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(blobs(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// How many orders the desk keeps: as files, as rows, as events.
async fn kept(desk: &Desk, id: CaseId) -> [usize; 3] {
    let rows = desk.store.blobs(None, 100).await.unwrap().len();
    [
        blobs(&desk.vault()).len(),
        rows,
        desk.case(id).await.orders().len(),
    ]
}

fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = PDF.to_vec();
    bytes.extend((0..length).map(|place| u8::try_from(place % 251).unwrap()));
    bytes
}

on_both!(
    several_files_arrive_at_once_and_leave_as_they_came,
    what_is_not_accepted_is_named_with_its_reason_and_the_rest_is_kept,
    the_same_file_is_attached_once,
    an_upload_that_breaks_off_leaves_nothing,
    what_a_row_refers_to_is_never_let_go,
    an_order_of_another_case_is_not_there,
    a_flipped_byte_gives_out_nothing_at_all,
    islands_are_answered_in_json,
);

async fn several_files_arrive_at_once_and_leave_as_they_came(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    let large = pdf(300_000);
    let files: [(&str, &[u8]); 3] = [
        ("order.pdf", &large),
        ("note.txt", "Grüße\n".as_bytes()),
        ("C:\\scans\\Anhang ü 2.pdf", PDF),
    ];
    let to = anna
        .uploads(id, &files)
        .await
        .goes_to(&format!("/cases/{id}?done=attach"));
    anna.get(&to)
        .await
        .shows(200)
        .says("order.pdf")
        .says("Anhang ü 2.pdf");
    assert_eq!(kept(desk, id).await, [3, 3, 3]);
    let case = desk.case(id).await;
    let eve = desk.signed_in("eve").await;
    for ((_, bytes), order) in files.iter().zip(case.orders()) {
        let order = order.order();
        let answer = eve
            .get(&format!("/cases/{id}/orders/{}", order.id))
            .await
            .shows(200);
        assert!(answer.whole && answer.bytes == *bytes, "{}", order.name);
        assert_eq!(answer.header("content-length"), bytes.len().to_string());
        let reads = desk
            .told(id)
            .await
            .into_iter()
            .filter(
                |entry| matches!(entry, Entry::OrderRead { order: read, .. } if *read == order.id),
            )
            .count();
        assert_eq!(reads, 1, "a download is told");
    }
    let plain = std::fs::read(&blobs(&desk.vault())[0]).unwrap();
    assert!(
        !plain.windows(5).any(|window| window == b"%PDF-"),
        "nothing lies in the open"
    );
    desk.holds().await;
}

async fn what_is_not_accepted_is_named_with_its_reason_and_the_rest_is_kept(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    let files: [(&str, &[u8]); 6] = [
        ("a.exe", b"MZ"),
        ("b.pdf", b"GIF89a"),
        ("c.txt", b""),
        ("d", b"x"),
        ("<e>.html", b"<script>"),
        ("good.pdf", PDF),
    ];
    let answer = anna
        .uploads(id, &files)
        .await
        .shows(422)
        .faults("orders", "");
    let answer = answer
        .says("a.exe")
        .says("Files ending in .exe are not accepted")
        .says("This file is named .pdf but its content is")
        .says("This file is empty")
        .says("has no ending that tells its type")
        .says("One other file was attached.");
    answer.lacks("<e>.html");
    assert_eq!(kept(desk, id).await, [1, 1, 1]);
    anna.uploads(id, &[])
        .await
        .shows(422)
        .faults("orders", "Choose at least one file.");
    anna.uploads(id, &[("", b"")])
        .await
        .shows(422)
        .faults("orders", "Choose at least one file.");
    anna.post(&format!("/cases/{id}/attach"), &[("orders", "x")])
        .await
        .shows(422)
        .faults("orders", "did not come with files");
    desk.holds().await;
}

async fn the_same_file_is_attached_once(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.uploads(id, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    let answer = anna.uploads(id, &[("again.pdf", PDF)]).await.shows(422);
    answer.faults(
        "orders",
        "This order is attached already, as \u{201c}order.pdf\u{201d}.",
    );
    assert_eq!(kept(desk, id).await, [1, 1, 1]);
    let other = anna.files(REQUEST).await;
    anna.uploads(other, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    desk.holds().await;
}

async fn an_upload_that_breaks_off_leaves_nothing(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    let large = pdf(400_000);
    let mut body = multipart(&[("order.pdf", &large)]);
    body.truncate(250_000);
    anna.uploads_broken(id, body.clone())
        .await
        .shows(422)
        .faults("orders", "broke off");
    assert_eq!(kept(desk, id).await, [0, 0, 0]);
    // A line that breaks is an error of the body itself.
    let pieces = [
        Ok(Bytes::from(body)),
        Err(std::io::Error::other("the line broke")),
    ];
    let request = Request::post(format!("/cases/{id}/attach"))
        .header("content-type", "multipart/form-data; boundary=between");
    let answer = anna
        .send(
            request
                .body(Body::from_stream(stream::iter(pieces)))
                .unwrap(),
        )
        .await;
    answer.shows(422).faults("orders", "broke off");
    assert_eq!(kept(desk, id).await, [0, 0, 0]);
    // What was whole before the break stays.
    let mut both = multipart(&[("first.pdf", PDF), ("second.pdf", &large)]);
    both.truncate(200_000);
    anna.uploads_broken(id, both)
        .await
        .shows(422)
        .faults("orders", "One other file was attached.");
    assert_eq!(kept(desk, id).await, [1, 1, 1]);
    desk.holds().await;
}

/// Where the answer to a commit is lost, the desk does not know whether a row stands, and looks.
async fn what_a_row_refers_to_is_never_let_go(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.uploads(id, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    let blob = desk.store.blobs(None, 1).await.unwrap().remove(0).blob;
    let blob = blob.parse().unwrap();
    desk.office.let_go(blob).await;
    assert_eq!(kept(desk, id).await, [1, 1, 1]);
    let door = desk.back_door().await;
    // Who cannot look lets nothing go.
    for sql in [
        "ALTER TABLE order_blob RENAME TO elsewhere",
        "ALTER TABLE elsewhere RENAME TO order_blob",
    ] {
        door.execute_unprepared(sql).await.unwrap();
        desk.office.let_go(blob).await;
        assert_eq!(blobs(&desk.vault()).len(), 1);
    }
    door.execute_unprepared("DELETE FROM order_blob")
        .await
        .unwrap();
    desk.office.let_go(blob).await;
    assert!(blobs(&desk.vault()).is_empty());
}

async fn an_order_of_another_case_is_not_there(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let (one, other) = (anna.files(REQUEST).await, anna.files(REQUEST).await);
    anna.uploads(one, &[("order.pdf", PDF)])
        .await
        .goes_to("/cases/");
    let order = desk.case(one).await.orders()[0].order().id;
    anna.get(&format!("/cases/{other}/orders/{order}"))
        .await
        .shows(404);
    let strike = [
        ("order", order.to_string()),
        ("reasons", "Not ours.".into()),
    ];
    let strike: Vec<_> = strike
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    anna.forces(other, casework::case::StepKind::Strike, &strike)
        .await
        .shows(422)
        .says("No such order stands on this case.");
}

async fn a_flipped_byte_gives_out_nothing_at_all(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    let id = anna.files(REQUEST).await;
    anna.uploads(id, &[("order.pdf", &pdf(300_000))])
        .await
        .goes_to("/cases/");
    let order = desk.case(id).await.orders()[0].order().id;
    let address = format!("/cases/{id}/orders/{order}");
    anna.get(&address).await.shows(200);
    let blob = blobs(&desk.vault()).remove(0);
    let whole = std::fs::read(&blob).unwrap();
    for place in [10, 5_000, 150_000, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        std::fs::write(&blob, bytes).unwrap();
        let answer = anna
            .get(&address)
            .await
            .shows(500)
            .says("Incident")
            .lacks("%PDF");
        assert!(answer.header("content-disposition").is_empty());
    }
    std::fs::write(&blob, &whole[..100_000]).unwrap();
    anna.get(&address).await.shows(500).lacks("%PDF");
    std::fs::remove_file(&blob).unwrap();
    anna.get(&address).await.shows(500).says("Incident");
    std::fs::write(&blob, whole).unwrap();
    anna.get(&address).await.shows(200);
    desk.holds().await;
}

async fn islands_are_answered_in_json(desk: &Desk) {
    let anna = desk.signed_in("anna").await.by_island();
    let form = [("authority", "Lakeside"), ("do", "keep")];
    let kept = anna.post("/cases/new", &form).await.shows(200).json();
    let draft = kept["location"].as_str().unwrap().to_owned();
    assert_eq!(kept["seen"], 1);
    let id = crate::house::case_in(&draft);
    let located = anna
        .uploads(id, &[("order.pdf", PDF)])
        .await
        .shows(200)
        .json();
    assert!(
        located["location"]
            .as_str()
            .unwrap()
            .starts_with(&format!("/cases/{id}?done=attach"))
    );

    let stale = anna
        .post(&draft, &[("authority", "Harbor"), ("seen", "1")])
        .await
        .shows(409);
    assert_eq!(stale.header("content-type"), "application/problem+json");
    let problem = stale.json();
    assert_eq!(
        (&problem["status"], &problem["title"]),
        (&409.into(), &"Conflict".into())
    );
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("Anna Berg attached"),
        "{problem}"
    );
    let answer = anna
        .post(&draft, &[("due", "soon"), ("seen", "2"), ("do", "file")])
        .await
        .shows(422);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let told = answer.json();
    let faults = told["faults"].as_array().unwrap();
    assert!(
        faults.iter().any(|fault| fault["field"] == "due"
            && fault["says"].as_str().unwrap().contains("not a date"))
    );
    let turned = anna.uploads(id, &[("a.exe", b"MZ")]).await.shows(422);
    assert_eq!(turned.header("content-type"), "application/problem+json");
    let none = anna.get("/cases/x/orders/y").await.shows(404);
    assert_eq!(none.header("content-type"), "application/problem+json");
}
