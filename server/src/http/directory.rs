//! The requesters' directory, posted as forms to the pages they stand on.

use axum::{
    extract::{Path, State},
    response::Response,
};

use app::{fault::Fault, returned::Returned};
use casework::{directory::AuthorityId, form::Fields};

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other},
    page::{self, Extra},
    problem,
    router::House,
};

/// Enters an authority.
pub async fn enter(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let entered = async {
        let fields = &posted.form.fields;
        let id = here.0.enter_authority(fields).await?;
        Ok((id, Box::pin(here.0.link_from(fields, id)).await?))
    };
    match entered.await {
        Ok((_, Some(case))) => see_other(&format!("/cases/{case}?done=linked")),
        Ok((id, None)) => see_other(&format!("/requesters/{id}?done=entered")),
        Err(fault) => {
            problem::form_returned(
                &house,
                &here,
                fault,
                posted.form.fields,
                "/requesters/new",
                false,
            )
            .await
        }
    }
}

/// Changes an authority.
pub async fn amend(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<AuthorityId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/requesters").await;
    };
    match here.0.amend_authority(id, &posted.form.fields).await {
        Ok(()) => see_other(&format!("/requesters/{id}?done=saved")),
        Err(fault) => {
            let address = format!("/requesters/{id}/edit");
            problem::form_returned(&house, &here, fault, posted.form.fields, &address, false).await
        }
    }
}

/// Makes two entries one.
pub async fn merge(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<AuthorityId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/requesters").await;
    };
    let address = match posted.form.fields.get("with").parse::<AuthorityId>() {
        Ok(with) => format!("/requesters/{id}/merge?with={with}"),
        Err(_) => format!("/requesters/{id}/merge"),
    };
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        let stands = here.0.merge_authorities(id, fields).await?;
        Ok(see_other(&format!("/requesters/{stands}?done=merged")))
    })
    .await
}

/// The form of a request, given back filled in from the directory, or unlinked from it. Nothing is
/// kept by it.
pub async fn filled_in(house: &House, here: &Here, fields: Fields, address: &str) -> Response {
    let answered = if fields.get("do") == "unlink" {
        Ok((fields.without("authority_id").without("pick"), None))
    } else {
        here.0
            .fill_in(fields)
            .await
            .map(|(fields, found)| (fields, Some(found)))
    };
    match answered {
        Ok((fields, found)) => {
            let extra = Extra {
                status: 200,
                returned: Some(Returned {
                    fields: fields.without("do"),
                    ..Returned::default()
                }),
                found,
                ..Extra::default()
            };
            page::at(house, here, address, extra).await
        }
        Err(fault) => problem::answer(house, here, &fault, false, address).await,
    }
}

/// Whether a form only wants to be filled in, or unlinked.
pub fn wants_filling(fields: &Fields) -> bool {
    matches!(fields.get("do"), "fill" | "unlink")
}
