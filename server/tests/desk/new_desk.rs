//! A desk that was just set up, before anybody wrote its promise down.

use std::sync::Arc;

use casework::{Refusal, case::Stage, form::Fields};
use jiff::Timestamp;
use server::{access::password::Passwords, config::Config, keys::Keys, office::Office};
use store::Store;
use vault::{MasterKey, Vault};

use crate::house::REQUEST;

#[tokio::test]
async fn nothing_is_filed_before_a_promise_is_published_and_the_draft_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
    let office = Office::open(
        Store::open(&url).await.unwrap(),
        Vault::open(&folder.path().join("orders"), MasterKey::random().unwrap()).unwrap(),
        Passwords::feeble().unwrap(),
        Keys::open(&Config::in_folder(folder.path().into()), Timestamp::now()).unwrap(),
        record::FontBook::load(None).unwrap(),
        Arc::new(Timestamp::now),
    );
    let office = Arc::new(office.await.unwrap());
    let anna: Fields = [
        ("name", "Anna Berg"),
        ("sign_in", "anna"),
        ("role", "staff"),
    ]
    .into_iter()
    .collect();
    let (_, once) = office.add_member(&anna, None, office.now()).await.unwrap();
    let Ok(signed_in) = office.sign_in("anna", once, "a test").await else {
        panic!("the one-time password lets in");
    };
    let session = office.session(&signed_in.token).await.unwrap();
    let typed: Fields = REQUEST.iter().copied().collect();
    let kept = Box::pin(office.at(session).open_case(typed.clone(), true)).await;
    let kept = kept.unwrap();
    assert_eq!(kept.refused, Some(Refusal::NoPolicy));
    assert_eq!(kept.case.stage(), Stage::Draft);
    assert_eq!(kept.case.fields(), &typed);
}
