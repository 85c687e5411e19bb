//! The evidence: the checkpoint is signed, and every leaf is in the log under it.

use casework::case::StepKind;
use casework::dossier::{Dossier, Edition};
use casework::ledger::evidence::{Sealed, Sound};
use casework::ledger::note::Use;
use casework::ledger::{Entry, Leaf, continues};

use crate::report::{Findings, Verdict};
use crate::sentences::{count, hex, number};

/// What the evidence amounts to, where all of it holds.
pub struct Proven {
    pub entries: Vec<Sound>,
    pub policy: Option<Sound>,
    pub seal: Option<Sound>,
}

/// Checks everything that proves the case.
pub fn check(dossier: &Dossier, findings: &mut Findings) -> Option<Proven> {
    let signed = checkpoint(dossier, findings);
    let entries = entries(dossier, findings);
    let beside = beside(dossier, findings);
    let (policy, seal) = beside?;
    let proven = Proven {
        entries: entries?,
        policy,
        seal,
    };
    let one = history(dossier, &proven, findings);
    (signed && one).then_some(proven)
}

fn checkpoint(dossier: &Dossier, findings: &mut Findings) -> bool {
    const CHECK: &str = "checkpoint";
    let ledger = &dossier.ledger;
    let head = ledger.checkpoint.checkpoint();
    let mut holds = true;
    let mut fail = |says: String| {
        holds = false;
        findings.fails(CHECK, Verdict::Altered, says);
    };
    if head.origin != ledger.origin {
        fail(format!(
            "The checkpoint is of the ledger {}, not of {}.",
            head.origin, ledger.origin
        ));
    }
    if ledger.checkpoint.text() != head.to_string() {
        fail("The checkpoint says more than a checkpoint does.".into());
    }
    if ledger.keys.is_empty() {
        fail("No key is told for the signature of the checkpoint.".into());
    }
    for key in &ledger.keys {
        if key.used() != Use::Log || key.name() != ledger.origin {
            fail(format!("{key} is no key of this ledger."));
        } else if !ledger.checkpoint.is_signed_by(key) {
            fail(format!("The checkpoint is not signed by {key}."));
        }
    }
    for earlier in &ledger.earlier {
        let was = earlier.checkpoint.checkpoint();
        let continued = was.origin == head.origin
            && continues(
                (was.size, &was.root),
                (head.size, &head.root),
                &earlier.proof,
            );
        if !continued {
            fail(format!(
                "The checkpoint does not continue the earlier one of {}: the proof that it does fails.",
                count_entries(was.size)
            ));
        }
    }
    if holds {
        findings.holds(
            CHECK,
            format!(
                "The checkpoint is signed in the name of the ledger {}: {}, root {}.",
                head.origin,
                count_entries(head.size),
                hex(&head.root)
            ),
        );
    }
    holds
}

fn count_entries(size: u64) -> String {
    match size {
        1 => "1 entry".into(),
        size => format!("{} entries", number(size)),
    }
}

fn entries(dossier: &Dossier, findings: &mut Findings) -> Option<Vec<Sound>> {
    const CHECK: &str = "entries";
    let head = dossier.ledger.checkpoint.checkpoint();
    let mut sound = Vec::with_capacity(dossier.ledger.entries.len());
    let mut holds = true;
    for (place, sealed) in dossier.ledger.entries.iter().enumerate() {
        match sealed.check(head.size, &head.root) {
            Ok(one) => sound.push(one),
            Err(fault) => {
                holds = false;
                findings.fails(
                    CHECK,
                    Verdict::Altered,
                    format!(
                        "{} is not what the ledger sealed: {fault}.",
                        named(place, sealed)
                    ),
                );
            }
        }
    }
    if holds {
        findings.holds(
            CHECK,
            format!(
                "{} what the ledger sealed, at the place where it was sealed.",
                match sound.len() {
                    1 => "The one entry is".into(),
                    many => format!("All {} entries are", number(many as u64)),
                }
            ),
        );
    }
    holds.then_some(sound)
}

/// "Step 7 (decide)", or where it stands in the data if its leaf cannot be read.
fn named(place: usize, sealed: &Sealed) -> String {
    let place = format!("Entry {} of the data", number(place as u64 + 1));
    let Some(leaf) = Leaf::parse(sealed.leaf.as_bytes()) else {
        return place;
    };
    let step = leaf
        .action
        .strip_prefix("case.")
        .and_then(StepKind::from_code);
    let version = leaf
        .object
        .as_deref()
        .and_then(|object| object.strip_prefix("version-"));
    match (step, version) {
        (Some(step), Some(version)) => format!("Step {version} ({})", step.code()),
        _ => place,
    }
}

/// The leaves that stand beside the case's own.
#[expect(
    clippy::option_option,
    reason = "not given, given, and given but unsound are three things"
)]
fn one(
    sealed: Option<&Sealed>,
    what: &str,
    dossier: &Dossier,
    findings: &mut Findings,
) -> Option<Option<Sound>> {
    let Some(sealed) = sealed else {
        return Some(None);
    };
    let head = dossier.ledger.checkpoint.checkpoint();
    match sealed.check(head.size, &head.root) {
        Ok(sound) if sound.opened.hidden.is_empty() => Some(Some(sound)),
        Ok(_) => {
            findings.fails(
                "entries",
                Verdict::Altered,
                format!("The entry that {what} leaves out what no edition leaves out."),
            );
            None
        }
        Err(fault) => {
            findings.fails(
                "entries",
                Verdict::Altered,
                format!("The entry that {what} is not what the ledger sealed: {fault}."),
            );
            None
        }
    }
}

fn beside(dossier: &Dossier, findings: &mut Findings) -> Option<(Option<Sound>, Option<Sound>)> {
    let ledger = &dossier.ledger;
    let policy = one(
        ledger.policy.as_ref(),
        "published the policy",
        dossier,
        findings,
    );
    let seal = one(ledger.seal.as_ref(), "named the seal", dossier, findings);
    Some((policy?, seal?))
}

/// The entries are those of one case, whole and in order, and what is told about them agrees.
fn history(dossier: &Dossier, proven: &Proven, findings: &mut Findings) -> bool {
    const CHECK: &str = "history";
    let (case, number) = (dossier.case.id(), dossier.case.number());
    let mut faults: Vec<String> = Vec::new();
    let (mut steps, mut after) = (0u32, None);
    let mut masked = std::collections::BTreeSet::new();
    for sound in &proven.entries {
        if after.is_some_and(|after| sound.leaf.seq <= after) {
            faults.push(format!(
                "Entry {} of the ledger is out of order.",
                sound.leaf.seq
            ));
        }
        after = Some(sound.leaf.seq);
        masked.extend(sound.opened.masked.iter().cloned());
        match &sound.opened.entry {
            Entry::Step { event } if event.case == case && event.number == number => {
                steps = steps.saturating_add(1);
                if event.version != steps {
                    faults.push(format!(
                        "Step {steps} is missing: step {} stands in its place.",
                        event.version
                    ));
                    steps = event.version;
                }
            }
            Entry::Refused { case: of, .. } if *of == case => {}
            _ => faults.push(format!(
                "Entry {} of the ledger is not one of this case.",
                sound.leaf.seq
            )),
        }
    }
    if steps != dossier.case.version() {
        faults.push(format!(
            "The case is told up to step {}, but its entries end with step {steps}.",
            dossier.case.version()
        ));
    }
    let late = proven
        .entries
        .iter()
        .chain(&proven.policy)
        .chain(&proven.seal)
        .any(|sound| sound.leaf.at > dossier.as_of);
    if late {
        faults.push(format!(
            "An entry was made later than {}, as of which the record is said to tell.",
            dossier.as_of
        ));
    }
    if masked != dossier.masked || (dossier.edition == Edition::Full) != masked.is_empty() {
        faults.push("The record leaves out other texts than it says.".into());
    }
    let holds = faults.is_empty();
    for says in faults {
        findings.fails(CHECK, Verdict::Altered, says);
    }
    if holds {
        let left = match masked.len() {
            0 => "nothing is left out".into(),
            many => format!(
                "{} left out, and what remains is proven all the same",
                count(many, "text is", "texts are")
            ),
        };
        findings.holds(
            CHECK,
            format!("The steps of case {number} run from 1 to {steps} without a gap; {left}."),
        );
    }
    holds
}
