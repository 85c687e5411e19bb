//! The orders that travel inside the record.

use std::collections::BTreeSet;

use casework::ledger::sealed::is_mask;
use casework::order::{Digest, OrderId};
use sha2::Digest as _;

use crate::faces::Voice;
use crate::job::Job;
use crate::plain::Plain;
use crate::press::Flaw;
use crate::setting::Compositor;
use crate::sheet::{Attachment, Relation};

/// Longest name of an enclosed file, in characters: every file system takes it.
const LONGEST: usize = 100;

/// The names under which the orders travel, in the order of the job.
pub(super) fn names(job: &Job<'_>) -> Result<Vec<(OrderId, String)>, Flaw> {
    let mut taken = BTreeSet::from(["case.json".to_owned()]);
    let mut names = Vec::with_capacity(job.orders.len());
    for enclosed in job.orders {
        let on_case = job.dossier.case.order(enclosed.order);
        let on_case = on_case.ok_or(Flaw::StrangeOrder(enclosed.order))?;
        let safe = safe(on_case.order().name.as_str());
        let (stem, ending) = match safe.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
            _ => (safe.clone(), String::new()),
        };
        let mut name = safe;
        let mut copy = 1;
        // File systems that fold case would let one file overwrite the other.
        while !taken.insert(name.to_lowercase()) {
            copy += 1;
            name = format!("{stem} ({copy}){ending}");
        }
        names.push((enclosed.order, name));
    }
    Ok(names)
}

pub(super) fn attach(page: &mut Compositor<'_>, job: &Job<'_>) -> Result<(), Flaw> {
    for (enclosed, (id, name)) in job.orders.iter().zip(names(job)?) {
        let on_case = job.dossier.case.order(id).ok_or(Flaw::StrangeOrder(id))?;
        let order = on_case.order();
        if order.sha256 != Digest(sha2::Sha256::digest(&enclosed.bytes).into()) {
            return Err(Flaw::AlteredOrder(id));
        }
        let description = format!(
            "Order on the case: {}; SHA-256 {}",
            order.name, order.sha256
        );
        page.attach(Attachment {
            name,
            media_type: media_type(order.media_type.as_str()),
            description: Plain::new(page.book(), Voice::Text, &description),
            relation: Relation::Supplement,
            bytes: enclosed.bytes.clone(),
        });
    }
    Ok(())
}

/// Only characters that no file system and no terminal takes for more than a letter.
fn safe(name: &str) -> String {
    if is_mask(name) {
        return "order".into();
    }
    let kept: String = name
        .chars()
        .take(LONGEST)
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | ',' | '(' | ')') {
                c
            } else {
                '_'
            }
        })
        .collect();
    // A leading dot hides a file, and a trailing one or a space is lost on some systems.
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() {
        "order".into()
    } else {
        kept.to_owned()
    }
}

/// What is not written like a media type is only bytes; nor does a PDF take a longer name.
/// Source: RFC 6838, section 4.2; ISO 19005-3, 6.1.13.
fn media_type(told: &str) -> String {
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    match told.split_once('/') {
        Some((kind, rest)) if told.len() <= 127 && is_name(kind) && is_name(rest) => {
            told.to_ascii_lowercase()
        }
        _ => "application/octet-stream".into(),
    }
}
