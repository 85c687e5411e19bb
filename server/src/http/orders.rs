//! Orders: uploaded in a stream, downloaded in a stream, never held whole.

use axum::{
    Json,
    body::Body,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use app::fault::Fault;
use casework::{
    Refusal,
    case::CaseId,
    form::{Fault as FieldFault, Faults, Fields},
    order::OrderId,
};

use super::{
    context::Here,
    form::{see_other, wants_json},
    problem,
    router::House,
};
use crate::office::{Downloaded, NotAttached};

/// Takes in the orders of a form, one after another. Each is attached or not on its own: what
/// was whole stays, and what was not is named with its reason.
pub async fn attach(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let json = wants_json(request.headers());
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    let address = format!("/cases/{case}/attach");
    if let Err(fault) = here.0.may_attach(case).await {
        return problem::form_returned(&house, &here, fault, Fields::new(), &address, json).await;
    }
    let taken = match Multipart::from_request(request, &()).await {
        Ok(mut form) => take_in(&here, case, &mut form).await,
        Err(_) => Err(faulty(
            "This form did not come with files; choose them and send it again.",
        )),
    };
    match taken {
        Ok(()) if json => {
            Json(json!({ "location": format!("/cases/{case}?done=attach#orders") })).into_response()
        }
        Ok(()) => see_other(&format!("/cases/{case}?done=attach#orders")),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, Fields::new(), &address, json).await
        }
    }
}

async fn take_in(here: &Here, case: CaseId, form: &mut Multipart) -> Result<(), Fault> {
    let mut faults = Vec::new();
    let mut attached = 0;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                faults.push("The upload broke off before it was whole; what is listed on the case arrived, send the rest again.".to_owned());
                break;
            }
        };
        let name = field.file_name().unwrap_or("").to_owned();
        // A browser sends an empty part where no file was chosen.
        if field.name() != Some("orders") || name.is_empty() {
            continue;
        }
        match here.0.attach(case, &name, field).await {
            Ok(_) => attached += 1,
            Err(NotAttached::Turned(says)) => {
                faults.push(format!("\u{201c}{name}\u{201d}: {says}"));
            }
            Err(NotAttached::Fault(fault)) => return Err(fault),
        }
    }
    match (attached, faults.is_empty()) {
        (0, true) => Err(faulty("Choose at least one file.")),
        (_, true) => Ok(()),
        (attached, false) => {
            if attached > 0 {
                let many = if attached == 1 {
                    "One other file was".into()
                } else {
                    format!("{attached} other files were")
                };
                faults.push(format!("{many} attached."));
            }
            Err(faulty(&faults.join(" ")))
        }
    }
}

fn faulty(says: &str) -> Fault {
    let fault = FieldFault {
        field: "orders".into(),
        says: says.into(),
    };
    Refusal::from(Faults(vec![fault])).into()
}

/// Gives out an order: always as an attachment, never shown inline from our origin.
pub async fn download(
    State(house): State<House>,
    here: Here,
    Path((case, order)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let (Ok(case), Ok(order)) = (case.parse::<CaseId>(), order.parse::<OrderId>()) else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    match here.0.download(case, order).await {
        Ok(Downloaded { order, bytes }) => {
            let mut response = Response::new(Body::from_stream(bytes));
            let size = HeaderValue::from(order.size);
            response.headers_mut().insert(header::CONTENT_LENGTH, size);
            let kind = HeaderValue::from_str(order.media_type.as_str());
            as_attachment(&mut response, order.name.as_str(), kind.ok());
            response
        }
        Err(fault) => problem::answer(&house, &here, &fault, json, &format!("/cases/{case}")).await,
    }
}

/// Marks an answer as a file to be kept, under a name that may be in any script.
/// Source: RFC 6266, RFC 8187.
pub fn as_attachment(response: &mut Response, name: &str, kind: Option<HeaderValue>) {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._- ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let headers = response.headers_mut();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(
        header::CONTENT_TYPE,
        kind.unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(
        HeaderName::from_static("x-download-options"),
        HeaderValue::from_static("noopen"),
    );
}
