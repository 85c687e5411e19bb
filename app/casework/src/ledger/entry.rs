//! What a leaf's payload tells.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseId, Event, StepKind},
    directory::{Authority, AuthorityId},
    dossier::Edition,
    ledger::{VerifyingKey, sealed::Place},
    letter::LetterId,
    mail::MailId,
    member::{MemberId, Role},
    order::{Digest, OrderId},
    policy::Policy,
    tables::Tables,
    template::Template,
    words::Line,
};

/// One entry of the ledger: a step of a case, something read, or something administered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// A case changed.
    Step {
        event: Event,
    },
    /// A rule said no to a step: blocked attempts are told too.
    Refused {
        case: CaseId,
        step: StepKind,
        says: String,
    },
    /// A record was printed and is kept: downloading it again gives the same bytes.
    RecordIssued {
        case: CaseId,
        /// The case's version that it tells of.
        version: u32,
        edition: Edition,
        sha256: Digest,
        size: u64,
        /// How many leaves the checkpoint in it covers.
        under: u64,
        /// Whether the orders are inside.
        enclosed: bool,
        /// The texts that it leaves out.
        masked: BTreeSet<Place>,
    },
    CaseRead {
        case: CaseId,
    },
    LetterRead {
        case: CaseId,
        letter: LetterId,
    },
    OrderRead {
        case: CaseId,
        order: OrderId,
    },
    RecordRead {
        case: CaseId,
        sha256: Digest,
        size: u64,
    },
    /// Several records left in one archive.
    RecordsExported {
        cases: Vec<CaseId>,
        sha256: Digest,
    },
    /// Texts that an edition leaves out were shown to somebody, with their salts.
    TextsUnmasked {
        case: CaseId,
        /// The record that leaves them out.
        sha256: Digest,
        places: Vec<Place>,
    },
    /// The list of all cases left the house.
    RegisterExported {
        sha256: Digest,
        cases: u64,
    },
    SignedIn {
        member: MemberId,
    },
    /// Only for accounts that exist: what was typed for others may be a password.
    SignInRefused {
        member: MemberId,
    },
    SignedOut {
        member: MemberId,
    },
    SessionsEnded {
        member: MemberId,
        count: u32,
    },
    PasswordChanged {
        member: MemberId,
    },
    PasswordReset {
        member: MemberId,
    },
    MemberAdded {
        member: MemberId,
        name: Line,
        /// What they sign in with, as the desk keeps it.
        sign_in: String,
        role: Role,
    },
    MemberRenamed {
        member: MemberId,
        name: Line,
    },
    RoleChanged {
        member: MemberId,
        role: Role,
    },
    MemberDisabled {
        member: MemberId,
    },
    MemberEnabled {
        member: MemberId,
    },
    PolicyPublished {
        policy: Policy,
    },
    /// A version of the tables that cases are judged by.
    TablesPublished {
        tables: Tables,
    },
    /// A version of a template of letters.
    TemplatePublished {
        template: Template,
    },
    OrganisationNamed {
        name: Line,
    },
    /// The directory has an authority from here on.
    AuthorityEntered {
        authority: Authority,
    },
    /// An authority as it is from here on.
    AuthorityAmended {
        authority: Authority,
    },
    /// Two entries are one from here on: `from` points to `into`, which holds everything of both.
    AuthoritiesMerged {
        from: AuthorityId,
        into: Authority,
    },
    /// The key that signs the ledger's checkpoints from here on.
    LedgerKeyNamed {
        key: VerifyingKey,
    },
    /// The certificate that seals records from here on.
    SealNamed {
        subject: String,
        /// Of the certificate's DER bytes.
        sha256: Digest,
    },
    /// Whose cosignatures the desk takes.
    WitnessNamed {
        key: VerifyingKey,
    },
    WitnessDismissed {
        key: VerifyingKey,
    },
    /// A member's calendar can be read at an address; one they had before is answered no more.
    FeedOpened {
        member: MemberId,
        /// Of the secret part of the address.
        sha256: Digest,
    },
    FeedClosed {
        member: MemberId,
    },
    /// Whether the ledger's leaves and hashes are served to everybody.
    LedgerOpened {
        open: bool,
    },
    /// A member said what became of a mail that was uncertain or refused.
    MailSettled {
        mail: MailId,
        /// It arrived; else it is sent again.
        sent: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
    },
}

impl Entry {
    /// What the leaf calls it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Step { event } => match event.kind() {
                StepKind::Draft => "case.draft",
                StepKind::File => "case.file",
                StepKind::Edit => "case.edit",
                StepKind::Classify => "case.classify",
                StepKind::Attach => "case.attach",
                StepKind::Strike => "case.strike",
                StepKind::Verify => "case.verify",
                StepKind::Submit => "case.submit",
                StepKind::Decide => "case.decide",
                StepKind::Review => "case.review",
                StepKind::Disclose => "case.disclose",
                StepKind::Close => "case.close",
                StepKind::Withdraw => "case.withdraw",
                StepKind::Reopen => "case.reopen",
                StepKind::Search => "case.search",
                StepKind::Pause => "case.pause",
                StepKind::Resume => "case.resume",
                StepKind::Hold => "case.hold",
                StepKind::Renew => "case.renew",
                StepKind::Convert => "case.convert",
                StepKind::Release => "case.release",
                StepKind::Gag => "case.gag",
                StepKind::Lift => "case.lift",
                StepKind::Notify => "case.notify",
                StepKind::Object => "case.object",
                StepKind::Settle => "case.settle",
                StepKind::Letter => "case.letter",
                StepKind::Untold => "case.untold",
                StepKind::Process => "case.process",
            },
            Self::Refused { .. } => "case.refused",
            Self::RecordIssued { .. } => "record.issue",
            Self::CaseRead { .. } => "case.read",
            Self::LetterRead { .. } => "letter.read",
            Self::OrderRead { .. } => "order.read",
            Self::RecordRead { .. } => "record.read",
            Self::RecordsExported { .. } => "records.export",
            Self::TextsUnmasked { .. } => "record.unmask",
            Self::RegisterExported { .. } => "register.export",
            Self::SignedIn { .. } => "session.begin",
            Self::SignInRefused { .. } => "session.refused",
            Self::SignedOut { .. } => "session.end",
            Self::SessionsEnded { .. } => "sessions.end",
            Self::PasswordChanged { .. } => "password.change",
            Self::PasswordReset { .. } => "password.reset",
            Self::MemberAdded { .. } => "member.add",
            Self::MemberRenamed { .. } => "member.rename",
            Self::RoleChanged { .. } => "member.role",
            Self::MemberDisabled { .. } => "member.disable",
            Self::MemberEnabled { .. } => "member.enable",
            Self::PolicyPublished { .. } => "policy.publish",
            Self::TablesPublished { .. } => "tables.publish",
            Self::TemplatePublished { .. } => "template.publish",
            Self::OrganisationNamed { .. } => "organisation.name",
            Self::AuthorityEntered { .. } => "authority.enter",
            Self::AuthorityAmended { .. } => "authority.amend",
            Self::AuthoritiesMerged { .. } => "authority.merge",
            Self::LedgerKeyNamed { .. } => "ledger-key.name",
            Self::SealNamed { .. } => "seal.name",
            Self::WitnessNamed { .. } => "witness.name",
            Self::WitnessDismissed { .. } => "witness.dismiss",
            Self::FeedOpened { .. } => "feed.open",
            Self::FeedClosed { .. } => "feed.close",
            Self::LedgerOpened { .. } => "ledger.open",
            Self::MailSettled { .. } => "mail.settle",
        }
    }

    /// The case it is about, if it is about one.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::Step { event } => Some(event.case),
            Self::Refused { case, .. }
            | Self::CaseRead { case }
            | Self::LetterRead { case, .. }
            | Self::OrderRead { case, .. }
            | Self::RecordRead { case, .. }
            | Self::TextsUnmasked { case, .. }
            | Self::RecordIssued { case, .. } => Some(*case),
            Self::MailSettled { case, .. } => *case,
            _ => None,
        }
    }

    /// What it was done to, beside the case: never text that a person typed.
    pub fn object(&self) -> Option<String> {
        match self {
            Self::Step { event } => Some(format!("version-{}", event.version)),
            Self::Refused { step, .. } => Some(step.code().into()),
            Self::LetterRead { letter, .. } => Some(letter.to_string()),
            Self::OrderRead { order, .. } => Some(order.to_string()),
            Self::RecordRead { sha256, .. }
            | Self::RecordIssued { sha256, .. }
            | Self::RecordsExported { sha256, .. }
            | Self::TextsUnmasked { sha256, .. }
            | Self::RegisterExported { sha256, .. }
            | Self::SealNamed { sha256, .. } => Some(sha256.to_string()),
            Self::LedgerKeyNamed { key }
            | Self::WitnessNamed { key }
            | Self::WitnessDismissed { key } => Some(key.to_string()),
            Self::LedgerOpened { open } => Some(if *open { "open" } else { "shut" }.into()),
            Self::SignedIn { member }
            | Self::SignInRefused { member }
            | Self::SignedOut { member }
            | Self::SessionsEnded { member, .. }
            | Self::PasswordChanged { member }
            | Self::PasswordReset { member }
            | Self::MemberAdded { member, .. }
            | Self::MemberRenamed { member, .. }
            | Self::RoleChanged { member, .. }
            | Self::FeedOpened { member, .. }
            | Self::FeedClosed { member }
            | Self::MemberDisabled { member }
            | Self::MemberEnabled { member } => Some(member.to_string()),
            Self::PolicyPublished { policy } => Some(policy.version.0.to_string()),
            Self::TablesPublished { tables } => Some(tables.version.0.to_string()),
            Self::TemplatePublished { template } => Some(format!(
                "{}.{}.{}",
                template.kind.code(),
                template.language,
                template.version
            )),
            Self::AuthorityEntered { authority } | Self::AuthorityAmended { authority } => {
                Some(authority.id.to_string())
            }
            Self::AuthoritiesMerged { from, .. } => Some(from.to_string()),
            Self::MailSettled { mail, .. } => Some(mail.to_string()),
            Self::CaseRead { .. } | Self::OrganisationNamed { .. } => None,
        }
    }

    /// What the ledger's page calls an action.
    pub fn told(action: &str) -> &'static str {
        match action {
            "case.draft" => "kept a draft",
            "case.refused" => "was refused a step",
            "case.read" => "opened the case",
            "record.unmask" => "showed texts that a record leaves out",
            "register.export" => "downloaded the register",
            "record.issue" => "issued a record",
            "ledger-key.name" => "named the ledger's key",
            "seal.name" => "named the records' seal",
            "witness.name" => "named a witness",
            "witness.dismiss" => "dismissed a witness",
            "ledger.open" => "opened or shut the ledger to the public",
            "letter.read" => "downloaded a letter",
            "order.read" => "downloaded an order",
            "record.read" => "downloaded the record",
            "records.export" => "downloaded several records",
            "session.begin" => "signed in",
            "session.refused" => "was refused at sign-in",
            "session.end" => "signed out",
            "sessions.end" => "ended sessions",
            "password.change" => "changed the password",
            "password.reset" => "reset a password",
            "member.add" => "added a member",
            "member.rename" => "renamed a member",
            "member.role" => "changed a role",
            "feed.open" => "opened a calendar feed",
            "feed.close" => "closed a calendar feed",
            "member.disable" => "disabled a member",
            "member.enable" => "enabled a member",
            "policy.publish" => "published a policy version",
            "tables.publish" => "published a version of the tables",
            "template.publish" => "published a version of a letter's template",
            "organisation.name" => "named the organisation",
            "authority.enter" => "added an authority to the directory",
            "authority.amend" => "changed an authority of the directory",
            "authority.merge" => "merged two authorities of the directory",
            "mail.settle" => "settled the fate of a mail",
            other => other
                .strip_prefix("case.")
                .and_then(StepKind::from_code)
                .map_or("did something this version does not know", StepKind::past),
        }
    }
}
