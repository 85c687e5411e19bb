//! Entries are proven to somebody who holds nothing of the ledger.

use casework::{
    case::StepKind,
    ledger::{
        Entry, Frontier, Hash, Leaf, NodeAt, Recipe, commit, continues, includes, leaf_hash,
        node_hash,
    },
};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, Statement};
use store::{Error, LedgerAsk, Store};

use crate::{
    scene::{anna, carla, monday, on_both, read, request},
    verifying::forge,
};

fn refused(case: casework::case::CaseId) -> Entry {
    Entry::Refused {
        case,
        step: StepKind::Decide,
        says: "Anna Berg filed this case.".into(),
    }
}

on_both! {
    async fn every_entry_proves_itself_under_every_head(scene: &Scene) {
        scene.in_review().await;
        let size = scene.store.head().await.unwrap().size;
        for size in 1..=size {
            let head = scene.store.head_at(size).await.unwrap();
            let seqs: Vec<u64> = (0..size).rev().collect();
            let proven = scene.store.evidence(&seqs, size).await.unwrap();
            assert!(proven.iter().map(|sealed| sealed.seq).eq((0..size).rev()));
            for sealed in proven {
                let sound = sealed.check(head.size, &head.root).unwrap();
                assert!(sound.opened.masked.is_empty());
            }
        }
    }

    async fn the_entries_of_a_case_are_its_steps_and_refusals(scene: &Scene) {
        let other = scene.open(request(), monday()).await;
        let id = scene.in_review().await;
        let mut writing = scene.store.begin().await.unwrap();
        let denied = writing.seal(monday(), Some(anna().id), &refused(id)).await.unwrap();
        for entry in [read(id), Entry::RecordRead { case: id, sha256: casework::order::Digest([1; 32]), size: 1 }, refused(other)] {
            writing.seal(monday(), Some(anna().id), &entry).await.unwrap();
        }
        writing.commit().await.unwrap();
        let seqs = scene.store.case_entries(id, u64::MAX).await.unwrap();
        assert!(seqs.is_sorted() && seqs.len() == 7 && seqs.last() == Some(&denied), "{seqs:?}");
        assert_eq!(scene.store.case_entries(id, denied).await.unwrap(), seqs[..6]);
        let head = scene.store.head().await.unwrap();
        let proven = scene.store.evidence(&seqs, head.size).await.unwrap();
        let entries: Vec<Entry> = proven.iter().map(|sealed| sealed.check(head.size, &head.root).unwrap().opened.entry).collect();
        assert_eq!(entries[6], refused(id));
        assert!(entries[..6].iter().all(|entry| matches!(entry, Entry::Step { event } if event.case == id)));
    }

    async fn texts_stand_beside_a_payload_and_not_in_it(scene: &Scene) {
        let id = scene.in_review().await;
        let seqs = scene.store.case_entries(id, u64::MAX).await.unwrap();
        let size = scene.store.head().await.unwrap().size;
        for sealed in scene.store.evidence(&seqs, size).await.unwrap() {
            assert!(!sealed.openings.is_empty());
            for opening in &sealed.openings {
                assert!(!sealed.payload.contains(&opening.value), "{}", opening.value);
                assert!(sealed.payload.contains(&opening.digest().to_string()));
            }
        }
    }

    async fn every_size_continues_every_smaller_one(scene: &Scene) {
        scene.seal_reads(40 - scene.store.head().await.unwrap().size).await;
        let mut roots = Vec::new();
        for size in 0..=40 {
            roots.push(scene.store.head_at(size).await.unwrap().root);
        }
        for new in 0..=40_u64 {
            for old in 0..=new {
                let proof = scene.store.consistency(old, new).await.unwrap();
                let root = |size: u64| &roots[usize::try_from(size).unwrap()];
                assert!(continues((old, root(old)), (new, root(new)), &proof), "{old} to {new}");
            }
        }
    }

    async fn what_is_not_there_is_missing(scene: &Scene) {
        let size = scene.store.head().await.unwrap().size;
        for missing in [
            scene.store.evidence(&[size], size).await.map(drop),
            scene.store.evidence(&[size], size + 1).await.map(drop),
            scene.store.evidence(&[0], size + 1).await.map(drop),
            scene.store.consistency(3, 2).await.map(drop),
            scene.store.consistency(size + 1, size + 1).await.map(drop),
            scene.store.consistency(1, size + 1).await.map(drop),
            scene.store.hashes(0, 1, size).await.map(drop),
            scene.store.hashes(9, 0, 1).await.map(drop),
            scene.store.leaves(1, size).await.map(drop),
        ] {
            assert!(matches!(missing, Err(Error::Missing(_))), "{missing:?}");
        }
        assert_eq!(scene.store.leaf(size).await.unwrap(), None);
    }

    async fn a_destroyed_payload_is_proven_no_more(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        let sealed = scene.force("UPDATE ledger_payload SET payload = NULL, salt = NULL WHERE seq = 6").await;
        assert!(sealed.is_err(), "texts vanish with what they were sealed in");
        scene.force("UPDATE ledger_payload SET payload = NULL, salt = NULL, openings = NULL WHERE seq = 6").await.unwrap();
        let size = scene.store.head().await.unwrap().size;
        assert!(matches!(scene.store.evidence(&[5, 6], size).await, Err(Error::Missing(_))));
        assert_eq!(scene.store.evidence(&[5, 7], size).await.unwrap().len(), 2);
    }

    async fn a_payload_that_its_texts_stand_in_still_opens(scene: &Scene) {
        let id = scene.in_review().await;
        scene.unguard().await;
        forge(scene, &refused(id), &anna()).await;
        let ask = LedgerAsk { action: Some("case.refused".into()), ..LedgerAsk::default() };
        let row = scene.store.ledger(&ask, 1).await.unwrap().pop().unwrap();
        assert_eq!((row.entry, row.actor), (Some(refused(id)), Some(anna().name)));
        let head = scene.store.head().await.unwrap();
        let sealed = scene.store.evidence(&[head.size - 1], head.size).await.unwrap().pop().unwrap();
        assert!(sealed.openings.is_empty());
        assert_eq!(sealed.check(head.size, &head.root).unwrap().opened.entry, refused(id));
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn what_was_done_last_and_ever_is_looked_up(scene: &Scene) {
        let all = scene.store.all_of("member.add", u64::MAX).await.unwrap();
        assert_eq!(all, [0, 1, 2, 3]);
        assert_eq!(scene.store.all_of("member.add", 2).await.unwrap(), [0, 1]);
        assert_eq!(scene.store.last_of("member.add", u64::MAX).await.unwrap(), Some(3));
        assert_eq!(scene.store.last_of("member.add", 3).await.unwrap(), Some(2));
        assert_eq!(scene.store.last_of("seal.name", u64::MAX).await.unwrap(), None);
        assert_eq!(scene.store.leaf(4).await.unwrap().unwrap().action, "policy.publish");
    }

    async fn leaves_and_hashes_side_by_side_make_the_tree(scene: &Scene) {
        scene.seal_reads(20).await;
        let leaves = scene.store.leaves(0, 16).await.unwrap();
        let mut hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        for level in 0..=4 {
            assert_eq!(scene.store.hashes(level, 0, 16 >> level).await.unwrap(), hashes);
            hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
        }
        assert_eq!(scene.store.leaves(3, 0).await.unwrap(), [[0; 0]; 0]);
        assert_eq!(scene.store.hashes(0, 7, 2).await.unwrap()[1], leaf_hash(&leaves[8]));
    }

    async fn whoever_writes_sees_the_head_grow(scene: &Scene) {
        let before = scene.store.head().await.unwrap();
        let mut writing = scene.store.begin().await.unwrap();
        assert_eq!(writing.head().await.unwrap(), before);
        writing.seal(monday(), Some(carla().id), &read(casework::case::CaseId(uuid::Uuid::nil()))).await.unwrap();
        let after = writing.head().await.unwrap();
        assert_eq!(after.size, before.size + 1);
        writing.commit().await.unwrap();
        assert_eq!(scene.store.head().await.unwrap(), after);
    }
}

/// A million entries, all alike: then complete subtrees of one size are alike too, and the tree is
/// known without building it.
#[test]
fn a_proof_is_less_than_a_kibibyte_at_a_million_entries() {
    const SIZE: u64 = 1_000_000;
    const OLD: u64 = 654_321;
    let leaf = leaf_hash(b"one of many");
    let levels: Vec<Hash> = std::iter::successors(Some(leaf), |hash| Some(node_hash(hash, hash)))
        .take(20)
        .collect();
    let node = |at: NodeAt| levels.get(usize::from(at.level)).copied();
    let root = |size| {
        let peaks = Frontier::places(size).map(node).collect::<Option<Vec<_>>>();
        Frontier::of(size, peaks.unwrap()).unwrap().root()
    };
    for index in (0..SIZE).step_by(997).chain([SIZE - 1]) {
        let proof = Recipe::inclusion(index, SIZE).unwrap().prove(node).unwrap();
        assert!(includes(&leaf, index, SIZE, &proof, &root(SIZE)));
        assert!(size_of_val(&*proof) <= 1024, "{} hashes", proof.len());
    }
    let proof = Recipe::consistency(OLD, SIZE).unwrap().prove(node).unwrap();
    assert!(continues((OLD, &root(OLD)), (SIZE, &root(SIZE)), &proof));
    assert!(size_of_val(&*proof) <= 1024, "{} hashes", proof.len());
}

/// Sealed by the desk as it was before texts were sealed by themselves.
#[tokio::test]
async fn a_ledger_from_before_openings_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
    let raw = Database::connect(&url).await.unwrap();
    Migrator::up(&raw, Some(3)).await.unwrap();
    let entry = refused(casework::case::CaseId(uuid::Uuid::nil()));
    let (salt, payload) = ([7; 32], serde_json::to_vec(&entry).unwrap());
    let leaf = Leaf {
        seq: 0,
        at: monday(),
        actor: None,
        action: entry.action().into(),
        case: entry.case(),
        object: entry.object(),
        commitment: commit(&salt, &payload),
    };
    let case = leaf.case.map(|case| case.0);
    let hash = leaf_hash(&leaf.to_bytes()).to_vec();
    for (sql, values) in [
        (
            "INSERT INTO ledger_leaf VALUES (0, $1, $2, 'case.refused', 'case', NULL, $3)",
            vec![
                leaf.to_bytes().into(),
                monday().as_millisecond().into(),
                case.into(),
            ],
        ),
        (
            "INSERT INTO ledger_payload VALUES (0, $1, $2)",
            vec![salt.to_vec().into(), payload.into()],
        ),
        (
            "INSERT INTO ledger_node VALUES (0, 0, $1)",
            vec![hash.into()],
        ),
    ] {
        let backend = raw.get_database_backend();
        let row = Statement::from_sql_and_values(backend, sql, values);
        raw.execute_raw(row).await.unwrap();
    }
    let store = Store::open_for_tests(&url).await.unwrap();
    let rows = store.ledger(&LedgerAsk::default(), 9).await.unwrap();
    assert_eq!(rows[0].entry, Some(entry));
    assert!(store.verify(&[], |_| {}).await.unwrap().holds());
}
