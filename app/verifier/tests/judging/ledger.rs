//! Keys, and checkpoints that were kept.

use casework::ledger::note::Use;
use casework::ledger::{Checkpoint, SignedNote, SigningKey};
use verifier::{Consistency, Held, Kept, Verdict};

use crate::desk::{closed, holding, judged, named, record, says, with_key};

fn keeping(held: Held, note: SignedNote) -> Held {
    Held {
        checkpoints: vec![Kept { note }],
        ..held
    }
}

#[test]
fn a_key_is_reached_through_the_changes_of_it() {
    let mut scene = scenes::closed();
    let first = scene.dossier().ledger.keys[0].clone();
    let later = scene.now;
    scene.ledger.changes_key(later);
    scene.ledger.changes_key(later);
    let dossier = named(scene).dossier();
    let report = judged(&record(&dossier), &with_key(&first), Verdict::Intact);
    says(&report, "key", "2 proven changes");
    let stranger = SigningKey::make(first.name(), Use::Log, &[99; 32]).unwrap();
    judged(
        &record(&dossier),
        &with_key(stranger.verifying()),
        Verdict::SignatureUnknown,
    );
}

#[test]
fn a_checkpoint_that_was_kept_is_the_same_or_continued_by_the_records_own_proof() {
    let mut scene = scenes::closed();
    let kept = scene.ledger.checkpoint();
    scene.ledger.told();
    let dossier = named(scene).dossier();
    let record = record(&dossier);
    let report = judged(&record, &keeping(holding(&dossier), kept), Verdict::Intact);
    says(&report, "kept", "is continued by this record's");
    let same = dossier.ledger.checkpoint.clone();
    let report = judged(&record, &keeping(holding(&dossier), same), Verdict::Intact);
    says(&report, "kept", "is the checkpoint of this record");
}

#[test]
fn without_a_proof_an_earlier_checkpoint_is_not_connected_and_a_later_one_makes_it_older() {
    let mut scene = closed();
    let before = scenes::begun().ledger.checkpoint();
    let dossier = scene.dossier();
    let bytes = record(&dossier);
    let report = judged(
        &bytes,
        &keeping(holding(&dossier), before),
        Verdict::NotConnected,
    );
    says(&report, "kept", "Ask the organisation for a proof");
    scene.elsewhere();
    let after = scene.ledger.checkpoint();
    judged(
        &bytes,
        &keeping(holding(&dossier), after.clone()),
        Verdict::Older,
    );

    // A later record of the same case carries the proof.
    let mut later = closed();
    later.ledger.told();
    later.elsewhere();
    let mut held = holding(&dossier);
    held.read_kept(&record(&later.dossier())).unwrap();
    let report = judged(&bytes, &held, Verdict::Intact);
    says(&report, "kept", "continues this record's");
}

#[test]
fn two_roots_of_one_size_are_two_histories() {
    let dossier = closed().dossier();
    let head = dossier.ledger.checkpoint.checkpoint();
    let other = SignedNote::of(Checkpoint {
        root: [7; 32],
        ..head.clone()
    });
    let key = SigningKey::make(&head.origin, Use::Log, &[99; 32]).unwrap();
    let kept = other.signed_by(&key, dossier.as_of);
    let report = judged(
        &record(&dossier),
        &keeping(holding(&dossier), kept),
        Verdict::Diverged,
    );
    says(&report, "kept", "another history");
}

#[test]
fn a_proof_that_fails_shows_another_history() {
    let dossier = closed().dossier();
    let now = dossier.ledger.checkpoint.checkpoint().clone();
    let key = SigningKey::make(&now.origin, Use::Log, &[99; 32]).unwrap();
    let then = Checkpoint {
        size: 3,
        root: [7; 32],
        ..now.clone()
    };
    let mut held = keeping(
        holding(&dossier),
        SignedNote::of(then).signed_by(&key, dossier.as_of),
    );
    held.consistency.push(Consistency {
        origin: now.origin,
        from: 3,
        to: now.size,
        proof: vec![[1; 32]; 4],
    });
    judged(&record(&dossier), &held, Verdict::Diverged);
}

#[test]
fn a_checkpoint_of_another_ledger_is_not_compared() {
    let dossier = closed().dossier();
    let key = SigningKey::make("other.example/log", Use::Log, &[5; 32]).unwrap();
    let note = SignedNote::of(Checkpoint {
        origin: "other.example/log".into(),
        size: 9,
        root: [1; 32],
    });
    let kept = note.signed_by(&key, dossier.as_of);
    let report = judged(
        &record(&dossier),
        &keeping(holding(&dossier), kept),
        Verdict::Intact,
    );
    says(&report, "kept", "not compared");
}

#[test]
fn a_witness_whose_key_is_held_is_named() {
    let mut scene = scenes::closed();
    scene.ledger.witnessed(1);
    let dossier = named(scene).dossier();
    let mut held = holding(&dossier);
    let witness = dossier.ledger.earlier[0].checkpoint.signatures()[1]
        .name
        .clone();
    held.keys.push(
        SigningKey::make(&witness, Use::Witness, &[201; 32])
            .unwrap()
            .verifying()
            .clone(),
    );
    let report = judged(&record(&dossier), &held, Verdict::Intact);
    says(&report, "witness", "cosigned it");
    assert_eq!(report.record.unwrap().cosigned_by, [witness]);
}

#[test]
fn a_bundle_of_checkpoints_and_proofs_is_read_whole_or_not_at_all() {
    let mut scene = closed();
    let early = scene.ledger.checkpoint();
    scene.ledger.told();
    scene.elsewhere();
    let dossier = scene.dossier();
    let earlier = &dossier.ledger.earlier[0];
    let proof = Consistency {
        origin: dossier.ledger.origin.clone(),
        from: early.checkpoint().size,
        to: dossier.ledger.checkpoint.checkpoint().size,
        proof: earlier.proof.clone(),
    };
    let bundle = format!("{proof}\n{early}\n\n{}", dossier.ledger.checkpoint);
    let mut held = Held::default();
    held.read_kept(bundle.as_bytes()).unwrap();
    assert_eq!(held.checkpoints.len(), 2);
    assert_eq!(held.consistency, [proof]);
    assert!(
        held.read_kept(bundle.replace("\n\n\u{2014}", "\n\u{2014}").as_bytes())
            .is_err()
    );
    assert!(held.read_kept(b"not a checkpoint").is_err());
    assert!(held.read_key("not a key").is_err());
    assert_eq!(held.checkpoints.len(), 2);
}

#[test]
fn bundles_read_as_the_second_verifier_reads_them() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../../end2end/vectors/bundles.json")).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let mut held = Held::default();
        let read = held.read_kept(case["text"].as_str().unwrap().as_bytes());
        let name = &case["name"];
        assert_eq!(read.is_ok(), case["holds"].as_bool().unwrap(), "{name}");
        if read.is_ok() {
            let kept = held.checkpoints.iter();
            let sizes: Vec<u64> = kept.map(|kept| kept.note.checkpoint().size).collect();
            assert_eq!(serde_json::json!(sizes), case["sizes"], "{name}");
            let grown = held.consistency.iter();
            let growths: Vec<[u64; 2]> = grown.map(|proof| [proof.from, proof.to]).collect();
            assert_eq!(serde_json::json!(growths), case["growths"], "{name}");
        }
    }
}
