//! An address that has no page; and the page of a fault that the server met before any page.

use leptos::prelude::*;

use crate::{fault::Fault, parts::load::refuse};

/// Says so, in the words that a case which is not theirs gets too: the two are not told apart.
pub fn page() -> AnyView {
    refuse(&use_context().unwrap_or(Fault::NotFound))
}
