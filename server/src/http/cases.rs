//! Steps of a case, posted as forms to the page they stand on.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;

use app::fault::Fault;
use casework::case::{Case, CaseId, Step, StepKind};

use super::{
    context::Here,
    directory::{filled_in, wants_filling},
    entrance::{proven, with_proof},
    form::{Posted, see_other, wants_json},
    problem,
    router::House,
};
use crate::office::Kept;

/// Steps that need a fresh proof of who acts. Source: trust, "Promises".
const PROVEN: &[StepKind] = &[StepKind::Decide, StepKind::Review, StepKind::Settle];

/// Opens a case from the first form, as a draft or filed at once.
pub async fn open(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let json = wants_json(&headers);
    if wants_filling(&posted.form.fields) {
        return filled_in(&house, &here, posted.form.fields, "/cases/new").await;
    }
    let file = posted.form.fields.get("do") == "file";
    let opened = Box::pin(here.0.open_case(posted.form.fields.clone(), file)).await;
    match opened {
        Ok(kept) => draft_kept(&house, &here, kept, file, posted, json).await,
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, "/cases/new", json)
                .await
        }
    }
}

/// Files an emergency from its short form.
pub async fn emergency(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let json = wants_json(&headers);
    match Box::pin(here.0.file_emergency(&posted.form.fields)).await {
        Ok(case) => see_other(&format!("/cases/{}?done=emergency", case.id())),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, "/emergency", json)
                .await
        }
    }
}

/// Keeps a draft, and files it if that was asked.
pub async fn keep(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let json = wants_json(&headers);
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    if wants_filling(&posted.form.fields) {
        let address = format!("/cases/{case}/draft");
        return filled_in(&house, &here, posted.form.fields, &address).await;
    }
    let file = posted.form.fields.get("do") == "file";
    let kept = Box::pin(
        here.0
            .keep_case(case, posted.seen, posted.form.fields.clone(), file),
    )
    .await;
    match kept {
        Ok(kept) => draft_kept(&house, &here, kept, file, posted, json).await,
        Err(fault) => {
            let address = format!("/cases/{case}/draft");
            problem::form_returned(&house, &here, fault, posted.form.fields, &address, json).await
        }
    }
}

async fn draft_kept(
    house: &House,
    here: &Here,
    kept: Kept,
    file: bool,
    posted: Posted,
    json: bool,
) -> Response {
    let id = kept.case.id();
    let draft = format!("/cases/{id}/draft");
    match kept.refused {
        // It is kept, with everything that was typed; the page says what keeps it from being filed.
        Some(refusal) => {
            problem::form_returned(
                house,
                here,
                refusal.into(),
                posted.form.fields,
                &draft,
                json,
            )
            .await
        }
        None if json => {
            Json(json!({ "seen": kept.case.version(), "location": draft })).into_response()
        }
        None if file => see_other(&format!("/cases/{id}?done=file")),
        None => see_other(&format!("{draft}?done=draft")),
    }
}

/// Takes the step whose form this is.
pub async fn take(
    State(house): State<House>,
    mut here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
    step: StepKind,
) -> Response {
    let json = wants_json(&headers);
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    let address = format!("/cases/{case}/{}", step.code());
    if step == StepKind::Edit && wants_filling(&posted.form.fields) {
        return filled_in(&house, &here, posted.form.fields, &address).await;
    }
    let proof = if PROVEN.contains(&step) {
        proven(&mut here, &posted).await
    } else {
        Ok(None)
    };
    let (answered, token) = match proof {
        Ok(token) => (
            here.0
                .take_form(case, posted.seen, step, &posted.form.fields)
                .await,
            token,
        ),
        Err(fault) => (Err(fault), None),
    };
    let answered = match answered {
        // Whoever confirmed an emergency may put it before a manager in the same breath.
        Ok(case) if step == StepKind::Verify && posted.form.fields.has("submit", "yes") => {
            Box::pin(submitted(&here, case)).await
        }
        answered => answered,
    };
    let response = match answered {
        Ok(case) if json => Json(json!({ "seen": case.version() })).into_response(),
        Ok(case) => see_other(&format!("/cases/{}?done={}", case.id(), step.code())),
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, &address, json).await
        }
    };
    with_proof(response, token)
}

/// Puts a case that was just verified before a manager, where nothing is open any more. Where
/// something is, the verification stands and the case's page tells what is missing.
async fn submitted(here: &Here, case: Case) -> Result<Case, Fault> {
    match here
        .0
        .take_step(case.id(), case.version(), Step::SUBMIT)
        .await
    {
        Err(Fault::Refused(_)) => Ok(case),
        submitted => submitted,
    }
}
