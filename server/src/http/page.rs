//! Pages: rendered by the app, with what this request adds to them.

use std::sync::Arc;

use app::{
    App,
    desk::Desk,
    fault::StatusSetter,
    returned::{Found, Once, Previewed, Returned, Stalled},
    shell,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use leptos::{context::provide_context, nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;

use super::{context::Here, headers, router::House};

/// What a page shows beside what its address says.
#[derive(Clone, Default)]
pub struct Extra {
    /// The status, unless the page itself finds a fault. 0: as the page says.
    pub status: u16,
    pub returned: Option<Returned>,
    pub stalled: Option<Stalled>,
    pub once: Option<Once>,
    /// What a search of the directory found.
    pub found: Option<Found>,
    pub previewed: Option<Previewed>,
    /// What the page is there to tell, in place of what its address shows.
    pub fault: Option<app::fault::Fault>,
}

/// Starts what rendering needs. The list of pages is asked for because that sets it up.
pub fn prepare() {
    let _ = leptos_axum::generate_route_list(App);
}

/// A page that was asked for.
pub async fn get(State(house): State<House>, here: Here, request: Request) -> Response {
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |whole| whole.as_str())
        .to_owned();
    at(&house, &here, &address, Extra::default()).await
}

/// An address that no route knows.
pub async fn not_found(State(house): State<House>, here: Here, request: Request) -> Response {
    if super::form::wants_json(request.headers()) {
        return super::problem::document(&app::fault::Fault::NotFound);
    }
    let extra = Extra {
        status: 404,
        ..Extra::default()
    };
    at(&house, &here, "/nothing-here", extra).await
}

/// The page that tells a fault: any address whose page finds it. The desk's own sentence is shown.
pub async fn fault(house: &House, here: &Here, fault: &app::fault::Fault) -> Response {
    let extra = Extra {
        status: fault.status(),
        fault: Some(fault.clone()),
        ..Extra::default()
    };
    at(house, here, "/fault", extra).await
}

/// Renders the page at an address, whatever the request's own address was.
pub async fn at(house: &House, here: &Here, address: &str, extra: Extra) -> Response {
    let Ok(uri) = address.parse::<Uri>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = uri;
    let desk: Arc<dyn Desk> = Arc::new(here.0.clone());
    let assets = house.site.assets();
    let context = move || {
        provide_context(Arc::clone(&desk));
        if let Some(returned) = extra.returned.clone() {
            provide_context(returned);
        }
        if let Some(stalled) = extra.stalled.clone() {
            provide_context(stalled);
        }
        if let Some(fault) = extra.fault.clone() {
            provide_context(fault);
        }
        if let Some(found) = extra.found.clone() {
            provide_context(found);
        }
        if let Some(previewed) = extra.previewed.clone() {
            provide_context(previewed);
        }
        if let Some(once) = extra.once.clone() {
            provide_context(once);
        }
        let Some(response) = use_context::<ResponseOptions>() else {
            return;
        };
        if let Some(nonce) = use_nonce()
            && let Ok(policy) = HeaderValue::from_str(&headers::page_policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        let set = {
            let response = response.clone();
            move |status: u16| {
                if let Ok(status) = StatusCode::from_u16(status) {
                    response.set_status(status);
                }
            }
        };
        if extra.status != 0 {
            set(extra.status);
        }
        provide_context(StatusSetter(Arc::new(set)));
    };
    let render = leptos_axum::render_app_async_with_context(context, move || shell(assets.clone()));
    let mut response = render(request).await;
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from_static(headers::RETRY_AFTER),
        );
    }
    response
}
