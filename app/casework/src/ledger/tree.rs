//! Merkle hashing as in RFC 6962, section 2.1 (RFC 9162, section 2.1.1): a leaf's hash is
//! `SHA-256(0x00 || leaf)`, a node's is `SHA-256(0x01 || left || right)`.

use sha2::{Digest as _, Sha256};

/// A SHA-256 of the tree.
pub type Hash = [u8; 32];

/// The hash of a leaf.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new_with_prefix([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The hash of a node over two others.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// Where a node of a complete subtree stands: its level (0 for leaves) and its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeAt {
    pub level: u8,
    pub index: u64,
}

/// The right edge of a log: its size, and the roots of its complete subtrees, largest first.
/// All that appending needs, and it is never longer than 64 hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The places of the peaks of a log of this size, largest subtree first.
    pub fn places(size: u64) -> impl Iterator<Item = NodeAt> {
        (0..64u8)
            .rev()
            .filter(move |level| size >> level & 1 == 1)
            .map(move |level| NodeAt {
                level,
                // The subtrees to the left of this one, counted in its own size.
                index: (size >> level) - 1,
            })
    }

    /// A frontier from the hashes that stand at [`Self::places`]; `None` if their number is off.
    pub fn of(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// How many leaves the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf's hash and tells every node that this completes, the leaf first.
    pub fn append(&mut self, leaf: Hash) -> Vec<(NodeAt, Hash)> {
        let mut node = NodeAt {
            level: 0,
            index: self.size,
        };
        let mut hash = leaf;
        let mut made = vec![(node, hash)];
        // A right child completes its parent; it is one where its index is odd.
        while node.index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            node = NodeAt {
                level: node.level + 1,
                index: node.index >> 1,
            };
            made.push((node, hash));
        }
        self.peaks.push(hash);
        self.size += 1;
        made
    }

    /// The root of the log. The root of nothing is the SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        self.peaks
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(|| Sha256::digest([]).into())
    }
}

/// The root over leaves, from nothing.
pub fn root_of<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.append(leaf_hash(leaf));
    }
    frontier.root()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, section 2.1, word for word and slow.
    fn defined(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf_hash(one),
            many => {
                let split = many.len().next_power_of_two() / 2;
                node_hash(&defined(&many[..split]), &defined(&many[split..]))
            }
        }
    }

    fn leaves(count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|n| n.to_string().into_bytes()).collect()
    }

    #[test]
    fn the_root_is_the_one_rfc_6962_defines() {
        for count in 0..130 {
            let all = leaves(count);
            assert_eq!(
                root_of(all.iter().map(Vec::as_slice)),
                defined(&all),
                "{count} leaves"
            );
        }
    }

    #[test]
    fn the_root_of_the_rfc_test_vector_holds() {
        // The eight leaves of the Certificate Transparency reference test data, and their root.
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len())
                .step_by(2)
                .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
                .collect()
        };
        let all: Vec<Vec<u8>> = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        .iter()
        .map(|text| hex(text))
        .collect();
        let root = root_of(all.iter().map(Vec::as_slice));
        assert_eq!(
            root.to_vec(),
            hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
        );
    }

    #[test]
    fn a_frontier_is_found_again_from_its_places() {
        let mut nodes = std::collections::BTreeMap::new();
        let mut frontier = Frontier::default();
        for leaf in leaves(100) {
            nodes.extend(frontier.append(leaf_hash(&leaf)));
            let size = frontier.size();
            let peaks = Frontier::places(size).map(|place| nodes[&place]).collect();
            assert_eq!(Frontier::of(size, peaks), Some(frontier.clone()));
        }
    }
}
