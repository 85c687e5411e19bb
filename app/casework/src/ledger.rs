//! The ledger: leaves as bytes, a Merkle log over them, what each leaf tells, and what proves it
//! to somebody who holds nothing of it.
//!
//! A leaf is stored exactly as it was sealed and is never re-serialised to check it. Personal text
//! is not in the leaf: the payload stands beside it with a random salt, and the leaf commits to
//! both, so that a payload can be destroyed when retention ends while every proof still holds.
//! In the payload each text is sealed by itself ([`sealed`]), so that one can be left out of what
//! is shown while the rest is proven.

pub(crate) mod coded;
mod entry;
pub mod evidence;
mod leaf;
pub mod note;
pub mod proof;
pub mod sealed;
mod tree;

pub use entry::Entry;
pub use evidence::Evidence;
pub use leaf::{Leaf, Salt, commit};
pub use note::{Checkpoint, Consistency, SignedNote, SigningKey, VerifyingKey};
pub use proof::{Recipe, continues, includes};
pub use tree::{Frontier, Hash, NodeAt, leaf_hash, node_hash, root_of};
