//! Letters: written, looked at, filed and given out; and their templates.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue},
    response::{IntoResponse, Response},
};

use app::{
    fault::Fault,
    returned::{Previewed, Returned},
};
use casework::{
    Refusal,
    case::CaseId,
    form::{Faults, Fields},
    letter::{LetterId, LetterKind},
    template::Language,
};

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other, wants_json},
    orders::as_attachment,
    page::{self, Extra},
    problem,
    router::House,
};

const PDF: HeaderValue = HeaderValue::from_static("application/pdf");

/// Shows what was typed as it would be set, gives out its PDF, or files it.
pub async fn write(
    State(house): State<House>,
    here: Here,
    Path(case): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(case) = case.parse::<CaseId>() else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/cases").await;
    };
    let address = format!("/cases/{case}/letter");
    let fields = &posted.form.fields;
    let answered = match fields.get("do") {
        "file" => Box::pin(here.0.file_letter(case, posted.seen, fields))
            .await
            .map(|_| see_other(&format!("/cases/{case}?done=letter"))),
        "look" => here.0.look_at_letter(case, fields).await.map(|bytes| {
            let mut response = bytes.into_response();
            as_attachment(&mut response, "letter, not filed.pdf", Some(PDF));
            response
        }),
        _ => match here.0.preview_letter(case, fields).await {
            Ok(previewed) => Ok(beside_form(&house, &here, &address, fields, previewed).await),
            Err(fault) => Err(fault),
        },
    };
    match answered {
        Ok(response) => response,
        Err(fault) => {
            problem::form_returned(&house, &here, fault, posted.form.fields, &address, false).await
        }
    }
}

/// The form as typed, with what would be set beside it.
async fn beside_form(
    house: &House,
    here: &Here,
    address: &str,
    fields: &Fields,
    previewed: Previewed,
) -> Response {
    let extra = Extra {
        status: 200,
        returned: Some(Returned {
            fields: fields.clone(),
            ..Returned::default()
        }),
        previewed: Some(previewed),
        ..Extra::default()
    };
    page::at(house, here, address, extra).await
}

/// Gives out a filed letter: always as an attachment.
pub async fn download(
    State(house): State<House>,
    here: Here,
    Path((case, letter)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let (Ok(case), Ok(letter)) = (case.parse::<CaseId>(), letter.parse::<LetterId>()) else {
        return problem::answer(&house, &here, &Fault::NotFound, json, "/cases").await;
    };
    match here.0.letter(case, letter).await {
        Ok(given) => {
            let mut response = given.bytes.into_response();
            as_attachment(&mut response, given.letter.name.as_str(), Some(PDF));
            response
        }
        Err(fault) => problem::answer(&house, &here, &fault, json, &format!("/cases/{case}")).await,
    }
}

/// Goes on to the template of a kind in a language, which may be new.
pub async fn begin(State(house): State<House>, here: Here, posted: Posted) -> Response {
    let fields = posted.form.fields;
    let kind = LetterKind::from_code(fields.get("kind"));
    let fault = match (kind, Language::parse(fields.get("language"))) {
        (Some(kind), Ok(language)) => {
            return see_other(&format!("/letters/{}/{language}", kind.code()));
        }
        (None, _) => Faults::one("kind", "Choose the kind of letter."),
        (_, Err(says)) => Faults::one("language", says),
    };
    let fault = Refusal::from(fault).into();
    problem::form_returned(&house, &here, fault, fields, "/letters", false).await
}

/// Shows what a template makes of the made-up case, or publishes it.
pub async fn publish(
    State(house): State<House>,
    here: Here,
    Path((kind, language)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let (Some(kind), Ok(language)) = (LetterKind::from_code(&kind), Language::parse(&language))
    else {
        return problem::answer(&house, &here, &Fault::NotFound, false, "/letters").await;
    };
    let address = format!("/letters/{}/{language}", kind.code());
    if posted.form.fields.get("do") == "preview" {
        let fields = posted.form.fields;
        return match here.0.preview_template(kind, language, &fields) {
            Ok(previewed) => beside_form(&house, &here, &address, &fields, previewed).await,
            Err(fault) => {
                problem::form_returned(&house, &here, fault, fields, &address, false).await
            }
        };
    }
    let done = format!("{address}?done=template");
    with_fresh_proof(&house, here, posted, &address, async |here, fields| {
        here.0
            .publish_template(kind, language, fields)
            .await
            .map(|()| see_other(&done))
    })
    .await
}
