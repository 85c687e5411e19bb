//! The orders on the case, with the digests that tell each from any other file.

use std::fmt::Write as _;

use casework::order::OrderOnCase;

use super::Story;
use super::phrases::{member, moment};
use crate::setting::{Cell, Column, Compositor, Table};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("Orders on file");
    let orders = story.case.orders();
    if orders.is_empty() {
        page.text(section, "No order is attached.");
        return;
    }
    let columns = vec![
        Column {
            head: "Order",
            share: 0.40,
        },
        Column {
            head: "Bytes",
            share: 0.12,
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
            vec![
                Cell::text(told(order)),
                Cell::number(file.size.to_string()),
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

/// A digest on two lines of equal length: the eye keeps its place.
pub(super) fn halved(digest: &str) -> String {
    match digest.split_at_checked(digest.len() / 2) {
        Some((first, second)) => format!("{first}\n{second}"),
        None => digest.to_owned(),
    }
}
