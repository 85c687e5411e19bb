//! What the ledger costs at a million entries, and what a case's evidence costs at a hundred
//! thousand: `cargo bench -p store --bench ledger`. On `SQLite`; on `PostgreSQL` too where
//! `BENCH_POSTGRES_URL` names an empty database.
#![expect(clippy::unwrap_used, reason = "a bench that fails may stop")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use casework::{
    case::{Case, CaseId, Step},
    form::Fields,
    ledger::{Entry, Frontier, Hash, NodeAt, Recipe, continues, includes, leaf_hash},
    member::{Member, MemberId, Role},
    words::Line,
};
use jiff::Timestamp;
use store::{NewMember, Store};
use uuid::Uuid;

/// Entries of the ledger in memory.
const MILLION: u64 = 1_000_000;
/// Entries of the ledger in the database.
const KEPT: u64 = 100_000;
const IN_ONE_COMMIT: u64 = 5_000;
/// Steps of the case whose evidence is measured, spread over the ledger.
const STEPS: u64 = 50;
/// How often each thing is measured.
const TIMES: u64 = 2_000;

fn main() {
    in_memory();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
    runtime.block_on(kept("SQLite", &url));
    if let Ok(url) = std::env::var("BENCH_POSTGRES_URL") {
        runtime.block_on(kept("PostgreSQL", &url));
    }
}

/// Every node of a ledger, level by level.
#[derive(Default)]
struct Tree {
    levels: Vec<Vec<Hash>>,
    frontier: Frontier,
}

impl Tree {
    fn append(&mut self, leaf: &[u8]) {
        for (at, hash) in self.frontier.append(leaf_hash(leaf)) {
            let level = usize::from(at.level);
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(hash);
        }
    }

    fn node(&self, at: NodeAt) -> Option<Hash> {
        let level = self.levels.get(usize::from(at.level))?;
        level.get(usize::try_from(at.index).ok()?).copied()
    }

    fn root(&self, size: u64) -> Hash {
        let peaks = Frontier::places(size).map(|at| self.node(at));
        let peaks = peaks.collect::<Option<Vec<_>>>().unwrap();
        Frontier::of(size, peaks).unwrap().root()
    }
}

/// A leaf as long as those that are sealed.
fn leaf(seq: u64) -> Vec<u8> {
    format!("{:0>8}{}", seq, "-".repeat(320)).into_bytes()
}

fn in_memory() {
    let mut tree = Tree::default();
    let began = Instant::now();
    for seq in 0..MILLION {
        tree.append(&leaf(seq));
    }
    let each = began.elapsed() / u32::try_from(MILLION).unwrap_or(1);
    println!("in memory: to append takes {each:?}, a million times over");
    let root = tree.root(MILLION);
    // Places that share no pattern with the tree.
    let places: Vec<u64> = (0..TIMES).map(|n| n * 499_979 % MILLION).collect();

    let recipe = |index| Recipe::inclusion(index, MILLION).unwrap();
    let prove = |index| recipe(index).prove(|at| tree.node(at)).unwrap();
    let proofs = measured("to prove an entry", &places, prove);
    told(&proofs);
    let checks: Vec<_> = places.iter().zip(&proofs).collect();
    measured("to check that", &checks, |(index, proof)| {
        let hash = leaf_hash(&leaf(*index));
        assert!(includes(&hash, *index, MILLION, proof, &root));
    });

    let olds: Vec<u64> = places.iter().map(|place| place + 1).collect();
    let recipe = |old| Recipe::consistency(old, MILLION).unwrap();
    let prove = |old| recipe(old).prove(|at| tree.node(at)).unwrap();
    let proofs = measured("to prove that it continues an earlier one", &olds, prove);
    told(&proofs);
    let roots: Vec<Hash> = olds.iter().map(|old| tree.root(*old)).collect();
    let checks: Vec<_> = olds.iter().zip(&roots).zip(&proofs).collect();
    measured("to check that", &checks, |((old, was), proof)| {
        assert!(continues((*old, was), (MILLION, &root), proof));
    });
}

fn measured<T: Copy, R>(what: &str, each: &[T], mut how: impl FnMut(T) -> R) -> Vec<R> {
    let began = Instant::now();
    let made: Vec<R> = each.iter().map(|one| black_box(how(*one))).collect();
    let took = began.elapsed() / u32::try_from(each.len()).unwrap_or(1);
    println!("in memory: {what} takes {took:?} at {MILLION} entries");
    made
}

fn told(proofs: &[Vec<Hash>]) {
    let longest = proofs.iter().map(Vec::len).max().unwrap_or_default();
    println!(
        "in memory: the longest of these proofs is {longest} hashes, {} bytes",
        longest * size_of::<Hash>()
    );
}

async fn kept(name: &str, url: &str) {
    let store = Store::open_for_tests(url).await.unwrap();
    let anna = Member {
        id: MemberId(Uuid::from_u128(1)),
        name: Line::parse("Anna Berg").unwrap(),
        role: Role::Staff,
    };
    let case = filled(&store, name, &anna).await;
    let size = store.head().await.unwrap().size;
    let seqs = store.case_entries(case, size).await.unwrap();
    assert_eq!(seqs.len() as u64, STEPS);
    let (mut found, mut proven, mut joined) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..50 {
        let began = Instant::now();
        black_box(store.case_entries(case, size).await.unwrap());
        found.push(began.elapsed());
        let began = Instant::now();
        black_box(store.evidence(&seqs, size).await.unwrap());
        proven.push(began.elapsed());
        let began = Instant::now();
        let old = 1 + turn * 1_999;
        black_box(store.consistency(old, size).await.unwrap());
        joined.push(began.elapsed());
    }
    println!(
        "{name}: at {size} entries, to find the {STEPS} of a case takes {:?}, their evidence {:?}, a consistency proof {:?}",
        median(found),
        median(proven),
        median(joined)
    );
    let began = Instant::now();
    let evidence = store.evidence(&seqs, size).await.unwrap();
    let head = store.head_at(size).await.unwrap();
    assert!(
        evidence
            .iter()
            .all(|sealed| sealed.check(head.size, &head.root).is_ok())
    );
    println!("{name}: with checking it all, {:?}", began.elapsed());
    let many: Vec<u64> = (0..5_000).map(|n| n * 19).collect();
    let began = Instant::now();
    black_box(store.evidence(&many, size).await.unwrap());
    println!(
        "{name}: evidence of {} entries takes {:?}",
        many.len(),
        began.elapsed()
    );
}

/// Fills the ledger; answers a case whose steps are spread over it.
async fn filled(store: &Store, name: &str, anna: &Member) -> CaseId {
    let began = Instant::now();
    let at: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let id = CaseId(Uuid::from_u128(2));
    let mut writing = store.begin().await.unwrap();
    let new = NewMember {
        member: anna.clone(),
        sign_in: "anna".into(),
        password_hash: String::new(),
        must_change_password: false,
    };
    writing.add_member(at, None, &new).await.unwrap();
    let mut case = Case::new(id, writing.next_number(2026).await.unwrap());
    for seq in 0..KEPT {
        if seq % (KEPT / STEPS) == 0 {
            let fields = Fields::new()
                .with("authority", "Lakeside Police Department")
                .with("asks", "Subscriber data and sign-in history.")
                .with("reference", format!("REF-{seq}"));
            let event = case.take(Step::Draft { fields }, anna, at).unwrap();
            case = case.after(&event);
            writing.keep(&case, event).await.unwrap();
        } else {
            let other = CaseId(Uuid::from_u128(u128::from(1_000 + seq)));
            let entry = Entry::CaseRead { case: other };
            writing.seal(at, Some(anna.id), &entry).await.unwrap();
        }
        if seq % IN_ONE_COMMIT == 0 {
            writing.commit().await.unwrap();
            writing = store.begin().await.unwrap();
        }
    }
    writing.commit().await.unwrap();
    let each = began.elapsed() / u32::try_from(KEPT).unwrap_or(1);
    println!("{name}: to seal an entry takes {each:?}, {IN_ONE_COMMIT} in one commit");
    id
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}
