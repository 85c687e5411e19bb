//! Signals: what about a request deserves a second look.
//!
//! # Invariants
//! - **A signal is no verdict and blocks nothing.** Real requests have them, and forged ones may
//!   have none: fake emergency requests are sent from genuine mailboxes that were broken into.
//! - **Each explains itself**: what was compared with what, why that may matter, what to do.
//! - **Nothing here looks anything up.** [`Look`] holds what was found, by keys that a database
//!   finds along an index.

mod compared;
mod kind;
mod near;
mod traces;

use jiff::Timestamp;

use crate::{
    case::{Case, CaseId, CaseNumber},
    directory::{AuthorityId, Domain, Known},
    request::RequesterKind,
    words::Line,
};

pub use kind::SignalKind;
pub use near::{Likeness, keys as domain_keys, likeness, wanted as domain_keys_like};
pub use traces::{Trace, fingerprint, number_in, of_case as traces_of, shared_by};

/// Something that deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    pub kind: SignalKind,
    /// What was noticed.
    pub says: String,
    /// What was compared with what.
    pub because: String,
    /// Other cases that it is about.
    pub cases: Vec<(CaseId, CaseNumber)>,
}

/// How a case came by its authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Somebody chose it on the request's form.
    Linked,
    /// The name or the domain fits; nobody said so.
    Guessed,
}

/// An official domain that may be near, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    pub authority: AuthorityId,
    pub name: Line,
    pub domain: Domain,
}

/// Where else a number or a wording was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The authority's name there.
    pub name: Line,
    /// The directory's entry that stands for it, where there is one.
    pub authority: Option<AuthorityId>,
    /// The number as it is written there; blank for a wording.
    pub number: String,
    /// The case it was met in; none: the directory itself.
    pub case: Option<(CaseId, CaseNumber)>,
}

/// All that is looked at.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    pub case: &'a Case,
    pub authority: Option<(&'a Known, Bond)>,
    /// Official domains found by [`domain_keys_like`] this request's, whosever they are.
    pub near: &'a [Official],
    /// Where else the request's telephone number may have been met.
    pub phones: &'a [Met],
    /// Where else its wording was met.
    pub texts: &'a [Met],
    /// When a call-back or the like last confirmed this authority, on any case, and until when that
    /// is told as standing.
    pub confirmed: Option<(Timestamp, Timestamp)>,
    pub now: Timestamp,
}

/// Whether anybody can have an address there. The list is our own, and never whole.
pub fn is_free_mail(domain: &Domain) -> bool {
    include_str!("signals/free_mail.txt")
        .lines()
        .any(|known| known == domain.as_str() || known == domain.registered().as_str())
}

/// The domains that a request shows: of its e-mail address, then of the messages attached to it.
pub fn domains_of(case: &Case) -> Vec<Domain> {
    let typed = Domain::of_email(case.fields().get("email"));
    let mails = case
        .standing_orders()
        .filter_map(|order| order.mail.as_ref());
    let sent = mails
        .flat_map(|mail| [&mail.from, &mail.reply_to])
        .filter_map(|told| read(told.as_ref()));
    let mut all: Vec<Domain> = Vec::new();
    for domain in typed.into_iter().chain(sent) {
        if !all.contains(&domain) {
            all.push(domain);
        }
    }
    all
}

fn read(told: Option<&Line>) -> Option<Domain> {
    Domain::parse(told?.as_str()).ok()
}

/// Everything about a request that deserves a second look.
pub fn signals(look: &Look<'_>) -> Vec<Signal> {
    let mut found = Vec::new();
    // Our own company asks itself: there is no sender to doubt.
    if look.case.fields().get("requester_kind") == RequesterKind::OurCompany.code() {
        return found;
    }
    for domain in domains_of(look.case) {
        compared::domain(look, &domain, &mut found);
    }
    look.case
        .standing_orders()
        .for_each(|order| compared::mail(look, order, &mut found));
    compared::authority(look, &mut found);
    compared::shared(look, &mut found);
    compared::dates(look, &mut found);
    compared::calls(look, &mut found);
    found
}
