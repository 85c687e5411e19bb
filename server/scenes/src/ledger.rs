//! A ledger in memory: sealed, signed and proven like a desk's.

use std::collections::BTreeMap;

use casework::case::CaseId;
use casework::ledger::evidence::{Earlier, Sealed, Succession};
use casework::ledger::note::Use;
use casework::ledger::sealed::{self, Opening};
use casework::ledger::{
    Checkpoint, Entry, Evidence, Frontier, Hash, Leaf, NodeAt, Recipe, Salt, SignedNote,
    SigningKey, commit, leaf_hash,
};
use casework::member::MemberId;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// The ledger's name in every scene.
const ORIGIN: &str = "disclosure-desk/3f9c2ab1";

/// A log whose salts are counted and whose keys are fixed, so that it is the same each time.
pub struct Ledger {
    kept: Vec<Kept>,
    nodes: BTreeMap<NodeAt, Hash>,
    frontier: Frontier,
    key: SigningKey,
    keys: u8,
    salts: u64,
    successions: Vec<Succession>,
    earlier: Vec<SignedNote>,
}

struct Kept {
    leaf: Leaf,
    salt: Salt,
    payload: String,
    openings: Vec<Opening>,
    entry: Entry,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            nodes: BTreeMap::new(),
            frontier: Frontier::default(),
            key: key(0),
            keys: 1,
            salts: 0,
            successions: Vec::new(),
            earlier: Vec::new(),
        }
    }
}

fn key(count: u8) -> SigningKey {
    SigningKey::make(ORIGIN, Use::Log, &[count; 32]).unwrap()
}

impl Ledger {
    /// Seals an entry as the next leaf.
    pub fn seal(&mut self, at: Timestamp, actor: Option<MemberId>, entry: Entry) -> u64 {
        let salt = self.salt();
        let (payload, openings) = sealed::seal(&entry, || {
            let mut short = [0; 16];
            short.copy_from_slice(&self.salt()[..16]);
            short
        })
        .unwrap();
        let leaf = Leaf {
            seq: self.frontier.size(),
            at,
            actor,
            action: entry.action().into(),
            case: entry.case(),
            object: entry.object(),
            commitment: commit(&salt, &payload),
        };
        self.nodes
            .extend(self.frontier.append(leaf_hash(&leaf.to_bytes())));
        let seq = leaf.seq;
        self.kept.push(Kept {
            leaf,
            salt,
            payload: String::from_utf8(payload).unwrap(),
            openings,
            entry,
        });
        seq
    }

    fn salt(&mut self) -> Salt {
        self.salts += 1;
        Sha256::digest(self.salts.to_be_bytes()).into()
    }

    /// The checkpoint as it stands, signed.
    pub fn checkpoint(&self) -> SignedNote {
        let checkpoint = Checkpoint {
            origin: ORIGIN.into(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        SignedNote::of(checkpoint).signed_by(&self.key, self.as_of())
    }

    /// Keeps the checkpoint of now as one that an earlier record told.
    pub fn told(&mut self) {
        let note = self.checkpoint();
        self.earlier.push(note);
    }

    /// The same, with the cosignatures of this many witnesses.
    pub fn witnessed(&mut self, witnesses: u8) {
        let at = self.as_of();
        let note = (1..=witnesses).fold(self.checkpoint(), |note, count| {
            note.signed_by(&witness(count), at)
        });
        self.earlier.push(note);
    }

    /// The next key signs from here on; the old one vouches for it.
    pub fn changes_key(&mut self, at: Timestamp) {
        let next = key(self.keys);
        self.keys += 1;
        let named = Entry::LedgerKeyNamed {
            key: next.verifying().clone(),
        };
        let seq = self.seal(at, None, named);
        let succession = Succession {
            checkpoint: self.checkpoint(),
            entry: self.proven(seq),
        };
        self.successions.push(succession);
        self.key = next;
    }

    /// When the last leaf was sealed.
    pub fn as_of(&self) -> Timestamp {
        self.kept
            .last()
            .map_or(Timestamp::UNIX_EPOCH, |kept| kept.leaf.at)
    }

    /// All that proves a case, as the ledger stands.
    pub fn evidence(&self, case: CaseId, policy: bool) -> Evidence {
        let last = |wanted: &dyn Fn(&Entry) -> bool| {
            let found = self.kept.iter().rfind(|kept| wanted(&kept.entry))?;
            Some(self.proven(found.leaf.seq))
        };
        Evidence {
            origin: ORIGIN.into(),
            keys: vec![self.key.verifying().clone()],
            checkpoint: self.checkpoint(),
            entries: self
                .kept
                .iter()
                .filter(|kept| match &kept.entry {
                    Entry::Step { event } => event.case == case,
                    Entry::Refused { case: of, .. } => *of == case,
                    _ => false,
                })
                .map(|kept| self.proven(kept.leaf.seq))
                .collect(),
            policy: last(&|entry| policy && matches!(entry, Entry::PolicyPublished { .. })),
            seal: last(&|entry| matches!(entry, Entry::SealNamed { .. })),
            successions: self.successions.clone(),
            earlier: self
                .earlier
                .iter()
                .map(|note| self.continued(note))
                .collect(),
        }
    }

    fn proven(&self, seq: u64) -> Sealed {
        let kept = &self.kept[usize::try_from(seq).unwrap()];
        let recipe = Recipe::inclusion(seq, self.frontier.size()).unwrap();
        Sealed {
            seq,
            leaf: String::from_utf8(kept.leaf.to_bytes()).unwrap(),
            salt: kept.salt,
            payload: kept.payload.clone(),
            openings: kept.openings.clone(),
            proof: self.prove(&recipe),
        }
    }

    fn continued(&self, note: &SignedNote) -> Earlier {
        let recipe = Recipe::consistency(note.checkpoint().size, self.frontier.size()).unwrap();
        Earlier {
            checkpoint: note.clone(),
            proof: self.prove(&recipe),
        }
    }

    fn prove(&self, recipe: &Recipe) -> Vec<Hash> {
        recipe
            .prove(|place| self.nodes.get(&place).copied())
            .unwrap()
    }
}

/// A witness of the scenes.
pub fn witness(count: u8) -> SigningKey {
    let name = format!("witness{count}.example/log");
    SigningKey::make(&name, Use::Witness, &[200 + count; 32]).unwrap()
}
