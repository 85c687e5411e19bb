//! How a page comes by what it shows. No page repeats this.

use std::{future::Future, sync::Arc};

use leptos::prelude::*;

use crate::{
    desk::{Desk, desk},
    fault::{Fault, StatusSetter},
    pages::fault_page,
};

/// Asks the desk, then shows the page, or why there is none.
///
/// A bare `Suspend` and no resource: nothing outside an island is reactive, so what was asked for
/// the page is not sent along with it a second time.
pub fn load<T, F>(
    ask: impl FnOnce(Arc<dyn Desk>) -> F + Send + 'static,
    page: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    F: Future<Output = Result<T, Fault>> + Send + 'static,
{
    Suspend::new(async move {
        let found = match desk() {
            Ok(desk) => ask(desk).await,
            Err(fault) => Err(fault),
        };
        match found {
            Ok(found) => page(found),
            Err(fault) => refuse(&fault),
        }
    })
    .into_any()
}

/// The page of a fault, with its status.
pub fn refuse(fault: &Fault) -> AnyView {
    if let Some(StatusSetter(set)) = use_context() {
        set(fault.status());
    }
    fault_page::view(fault)
}
