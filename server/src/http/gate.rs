//! Who comes in where: recognises the session, then asks the matrix.

use axum::{
    extract::{FromRequest, MatchedPath, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use app::{
    fault::Fault,
    returned::{Returned, Stalled},
};
use casework::{
    Refusal,
    case::{CaseId, StepKind},
    member::{Duty, Role},
};

use super::{
    context::Here,
    form::{Posted, see_other, wants_json},
    page::{self, Extra},
    problem,
    router::House,
};
use crate::access::session::COOKIE;

/// What a password opens that somebody else knows: the page to change it on, and what that page does.
const TO_CHANGE_IT: [&str; 4] = [
    "/account",
    "/account/here",
    "/account/password",
    "/account/sessions",
];

/// Looks the session up and stands the desk in the request.
pub async fn recognise(State(house): State<House>, mut request: Request, next: Next) -> Response {
    // What the browser caches for good needs nobody's session.
    let token = token(request.headers()).filter(|_| !request.uri().path().starts_with("/pkg/"));
    let session = match token {
        Some(token) => house.office.session(&token).await,
        None => Ok(None),
    };
    match session {
        Ok(session) => {
            let desk = house.office.at(session);
            request.extensions_mut().insert(Here(desk));
            next.run(request).await
        }
        Err(fault) => {
            let wants_json = wants_json(request.headers());
            request.extensions_mut().insert(Here(house.office.at(None)));
            // Health tells for itself; a page tells that the desk is not well.
            if matches!(request.uri().path(), "/healthz" | "/readyz") {
                return next.run(request).await;
            }
            problem::answer(
                &house,
                &Here(house.office.at(None)),
                &fault,
                wants_json,
                "/",
            )
            .await
        }
    }
}

/// The token in our cookie, if there is one that could be ours.
fn token(headers: &HeaderMap) -> Option<Zeroizing<String>> {
    let cookies = headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| {
            (name == COOKIE && value.len() == 64).then(|| Zeroizing::new(value.to_owned()))
        })
}

/// Asks `authorization.txt`. What it does not name is refused.
pub async fn admit(State(house): State<House>, request: Request, next: Next) -> Response {
    let here = request.extensions().get::<Here>().cloned();
    let Some(here) = here else {
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let method = match *request.method() {
        Method::HEAD => "GET",
        ref other => other.as_str(),
    };
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let session = here.0.session().ok().cloned();
    let role = session.as_ref().map(|session| session.member.role);
    let json = wants_json(request.headers());
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |whole| whole.as_str())
        .to_owned();
    match house.matrix.admits(method, &path) {
        None => problem::answer(&house, &here, &Fault::NotFound, json, &address).await,
        Some(admits) if admits.lets_in(role) => {
            let must_change = session.is_some_and(|session| session.must_change_password);
            if must_change && !admits.lets_in(None) && !TO_CHANGE_IT.contains(&path.as_str()) {
                return see_other("/account?done=change");
            }
            next.run(request).await
        }
        Some(_) => match role {
            None => signed_out(&house, here, request, json, &address).await,
            Some(role) => {
                let refusal = refusal(&path, role);
                let tried = case_in(request.uri().path()).filter(|_| method == "POST");
                let told = match (&refusal, tried) {
                    (Refusal::NotYourRole { step, .. }, Some(case)) => {
                        here.0.tell_refused(case, *step, &refusal).await
                    }
                    _ => Ok(()),
                };
                let fault = told.err().unwrap_or(Fault::Refused(refusal));
                problem::answer(&house, &here, &fault, json, &address).await
            }
        },
    }
}

/// Why a route does not admit this role: whose step it is, or whose duty.
fn refusal(path: &str, role: Role) -> Refusal {
    let page = path.strip_prefix("/cases/{case}/").unwrap_or_default();
    match StepKind::from_code(page) {
        Some(step) => Refusal::NotYourRole { role, step },
        None if path == "/cases/new" || path == "/emergency" => Refusal::NotYourRole {
            role,
            step: StepKind::File,
        },
        None => Refusal::NotYourDuty {
            role,
            duty: duty_of(path, role),
        },
    }
}

/// The case that an address names.
fn case_in(path: &str) -> Option<CaseId> {
    path.strip_prefix("/cases/")?
        .split('/')
        .next()?
        .parse()
        .ok()
}

/// Which duty a route needs that this role does not have, for the sentence.
fn duty_of(path: &str, role: Role) -> Duty {
    if matches!(
        path,
        "/calendar" | "/account/feed" | "/requesters" | "/requesters/{authority}"
    ) {
        Duty::ReadCases
    } else if path.starts_with("/requesters") {
        Duty::KeepDirectory
    } else if path.ends_with("/redact") || path.ends_with("/left-out") {
        Duty::ReleaseOutside
    } else if path.contains("record") || path == "/register.pdf" {
        Duty::ReadRecords
    } else if path.starts_with("/cases") {
        if role.may(Duty::ReadCases) {
            Duty::WorkCases
        } else {
            Duty::ReadCases
        }
    } else if path.starts_with("/ledger") {
        Duty::ReadLedger
    } else {
        Duty::Administer
    }
}

/// Nobody is signed in. A page is asked for again after sign-in; a form that was filled in is
/// carried along, so that nothing typed is lost.
async fn signed_out(
    house: &House,
    here: Here,
    request: Request,
    json: bool,
    address: &str,
) -> Response {
    if json {
        return problem::answer(house, &here, &Fault::SignedOut, true, address).await;
    }
    if request.method() == Method::GET || request.method() == Method::HEAD {
        let next = utf8_percent_encode(address, NON_ALPHANUMERIC);
        return see_other(&format!("/sign-in?next={next}"));
    }
    let fields = Posted::from_request(request, &())
        .await
        .map(|posted| posted.form.fields)
        .unwrap_or_default();
    let stalled = Stalled {
        path: address.to_owned(),
        fields,
    };
    let extra = Extra {
        status: 401,
        stalled: Some(stalled),
        returned: Some(Returned::default()),
        ..Extra::default()
    };
    page::at(house, &here, "/sign-in", extra).await
}

#[cfg(test)]
mod tests {
    use casework::matrix::{Admits, Matrix};

    use super::*;

    #[test]
    fn who_is_refused_a_page_is_told_what_they_are_not_here_for() {
        for ((method, path), admits) in &Matrix::read().routes {
            let turned_away = Role::ALL
                .iter()
                .filter(|role| !admits.lets_in(Some(**role)));
            for role in turned_away {
                let told = refusal(path, *role);
                let lacks = match told {
                    Refusal::NotYourRole { step, .. } => !step.roles().contains(role),
                    Refusal::NotYourDuty { duty, .. } => {
                        // Only what nobody but administrators does is told as administering.
                        let alone = Admits::Roles(vec![Role::Administrator]);
                        !role.may(duty) && (duty != Duty::Administer || *admits == alone)
                    }
                    _ => false,
                };
                assert!(lacks, "{method} {path}: {told}");
            }
        }
    }
}
