//! Checkpoints that were kept: whether the ledger still tells the history it told then.

use casework::dossier::Dossier;
use casework::ledger::{Checkpoint, continues};

use crate::held::{Held, Kept};
use crate::report::{Findings, Verdict};
use crate::sentences::number;

const CHECK: &str = "kept";

/// Compares each kept checkpoint with the record's.
pub fn check(dossier: &Dossier, held: &Held, findings: &mut Findings) {
    let now = dossier.ledger.checkpoint.checkpoint();
    for kept in &held.checkpoints {
        let then = kept.note.checkpoint();
        if then.origin != now.origin {
            findings.silent(
                CHECK,
                format!(
                    "The checkpoint you keep of {} is of another ledger than this record's, {}; the two are not compared.",
                    then.origin, now.origin
                ),
            );
            continue;
        }
        let told = told(kept, dossier, held);
        match compare(then, now, dossier, held) {
            Connected::Same => findings.holds(
                CHECK,
                format!("{told} is the checkpoint of this record."),
            ),
            Connected::Continued if then.size <= now.size => findings.holds(
                CHECK,
                format!("{told} is continued by this record's, of {} entries.", number(now.size)),
            ),
            Connected::Continued => findings.holds(
                CHECK,
                format!("{told} continues this record's, of {} entries.", number(now.size)),
            ),
            Connected::Forked => findings.fails(
                CHECK,
                Verdict::Diverged,
                format!(
                    "{told} tells another history than this record's, of {} entries: the ledger was rewritten between the two, or shown in two versions. Keep both files; together they prove it.",
                    number(now.size)
                ),
            ),
            Connected::Unproven if then.size > now.size => findings.leaves_open(
                CHECK,
                Verdict::Older,
                format!(
                    "{told} is newer than this record's, of {} entries. Ask the organisation for a proof of consistency from {} to {}, or for a new edition of the record.",
                    number(now.size), now.size, then.size
                ),
            ),
            Connected::Unproven => findings.leaves_open(
                CHECK,
                Verdict::NotConnected,
                format!(
                    "{told} is earlier than this record's, of {} entries, and nothing shows that the one continues the other. Ask the organisation for a proof of consistency from {} to {}.",
                    number(now.size), then.size, now.size
                ),
            ),
        }
    }
}

enum Connected {
    Same,
    Continued,
    Forked,
    Unproven,
}

fn told(kept: &Kept, dossier: &Dossier, held: &Held) -> String {
    let mut keys = dossier.ledger.keys.iter().chain(&held.keys);
    let signed = keys.any(|key| kept.note.is_signed_by(key));
    let size = number(kept.note.checkpoint().size);
    if signed {
        format!("The checkpoint you keep, of {size} entries,")
    } else {
        format!(
            "The checkpoint you keep, of {size} entries (signed by no key that is at hand: it counts as you kept it),"
        )
    }
}

fn compare(then: &Checkpoint, now: &Checkpoint, dossier: &Dossier, held: &Held) -> Connected {
    if then.size == now.size {
        return if then.root == now.root {
            Connected::Same
        } else {
            Connected::Forked
        };
    }
    let (old, new) = if then.size < now.size {
        (then, now)
    } else {
        (now, then)
    };
    // Of nothing, everything is a continuation.
    if old.size == 0 {
        return if continues((0, &old.root), (new.size, &new.root), &[]) {
            Connected::Continued
        } else {
            Connected::Forked
        };
    }
    // The record's own proofs lead from earlier checkpoints to its own. One of the kept size with
    // another root is two histories under one name.
    let own = dossier.ledger.earlier.iter().filter_map(|earlier| {
        (earlier.checkpoint.checkpoint().size == old.size && new == now)
            .then_some(earlier.proof.as_slice())
    });
    let given = held.consistency.iter().filter_map(|given| {
        (given.origin == now.origin && given.from == old.size && given.to == new.size)
            .then_some(given.proof.as_slice())
    });
    let mut proofs = own.chain(given).peekable();
    if proofs.peek().is_none() {
        return Connected::Unproven;
    }
    if proofs.any(|proof| continues((old.size, &old.root), (new.size, &new.root), proof)) {
        Connected::Continued
    } else {
        Connected::Forked
    }
}
