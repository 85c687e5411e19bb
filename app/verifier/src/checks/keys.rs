//! Who vouches: the seal's certificate by the ledger, the ledger's key by whoever holds one.

use casework::dossier::Dossier;
use casework::ledger::note::Use;
use casework::ledger::{Entry, VerifyingKey};

use crate::checks::ledger::Proven;
use crate::cms::Signed;
use crate::held::Held;
use crate::report::{Findings, Verdict};
use crate::sentences::{count, hex, number};

/// The certificate of the seal is the one that the ledger named.
pub fn signer(signed: &Signed, proven: &Proven, findings: &mut Findings) {
    const CHECK: &str = "signer";
    let certificate = hex(&signed.certificate);
    match proven.seal.as_ref().map(|sound| &sound.opened.entry) {
        Some(Entry::SealNamed { sha256, .. }) if sha256.0 == signed.certificate => findings.holds(
            CHECK,
            format!("The ledger named the certificate of this seal (SHA-256 {certificate})."),
        ),
        Some(_) => findings.fails(
            CHECK,
            Verdict::Altered,
            format!(
                "The seal is not the ledger's: its certificate (SHA-256 {certificate}) is another than the one that the ledger named, so the file was sealed anew by somebody else."
            ),
        ),
        // Without such an entry anybody could print other pages around true data and seal them.
        None => findings.leaves_open(
            CHECK,
            Verdict::SignatureUnknown,
            format!(
                "No entry of the ledger names the certificate of this seal (SHA-256 {certificate}), so the ledger does not vouch for the pages."
            ),
        ),
    }
}

/// A key of the record is held, or reached from a held one through changes of the ledger's key.
pub fn known(dossier: &Dossier, held: &Held, findings: &mut Findings) {
    const CHECK: &str = "key";
    let ledger = &dossier.ledger;
    if let Some(key) = ledger.keys.iter().find(|key| held.keys.contains(key)) {
        findings.holds(
            CHECK,
            format!("You hold the key that signed the checkpoint: {key}."),
        );
        return;
    }
    // The key of another ledger vouches for nothing here.
    let ours = |key: &&VerifyingKey| key.used() == Use::Log && key.name() == ledger.origin;
    let mut trusted: Vec<VerifyingKey> = held.keys.iter().filter(ours).cloned().collect();
    let mut changes = 0;
    for succession in &ledger.successions {
        // Vouched for by a key that is trusted by now, in the order the changes were made.
        let next = trusted.iter().find_map(|key| succession.vouches(key));
        if let Some(next) = next.filter(|next| !trusted.contains(next)) {
            trusted.push(next);
            changes += 1;
        }
    }
    match ledger.keys.iter().find(|key| trusted.contains(key)) {
        Some(key) => findings.holds(
            CHECK,
            format!(
                "The key that signed the checkpoint, {key}, follows a key you hold: {} of the ledger's key lead from the one to the other.",
                count(changes, "proven change", "proven changes")
            ),
        ),
        None if held.keys.is_empty() => findings.leaves_open(
            CHECK,
            Verdict::SignatureUnknown,
            "You gave no key of a ledger, so nobody you know vouches for it. Ask the organisation for the key of its ledger, by another way than this record.",
        ),
        None => findings.leaves_open(
            CHECK,
            Verdict::SignatureUnknown,
            format!(
                "None of the keys you hold signed the checkpoint. It is signed by {}.",
                ledger
                    .keys
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(" and ")
            ),
        ),
    }
}

/// The witnesses among the keys that are held which cosigned the record's checkpoint, or an
/// earlier one that it continues.
pub fn witnesses(dossier: &Dossier, held: &Held, findings: &mut Findings) -> Vec<String> {
    let mut names = Vec::new();
    let note = &dossier.ledger.checkpoint;
    for key in held.keys.iter().filter(|key| key.used() == Use::Witness) {
        if let Some(at) = note.cosigned_by(key) {
            findings.holds(
                "witness",
                format!(
                    "{} saw this checkpoint at {at} and cosigned it.",
                    key.name()
                ),
            );
            names.push(key.name().to_owned());
            continue;
        }
        let earlier = dossier.ledger.earlier.iter().rev().find_map(|earlier| {
            let at = earlier.checkpoint.cosigned_by(key)?;
            Some((earlier.checkpoint.checkpoint().size, at))
        });
        match earlier {
            Some((size, at)) => {
                findings.holds(
                    "witness",
                    format!(
                        "{} saw the ledger at {at}, when it had {} entries, and cosigned it; the checkpoint of this record continues that one.",
                        key.name(),
                        number(size)
                    ),
                );
                names.push(key.name().to_owned());
            }
            None => findings.silent(
                "witness",
                format!("{} cosigned no checkpoint in this record.", key.name()),
            ),
        }
    }
    names
}
