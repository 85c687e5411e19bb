//! How anyone can check this record, without trusting whoever printed it.

use base64ct::{Base64, Encoding};
use casework::ledger::note::Signature;
use casework::ledger::{Checkpoint, SignedNote};
use casework::order::Digest;
use jiff::Timestamp;

use super::Story;
use super::phrases::moment;
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

/// A root as it stands in a checkpoint.
pub(super) fn root(checkpoint: &Checkpoint) -> String {
    Base64::encode_string(&checkpoint.root)
}

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    // What is needed to check the record by hand lies on one page.
    page.turn();
    let section = page.section("How to verify this record");
    page.text(
        section,
        "Every step of this case was sealed into the company's ledger, a Merkle log as in RFC 9162, in \
         the transaction that made it, and so was every attempt that the rules refused. This file \
         carries the sealed entries, the proofs that lead from each to the root below, and the signed \
         checkpoint. A ledger whose past is changed can no longer show this root: whoever keeps this \
         page, or only the checkpoint, is a witness.",
    );
    steps(page, section, story);
    compare(page, section, story);
    symbol(page, section, story);
    page.minor(section, "The signed checkpoint");
    page.code(
        section,
        story.dossier.ledger.checkpoint.to_string().trim_end(),
    );
    witnesses(page, section, story);
    keys(page, section, story);
    page.minor(section, "The pages and the data");
    page.text(
        section,
        "The pages were made from case.json, attached to this file; a PDF reader lists it among the \
         attachments, and “pdfdetach -saveall” takes it out. Characters that cannot be seen or drawn \
         are left out of the pages or written as [U+XXXX]; case.json keeps them.",
    );
}

fn steps(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    page.minor(section, "With a program");
    page.text(
        section,
        "The verifier needs nothing of the company's desk, not even a network:",
    );
    page.code(
        section,
        "disclosure-desk verify record.pdf --checkpoint kept.txt --key VKEY",
    );
    page.text(
        section,
        "kept.txt holds a checkpoint, or an earlier record, that you received by another way; VKEY is \
         a key of the ledger, which you should hold from somewhere other than this file. The same \
         check runs in a browser on the page /verify of any desk. It computes every hash and proof, \
         replays the case by its rules and answers in words: intact, altered, diverged from a \
         checkpoint you kept, or what else it found.",
    );
    if story.job.sealer.is_some() {
        page.text(
            section,
            "The seal covers every byte of the file. A PDF reader that checks signatures shows who \
             sealed it and whether anything was changed since; compare the certificate with the one \
             below. Some readers call a file valid to which something was added: if yours says that \
             not the whole document is signed, do not rely on it.",
        );
    }
}

fn compare(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let ledger = &story.dossier.ledger;
    let checkpoint = ledger.checkpoint.checkpoint();
    page.minor(section, "What to compare");
    let mut facts = vec![
        ("Ledger", Cell::code(ledger.origin.as_str())),
        ("Size", Cell::code(checkpoint.size.to_string())),
        ("Root", Cell::code(root(checkpoint))),
        (
            "Root, in hexadecimal",
            Cell::code(Digest(checkpoint.root).to_string()),
        ),
        ("As of", Cell::text(moment(story.dossier.as_of))),
        ("SHA-256 of case.json", Cell::code(story.json.to_string())),
    ];
    for key in &ledger.keys {
        facts.push(("Signed with the key", Cell::code(key.to_string())));
    }
    if let Some(sealer) = story.job.sealer {
        facts.push((
            "SHA-256 of the seal's certificate",
            Cell::code(sealer.fingerprint.to_string()),
        ));
    }
    page.facts(section, "What to compare", &facts);
}

fn symbol(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let note = &story.dossier.ledger.checkpoint;
    page.symbol(
        section,
        &[&note.to_string(), &note.checkpoint().to_string()],
        "Code that holds the checkpoint printed beside it, for reading with a telephone",
        "The code holds the checkpoint, letter by letter as the verifier takes it: read it with a \
         telephone, keep the text, and give it to the verifier when you meet a later record of this \
         ledger. The small code at the foot of each page holds its three lines without the signature.",
    );
}

/// Checkpoints told before, and who cosigned them.
fn witnesses(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let earlier = &story.dossier.ledger.earlier;
    page.minor(section, "Earlier checkpoints and witnesses");
    if earlier.is_empty() {
        page.text(
            section,
            "This record carries no earlier checkpoint, and no witness had cosigned one.",
        );
        return;
    }
    page.text(
        section,
        "case.json proves that the ledger above continues each of these. A witness is another's \
         machine that keeps what it saw; its cosignature is checked with its own key.",
    );
    let columns = vec![
        Column {
            head: "Size",
            share: 0.1,
        },
        Column {
            head: "Root",
            share: 0.5,
        },
        Column {
            head: "Cosigned by",
            share: 0.4,
        },
    ];
    let rows = earlier
        .iter()
        .map(|earlier| {
            let checkpoint = earlier.checkpoint.checkpoint();
            vec![
                Cell::number(checkpoint.size.to_string()),
                Cell::code(root(checkpoint)),
                Cell::text(cosigned(&earlier.checkpoint)),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Earlier checkpoints with their cosignatures",
            columns,
            rows,
        },
    );
}

fn cosigned(note: &SignedNote) -> String {
    let lines: Vec<String> = note
        .signatures()
        .iter()
        .filter_map(|signature| {
            let at = time_in(signature)?;
            Some(format!("{}\n{}", signature.name, moment(at)))
        })
        .collect();
    if lines.is_empty() {
        "Nobody; an earlier record told it".into()
    } else {
        lines.join("\n")
    }
}

/// When a cosignature says it was made: a key's id, eight bytes of seconds, and a signature. A
/// plain signature is eight bytes shorter.
/// Source: C2SP tlog-cosignature, version 1.
fn time_in(signature: &Signature) -> Option<Timestamp> {
    let line = signature.to_string();
    let bytes = Base64::decode_vec(line.rsplit(' ').next()?).ok()?;
    if bytes.len() != 4 + 8 + 64 {
        return None;
    }
    let seconds = bytes[4..]
        .first_chunk::<8>()
        .copied()
        .map(u64::from_be_bytes)?;
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

/// How the ledger's key changed: each vouched for the next.
fn keys(page: &mut Compositor<'_>, section: TagId, story: &Story<'_>) {
    let successions = &story.dossier.ledger.successions;
    if successions.is_empty() {
        return;
    }
    page.minor(section, "Changes of the key");
    page.text(
        section,
        "The ledger's key changed. The key before signed each of these checkpoints, under which the \
         next key is named; who holds an earlier key reaches the present one.",
    );
    let columns = vec![
        Column {
            head: "Under size",
            share: 0.16,
        },
        Column {
            head: "Its root",
            share: 0.84,
        },
    ];
    let rows = successions
        .iter()
        .map(|succession| {
            let checkpoint = succession.checkpoint.checkpoint();
            vec![
                Cell::number(checkpoint.size.to_string()),
                Cell::code(root(checkpoint)),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Changes of the ledger's key",
            columns,
            rows,
        },
    );
}
