//! Calendar feeds as the ledger tells of them, held against their table.

use std::collections::BTreeMap;

use casework::{ledger::Entry, member::MemberId, order::Digest};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{Finding, Findings};
use crate::{Error, rows::calendar_feed};

/// The feeds that are open: since when, and under which secret's SHA-256.
#[derive(Debug, Default)]
pub(super) struct Feeds {
    open: BTreeMap<MemberId, (i64, Digest)>,
}

impl Feeds {
    /// Follows an entry, and tells where somebody opened another's feed, or closed it who does not
    /// administer: a feed ends with its member's password, role or membership as well.
    pub fn follow(
        &mut self,
        (seq, at): (u64, i64),
        actor: Option<Uuid>,
        administers: bool,
        entry: &Entry,
        findings: &mut Findings,
    ) {
        let (may, says) = match entry {
            Entry::FeedOpened { member, sha256 } => {
                self.open.insert(*member, (at, *sha256));
                let says = "a calendar feed is its own member's to open";
                (actor == Some(member.0), says)
            }
            Entry::FeedClosed { member } => {
                self.open.remove(member);
                let says = "a calendar feed is its own member's or an administrator's to close";
                (actor == Some(member.0) || administers, says)
            }
            _ => return,
        };
        if !may {
            findings.tell(Finding::DutyBroken {
                seq,
                says: says.into(),
            });
        }
    }

    /// Compares what the ledger tells with the table.
    pub async fn compare(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut rows: BTreeMap<MemberId, calendar_feed::Model> = calendar_feed::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(|row| (MemberId(row.member_id), row))
            .collect();
        for (member, (at, sha256)) in &self.open {
            let same = rows
                .remove(member)
                .is_some_and(|row| row.opened_at == *at && row.token_hash == sha256.0);
            if !same {
                findings.tell(Finding::FeedEdited { member: *member });
            }
        }
        for member in rows.into_keys() {
            findings.tell(Finding::FeedEdited { member });
        }
        Ok(())
    }
}
