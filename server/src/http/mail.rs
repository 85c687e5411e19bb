//! What became of a mail, said by a member; and a test mail.

use axum::{
    extract::{Path, State},
    response::Response,
};

use app::fault::Fault;
use casework::case::CaseId;

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other},
    problem,
    router::House,
};

/// Settles any mail, or posts a test.
pub async fn settle(State(house): State<House>, here: Here, posted: Posted) -> Response {
    with_fresh_proof(&house, here, posted, "/mail", async |here, fields| {
        let done = match fields.get("do") {
            "test" => {
                here.0.post_test_mail().await?;
                "mail-test"
            }
            other => {
                here.0.settle_mail(None, fields).await?;
                said(other)
            }
        };
        Ok(see_other(&format!("/mail?done={done}")))
    })
    .await
}

/// Settles a mail of a case.
pub async fn settle_of_case(
    State(house): State<House>,
    here: Here,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(case) = id.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/cases").await;
    };
    let address = format!("/cases/{case}/mail");
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        here.0.settle_mail(Some(case), fields).await?;
        let done = said(fields.get("do"));
        Ok(see_other(&format!("/cases/{case}/mail?done={done}")))
    })
    .await
}

fn said(does: &str) -> &'static str {
    if does == "arrived" {
        "mail-arrived"
    } else {
        "mail-again"
    }
}
