//! The whole of it, in order.

use sha2::{Digest as _, Sha256};

use crate::About;
use crate::checks::{data, file, history, kept, keys, ledger, orders, seal, unmasking};
use crate::held::Held;
use crate::report::{Findings, Report, Verdict};
use crate::sentences::hex;

/// Verifies a record by what it carries and by what is held beside it.
pub fn verify(record: &[u8], held: &Held) -> Report {
    let mut findings = Findings::default();
    let Some(shape) = file::shape(record, &mut findings) else {
        findings.fails(
            "file",
            Verdict::Unreadable,
            "The file is not a disclosure record, or too little of it is left to tell.",
        );
        return findings.report(None);
    };
    let signed = seal::check(&shape, &mut findings);
    let Some(dossier) = data::check(&shape, &mut findings) else {
        if signed.is_none() {
            seal::place(&shape, false, &mut findings);
        }
        return findings.report(None);
    };
    let proven = ledger::check(&dossier, &mut findings);
    let before = findings.count(Verdict::Altered);
    if let Some(proven) = &proven {
        history::check(&dossier, proven, &mut findings);
        unmasking::check(proven, held, &mut findings);
    } else {
        findings.silent(
            "rules",
            "The rules were not asked: what is told is not what was sealed.",
        );
    }
    let data_holds = proven.is_some() && findings.count(Verdict::Altered) == before;
    orders::check(&shape, &dossier, &mut findings);
    if signed.is_none() {
        seal::place(&shape, data_holds, &mut findings);
    }
    if let (Some(signed), Some(proven)) = (&signed, &proven) {
        keys::signer(signed, proven, &mut findings);
    }
    keys::known(&dossier, held, &mut findings);
    let witnesses = keys::witnesses(&dossier, held, &mut findings);
    kept::check(&dossier, held, &mut findings);

    let about = About::of(
        &dossier,
        signed.as_ref(),
        witnesses,
        hex(&Sha256::digest(record)),
    );
    findings.report(Some(about))
}
