//! The orders on the case, with the digests that tell each from any other file.

use std::fmt::Write as _;

use casework::order::{Order, OrderOnCase};

use super::phrases::{member, moment};
use super::{Story, enclosed, pages, phrases};
use crate::setting::{Cell, Column, Compositor, Table};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Orders on file");
    let orders = story.case.orders();
    if orders.is_empty() {
        page.text(section, "No order is attached.");
        return;
    }
    // An order that is not on the case keeps the record from being printed, a little later.
    let enclosed = enclosed::names(story.job).unwrap_or_default();
    let columns = vec![
        Column {
            head: "Order",
            share: 0.45,
        },
        Column {
            head: "Size",
            share: 0.18,
        },
        Column {
            head: "SHA-256 of the file",
            share: 0.37,
        },
    ];
    let rows = orders
        .iter()
        .map(|order| {
            let file = order.order();
            let enclosed = enclosed.iter().find(|(id, _)| *id == file.id);
            let told = match enclosed {
                Some((_, name)) => format!("{}\nEnclosed in this file as “{name}”", told(order)),
                None => told(order),
            };
            vec![
                Cell::text(told),
                Cell::text(size(story, file)),
                Cell::code(halved(&file.sha256.to_string())),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Attached orders with their digests",
            columns,
            rows,
        },
    );
}

fn told(on_case: &OrderOnCase) -> String {
    let (order, attached) = (on_case.order(), &on_case.attached);
    let mut told = format!(
        "{}\n{}; attached {} by {}",
        order.name,
        order.media_type,
        moment(attached.at),
        member(&attached.by)
    );
    if let Some(struck) = &on_case.struck {
        // Writing to a string does not fail.
        let _ = write!(
            told,
            "\nSTRUCK {} by {}: {}",
            moment(struck.at),
            member(&struck.by),
            struck.what.reasons
        );
    }
    told
}

/// How large a file is; of one that is enclosed, its pages too where it tells them.
fn size(story: &Story<'_>, order: &Order) -> String {
    let bytes = format!("{} bytes", order.size);
    let enclosed = story.job.orders.iter().find(|one| one.order == order.id);
    match enclosed.and_then(|one| pages::counted(&one.bytes)) {
        Some(pages) => format!("{}\n{bytes}", phrases::counted(pages, "page", "pages")),
        None => bytes,
    }
}

/// A digest on two lines of equal length: the eye keeps its place.
pub(super) fn halved(digest: &str) -> String {
    match digest.split_at_checked(digest.len() / 2) {
        Some((first, second)) => format!("{first}\n{second}"),
        None => digest.to_owned(),
    }
}
