//! The addresses of pages, in one place.

use casework::{
    case::{CaseId, StepKind},
    member::MemberId,
    order::OrderId,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::fault::Fault;

/// A case's own page.
pub fn case(id: CaseId) -> String {
    format!("/cases/{id}")
}

/// The page on which a step is taken. A request is filed on the page of its draft.
pub fn step(id: CaseId, step: StepKind) -> String {
    let page = match step {
        StepKind::File => StepKind::Draft,
        other => other,
    };
    format!("/cases/{id}/{}", page.code())
}

/// The bytes of an attached order.
pub fn order(case: CaseId, order: OrderId) -> String {
    format!("/cases/{case}/orders/{order}")
}

/// The record of a case.
pub fn record(case: CaseId) -> String {
    format!("/cases/{case}/record.pdf")
}

/// A member's page.
pub fn member(id: MemberId) -> String {
    format!("/members/{id}")
}

/// The case that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn case_here() -> Result<CaseId, Fault> {
    part_here("case")
}

/// The member that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn member_here() -> Result<MemberId, Fault> {
    part_here("member")
}

fn part_here<T: std::str::FromStr>(name: &str) -> Result<T, Fault> {
    let params = use_params_map().get_untracked();
    params
        .get(name)
        .and_then(|raw| raw.parse().ok())
        .ok_or(Fault::NotFound)
}

/// The query of this page's address.
pub fn query() -> casework::form::Fields {
    let query = use_query_map().get_untracked();
    query
        .latest_values()
        .map(|(name, value)| (name.to_string(), value.to_owned()))
        .collect()
}
