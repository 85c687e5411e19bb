//! Members, policy versions, the organisation.

use axum::{
    extract::{Path, State},
    response::Response,
};

use app::{fault::Fault, returned::Once};
use casework::member::MemberId;

use super::{
    context::Here,
    entrance::{proven, with_proof},
    form::{Posted, see_other},
    page::{self, Extra},
    problem,
    router::House,
};
use crate::office::Change;

/// Adds a member, and shows their one-time password this once.
pub async fn add_member(State(house): State<House>, mut here: Here, posted: Posted) -> Response {
    let token = match proven(&mut here, &posted).await {
        Ok(token) => token,
        Err(fault) => {
            return problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                "/members",
                false,
            )
            .await;
        }
    };
    let response = match here.0.add_member(&posted.form.fields).await {
        Ok(password) => shown_once(&house, &here, "/members?done=added", &password).await,
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, "/members", false)
                .await
        }
    };
    with_proof(response, token)
}

/// Changes a member.
pub async fn change_member(
    State(house): State<House>,
    mut here: Here,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let address = format!("/members/{id}");
    let change = Change::from_code(posted.form.fields.get("do"));
    let (Ok(member), Some(change)) = (id.parse::<MemberId>(), change) else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/members").await;
    };
    let token = match proven(&mut here, &posted).await {
        Ok(token) => token,
        Err(fault) => {
            return problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                &address,
                false,
            )
            .await;
        }
    };
    let response = match here
        .0
        .change_member(member, &change, &posted.form.fields)
        .await
    {
        Ok(Some(password)) => {
            shown_once(&house, &here, &format!("{address}?done=reset"), &password).await
        }
        Ok(None) => see_other(&format!("{address}?done=changed")),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, &address, false).await
        }
    };
    with_proof(response, token)
}

async fn shown_once(house: &House, here: &Here, address: &str, password: &str) -> Response {
    let once = Some(Once(password.to_owned()));
    page::at(
        house,
        here,
        address,
        Extra {
            status: 200,
            once,
            ..Extra::default()
        },
    )
    .await
}

/// Publishes a policy version.
pub async fn publish_policy(
    State(house): State<House>,
    mut here: Here,
    posted: Posted,
) -> Response {
    let token = match proven(&mut here, &posted).await {
        Ok(token) => token,
        Err(fault) => {
            return problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                "/policy",
                false,
            )
            .await;
        }
    };
    let response = match here.0.publish_policy(&posted.form.fields).await {
        Ok(()) => see_other("/policy?done=published"),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, "/policy", false).await
        }
    };
    with_proof(response, token)
}

/// Names the organisation.
pub async fn name_organisation(
    State(house): State<House>,
    mut here: Here,
    posted: Posted,
) -> Response {
    let token = match proven(&mut here, &posted).await {
        Ok(token) => token,
        Err(fault) => {
            return problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                "/organisation",
                false,
            )
            .await;
        }
    };
    let response = match here.0.name_organisation(&posted.form.fields).await {
        Ok(()) => see_other("/organisation?done=named"),
        Err(fault) => {
            problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                "/organisation",
                false,
            )
            .await
        }
    };
    with_proof(response, token)
}
