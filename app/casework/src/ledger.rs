//! The ledger: leaves as bytes, a Merkle log over them, and what each leaf tells.
//!
//! A leaf is stored exactly as it was sealed and is never re-serialised to check it. Personal text
//! is not in the leaf: the payload stands beside it with a random salt, and the leaf commits to
//! both, so that a payload can be destroyed when retention ends while every proof still holds.

mod entry;
mod leaf;
mod tree;

pub use entry::Entry;
pub use leaf::{Leaf, Salt, commit};
pub use tree::{Frontier, Hash, NodeAt, leaf_hash, node_hash, root_of};
