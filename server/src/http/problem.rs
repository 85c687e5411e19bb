//! When something cannot be done: a page for people, a problem document (RFC 9457) for islands,
//! and one line in the log.

use std::{any::Any, time::Instant};

use app::{fault::Fault, returned::Returned};
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    context::Here,
    form::{see_other, wants_json},
    headers,
    page::{self, Extra},
    router::House,
};

/// Answers a fault: with the page at `address` showing it, or with a problem document.
pub async fn answer(
    house: &House,
    here: &Here,
    fault: &Fault,
    wants_json: bool,
    address: &str,
) -> Response {
    if wants_json {
        return document(fault);
    }
    match fault {
        Fault::SignedOut => return see_other("/sign-in"),
        Fault::ProofWanted => {
            let next =
                percent_encoding::utf8_percent_encode(address, percent_encoding::NON_ALPHANUMERIC);
            return see_other(&format!("/prove?next={next}"));
        }
        _ => {}
    }
    let mut response = page::fault(house, here, fault).await;
    if let Fault::Gone { .. } | Fault::NoTimestamp { .. } = fault {
        response.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from_static(headers::RETRY_AFTER),
        );
    }
    response
}

/// Answers a form that was refused: the page it stands on, with the form as typed.
pub async fn form_returned(
    house: &House,
    here: &Here,
    fault: Fault,
    fields: casework::form::Fields,
    address: &str,
    wants_json: bool,
) -> Response {
    let Fault::Refused(refusal) = fault else {
        return answer(house, here, &fault, wants_json, address).await;
    };
    if wants_json {
        return document(&Fault::Refused(refusal));
    }
    let faults = refusal.faults();
    let changed = match &refusal {
        casework::Refusal::Changed(changed) => changed.clone(),
        _ => Vec::new(),
    };
    // A page for a step that is no longer open would show only why it is not: then the whole
    // answer is that sentence, and the page of the fault says it.
    let returned = Returned {
        says: faults.is_empty().then(|| refusal.to_string()),
        fields,
        faults,
        changed,
    };
    let status = Fault::Refused(refusal).status();
    page::at(
        house,
        here,
        address,
        Extra {
            status,
            returned: Some(returned),
            ..Extra::default()
        },
    )
    .await
}

/// A problem document. Source: RFC 9457.
pub fn document(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (incident, faults) = match fault {
        Fault::Gone { incident } | Fault::NoTimestamp { incident } | Fault::Broken { incident } => {
            (Some(incident), None)
        }
        Fault::Refused(refusal) => (
            None,
            Some(refusal.faults()).filter(|faults| !faults.is_empty()),
        ),
        _ => (None, None),
    };
    let problem = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": fault.to_string(),
        "incident": incident,
        "faults": faults,
    });
    let mut response = (status, problem.to_string()).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from_static(headers::RETRY_AFTER),
        );
    }
    response
}

/// Gives a face to what a layer refused in one bare line: a body too large, a form that cannot be
/// read, a method that a route does not have, an answer that did not come in time.
pub async fn dress(State(house): State<House>, request: Request, next: Next) -> Response {
    let here = request.extensions().get::<Here>().cloned();
    let json = wants_json(request.headers());
    let path = request.uri().path();
    let for_people = ![
        "/pkg/",
        "/log/",
        "/calendar/",
        "/healthz",
        "/readyz",
        "/csp-reports",
    ]
    .iter()
    .any(|machine| path.starts_with(machine));
    let response = next.run(request).await;
    let status = response.status();
    let told = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| {
            kind.starts_with("text/html") || kind.starts_with("application/problem")
        });
    let (true, Some(here)) = (
        for_people && !told && (status.is_client_error() || status.is_server_error()),
        here,
    ) else {
        return response;
    };
    let unfit = |says: &str| {
        Fault::Refused(casework::Refusal::from(casework::form::Faults::one(
            "", says,
        )))
    };
    let fault = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Fault::NotFound,
        StatusCode::UNAUTHORIZED => Fault::SignedOut,
        StatusCode::PAYLOAD_TOO_LARGE => unfit(
            "This is more than the desk takes in at once; send less, or in several parts. Nothing was changed.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => {
            crate::office::gone("a request was given up", &"it took too long")
        }
        status if status.is_server_error() => crate::office::broke("a request failed", &status),
        _ => unfit("This form could not be read. Go back to the page and send it again."),
    };
    let mut dressed = answer(&house, &here, &fault, json, "/").await;
    *dressed.status_mut() = status;
    dressed
}

/// Whether the desk can do its work: for those who watch it.
pub async fn ready(State(house): State<House>) -> Response {
    match house.office.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "the desk is not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, headers::RETRY_AFTER)],
                "not ready\n",
            )
                .into_response()
        }
    }
}

/// A panic ends one request, and reaches nobody as such.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the panic over"
)]
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> axum::http::Response<Body> {
    let told = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words");
    let fault = crate::office::broke("a handler panicked", &told);
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        format!("<!doctype html><html lang=\"en\"><title>Disclosure Desk</title><h1>This did not work</h1><p>{fault}</p><p><a href=\"/\">Back to the desk</a></p></html>"),
    )
        .into_response()
}

/// One line for each request: the route, never the address, which may name a case.
pub async fn log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(%method, route = route.as_deref().unwrap_or("none"), status, micros, "answered");
    response
}
