//! The ledger for those outside: checkpoints and proofs for auditors, and, where the administrator
//! opened it, the whole log as C2SP tlog-tiles, so that any standard monitor can follow.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use casework::form::Fields;

use app::fault::Fault;

use super::{context::Here, form::wants_json, orders::as_attachment, problem, router::House};
use crate::office::NotTaken;

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// The last checkpoint, for an auditor to keep.
pub async fn kept(State(house): State<House>, here: Here, headers: HeaderMap) -> Response {
    match here.0.last_checkpoint().await {
        Ok(note) => {
            let name = format!("checkpoint-{}.txt", note.checkpoint().size);
            let mut response = note.to_string().into_response();
            as_attachment(&mut response, &name, Some(TEXT));
            response
        }
        Err(fault) => problem::answer(&house, &here, &fault, wants_json(&headers), "/ledger").await,
    }
}

/// The proof that the ledger continues what an auditor kept.
pub async fn consistency(
    State(house): State<House>,
    here: Here,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes());
    let fields: Fields = asked.into_owned().collect();
    match here.0.consistency(&fields).await {
        Ok(bundle) => {
            let mut response = bundle.into_response();
            as_attachment(&mut response, "consistency.txt", Some(TEXT));
            response
        }
        Err(fault) => {
            let json = wants_json(&headers);
            problem::form_returned(&house, &here, fault, fields, "/ledger", json).await
        }
    }
}

/// The last checkpoint, to everybody. Source: C2SP tlog-tiles.
pub async fn checkpoint(State(house): State<House>) -> Response {
    public(
        house
            .office
            .public_checkpoint()
            .await
            .map(|note| note.to_string().into_bytes()),
        TEXT,
        false,
    )
}

/// A tile of hashes, or a bundle of leaves, to everybody. Source: C2SP tlog-tiles.
pub async fn tile(State(house): State<House>, Path(tile): Path<String>) -> Response {
    let bytes = HeaderValue::from_static("application/octet-stream");
    public(house.office.public_tile(&tile).await, bytes, true)
}

/// What was sealed never changes, so a tile may be kept for ever; a checkpoint moves on.
fn public(answer: Result<Vec<u8>, Fault>, kind: HeaderValue, for_ever: bool) -> Response {
    match answer {
        Ok(bytes) => {
            let keep = if for_ever {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            };
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
                (
                    header::ACCESS_CONTROL_ALLOW_ORIGIN,
                    HeaderValue::from_static("*"),
                ),
            ];
            (headers, bytes).into_response()
        }
        Err(fault) => problem::document(&fault),
    }
}

/// Takes a witness's cosignature. It proves by itself who sent it, so nobody has to sign in.
pub async fn cosign(State(house): State<House>, note: Bytes) -> Response {
    let Ok(note) = std::str::from_utf8(&note) else {
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            "This is not a signed checkpoint.\n",
        )
            .into_response();
    };
    match house.office.take_cosignature(note).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(NotTaken::Turned(says)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, format!("{says}\n")).into_response()
        }
        Err(NotTaken::Fault(fault)) => problem::document(&fault),
    }
}
