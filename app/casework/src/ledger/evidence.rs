//! What proves a case: its leaves, where they stand in the log, and who signed the log.

use serde::{Deserialize, Serialize};

use super::{
    Entry, Hash, Leaf, Salt, SignedNote, VerifyingKey, coded, commit, includes, leaf_hash,
    sealed::{Opened, Opening, Unopened},
};

/// A leaf with all that is needed to check it against a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    pub seq: u64,
    /// The leaf's text, exactly.
    pub leaf: String,
    #[serde(with = "coded")]
    pub salt: Salt,
    /// The payload's text, exactly.
    pub payload: String,
    pub openings: Vec<Opening>,
    /// The inclusion proof, from the leaf's sibling to the root's child.
    #[serde(with = "coded::each")]
    pub proof: Vec<Hash>,
}

/// Why a leaf does not prove what is told of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("it is not a leaf of a ledger")]
    NoLeaf,
    #[error("it stands at another place of the ledger than is told")]
    Elsewhere,
    #[error("what it tells is not what was sealed")]
    Uncommitted,
    #[error("what it tells is not what was sealed: {0}")]
    Unopened(#[from] Unopened),
    #[error("its leaf and what it tells disagree")]
    Disagrees,
    #[error("its proof does not lead to the root of the checkpoint")]
    Unproven,
}

/// A leaf that fits everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    pub leaf: Leaf,
    pub opened: Opened,
}

impl Sealed {
    /// Checks all that can be checked of one leaf: its place, its commitment, its texts, and that
    /// leaf and payload tell the same.
    ///
    /// # Errors
    /// The first that does not fit.
    pub fn open(&self) -> Result<Sound, Unsound> {
        let leaf = Leaf::parse(self.leaf.as_bytes()).ok_or(Unsound::NoLeaf)?;
        if leaf.seq != self.seq {
            return Err(Unsound::Elsewhere);
        }
        if commit(&self.salt, self.payload.as_bytes()) != leaf.commitment {
            return Err(Unsound::Uncommitted);
        }
        let opened = Opened::of(self.payload.as_bytes(), &self.openings)?;
        let entry = &opened.entry;
        let signed = match entry {
            Entry::Step { event } => leaf.actor == Some(event.by.id) && leaf.at == event.at,
            _ => true,
        };
        if !signed
            || leaf.action != entry.action()
            || leaf.case != entry.case()
            || leaf.object != entry.object()
        {
            return Err(Unsound::Disagrees);
        }
        Ok(Sound { leaf, opened })
    }

    /// The same, and that it is in the log under this head.
    ///
    /// # Errors
    /// The first that does not fit.
    pub fn check(&self, size: u64, root: &Hash) -> Result<Sound, Unsound> {
        let sound = self.open()?;
        let hash = leaf_hash(self.leaf.as_bytes());
        if includes(&hash, self.seq, size, &self.proof, root) {
            Ok(sound)
        } else {
            Err(Unsound::Unproven)
        }
    }
}

/// A change of the ledger's key: the new key's leaf, under a checkpoint that the old key signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    pub checkpoint: SignedNote,
    pub entry: Sealed,
}

impl Succession {
    /// The key that follows, if this one vouches for it.
    pub fn vouches(&self, trusted: &VerifyingKey) -> Option<VerifyingKey> {
        if !self.checkpoint.is_signed_by(trusted) {
            return None;
        }
        let head = self.checkpoint.checkpoint();
        match self.entry.check(head.size, &head.root).ok()?.opened.entry {
            Entry::LedgerKeyNamed { key } if key.name() == head.origin => Some(key),
            _ => None,
        }
    }
}

/// An earlier checkpoint, and the proof that the present one continues it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    pub checkpoint: SignedNote,
    #[serde(with = "coded::each")]
    pub proof: Vec<Hash>,
}

/// All that proves a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The ledger's name: the first line of its checkpoints.
    pub origin: String,
    /// The keys that signed the checkpoint.
    pub keys: Vec<VerifyingKey>,
    pub checkpoint: SignedNote,
    /// Every step of the case and every refused attempt at one, in the order of the ledger.
    pub entries: Vec<Sealed>,
    /// The leaf that published the policy version the case is judged by.
    pub policy: Option<Sealed>,
    /// The leaf that named the certificate of the record's seal.
    pub seal: Option<Sealed>,
    /// Changes of the ledger's key, oldest first.
    pub successions: Vec<Succession>,
    /// Checkpoints of earlier records of the case, and the last one a witness cosigned.
    pub earlier: Vec<Earlier>,
}
