//! Members, policy versions, the organisation.

use axum::{
    extract::{Path, State},
    response::Response,
};
use zeroize::Zeroizing;

use app::{fault::Fault, returned::Once};
use casework::{form::Fields, member::MemberId};

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other},
    page::{self, Extra},
    problem,
    router::House,
};
use crate::office::{AtDesk, Change};

/// Adds a member, and shows their one-time password this once.
pub async fn add_member(State(house): State<House>, here: Here, posted: Posted) -> Response {
    administer(
        &house,
        here,
        posted,
        "/members",
        "added",
        async |desk, fields| desk.add_member(fields).await.map(Some),
    )
    .await
}

/// Changes a member; a new one-time password is shown this once.
pub async fn change_member(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let change = Change::from_code(posted.form.fields.get("do"));
    let (Ok(member), Some(change)) = (id.parse::<MemberId>(), change) else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/members").await;
    };
    let address = format!("/members/{member}");
    let done = if matches!(change, Change::Reset) {
        "reset"
    } else {
        "changed"
    };
    administer(
        &house,
        here,
        posted,
        &address,
        done,
        async |desk, fields| desk.change_member(member, &change, fields).await,
    )
    .await
}

/// Publishes a policy version.
pub async fn publish_policy(State(house): State<House>, here: Here, posted: Posted) -> Response {
    administer(
        &house,
        here,
        posted,
        "/policy",
        "published",
        async |desk, fields| desk.publish_policy(fields).await.map(|()| None),
    )
    .await
}

/// Names or dismisses a witness, or opens or shuts the ledger to the public.
pub async fn change_watch(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let done = match posted.form.fields.get("do") {
        "name" => "witness-named",
        "dismiss" => "witness-dismissed",
        "open" => "ledger-opened",
        _ => "ledger-shut",
    };
    administer(
        &house,
        here,
        posted,
        "/witnesses",
        done,
        async |desk, fields| desk.change_watch(fields).await.map(|()| None),
    )
    .await
}

/// Publishes a version of the tables.
pub async fn publish_tables(State(house): State<House>, here: Here, posted: Posted) -> Response {
    administer(
        &house,
        here,
        posted,
        "/tables",
        "tables",
        async |desk, fields| desk.publish_tables(fields).await.map(|()| None),
    )
    .await
}

/// Names the organisation.
pub async fn name_organisation(State(house): State<House>, here: Here, posted: Posted) -> Response {
    administer(
        &house,
        here,
        posted,
        "/organisation",
        "named",
        async |desk, fields| desk.name_organisation(fields).await.map(|()| None),
    )
    .await
}

/// Asks for a fresh proof, does the deed, and answers on the page it was asked from: with a
/// redirect that tells it is `done`, with a password that is shown once, or with the form as typed.
async fn administer(
    house: &House,
    here: Here,
    posted: Posted,
    address: &str,
    done: &str,
    deed: impl AsyncFnOnce(&AtDesk, &Fields) -> Result<Option<Zeroizing<String>>, Fault>,
) -> Response {
    let told = format!("{address}?done={done}");
    with_fresh_proof(house, here, posted, address, async |here, fields| {
        let Some(password) = deed(&here.0, fields).await? else {
            return Ok(see_other(&told));
        };
        let extra = Extra {
            status: 200,
            once: Some(Once(password.to_string())),
            ..Extra::default()
        };
        Ok(page::at(house, here, &told, extra).await)
    })
    .await
}
