//! Proofs: that a leaf is in a log, and that a log continues an earlier one.
//! Source: RFC 9162, sections 2.1.3 and 2.1.4.
//!
//! To prove, a [`Recipe`] says which complete subtrees are needed; whoever keeps them looks them
//! up. To check, nothing is needed but the proof.

use std::ops::Range;

use super::{Hash, NodeAt, node_hash};

/// Which nodes a proof is made of: each hash of the proof is the root over one range of leaves,
/// folded from the complete subtrees of that range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe(Vec<Range<u64>>);

impl Recipe {
    /// For the proof that leaf `index` is in the log of `size` leaves; `None` where it is not.
    pub fn inclusion(index: u64, size: u64) -> Option<Self> {
        if index >= size {
            return None;
        }
        // PATH(m, D[n]), walked from the root down and so collected backwards.
        let mut ranges = Vec::new();
        let (mut start, mut end) = (0, size);
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                ranges.push(middle..end);
                end = middle;
            } else {
                ranges.push(start..middle);
                start = middle;
            }
        }
        ranges.reverse();
        Some(Self(ranges))
    }

    /// For the proof that the log of `new` leaves continues that of `old`; `None` where `old` is
    /// nothing or longer: of nothing, everything is a continuation.
    pub fn consistency(old: u64, new: u64) -> Option<Self> {
        if old == 0 || old > new {
            return None;
        }
        // SUBPROOF(m, D[n], b), walked from the root down and so collected backwards.
        let mut ranges = Vec::new();
        let (mut start, mut end, mut old_whole) = (0, new, true);
        while old != end {
            let middle = start + split(end - start);
            if old <= middle {
                ranges.push(middle..end);
                end = middle;
            } else {
                ranges.push(start..middle);
                start = middle;
                old_whole = false;
            }
        }
        if !old_whole {
            ranges.push(start..end);
        }
        ranges.reverse();
        Some(Self(ranges))
    }

    /// Every node that is needed.
    pub fn places(&self) -> impl Iterator<Item = NodeAt> + '_ {
        self.0.iter().cloned().flat_map(subtrees)
    }

    /// The proof, from the nodes; `None` where one is not there.
    pub fn prove(&self, node: impl Fn(NodeAt) -> Option<Hash>) -> Option<Vec<Hash>> {
        self.0
            .iter()
            .cloned()
            .map(|range| root_over(range, &node))
            .collect()
    }
}

/// The largest power of two smaller than `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The complete subtrees of a range that a proof names, left to right. Such a range starts at a
/// multiple of its own length rounded up to a power of two, so each of them is one node.
fn subtrees(range: Range<u64>) -> impl Iterator<Item = NodeAt> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let length = range.end.checked_sub(start).filter(|length| *length > 0)?;
        let level = length.ilog2();
        let place = NodeAt {
            level: u8::try_from(level).ok()?,
            index: start >> level,
        };
        start += 1 << level;
        Some(place)
    })
}

fn root_over(range: Range<u64>, node: &impl Fn(NodeAt) -> Option<Hash>) -> Option<Hash> {
    let hashes = subtrees(range).map(node).collect::<Option<Vec<_>>>()?;
    hashes
        .into_iter()
        .rev()
        .reduce(|right, left| node_hash(&left, &right))
}

/// Whether a proof shows that a leaf stands at `index` of the log of `size` leaves with this root.
/// Source: RFC 9162, section 2.1.3.2.
pub fn includes(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for step in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(step, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether a proof shows that the log of `new` leaves continues the log of `old`.
/// Source: RFC 9162, section 2.1.4.2.
pub fn continues(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    if old_size == 0 {
        return proof.is_empty();
    }
    let mut steps = proof.iter();
    // A complete old log is itself the first node.
    let first = if old_size.is_power_of_two() {
        Some(old_root)
    } else {
        steps.next()
    };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut was, mut is) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            was = node_hash(step, &was);
            is = node_hash(step, &is);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            is = node_hash(&is, step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && was == *old_root && is == *new_root
}
