//! Checkpoints, who cosigned them, and who may.

use casework::{
    ledger::{
        Checkpoint, Entry, SignedNote, SigningKey,
        note::{Signature, Use},
    },
    order::Digest,
};
use jiff::Timestamp;
use store::{Error, Kept, LedgerAsk};

use crate::{
    scene::{Scene, ada, anna, monday, on_both},
    verifying::forge,
};

const ORIGIN: &str = "disclosure-desk/3f9c2ab1";

fn ledger_key() -> SigningKey {
    SigningKey::make(ORIGIN, Use::Log, &[1; 32]).unwrap()
}

fn witness(seed: u8) -> SigningKey {
    SigningKey::make("witness.example", Use::Witness, &[seed; 32]).unwrap()
}

fn cosignature(note: &SignedNote, witness: &SigningKey, at: Timestamp) -> Signature {
    let note = note.clone().signed_by(witness, at);
    note.signatures().last().unwrap().clone()
}

/// Keeps a checkpoint over all there is.
pub async fn sign(scene: &Scene) -> SignedNote {
    let mut writing = scene.store.begin().await.unwrap();
    let head = writing.head().await.unwrap();
    let note = SignedNote::of(Checkpoint {
        origin: ORIGIN.into(),
        size: head.size,
        root: head.root,
    })
    .signed_by(&ledger_key(), monday());
    writing.keep_checkpoint(&note, monday()).await.unwrap();
    writing.commit().await.unwrap();
    note
}

/// Keeps a witness's cosignature of it.
pub async fn cosign(scene: &Scene, note: &SignedNote) {
    let mut writing = scene.store.begin().await.unwrap();
    let line = cosignature(note, &witness(2), monday());
    let (size, key) = (note.checkpoint().size, witness(2));
    let new = writing
        .keep_cosignature(size, key.verifying(), &line, monday())
        .await
        .unwrap();
    assert!(new);
    writing.commit().await.unwrap();
}

on_both! {
    async fn checkpoints_come_back_with_their_cosignatures(scene: &Scene) {
        assert_eq!(scene.store.last_checkpoint().await.unwrap(), None);
        let first = sign(scene).await;
        cosign(scene, &first).await;
        scene.seal_reads(3).await;
        let second = sign(scene).await;
        scene.seal_reads(1).await;
        let (at_first, at_second) = (first.checkpoint().size, second.checkpoint().size);
        let kept = scene.store.checkpoint(at_first).await.unwrap().unwrap();
        assert_eq!((kept.note.text(), kept.at), (first.text(), monday()));
        assert!(kept.note.is_signed_by(ledger_key().verifying()));
        assert!(kept.note.cosigned_by(witness(2).verifying()).is_some());
        assert_eq!(scene.store.checkpoint(at_first + 1).await.unwrap(), None);
        assert_eq!(scene.store.last_checkpoint().await.unwrap().unwrap().note, second);
        assert_eq!(scene.store.last_cosigned(u64::MAX).await.unwrap().as_ref(), Some(&kept));
        assert_eq!(scene.store.last_cosigned(at_first - 1).await.unwrap(), None);
        let all: Vec<_> = scene.store.checkpoints(None, 9).await.unwrap().into_iter().map(|kept| kept.note).collect();
        assert_eq!(all, [second, kept.note.clone()]);
        assert_eq!(scene.store.checkpoints(Some(at_second), 9).await.unwrap(), [kept]);
        assert_eq!(scene.store.checkpoints(None, 1).await.unwrap().len(), 1);
        let mut handed_over = Vec::new();
        let findings = scene.store.verify(&[], |kept| handed_over.push(kept)).await.unwrap();
        assert!(findings.holds() && findings.checkpoints == 2, "{:?}", findings.findings);
        assert!(matches!(&handed_over[..], [Kept::Checkpoint(one), Kept::Checkpoint(_)] if one.note.signatures().len() == 2));
    }

    async fn a_checkpoint_is_kept_once_and_only_of_this_ledger(scene: &Scene) {
        let note = sign(scene).await;
        scene.seal_reads(2).await;
        sign(scene).await;
        let head = scene.store.head().await.unwrap();
        let mut writing = scene.store.begin().await.unwrap();
        writing.keep_checkpoint(&note, monday()).await.unwrap();
        for (size, root) in [(head.size, [0; 32]), (head.size + 1, head.root), (head.size - 1, head.root)] {
            let other = SignedNote::of(Checkpoint { origin: ORIGIN.into(), size, root });
            let odd = writing.keep_checkpoint(&other, monday()).await;
            assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
        }
        let root = scene.store.head_at(head.size - 1).await.unwrap().root;
        let earlier = SignedNote::of(Checkpoint { origin: ORIGIN.into(), size: head.size - 1, root });
        assert!(matches!(writing.keep_checkpoint(&earlier, monday()).await, Err(Error::Conflict(_))));
        writing.commit().await.unwrap();
        assert_eq!(scene.store.checkpoints(None, 9).await.unwrap().len(), 2);
    }

    async fn a_cosignature_is_kept_once_and_only_if_it_verifies(scene: &Scene) {
        let note = sign(scene).await;
        let size = note.checkpoint().size;
        let later = monday() + jiff::SignedDuration::from_secs(60);
        let mut writing = scene.store.begin().await.unwrap();
        let (two, three) = (witness(2), witness(3));
        let line = cosignature(&note, &two, monday());
        assert!(writing.keep_cosignature(size, two.verifying(), &line, monday()).await.unwrap());
        assert!(!writing.keep_cosignature(size, two.verifying(), &cosignature(&note, &two, later), later).await.unwrap());
        let other = SignedNote::of(Checkpoint { root: [0; 32], ..note.checkpoint().clone() });
        for (key, line) in [
            (&three, line.clone()),
            (&three, cosignature(&other, &three, monday())),
            (&ledger_key(), note.signatures()[0].clone()),
        ] {
            let odd = writing.keep_cosignature(size, key.verifying(), &line, monday()).await;
            assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
        }
        let nowhere = writing.keep_cosignature(size + 1, two.verifying(), &line, monday()).await;
        assert!(matches!(nowhere, Err(Error::Missing(_))), "{nowhere:?}");
        assert!(writing.keep_cosignature(size, three.verifying(), &cosignature(&note, &three, later), later).await.unwrap());
        writing.commit().await.unwrap();
        assert_eq!(scene.store.checkpoint(size).await.unwrap().unwrap().note.signatures().len(), 3);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn edited_checkpoints_and_cosignatures_are_found(scene: &Scene) {
        let first = sign(scene).await;
        cosign(scene, &first).await;
        let size = first.checkpoint().size;
        scene.seal_reads(1).await;
        scene.unguard().await;
        let line = cosignature(&first, &witness(3), monday());
        scene.put("UPDATE ledger_cosignature SET line = $1", vec![line.to_string().into()]).await;
        let key = witness(2).verifying().clone();
        assert_eq!(scene.found().await, [format!("What {key} added to the checkpoint over {size} entries was edited.")]);
        let edited = format!("The checkpoint kept over {size} entries was edited, or the ledger before it was.");
        for note in [
            "no note".to_owned(),
            SignedNote::of(Checkpoint { root: [0; 32], ..first.checkpoint().clone() }).signed_by(&ledger_key(), monday()).to_string(),
            SignedNote::of(Checkpoint { size: size + 1, ..first.checkpoint().clone() }).signed_by(&ledger_key(), monday()).to_string(),
        ] {
            scene.put("UPDATE ledger_checkpoint SET note = $1", vec![note.into()]).await;
            assert_eq!(scene.found().await, std::slice::from_ref(&edited));
        }
    }

    async fn an_end_cut_off_is_found_by_a_checkpoint_that_was_kept(scene: &Scene) {
        scene.seal_reads(3).await;
        let had = sign(scene).await.checkpoint().size;
        scene.unguard().await;
        let has = had - 3;
        for sql in [
            format!("DELETE FROM ledger_payload WHERE seq >= {has}"),
            format!("DELETE FROM ledger_leaf WHERE seq >= {has}"),
            format!("DELETE FROM ledger_node WHERE ((idx + 1) << level) > {has}"),
        ] {
            scene.force(&sql).await.unwrap();
        }
        assert_eq!(scene.found().await, [format!("The ledger ends after {has} entries; a checkpoint shows that it had {had}.")]);
    }

    async fn witnesses_are_named_and_dismissed_and_the_ledger_opened(scene: &Scene) {
        let by = Some(ada().id);
        let mut writing = scene.store.begin().await.unwrap();
        for seed in [2, 3] {
            writing.name_witness(monday(), by, witness(seed).verifying()).await.unwrap();
        }
        writing.dismiss_witness(monday(), by, witness(2).verifying()).await.unwrap();
        writing.open_ledger(monday(), by, true).await.unwrap();
        writing.name_ledger_key(monday(), None, ledger_key().verifying()).await.unwrap();
        writing.name_seal(monday(), None, "CN=Example Web Ltd.", Digest([5; 32])).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(scene.store.witnesses().await.unwrap(), [witness(3).verifying().clone()]);
        assert!(scene.store.ledger_is_open().await.unwrap());
        assert_eq!(scene.store.organisation().await.unwrap(), None, "opening it needs no name");
        let rows = scene.store.ledger(&LedgerAsk::default(), 6).await.unwrap();
        let told: Vec<_> = rows.iter().rev().map(|row| row.leaf.action.as_str()).collect();
        assert_eq!(told, ["witness.name", "witness.name", "witness.dismiss", "ledger.open", "ledger-key.name", "seal.name"]);
        assert!(rows.iter().all(|row| row.entry.is_some()));
        assert_eq!(scene.found().await, [""; 0]);
        let mut writing = scene.store.begin().await.unwrap();
        writing.open_ledger(monday(), by, false).await.unwrap();
        writing.commit().await.unwrap();
        assert!(!scene.store.ledger_is_open().await.unwrap());
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_key_is_named_only_for_what_it_is_for(scene: &Scene) {
        let by = Some(ada().id);
        let mut writing = scene.store.begin().await.unwrap();
        for odd in [
            writing.name_witness(monday(), by, ledger_key().verifying()).await,
            writing.name_ledger_key(monday(), by, witness(2).verifying()).await,
        ] {
            assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
        }
        let nobody = writing.dismiss_witness(monday(), by, witness(2).verifying()).await;
        assert!(matches!(nobody, Err(Error::Missing(_))), "{nobody:?}");
        writing.name_witness(monday(), by, witness(2).verifying()).await.unwrap();
        let twice = writing.name_witness(monday(), by, witness(2).verifying()).await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
    }

    async fn a_change_by_the_back_door_of_witnesses_or_openness_is_found(scene: &Scene) {
        let (two, three) = (witness(2).verifying().clone(), witness(3).verifying().clone());
        let mut writing = scene.store.begin().await.unwrap();
        writing.name_witness(monday(), Some(ada().id), &two).await.unwrap();
        writing.commit().await.unwrap();
        scene.put("UPDATE witness SET key = $1", vec![three.to_string().into()]).await;
        let yes = if scene.is_sqlite() { "1" } else { "true" };
        scene.force(&format!("INSERT INTO ledger_public VALUES (1, {yes})")).await.unwrap();
        assert_eq!(scene.found().await, [
            "Whether the ledger is open to everybody was edited.".to_owned(),
            format!("Witness {two} was edited, removed or never named."),
            format!("Witness {three} was edited, removed or never named."),
        ]);
    }

    async fn only_administrators_name_witnesses_and_open_the_ledger(scene: &Scene) {
        scene.unguard().await;
        let entries = [
            Entry::WitnessNamed { key: witness(2).verifying().clone() },
            Entry::WitnessDismissed { key: witness(2).verifying().clone() },
            Entry::LedgerOpened { open: false },
            Entry::LedgerKeyNamed { key: ledger_key().verifying().clone() },
            Entry::SealNamed { subject: "CN=x".into(), sha256: Digest([5; 32]) },
        ];
        for entry in &entries {
            forge(scene, entry, &anna()).await;
        }
        let found = scene.found().await;
        assert_eq!(found.len(), entries.len(), "{found:?}");
        assert!(found.iter().all(|says| says.contains("only administrators administer")), "{found:?}");
        let mut writing = scene.store.begin().await.unwrap();
        for entry in &entries {
            let odd = writing.seal(monday(), Some(ada().id), entry).await;
            assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
        }
    }
}
