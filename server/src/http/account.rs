//! The member's own account.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::form::Fields;

use super::{
    context::Here,
    form::{Posted, see_other},
    problem,
    router::House,
};

/// Says that somebody is here: an island asks so that a session does not end under typing hands.
pub async fn here() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Changes the password.
pub async fn change_password(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let secret = |name: &str| posted.secrets.get(name);
    match here
        .0
        .change_password(secret("current"), secret("new"), secret("again"))
        .await
    {
        Ok(()) => see_other("/account?done=password"),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, Fields::new(), "/account", false).await
        }
    }
}

/// Ends one of the member's sessions, or all but this one.
pub async fn end_sessions(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let fields = posted.form.fields;
    let one = Some(fields.get("session")).filter(|_| !fields.has("all", "yes"));
    match here.0.end_sessions(one).await {
        Ok(()) => see_other("/account?done=ended"),
        Err(fault) => problem::form_returned(&house, &here, fault, fields, "/account", false).await,
    }
}
