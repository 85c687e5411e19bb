//! What somebody with the machine changed is found; and what is done at the machine itself.

use std::process::{Command, Output};

use casework::{case::CaseId, instrument::Instrument};
use sea_orm::ConnectionTrait;

use crate::house::{Desk, PDF, house};

/// Takes the guards off and does something to the database, as somebody who holds the file can.
async fn tampers(desk: &Desk, sql: &str) {
    let raw = desk.back_door().await;
    for table in ["ledger_leaf", "ledger_payload", "ledger_node"] {
        for guard in ["no_update", "no_delete", "in_order"] {
            let drop = format!("DROP TRIGGER IF EXISTS {table}_{guard}");
            raw.execute_unprepared(&drop).await.unwrap();
        }
    }
    raw.execute_unprepared("PRAGMA foreign_keys = OFF")
        .await
        .unwrap();
    let done = raw.execute_unprepared(sql).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
}

async fn finds(desk: &Desk, words: &str) {
    let verified = desk.office.verify(&[]).await.unwrap();
    let told = verified.to_string();
    assert!(
        !verified.holds() && told.contains("does NOT hold"),
        "{told}"
    );
    assert!(
        told.lines()
            .any(|line| line.starts_with("FOUND") && line.contains(words)),
        "{words:?} is not in\n{told}"
    );
}

/// The blob that holds the first order of a case.
async fn blob(desk: &Desk, id: CaseId) -> std::path::PathBuf {
    let order = desk.case(id).await.orders()[0].order().id;
    let name = desk.store.blob_of(order).await.unwrap().unwrap().blob;
    desk.vault().join(&name[..2]).join(&name[2..4]).join(name)
}

async fn two_cases() -> (Desk, CaseId, CaseId) {
    let desk = house().await;
    let one = desk.in_review(Instrument::SearchWarrant).await;
    let other = desk.in_review(Instrument::Subpoena).await;
    desk.holds().await;
    (desk, one, other)
}

#[tokio::test]
async fn an_edited_row_is_found() {
    let (desk, id, _) = two_cases().await;
    tampers(
        &desk,
        "UPDATE case_file SET stage = 'approved' WHERE number_count = 1",
    )
    .await;
    finds(
        &desk,
        &format!("The row of {}", desk.case(id).await.number()),
    )
    .await;
}

#[tokio::test]
async fn a_member_who_made_themselves_a_manager_is_found() {
    let (desk, ..) = two_cases().await;
    tampers(
        &desk,
        "UPDATE member SET role = 'manager' WHERE sign_in = 'anna'",
    )
    .await;
    finds(&desk, "was edited").await;
}

#[tokio::test]
async fn an_edited_leaf_is_found() {
    let (desk, ..) = two_cases().await;
    tampers(
        &desk,
        "UPDATE ledger_leaf SET leaf = CAST(leaf || x'00' AS BLOB) WHERE action = 'case.submit'",
    )
    .await;
    finds(&desk, "of the ledger was edited").await;
}

#[tokio::test]
async fn a_deleted_leaf_is_found() {
    let (desk, ..) = two_cases().await;
    tampers(&desk, "DELETE FROM ledger_leaf WHERE seq = 9").await;
    finds(&desk, "Entry 9 of the ledger is missing.").await;
}

#[tokio::test]
async fn what_was_cut_from_the_end_is_found() {
    let (desk, ..) = two_cases().await;
    tampers(
        &desk,
        "DELETE FROM ledger_leaf WHERE seq = (SELECT max(seq) FROM ledger_leaf)",
    )
    .await;
    assert!(!desk.office.verify(&[]).await.unwrap().holds());
}

#[tokio::test]
async fn swapped_blobs_are_found_and_open_for_nobody() {
    let (desk, one, other) = two_cases().await;
    let (first, second) = (blob(&desk, one).await, blob(&desk, other).await);
    let aside = desk.folder().join("aside");
    std::fs::rename(&first, &aside).unwrap();
    std::fs::rename(&second, &first).unwrap();
    std::fs::rename(&aside, &second).unwrap();
    finds(&desk, "does not open").await;
    let order = desk.case(one).await.orders()[0].order().id;
    let eve = desk.signed_in("eve").await;
    eve.get(&format!("/cases/{one}/orders/{order}"))
        .await
        .shows(500);
}

#[tokio::test]
async fn a_blob_copied_over_another_is_found() {
    let (desk, one, other) = two_cases().await;
    std::fs::copy(blob(&desk, one).await, blob(&desk, other).await).unwrap();
    finds(&desk, "Order").await;
}

#[tokio::test]
async fn a_blob_of_the_same_case_in_anothers_place_is_found() {
    let (desk, one, _) = two_cases().await;
    let anna = desk.signed_in("anna").await;
    let second = [PDF, b"second"].concat();
    anna.uploads(one, &[("second.pdf", &second)])
        .await
        .goes_to("/cases/");
    // Blob and key together, so that each opens by itself.
    let case = desk.case(one).await;
    let hex = |place: usize| case.orders()[place].order().id.0.simple().to_string();
    let (first, second) = (hex(0), hex(1));
    let raw = desk.back_door().await;
    let take = |to: &str, from: &str| {
        format!(
            "UPDATE order_blob SET (blob, wrapped_key) = (SELECT blob, wrapped_key FROM kept \
             WHERE hex(order_id) = upper('{from}')) WHERE hex(order_id) = upper('{to}')"
        )
    };
    for sql in [
        "CREATE TABLE kept AS SELECT * FROM order_blob".to_owned(),
        "UPDATE order_blob SET blob = hex(randomblob(16))".to_owned(),
        take(&first, &second),
        take(&second, &first),
    ] {
        raw.execute_unprepared(&sql).await.unwrap();
    }
    finds(&desk, "does not open").await;
}

/// Runs the desk's own binary on this desk's folder.
async fn runs(desk: &Desk, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_disclosure-desk"));
    command
        .args(arguments)
        .env("DESK_DATA", desk.folder())
        .env_remove("DATABASE_URL");
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_machine_tells_whether_the_ledger_holds() {
    let (desk, ..) = two_cases().await;
    let output = runs(&desk, &["ledger", "verify"]).await;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(
        told.contains("The ledger holds") && told.contains("2 cases, 2 orders"),
        "{told}"
    );
    // What it prints is what is kept elsewhere and compared again.
    let head = desk.store.head().await.unwrap();
    let root = casework::order::Digest(head.root);
    let kept = format!("{}:{root}", head.size);
    let output = runs(&desk, &["ledger", "verify", "--checkpoint", &kept]).await;
    assert_eq!(output.status.code(), Some(0));
    let output = runs(
        &desk,
        &[
            "ledger",
            "verify",
            "--checkpoint",
            &format!("{}:{root}", head.size + 7),
        ],
    )
    .await;
    assert_eq!(output.status.code(), Some(1));

    tampers(
        &desk,
        "UPDATE case_file SET stage = 'approved' WHERE number_count = 1",
    )
    .await;
    let output = runs(&desk, &["ledger", "verify"]).await;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("FOUND  The row of DD-2026-00001 was edited"),
        "{told}"
    );
    let output = runs(
        &desk,
        &[
            "ledger",
            "verify",
            "--database-url",
            "sqlite:///nowhere/desk.db",
        ],
    )
    .await;
    assert_eq!(output.status.code(), Some(2), "it could not be checked");
}

#[tokio::test]
async fn a_member_added_at_the_machine_signs_in_once_with_what_it_prints() {
    let desk = house().await;
    let add = |role: &'static str| {
        [
            "member",
            "add",
            "--name",
            "Gus Lund",
            "--sign-in",
            "gus",
            "--role",
            role,
        ]
    };
    let output = runs(&desk, &add("king")).await;
    assert_ne!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("role: This is not one of the choices."),
        "{told}"
    );
    let output = runs(&desk, &add("administrator")).await;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    let password = told
        .lines()
        .map(str::trim)
        .find(|line| line.matches('-').count() == 3)
        .unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains(password));
    let gus = desk.nobody();
    gus.signs_in("gus", password).await.goes_to("/");
    gus.get("/members").await.goes_to("/account?done=change");
    assert_ne!(
        runs(&desk, &add("staff")).await.status.code(),
        Some(0),
        "the name is taken"
    );
    desk.hours_pass(24 * 365);
    desk.holds().await;
}

/// Everything that `disclosure-desk verify` answers, each with its exit code.
#[tokio::test]
async fn a_record_is_verified_by_a_command_that_needs_nothing_of_the_desk() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    let folder = tempfile::tempdir().unwrap();
    let keep = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let pdf = crate::records::record(&eve, id).await;
    let intact = keep("record.pdf", &pdf);
    let mut changed = pdf.clone();
    changed[40_000] ^= 1;
    let altered = keep("altered.pdf", &changed);
    let rubbish = keep("rubbish.pdf", b"%PDF-1.7 and nothing else");
    let key = desk.ledger_key().to_string();
    desk.minutes_pass(16);
    let eve = desk.signed_in("eve").await;
    eve.get(&format!("/cases/{id}")).await.shows(200);
    desk.office.checkpoint_if_grown().await.unwrap();
    let later = eve.get("/ledger/checkpoint").await.shows(200).bytes;
    let later = keep("later.txt", &later);
    // Elsewhere: no folder of the desk, no database.
    let ask = |arguments: Vec<String>| {
        let output = Command::new(env!("CARGO_BIN_EXE_disclosure-desk"))
            .arg("verify")
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code().unwrap(), told)
    };
    let with = |record: &str, more: &[&str]| {
        let more = more.iter().map(|one| (*one).to_owned());
        ask([record.to_owned()].into_iter().chain(more).collect())
    };
    for (answer, code, says) in [
        (with(&intact, &["--key", &key]), 0, "This record is intact"),
        (
            with(&intact, &["--key", &key, "--checkpoint", &intact]),
            0,
            "intact",
        ),
        (
            with(&altered, &["--key", &key]),
            1,
            "This record was altered",
        ),
        (with(&rubbish, &["--key", &key]), 2, "not a record"),
        (with(&intact, &[]), 3, "nobody you know vouches for it"),
        (
            with(&intact, &["--key", &key, "--checkpoint", &later]),
            4,
            "older",
        ),
    ] {
        assert_eq!(answer.0, code, "{}", answer.1);
        assert!(answer.1.contains(says), "{says}: {}", answer.1);
    }
    let (_, json) = with(&altered, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["verdict"], &json["code"]),
        (&"altered".into(), &1.into())
    );
    assert_eq!(
        with(&folder.path().join("none.pdf").display().to_string(), &[]).0,
        2
    );
    assert_eq!(with(&intact, &["--key", "what"]).0, 2);
}
