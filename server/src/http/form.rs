//! Form posts: read as typed, answered by a redirect, by the page again, or by JSON for islands.

use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::form::Fields;
use zeroize::Zeroizing;

/// A posted form, as typed. Secrets are taken out of it before anything else sees it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub fields: Fields,
}

/// Fields that are never shown again, kept or logged.
const SECRETS: &[&str] = &["password", "proof", "current", "new", "again"];

/// Secrets of a form, each in memory that is wiped.
#[derive(Default)]
pub struct Secrets(Vec<(String, Zeroizing<String>)>);

impl Secrets {
    /// The secret of this name; nothing where it was not sent.
    pub fn get(&self, name: &str) -> Zeroizing<String> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or_else(Zeroizing::default, |(_, secret)| secret.clone())
    }
}

/// A posted form with its secrets apart.
pub struct Posted {
    pub form: Form,
    pub secrets: Secrets,
    /// The version of the case that the form was made from.
    pub seen: u32,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let bytes = bytes::Bytes::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let mut fields = Fields::new();
        let mut secrets = Secrets::default();
        for (name, value) in form_urlencoded::parse(&bytes) {
            if SECRETS.contains(&name.as_ref()) {
                secrets
                    .0
                    .push((name.into_owned(), Zeroizing::new(value.into_owned())));
            } else {
                fields.push(name, value);
            }
        }
        let seen = fields.get("seen").parse().unwrap_or(0);
        Ok(Self {
            form: Form {
                fields: fields.without("seen"),
            },
            secrets,
            seen,
        })
    }
}

/// Whether the answer should be JSON: an island asked, not a browser that navigates.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json") && !accept.contains("text/html"))
}

/// Go and look there: the answer to a form that was taken.
pub fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}

/// An address on this desk that somebody may be sent to: a path of ours, and nothing that a
/// browser could read as another host.
pub fn own_address(next: &str) -> Option<&str> {
    let fits = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.contains(|c: char| c.is_control() || c.is_whitespace())
        && next.len() <= 2_000;
    fits.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host() {
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "javascript:1",
            "/a\nb",
            "/\t/evil.example",
        ] {
            assert_eq!(own_address(bad), None, "{bad:?}");
        }
        assert_eq!(
            own_address("/cases?awaits=staff"),
            Some("/cases?awaits=staff")
        );
    }
}
