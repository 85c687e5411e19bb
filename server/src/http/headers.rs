//! Headers: what every answer carries. Source: trust, "Sign-in and the web".

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use leptos::nonce::Nonce;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// How long to wait before asking again while the desk is not well, in seconds.
pub const RETRY_AFTER: &str = "10";

/// The policy of a page: scripts by nonce, everything else from here, nothing else at all.
pub fn page_policy(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; report-uri /csp-reports"
    )
}

/// What is no page shows nothing and runs nothing.
const OTHER_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: with it a plain form post of our own carries `Origin: null`.
    ("referrer-policy", "same-origin"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];

/// Adds them. Pages are never stored; what says otherwise itself is left alone.
pub async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(OTHER_POLICY));
    response
}

/// What compression is worth: not what is compressed already, and not what is encrypted to
/// somebody else's measure.
pub fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("application/wasm"))
}

/// A browser tells of a violation. Only that there was one is logged: the rest is hostile text.
pub async fn csp_report(body: bytes::Bytes) -> StatusCode {
    tracing::warn!(
        bytes = body.len(),
        "a page broke its content security policy"
    );
    StatusCode::NO_CONTENT
}
