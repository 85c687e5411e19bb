//! Disclosure records: issued, downloaded, redacted; and the register of all cases.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use app::{fault::Fault, returned::Returned};
use casework::{Refusal, case::CaseId, form::Faults, order::Digest};

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other, wants_json},
    orders::as_attachment,
    page::{self, Extra},
    problem,
    router::House,
};
use crate::office::{ARCHIVE_MOST, Record};

const PDF: HeaderValue = HeaderValue::from_static("application/pdf");

/// The record of one case as it stands.
pub async fn record(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(
            &house,
            &here,
            &Fault::NotFound,
            wants_json(&headers),
            "/cases",
        )
        .await;
    };
    let address = format!("/cases/{case}/record.pdf");
    given(&house, &here, here.0.record(case).await, &headers, &address).await
}

/// A record that was issued, byte for byte.
pub async fn issued(
    State(house): State<House>,
    here: Here,
    Path((case, record)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some((case, sha256)) = named(&case, &record) else {
        return problem::answer(
            &house,
            &here,
            &Fault::NotFound,
            wants_json(&headers),
            "/cases",
        )
        .await;
    };
    let address = format!("/cases/{case}/records/{sha256}");
    given(
        &house,
        &here,
        here.0.issued(case, sha256).await,
        &headers,
        &address,
    )
    .await
}

async fn given(
    house: &House,
    here: &Here,
    record: Result<Record, Fault>,
    headers: &HeaderMap,
    address: &str,
) -> Response {
    match record {
        Ok(record) => {
            let name = record.name();
            let mut response = record.bytes.into_response();
            as_attachment(&mut response, &name, Some(PDF));
            response
        }
        Err(fault) => problem::answer(house, here, &fault, wants_json(headers), address).await,
    }
}

/// Issues a record anew.
pub async fn issue(
    State(house): State<House>,
    here: Here,
    Path(case): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(case) = case.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/cases").await;
    };
    let address = format!("/cases/{case}/records");
    let done = format!("{address}?done=issued");
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        here.0.issue(case, fields).await.map(|()| see_other(&done))
    })
    .await
}

/// Issues a redacted edition.
pub async fn redact(
    State(house): State<House>,
    here: Here,
    Path(case): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(case) = case.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/cases").await;
    };
    let address = format!("/cases/{case}/redact");
    // Ticking a whole part needs no proof: it only shows the form again.
    if !posted.form.fields.get("all").is_empty() {
        return match here.0.tick_all(case, posted.form.fields).await {
            Ok(fields) => {
                let returned = Some(Returned {
                    fields,
                    ..Returned::default()
                });
                let extra = Extra {
                    status: 200,
                    returned,
                    ..Extra::default()
                };
                page::at(&house, &here, &address, extra).await
            }
            Err(fault) => problem::answer(&house, &here, &fault, false, &address).await,
        };
    }
    let done = format!("/cases/{case}/records?done=issued");
    let seen = posted.seen;
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        here.0
            .redact(case, seen, fields)
            .await
            .map(|()| see_other(&done))
    })
    .await
}

/// Gives out texts that a record leaves out, as a file.
pub async fn unmask(
    State(house): State<House>,
    here: Here,
    Path((case, record)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let Some((case, sha256)) = named(&case, &record) else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/cases").await;
    };
    let address = format!("/cases/{case}/records/{sha256}/left-out");
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        let bytes = here.0.unmask(case, sha256, fields).await?;
        let mut response = bytes.into_response();
        let kind = HeaderValue::from_static("application/json");
        as_attachment(&mut response, "unmasking.json", Some(kind));
        Ok(response)
    })
    .await
}

/// The register of all cases.
pub async fn register(State(house): State<House>, here: Here, headers: HeaderMap) -> Response {
    match here.0.register().await {
        Ok(register) => {
            let mut response = Response::new(Body::from_stream(register.bytes));
            let size = HeaderValue::from(register.size);
            response.headers_mut().insert(header::CONTENT_LENGTH, size);
            as_attachment(&mut response, "register.pdf", Some(PDF));
            response
        }
        Err(fault) => {
            problem::answer(&house, &here, &fault, wants_json(&headers), "/register.pdf").await
        }
    }
}

fn named(case: &str, record: &str) -> Option<(CaseId, Digest)> {
    Some((case.parse().ok()?, Digest::parse(record).ok()?))
}

/// The records of the cases that were ticked, in one archive.
pub async fn archive(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let mut ids: Vec<CaseId> = posted
        .form
        .fields
        .all("case")
        .filter_map(|id| id.parse().ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let says = match ids.len() {
        0 => Some("Tick the cases whose records you want.".to_owned()),
        many if many > ARCHIVE_MOST => Some(format!(
            "At most {ARCHIVE_MOST} records fit one archive; tick fewer."
        )),
        _ => None,
    };
    let made = match says {
        Some(says) => Err(Fault::from(Refusal::from(Faults::one("case", says)))),
        None => here.0.records(&ids).await,
    };
    match made {
        Ok(archive) => {
            let name = format!("disclosure-records-{}.zip", archive.count);
            let mut response = archive.bytes.into_response();
            as_attachment(
                &mut response,
                &name,
                Some(HeaderValue::from_static("application/zip")),
            );
            response
        }
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, "/cases", false).await
        }
    }
}
