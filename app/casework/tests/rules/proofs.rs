//! Proofs, held against their definition and against another implementation.

use std::collections::BTreeMap;

use casework::ledger::{Frontier, Hash, NodeAt, Recipe, continues, includes, leaf_hash, root_of};

/// A log in memory: its leaves' hashes and the nodes they completed.
struct Log {
    leaves: Vec<Vec<u8>>,
    nodes: BTreeMap<NodeAt, Hash>,
}

impl Log {
    fn of(size: u64) -> Self {
        let mut frontier = Frontier::default();
        let mut nodes = BTreeMap::new();
        let leaves: Vec<Vec<u8>> = (0..size)
            .map(|n| format!("leaf {n}").into_bytes())
            .collect();
        for leaf in &leaves {
            nodes.extend(frontier.append(leaf_hash(leaf)));
        }
        Self { leaves, nodes }
    }

    fn root(&self, size: u64) -> Hash {
        root_of(
            self.leaves
                .iter()
                .take(size.try_into().unwrap())
                .map(Vec::as_slice),
        )
    }

    fn prove(&self, recipe: &Recipe) -> Vec<Hash> {
        recipe
            .prove(|place| self.nodes.get(&place).copied())
            .unwrap()
    }

    fn leaf(&self, index: u64) -> Hash {
        leaf_hash(&self.leaves[usize::try_from(index).unwrap()])
    }
}

const SIZES: u64 = 70;

#[test]
fn every_leaf_of_every_size_is_proven_at_its_place_and_at_no_other() {
    let log = Log::of(SIZES);
    for size in 1..=SIZES {
        let root = log.root(size);
        for index in 0..size {
            let proof = log.prove(&Recipe::inclusion(index, size).unwrap());
            assert!(
                includes(&log.leaf(index), index, size, &proof, &root),
                "{index} of {size}"
            );
            assert!(!includes(&log.leaf(index), index + 1, size, &proof, &root));
            assert!(!includes(
                &log.leaf((index + 1) % SIZES),
                index,
                size,
                &proof,
                &root
            ));
            assert!(
                !includes(&log.leaf(index), index, size, &proof, &log.root(size + 1))
                    || size == SIZES
            );
        }
        assert_eq!(Recipe::inclusion(size, size), None);
    }
}

#[test]
fn every_size_is_proven_to_continue_every_smaller_one() {
    let log = Log::of(SIZES);
    for new in 1..=SIZES {
        for old in 1..=new {
            let proof = log.prove(&Recipe::consistency(old, new).unwrap());
            let (was, is) = (log.root(old), log.root(new));
            assert!(continues((old, &was), (new, &is), &proof), "{old} to {new}");
            if old < new {
                assert!(!continues((old, &is), (new, &is), &proof), "{old} to {new}");
                assert!(
                    !continues((old, &was), (new, &was), &proof),
                    "{old} to {new}"
                );
            }
        }
    }
}

#[test]
fn a_proof_with_anything_changed_added_or_missing_is_none() {
    let log = Log::of(SIZES);
    let (index, old) = (37, 41);
    let root = log.root(SIZES);
    let inclusion = log.prove(&Recipe::inclusion(index, SIZES).unwrap());
    let consistency = log.prove(&Recipe::consistency(old, SIZES).unwrap());
    let includes = |proof: &[Hash]| includes(&log.leaf(index), index, SIZES, proof, &root);
    let continues = |proof: &[Hash]| continues((old, &log.root(old)), (SIZES, &root), proof);
    for (proof, holds) in [
        (&inclusion, &includes as &dyn Fn(&[Hash]) -> bool),
        (&consistency, &continues),
    ] {
        assert!(holds(proof));
        assert!(!holds(&proof[1..]));
        assert!(!holds(&proof[..proof.len() - 1]));
        assert!(!holds(&[proof.as_slice(), &[[0; 32]]].concat()));
        for place in 0..proof.len() {
            let mut changed = proof.clone();
            changed[place][0] ^= 1;
            assert!(!holds(&changed), "hash {place}");
        }
    }
}

#[test]
fn a_rewritten_log_continues_none_of_its_past() {
    let (log, mut other) = (Log::of(50), Log::of(0));
    let mut frontier = Frontier::default();
    other.leaves.clone_from(&log.leaves);
    other.leaves[10] = b"another".to_vec();
    for leaf in &other.leaves {
        other.nodes.extend(frontier.append(leaf_hash(leaf)));
    }
    for old in 11..50 {
        let proof = other.prove(&Recipe::consistency(old, 50).unwrap());
        assert!(!continues(
            (old, &log.root(old)),
            (50, &other.root(50)),
            &proof
        ));
    }
}

#[test]
fn a_proof_among_a_million_leaves_fits_a_kibibyte() {
    let longest = (0..20)
        .flat_map(|bit| [(1 << bit) - 1, 1 << bit])
        .map(|index| {
            let recipe = Recipe::inclusion(index, 1_000_000).unwrap();
            recipe.prove(|_| Some([0; 32])).unwrap().len() * 32
        })
        .max();
    assert!(longest.unwrap() <= 1024, "{longest:?}");
}

/// `tlog_tiles` is another implementation, kept by the operator of public logs.
#[test]
fn proofs_are_those_that_another_implementation_makes_and_accepts() {
    use tlog_tiles::{
        Error, HashReader, check_record, check_tree, prove_record, prove_tree, stored_hashes,
        tree_hash,
    };
    struct Kept(Vec<tlog_tiles::Hash>);
    impl HashReader for Kept {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, Error> {
            Ok(indexes
                .iter()
                .map(|index| self.0[usize::try_from(*index).unwrap()])
                .collect())
        }
    }
    let log = Log::of(SIZES);
    let mut kept = Kept(Vec::new());
    for (index, leaf) in log.leaves.iter().enumerate() {
        let hashes = stored_hashes(index.try_into().unwrap(), leaf, &kept).unwrap();
        kept.0.extend(hashes);
    }
    let theirs = |proof: Vec<tlog_tiles::Hash>| proof.iter().map(|hash| hash.0).collect::<Vec<_>>();
    let root = tree_hash(SIZES, &kept).unwrap();
    assert_eq!(root.0, log.root(SIZES));
    for index in 0..SIZES {
        let ours = log.prove(&Recipe::inclusion(index, SIZES).unwrap());
        let proof = prove_record(SIZES, index, &kept).unwrap();
        let hash = tlog_tiles::Hash(log.leaf(index));
        assert!(check_record(&proof, SIZES, root, index, hash).is_ok());
        assert_eq!(theirs(proof), ours);
    }
    for old in 1..SIZES {
        let ours = log.prove(&Recipe::consistency(old, SIZES).unwrap());
        let proof = prove_tree(SIZES, old, &kept).unwrap();
        let was = tlog_tiles::Hash(log.root(old));
        assert!(check_tree(&proof, SIZES, root, old, was).is_ok());
        assert_eq!(theirs(proof), ours);
    }
}
