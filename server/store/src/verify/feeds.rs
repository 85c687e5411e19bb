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
    /// Follows an entry, and tells where somebody opened or closed another's feed.
    pub fn follow(
        &mut self,
        seq: u64,
        at: i64,
        actor: Option<Uuid>,
        entry: &Entry,
        findings: &mut Findings,
    ) {
        let member = match entry {
            Entry::FeedOpened { member, sha256 } => {
                self.open.insert(*member, (at, *sha256));
                member
            }
            Entry::FeedClosed { member } => {
                self.open.remove(member);
                member
            }
            _ => return,
        };
        if actor != Some(member.0) {
            findings.tell(Finding::DutyBroken {
                seq,
                says: "a calendar feed is its own member's to open and close".into(),
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
