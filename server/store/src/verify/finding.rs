//! What verifying found, each in a sentence.

use casework::{
    case::{CaseId, CaseNumber},
    member::MemberId,
    order::{Digest, OrderId},
    policy::PolicyVersion,
};

use crate::Head;

/// Most findings that are told; where there are more, [`Findings::more`] says so.
pub(crate) const FINDINGS_MOST: usize = 1_000;

/// One thing that is not as the desk left it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    #[error("Entry {seq} of the ledger is missing.")]
    LeafMissing { seq: u64 },
    #[error("Entry {seq} of the ledger was edited: {what}.")]
    LeafEdited { seq: u64, what: String },
    #[error("The payload of entry {seq} of the ledger is missing.")]
    PayloadMissing { seq: u64 },
    #[error(
        "The payload of entry {seq} of the ledger was edited: it is not the one the entry commits to."
    )]
    PayloadEdited { seq: u64 },
    #[error("Hash {index} of level {level} of the ledger's tree is missing or was edited.")]
    NodeEdited { level: u8, index: u64 },
    #[error("The ledger's tree holds hashes that belong to no entry.")]
    NodesStray,
    #[error("The ledger ends after {has} entries; a checkpoint shows that it had {had}.")]
    Shortened { has: u64, had: u64 },
    #[error("The first {size} entries of the ledger are not those that a checkpoint saw.")]
    Rewritten { size: u64 },

    #[error("{number} has entries in the ledger and no row.")]
    CaseRowMissing { case: CaseId, number: CaseNumber },
    #[error("The row of {number} was edited: {what}.")]
    CaseRowEdited { number: CaseNumber, what: String },
    #[error("{number} has a row and no entries in the ledger.")]
    CaseWithoutEvents { number: CaseNumber },
    #[error("{number} cannot be derived from the ledger: {why}.")]
    CaseUnreadable { number: CaseNumber, why: String },
    #[error("Event {version} of {number} breaks a rule: {says}")]
    RuleBroken {
        number: CaseNumber,
        version: u32,
        says: String,
    },
    #[error("The search index of {number} does not hold its words.")]
    SearchEdited { number: CaseNumber },

    #[error("The bytes of order {order} of {number} have no place on record.")]
    OrderWithoutBlob { number: CaseNumber, order: OrderId },
    #[error("Bytes are on record for order {order}, which was never attached to {number}.")]
    BlobWithoutOrder { number: CaseNumber, order: OrderId },

    #[error("Entry {seq} of the ledger was not theirs to make: {says}.")]
    DutyBroken { seq: u64, says: String },
    #[error("Member {member} was edited: {what}.")]
    MemberEdited { member: MemberId, what: String },
    #[error("Policy {version} was edited, removed or never published.")]
    PolicyEdited { version: PolicyVersion },
    #[error("The organisation's name was edited.")]
    OrganisationEdited,
}

/// An attached order and where its bytes lie; whoever holds the vault's key checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOrder {
    pub case: CaseId,
    pub number: CaseNumber,
    pub order: OrderId,
    /// What the ledger says the plain bytes are.
    pub sha256: Digest,
    pub size: u64,
    pub blob: String,
    pub wrapped_key: Vec<u8>,
}

/// What verifying found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Empty: everything is as the desk left it.
    pub findings: Vec<Finding>,
    /// There were more than are told.
    pub more: bool,
    /// Size and root, computed from the leaves.
    pub head: Head,
    pub cases: u64,
    pub orders: u64,
}

impl Findings {
    /// Whether everything is as the desk left it.
    pub fn holds(&self) -> bool {
        self.findings.is_empty() && !self.more
    }

    pub(crate) fn none() -> Self {
        Self {
            findings: Vec::new(),
            more: false,
            head: Head {
                size: 0,
                root: [0; 32],
            },
            cases: 0,
            orders: 0,
        }
    }

    pub(crate) fn tell(&mut self, finding: Finding) {
        if self.findings.len() < FINDINGS_MOST {
            self.findings.push(finding);
        } else {
            self.more = true;
        }
    }
}
