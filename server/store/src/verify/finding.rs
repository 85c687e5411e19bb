//! What verifying found, each in a sentence.

use casework::{
    case::{CaseId, CaseNumber},
    directory::AuthorityId,
    letter::LetterId,
    mail::MailId,
    member::MemberId,
    order::{Digest, OrderId},
    policy::PolicyVersion,
    tables::TablesVersion,
};

use crate::{Head, KeptCheckpoint, RecordId};

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
    #[error("A text of entry {seq} of the ledger is missing.")]
    TextMissing { seq: u64 },
    #[error(
        "The texts of entry {seq} of the ledger were edited: they are not the ones the entry commits to."
    )]
    TextsEdited { seq: u64 },
    #[error("Hash {index} of level {level} of the ledger's tree is missing or was edited.")]
    NodeEdited { level: u8, index: u64 },
    #[error("The ledger's tree holds hashes that belong to no entry.")]
    NodesStray,
    #[error("The ledger ends after {has} entries; a checkpoint shows that it had {had}.")]
    Shortened { has: u64, had: u64 },
    #[error("The first {size} entries of the ledger are not those that a checkpoint saw.")]
    Rewritten { size: u64 },
    #[error("The checkpoint kept over {size} entries was edited, or the ledger before it was.")]
    CheckpointEdited { size: u64 },
    #[error("What {witness} added to the checkpoint over {size} entries was edited.")]
    CosignatureEdited { size: u64, witness: String },

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
    #[error("The clocks of {number} are not those that its steps set.")]
    ClocksEdited { number: CaseNumber },
    #[error("The search index of {number} does not hold its words.")]
    SearchEdited { number: CaseNumber },
    #[error("What {number} is found by in the directory was edited.")]
    TracesEdited { number: CaseNumber },

    #[error("The bytes of order {order} of {number} have no place on record.")]
    OrderWithoutBlob { number: CaseNumber, order: OrderId },
    #[error("Bytes are on record for order {order}, which was never attached to {number}.")]
    BlobWithoutOrder { number: CaseNumber, order: OrderId },
    #[error("The bytes of letter {letter} of {number} have no place on record.")]
    LetterWithoutBlob {
        number: CaseNumber,
        letter: LetterId,
    },
    #[error("Bytes are on record for letter {letter}, which was never filed on {number}.")]
    BlobWithoutLetter {
        number: CaseNumber,
        letter: LetterId,
    },
    #[error(
        "A record of {number} was issued and is not on record as it was; its SHA-256 is {sha256}."
    )]
    RecordMissing { number: CaseNumber, sha256: Digest },
    #[error("Record {record} of {number} was edited, or never issued.")]
    RecordEdited {
        number: CaseNumber,
        record: RecordId,
    },
    #[error("Records were issued, or are on record, of cases that are not.")]
    RecordsStray,

    #[error("The notice by mail that event {version} of {number} tells is not in the outbox.")]
    NoticeMissing { number: CaseNumber, version: u32 },
    #[error("The notice by mail that event {version} of {number} tells was edited: {what}.")]
    NoticeEdited {
        number: CaseNumber,
        version: u32,
        what: String,
    },
    #[error("Mail {mail} is a notice of {number} that no event tells.")]
    NoticeUntold { number: CaseNumber, mail: MailId },
    #[error("Notices are in the outbox of cases that are not.")]
    NoticesStray,

    #[error("What is listed of {number} under its policy was edited.")]
    MadeEdited { number: CaseNumber },
    #[error("Disclosures are listed of cases that are not.")]
    MadeStray,
    #[error("What is counted under policy {version} was edited.")]
    CountEdited { version: PolicyVersion },

    #[error("Entry {seq} of the ledger was not theirs to make: {says}.")]
    DutyBroken { seq: u64, says: String },
    #[error("Member {member} was edited: {what}.")]
    MemberEdited { member: MemberId, what: String },
    #[error("The calendar feed of member {member} was edited, closed or never opened.")]
    FeedEdited { member: MemberId },
    #[error("Policy {version} was edited, removed or never published.")]
    PolicyEdited { version: PolicyVersion },
    #[error("The tables' {version} was edited, removed or never published.")]
    TablesEdited { version: TablesVersion },
    #[error("Authority {authority} of the directory was edited, removed or never entered.")]
    AuthorityEdited { authority: AuthorityId },
    #[error("Entry {seq} of the ledger breaks a rule of the directory: {says}.")]
    DirectoryBroken { seq: u64, says: &'static str },
    #[error("Template {template} was edited, removed or never published.")]
    TemplateEdited { template: String },
    #[error("The organisation's name was edited.")]
    OrganisationEdited,
    #[error("Witness {key} was edited, removed or never named.")]
    WitnessEdited { key: String },
    #[error("Whether the ledger is open to everybody was edited.")]
    OpennessEdited,
    #[error("What a member said became of mail {mail} was edited, or never said.")]
    MailEdited { mail: MailId },
}

/// What the caller compares, who holds the keys that the store does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Whoever holds the vault's key reads them again.
    Bytes(KeptBytes),
    /// Its size and root are the ledger's and its cosignatures verify; whoever knows the ledger's
    /// keys checks its own signature.
    Checkpoint(KeptCheckpoint),
}

/// Something whose encrypted bytes lie in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBytes {
    pub case: CaseId,
    pub number: CaseNumber,
    pub what: KeptWhat,
    /// What the ledger says the plain bytes are.
    pub sha256: Digest,
    pub size: u64,
    pub blob: String,
    pub wrapped_key: Vec<u8>,
}

/// What bytes are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptWhat {
    Order(OrderId),
    Letter(LetterId),
    Record(RecordId),
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
    pub records: u64,
    pub checkpoints: u64,
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
            records: 0,
            checkpoints: 0,
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
