//! Who works the desk, and what each role may do at all.

use serde::{Deserialize, Serialize};

use crate::words::Line;

crate::id! {
    /// Names a member for good.
    MemberId
}

crate::choice! {
    /// What a member is here for. Source: domain, section 2.
    Role {
        /// Files and works cases.
        Staff = "staff", "Legal staff";
        /// Decides.
        Manager = "manager", "Manager";
        /// Reads everything, changes nothing, downloads records.
        Auditor = "auditor", "Auditor";
        /// Manages accounts and settings; sees no case contents.
        Administrator = "administrator", "Administrator";
    }
}

crate::choice! {
    /// What a role may do beside the steps of a case.
    Duty {
        ReadCases = "read_cases", "read cases, their orders and their timelines";
        WorkCases = "work_cases", "take this step";
        ReadRecords = "read_records", "download disclosure records";
        ReleaseOutside = "release_outside", "release a redacted edition outside";
        KeepDirectory = "keep_directory", "keep the requesters' directory";
        ReadLedger = "read_ledger", "read the ledger";
        Administer = "administer", "manage members, policy versions and the organisation";
    }
}

impl Role {
    /// Whether this role has that duty. Everything not named here is refused.
    pub const fn may(self, duty: Duty) -> bool {
        match duty {
            Duty::ReadCases => matches!(self, Self::Staff | Self::Manager | Self::Auditor),
            // Which step whose is, the rules of the case say.
            Duty::WorkCases | Duty::KeepDirectory => matches!(self, Self::Staff | Self::Manager),
            Duty::ReadRecords => matches!(self, Self::Manager | Self::Auditor),
            Duty::ReleaseOutside => matches!(self, Self::Manager),
            // A leaf holds no case contents, so the administrator may see that the ledger stands.
            Duty::ReadLedger => matches!(self, Self::Manager | Self::Auditor | Self::Administrator),
            Duty::Administer => matches!(self, Self::Administrator),
        }
    }
}

/// Someone who works the desk, as the rules need to know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub name: Line,
    pub role: Role,
}

/// Who did something: the member as they were then, so that a later change of name or role
/// does not rewrite history.
pub type Signature = Member;

/// Something a member did, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed<T> {
    pub by: Signature,
    pub at: jiff::Timestamp,
    pub what: T,
}
