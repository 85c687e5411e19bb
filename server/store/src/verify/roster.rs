//! Who was a member with which role, which versions of the promise there were, and what else was
//! administered, at each place of the ledger.

use std::collections::BTreeMap;

use casework::{
    case::{Event, Step},
    gate::Classification,
    ledger::{Entry, VerifyingKey},
    mail::MailId,
    member::{Duty, Member, MemberId, Role},
    policy::{Policy, in_force},
    tables::{Tables, TablesVersion},
    words::Line,
};
use jiff::civil;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use uuid::Uuid;

use super::{Finding, Findings, directory::Directory, feeds::Feeds, letters::Templates};
use crate::{
    Error, Settled,
    moments::moment,
    outbox,
    rows::{member, organisation, policy, tables_version, witness},
    settings, tables,
};

/// What the ledger tells of members, policies and the organisation.
#[derive(Debug, Default)]
pub(super) struct Roster {
    members: BTreeMap<MemberId, Known>,
    /// With the place in the ledger where each was published.
    policies: Vec<(u64, Policy)>,
    /// Every version of the tables that was published.
    tables: Vec<Published>,
    organisation: Option<Line>,
    /// With the moment each was named.
    witnesses: BTreeMap<VerifyingKey, i64>,
    open: bool,
    feeds: Feeds,
    /// How many records were issued.
    issued: u64,
    directory: Directory,
    templates: Templates,
    /// What members last said became of mails.
    mails: BTreeMap<MailId, Settled>,
}

#[derive(Debug)]
struct Published {
    tables: Tables,
    at: i64,
    by: Option<Uuid>,
}

#[derive(Debug)]
struct Known {
    name: Line,
    sign_in: String,
    role: Role,
    disabled: bool,
}

impl Roster {
    /// Follows an entry, and tells where it was not for its actor to make.
    pub fn follow(
        &mut self,
        seq: u64,
        at: i64,
        actor: Option<Uuid>,
        entry: &Entry,
        findings: &mut Findings,
    ) {
        match entry {
            Entry::Step { event } => {
                if let Some(says) = self.misfit(&event.by) {
                    findings.tell(broken(event, says));
                }
                if let Step::Classify(classification) = &event.step
                    && !self.stood(classification)
                {
                    findings.tell(broken(
                        event,
                        "It was judged under terms that no version of the tables gives.".into(),
                    ));
                }
            }
            Entry::MemberAdded { .. }
            | Entry::RoleChanged { .. }
            | Entry::MemberDisabled { .. }
            | Entry::MemberEnabled { .. }
            | Entry::PolicyPublished { .. }
            | Entry::TablesPublished { .. }
            | Entry::TemplatePublished { .. }
            | Entry::OrganisationNamed { .. }
            | Entry::LedgerKeyNamed { .. }
            | Entry::SealNamed { .. }
            | Entry::WitnessNamed { .. }
            | Entry::WitnessDismissed { .. }
            | Entry::LedgerOpened { .. }
                if !self.administers(actor) =>
            {
                findings.tell(Finding::DutyBroken {
                    seq,
                    says: "only administrators administer".into(),
                });
            }
            Entry::AuthorityEntered { .. }
            | Entry::AuthorityAmended { .. }
            | Entry::AuthoritiesMerged { .. } => {
                let by = actor.and_then(|actor| self.members.get(&MemberId(actor)));
                if by.is_none_or(|by| by.disabled || !by.role.may(Duty::KeepDirectory)) {
                    findings.tell(Finding::DutyBroken {
                        seq,
                        says: "only legal staff and managers keep the directory".into(),
                    });
                }
            }
            _ => {}
        }
        if let Entry::TablesPublished { tables } = entry {
            self.tables.push(Published {
                tables: tables.clone(),
                at,
                by: actor,
            });
        }
        self.directory.follow(seq, at, entry, findings);
        self.templates.follow(at, actor, entry, findings);
        if let Entry::MailSettled { mail, sent, .. } = entry {
            self.settled(seq, at, actor, (*mail, *sent), findings);
        }
        let administers = self.administers(actor);
        self.feeds
            .follow((seq, at), actor, administers, entry, findings);
        self.note(seq, at, entry);
    }

    /// Whether this was an administrator's doing. What nobody signed for was done where the desk
    /// itself stands, at its machine.
    fn administers(&self, actor: Option<Uuid>) -> bool {
        let Some(actor) = actor else { return true };
        let by = self.members.get(&MemberId(actor));
        by.is_some_and(|by| !by.disabled && by.role.may(Duty::Administer))
    }

    fn settled(
        &mut self,
        seq: u64,
        at: i64,
        actor: Option<Uuid>,
        (mail, sent): (MailId, bool),
        findings: &mut Findings,
    ) {
        let by = actor.map(MemberId);
        let settles = |role: Role| role.may(Duty::Administer) || role.may(Duty::WorkCases);
        let known = by.and_then(|by| self.members.get(&by));
        if !known.is_some_and(|known| !known.disabled && settles(known.role)) {
            findings.tell(Finding::DutyBroken {
                seq,
                says: "only who works cases or administers settles a mail".into(),
            });
        }
        if let (Some(by), Ok(at)) = (by, moment(at)) {
            self.mails.insert(mail, Settled { by, at, sent });
        }
    }

    fn note(&mut self, seq: u64, at: i64, entry: &Entry) {
        match entry {
            Entry::MemberAdded {
                member,
                name,
                sign_in,
                role,
            } => {
                self.members.insert(
                    *member,
                    Known {
                        name: name.clone(),
                        sign_in: sign_in.clone(),
                        role: *role,
                        disabled: false,
                    },
                );
            }
            Entry::MemberRenamed { member, name } => {
                self.change(*member, |known| known.name = name.clone());
            }
            Entry::RoleChanged { member, role } => self.change(*member, |known| known.role = *role),
            Entry::MemberDisabled { member } => self.change(*member, |known| known.disabled = true),
            Entry::MemberEnabled { member } => self.change(*member, |known| known.disabled = false),
            Entry::PolicyPublished { policy } => self.policies.push((seq, policy.clone())),
            Entry::OrganisationNamed { name } => self.organisation = Some(name.clone()),
            Entry::WitnessNamed { key } => {
                self.witnesses.insert(key.clone(), at);
            }
            Entry::WitnessDismissed { key } => {
                self.witnesses.remove(key);
            }
            Entry::LedgerOpened { open } => self.open = *open,
            Entry::RecordIssued { .. } => self.issued += 1,
            _ => {}
        }
    }

    fn change(&mut self, member: MemberId, how: impl FnOnce(&mut Known)) {
        if let Some(known) = self.members.get_mut(&member) {
            how(known);
        }
    }

    /// Why a signature is not the one this member could give now.
    fn misfit(&self, by: &Member) -> Option<String> {
        match self.members.get(&by.id) {
            None => Some(format!("{} was no member.", by.name)),
            Some(known) if known.disabled => Some(format!("{} had been shut out.", by.name)),
            Some(known) if known.role != by.role => Some(format!(
                "{} signed as {}, and was {}.",
                by.name, by.role, known.role
            )),
            Some(known) if known.name != by.name => {
                Some(format!("{} was called {} then.", by.name, known.name))
            }
            Some(_) => None,
        }
    }

    /// Whether a classification took its terms from the newest version of the tables there was.
    /// One from before the tables had versions took none, and only while there was no version.
    fn stood(&self, classification: &Classification) -> bool {
        let delivered = Tables::delivered;
        let newest = self.tables.last().map(|published| &published.tables);
        match (&classification.terms, newest) {
            (None, newest) => newest.is_none(),
            (Some(terms), None) => {
                // What a later edition of the desk is delivered with may differ from what this
                // case was judged under; which version it was is told.
                terms.tables == delivered().version
            }
            (Some(terms), Some(newest)) => *terms == newest.terms(classification.instrument),
        }
    }

    /// How many records were issued.
    pub fn issued(&self) -> u64 {
        self.issued
    }

    /// The version that was in force on a day, of those published before a place in the ledger.
    pub fn policy_at(&self, seq: u64, on: civil::Date) -> Option<Policy> {
        let before: Vec<Policy> = self
            .policies
            .iter()
            .filter(|(at, _)| *at < seq)
            .map(|(_, policy)| policy.clone())
            .collect();
        in_force(&before, on).cloned()
    }

    /// Compares what the ledger tells with the tables.
    pub async fn compare(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        self.compare_members(db, findings).await?;
        self.compare_policies(db, findings).await?;
        self.compare_tables(db, findings).await?;
        let name = organisation::Entity::find_by_id(settings::OURS)
            .one(db)
            .await?
            .map(|row| row.name);
        if name.as_deref() != self.organisation.as_ref().map(Line::as_str) {
            findings.tell(Finding::OrganisationEdited);
        }
        if settings::ledger_is_open(db).await? != self.open {
            findings.tell(Finding::OpennessEdited);
        }
        self.directory.compare(db, findings).await?;
        self.feeds.compare(db, findings).await?;
        self.templates.compare(db, findings).await?;
        self.compare_witnesses(db, findings).await?;
        self.compare_mails(db, findings).await
    }

    /// What members settled. Notices are compared with their cases; the rest of the outbox nobody but
    /// the servers saw.
    async fn compare_mails(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut rows = outbox::settled(db).await?;
        for (mail, settled) in &self.mails {
            if rows.remove(mail) != Some(*settled) {
                findings.tell(Finding::MailEdited { mail: *mail });
            }
        }
        for mail in rows.into_keys() {
            findings.tell(Finding::MailEdited { mail });
        }
        Ok(())
    }

    async fn compare_witnesses(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = witness::Entity::find().all(db).await?;
        let mut rows: BTreeMap<String, i64> = rows
            .into_iter()
            .map(|row| (row.key, row.named_at))
            .collect();
        for (key, named_at) in &self.witnesses {
            let key = key.to_string();
            if rows.remove(&key) != Some(*named_at) {
                findings.tell(Finding::WitnessEdited { key });
            }
        }
        for key in rows.into_keys() {
            findings.tell(Finding::WitnessEdited { key });
        }
        Ok(())
    }

    async fn compare_members(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut rows: BTreeMap<MemberId, member::Model> = member::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(|row| (MemberId(row.id), row))
            .collect();
        for (id, known) in &self.members {
            let what = match rows.remove(id) {
                None => "the row is missing".into(),
                Some(row) => {
                    let differs = [
                        ("name", row.name != known.name.as_str()),
                        ("what they sign in with", row.sign_in != known.sign_in),
                        ("role", row.role != known.role.code()),
                        ("whether they are shut out", row.disabled != known.disabled),
                    ];
                    let differs: Vec<_> = differs
                        .iter()
                        .filter(|(_, differs)| *differs)
                        .map(|(what, _)| *what)
                        .collect();
                    differs.join(", ")
                }
            };
            if !what.is_empty() {
                findings.tell(Finding::MemberEdited { member: *id, what });
            }
        }
        for member in rows.into_keys() {
            findings.tell(Finding::MemberEdited {
                member,
                what: "nobody added them".into(),
            });
        }
        Ok(())
    }

    async fn compare_policies(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = policy::Entity::find()
            .order_by_asc(policy::Column::Version)
            .all(db)
            .await?;
        let mut rows: BTreeMap<i64, policy::Model> =
            rows.into_iter().map(|row| (row.version, row)).collect();
        for (_, policy) in &self.policies {
            let row = rows.remove(&policy.version.0.into());
            let body = settings::body(policy)?;
            let same = |row: policy::Model| {
                row.body == body && row.in_force_from == policy.in_force_from.to_string()
            };
            if !row.is_some_and(same) {
                findings.tell(Finding::PolicyEdited {
                    version: policy.version,
                });
            }
        }
        for version in rows.into_keys() {
            let version = casework::policy::PolicyVersion(version.try_into().unwrap_or_default());
            findings.tell(Finding::PolicyEdited { version });
        }
        Ok(())
    }

    async fn compare_tables(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = tables_version::Entity::find().all(db).await?;
        let mut rows: BTreeMap<i64, tables_version::Model> =
            rows.into_iter().map(|row| (row.version, row)).collect();
        for told in &self.tables {
            let version = told.tables.version;
            let row = tables_version::Model {
                version: version.0.into(),
                published_at: told.at,
                published_by: told.by,
                body: tables::body(&told.tables)?,
            };
            if rows.remove(&row.version) != Some(row) {
                findings.tell(Finding::TablesEdited { version });
            }
        }
        for version in rows.into_keys() {
            let version = TablesVersion(version.try_into().unwrap_or_default());
            findings.tell(Finding::TablesEdited { version });
        }
        Ok(())
    }
}

/// An event that should not have happened.
pub(super) fn broken(event: &Event, says: String) -> Finding {
    Finding::RuleBroken {
        number: event.number,
        version: event.version,
        says,
    }
}
