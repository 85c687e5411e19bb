//! Requests that another site made a browser send are refused.
//!
//! Decided on `Sec-Fetch-Site` first and `Origin` second; `null` is refused. What sends neither is
//! no browser, and has no cookie that it was not given.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses them.
pub async fn refuse(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_ours(request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!("a request from another site was refused");
    (
        StatusCode::FORBIDDEN,
        "This form was sent from another site; open the desk and send it from there.\n",
    )
        .into_response()
}

fn is_ours(headers: &HeaderMap) -> bool {
    let get = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("unreadable"))
    };
    match (get("sec-fetch-site"), get("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok());
            origin.split_once("://").map(|(_, host)| host) == host && host.is_some()
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn what_another_site_made_a_browser_send_is_not_ours() {
        assert!(!is_ours(&with(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_ours(&with(&[
            ("sec-fetch-site", "same-site"),
            ("host", "desk.example")
        ])));
        assert!(!is_ours(&with(&[
            ("origin", "https://evil.example"),
            ("host", "desk.example")
        ])));
        assert!(!is_ours(&with(&[
            ("origin", "null"),
            ("host", "desk.example")
        ])));
        assert!(!is_ours(&with(&[("origin", "null"), ("host", "null")])));
        assert!(!is_ours(&with(&[("origin", "https://desk.example")])));
        // The first word counts: a forged Origin does not mend it.
        assert!(!is_ours(&with(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://desk.example"),
            ("host", "desk.example")
        ])));
    }

    #[test]
    fn our_own_forms_are() {
        assert!(is_ours(&with(&[("sec-fetch-site", "same-origin")])));
        assert!(is_ours(&with(&[
            ("origin", "https://desk.example"),
            ("host", "desk.example")
        ])));
        assert!(is_ours(&with(&[])));
    }
}
