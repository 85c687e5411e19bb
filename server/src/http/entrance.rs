//! Coming in and going out.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use casework::form::{Faults, Fields};

use app::{fault::Fault, returned::Returned};

use super::{
    context::Here,
    form::{Posted, own_address, see_other, wants_json},
    page::{self, Extra},
    problem,
    router::House,
};
use crate::{access::session::COOKIE, office::NotLetIn};

/// The sentence for an unknown account, a wrong password and a disabled member alike.
const WRONG: &str = "This name and password do not go together.";
const LOCKED: &str = "Too many wrong passwords were given for this name today. Try again tomorrow, or ask an administrator to reset the password.";
const STALLED: &str = "You were signed out while you worked. Nothing you typed is lost: look it over and send it again.";

/// Signs in.
pub async fn sign_in(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let Posted { form, secrets, .. } = posted;
    let fields = form.fields;
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or("unknown");
    let let_in = house
        .office
        .sign_in(fields.get("sign_in"), secrets.get("password"), agent)
        .await;
    let said = match let_in {
        Ok(signed_in) => {
            let mut response = match stalled(&fields) {
                Some((path, fields)) if !signed_in.must_change_password => {
                    resume(&house, &signed_in.token, path, fields).await
                }
                _ => see_other(own_address(fields.get("next")).unwrap_or("/")),
            };
            set_cookie(&mut response, &signed_in.token);
            return response;
        }
        Err(NotLetIn::Wrong) => WRONG,
        Err(NotLetIn::Locked) => LOCKED,
        Err(NotLetIn::Fault(fault)) => {
            return problem::answer(&house, &here, &fault, wants_json(&headers), "/sign-in").await;
        }
    };
    let stalled = stalled(&fields).map(|(path, fields)| app::returned::Stalled {
        path: path.to_owned(),
        fields,
    });
    let own: Fields = fields
        .pairs()
        .filter(|(name, _)| matches!(*name, "sign_in" | "next"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let returned = Returned {
        fields: own,
        faults: Faults::one("password", said),
        ..Returned::default()
    };
    let extra = Extra {
        status: 422,
        returned: Some(returned),
        stalled,
        ..Extra::default()
    };
    page::at(&house, &here, "/sign-in", extra).await
}

/// The form that a session's end had stalled, carried through sign-in.
fn stalled(fields: &Fields) -> Option<(&str, Fields)> {
    let path = own_address(fields.get("stalled_path"))?;
    let carried = fields
        .pairs()
        .filter_map(|(name, value)| {
            Some((name.strip_prefix("stalled.")?.to_owned(), value.to_owned()))
        })
        .collect();
    Some((path, carried))
}

/// Shows the stalled form again, filled in. It is shown and not taken: whoever signs in reads it
/// before it counts, also where somebody else had made it.
async fn resume(house: &House, token: &str, path: &str, fields: Fields) -> Response {
    let session = match house.office.session(token).await {
        Ok(session) => session,
        Err(fault) => {
            return problem::answer(house, &Here(house.office.at(None)), &fault, false, "/").await;
        }
    };
    let here = Here(house.office.at(session));
    // Forms without a page of their own stand on another's.
    let page_path = match path {
        "/cases/records" => "/cases",
        path if path.starts_with("/account/") => "/account",
        path => path,
    };
    let returned = Returned {
        fields,
        says: Some(STALLED.into()),
        ..Returned::default()
    };
    page::at(
        house,
        &here,
        page_path,
        Extra {
            status: 200,
            returned: Some(returned),
            ..Extra::default()
        },
    )
    .await
}

/// Signs out, and has the browser forget what it saw.
pub async fn sign_out(State(house): State<House>, here: Here) -> Response {
    if let Err(fault) = here.0.sign_out().await {
        return problem::answer(&house, &here, &fault, false, "/").await;
    }
    let mut response = see_other("/sign-in?done=sign_out");
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().insert(header::SET_COOKIE, gone);
    }
    let forget = HeaderValue::from_static("\"cache\", \"storage\"");
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), forget);
    response
}

/// Each role lands on what awaits it.
pub async fn land(State(house): State<House>, here: Here, request: Request) -> Response {
    match here.0.lands_on() {
        Ok(address) => see_other(address),
        Err(fault) => {
            problem::answer(&house, &here, &fault, wants_json(request.headers()), "/").await
        }
    }
}

/// Confirms the password, then goes on to what asked for it.
pub async fn prove(State(house): State<House>, mut here: Here, posted: Posted) -> Response {
    let fields = posted.form.fields;
    match here
        .0
        .prove(posted.secrets.get("password"), "password")
        .await
    {
        Ok(token) => {
            let mut response = see_other(own_address(fields.get("next")).unwrap_or("/"));
            set_cookie(&mut response, &token);
            response
        }
        Err(fault) => problem::form_returned(&house, &here, fault, fields, "/prove", false).await,
    }
}

/// Gives the browser its token.
pub fn set_cookie(response: &mut Response, token: &str) {
    let cookie = format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict");
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// Asks for the password where the form needs a fresh proof. `Ok(Some(token))` is to be set on
/// whatever is answered; the fault stands beside the field `proof`.
pub async fn proven(
    here: &mut Here,
    posted: &Posted,
) -> Result<Option<zeroize::Zeroizing<String>>, Fault> {
    if here.0.proof_is_fresh()? {
        return Ok(None);
    }
    let proof = posted.secrets.get("proof");
    if proof.is_empty() {
        let says = "Give your password once more; this needs a fresh proof.";
        return Err(casework::Refusal::from(Faults::one("proof", says)).into());
    }
    here.0.prove(proof, "proof").await.map(Some)
}

/// Asks for a fresh proof, does the deed, and shows the form as typed where it failed.
pub async fn with_fresh_proof(
    house: &House,
    mut here: Here,
    posted: Posted,
    address: &str,
    deed: impl AsyncFnOnce(&Here, &Fields) -> Result<Response, Fault>,
) -> Response {
    let (answered, token) = match proven(&mut here, &posted).await {
        Ok(token) => (deed(&here, &posted.form.fields).await, token),
        Err(fault) => (Err(fault), None),
    };
    let response = match answered {
        Ok(response) => response,
        Err(fault) => {
            problem::form_returned(house, &here, fault, posted.form.fields, address, false).await
        }
    };
    with_proof(response, token)
}

/// Sets the token of a proof on an answer, if there was one.
pub fn with_proof(mut response: Response, token: Option<zeroize::Zeroizing<String>>) -> Response {
    if let Some(token) = token {
        set_cookie(&mut response, &token);
    }
    response
}
