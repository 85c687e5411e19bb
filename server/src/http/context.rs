//! Who is at the desk in this request.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::office::AtDesk;

/// The desk as the sender of this request stands at it; [`super::gate::recognise`] puts it there.
#[derive(Clone)]
pub struct Here(pub AtDesk);

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // The layer that recognises people wraps every route and the fallback.
        Ok(parts
            .extensions
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| unreachable!("recognise wraps every route")))
    }
}
