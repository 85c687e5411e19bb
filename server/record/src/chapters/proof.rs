//! How anyone can check this record, without trusting whoever printed it.

use casework::order::Digest;

use super::Story;
use super::phrases::moment;
use crate::setting::{Cell, Compositor};

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    // All that is needed to check the record lies on one page.
    page.need(390.0);
    let section = page.section("How to verify this record");
    let checkpoint = story.dossier.ledger.checkpoint.checkpoint();
    let root = Digest(checkpoint.root);
    page.text(
        section,
        "Every step in this case was sealed into the company's ledger, a Merkle log as in RFC 6962, \
         in the same transaction that made it. A ledger whose past is changed can no longer show the \
         root printed on each of these pages: this paper is a witness.",
    );
    page.facts(
        section,
        "What to compare",
        &[
            ("Ledger size", Cell::text(checkpoint.size.to_string())),
            ("Ledger root", Cell::code(root.to_string())),
            ("SHA-256 of case.json", Cell::code(story.json.to_string())),
            ("As of", Cell::text(moment(story.dossier.as_of))),
        ],
    );
    page.minor(section, "The pages and the data");
    page.text(
        section,
        "This file carries case.json, from which its pages were made. Take it out with a PDF \
         reader's list of attachments, or with “pdfdetach -saveall”; its SHA-256 must be the one above. \
         Characters that cannot be seen or drawn are left out of the pages or written as [U+XXXX]; \
         case.json keeps them.",
    );
    page.minor(section, "The data and the ledger");
    page.text(
        section,
        "On the company's desk, run “disclosure-desk ledger verify --checkpoint SIZE:ROOT” with the size \
         and the root above. It computes the ledger anew from its leaves, replays every case by its \
         rules, and says whether the ledger still begins with what this record saw.",
    );
    page.symbol(
        section,
        &format!(
            "disclosure-desk/checkpoint/v1\nsize {}\nroot {}\ncase {}\nsha256 {}\n",
            checkpoint.size,
            root,
            story.case.number(),
            story.json
        ),
        &format!(
            "Code that holds the ledger's size, {}, its root, the case number, {}, and the SHA-256 of \
             case.json, as printed above",
            checkpoint.size,
            story.case.number()
        ),
        "The code holds what is printed above, for comparing without typing: the ledger's size and root, \
         the number of the case and the SHA-256 of case.json.",
    );
}
