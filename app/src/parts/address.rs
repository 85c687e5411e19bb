//! The addresses of pages, in one place.

use casework::{
    case::{CaseId, StepKind},
    directory::AuthorityId,
    letter::{LetterId, LetterKind},
    member::MemberId,
    order::{Digest, OrderId},
    policy::PolicyVersion,
    template::Language,
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

/// The bytes of a filed letter.
pub fn letter(case: CaseId, letter: LetterId) -> String {
    format!("/cases/{case}/letters/{letter}")
}

/// The page of a template.
pub fn template(kind: LetterKind, language: &Language) -> String {
    format!("/letters/{}/{language}", kind.code())
}

/// The template that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn template_here() -> Result<(LetterKind, Language), Fault> {
    let params = use_params_map().get_untracked();
    let kind = params
        .get("kind")
        .and_then(|raw| LetterKind::from_code(&raw));
    kind.zip(part_here("language").ok()).ok_or(Fault::NotFound)
}

/// The record of a case.
pub fn record(case: CaseId) -> String {
    format!("/cases/{case}/record.pdf")
}

/// The records that were issued of a case.
pub fn records(case: CaseId) -> String {
    format!("/cases/{case}/records")
}

/// The mails of a case.
pub fn mails(case: CaseId) -> String {
    format!("/cases/{case}/mail")
}

/// One of them, as it was issued.
pub fn issued(case: CaseId, record: &Digest) -> String {
    format!("/cases/{case}/records/{record}")
}

/// What a redacted record leaves out.
pub fn left_out(case: CaseId, record: &Digest) -> String {
    format!("/cases/{case}/records/{record}/left-out")
}

/// Where a redacted edition is made.
pub fn redact(case: CaseId) -> String {
    format!("/cases/{case}/redact")
}

/// A member's page.
pub fn member(id: MemberId) -> String {
    format!("/members/{id}")
}

/// A page of the requesters' directory.
pub fn requester(id: impl std::fmt::Display) -> String {
    format!("/requesters/{id}")
}

/// The authority that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn requester_here() -> Result<AuthorityId, Fault> {
    part_here("authority")
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

/// The policy version that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn version_here() -> Result<PolicyVersion, Fault> {
    part_here("version")
}

/// The record that this page's address names.
///
/// # Errors
/// [`Fault::NotFound`] where it names none.
pub fn record_here() -> Result<Digest, Fault> {
    let params = use_params_map().get_untracked();
    params
        .get("record")
        .and_then(|raw| Digest::parse(&raw).ok())
        .ok_or(Fault::NotFound)
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

/// A value as it stands in a query: everything but unreserved characters is encoded. Source: RFC 3986, section 2.3.
pub fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
