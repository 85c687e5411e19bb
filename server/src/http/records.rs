//! Disclosure records for auditors and managers.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue},
    response::{IntoResponse, Response},
};

use app::fault::Fault;
use casework::{Refusal, case::CaseId, form::Faults};

use super::{
    context::Here,
    form::{Posted, wants_json},
    orders::as_attachment,
    problem,
    router::House,
};
use crate::office::ARCHIVE_MOST;

/// The record of one case.
pub async fn record(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    match here.0.record(case).await {
        Ok(record) => {
            let name = format!("{}.pdf", record.number);
            let mut response = record.bytes.into_response();
            as_attachment(
                &mut response,
                &name,
                Some(HeaderValue::from_static("application/pdf")),
            );
            response
        }
        Err(fault) => {
            problem::answer(
                &house,
                &here,
                &fault,
                json,
                &format!("/cases/{case}/record.pdf"),
            )
            .await
        }
    }
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
