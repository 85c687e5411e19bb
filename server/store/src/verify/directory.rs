//! The directory as the ledger tells it, compared with its tables.

use std::collections::{BTreeMap, BTreeSet};

use casework::{
    directory::{Authority, AuthorityId},
    ledger::Entry,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Finding, Findings};
use crate::{
    Error, directory,
    moments::moment,
    rows::{authority, authority_trace},
};

/// Every authority that was ever entered.
#[derive(Debug, Default)]
pub(super) struct Directory {
    entries: BTreeMap<AuthorityId, Entered>,
}

#[derive(Debug)]
struct Entered {
    authority: Authority,
    since: i64,
    changed_at: i64,
    stands_for: AuthorityId,
}

impl Directory {
    /// Follows an entry, and tells where the directory's rules were broken.
    pub fn follow(&mut self, seq: u64, at: i64, entry: &Entry, findings: &mut Findings) {
        let broken = match entry {
            Entry::AuthorityEntered { authority } => self.entered(at, authority),
            Entry::AuthorityAmended { authority } => self.amended(at, authority),
            Entry::AuthoritiesMerged { from, into } => self.merged(at, *from, into),
            _ => None,
        };
        if let Some(says) = broken {
            findings.tell(Finding::DirectoryBroken { seq, says });
        }
    }

    fn entered(&mut self, at: i64, authority: &Authority) -> Option<&'static str> {
        let entered = Entered {
            authority: authority.clone(),
            since: at,
            changed_at: at,
            stands_for: authority.id,
        };
        self.entries
            .insert(authority.id, entered)
            .map(|_| "it was entered before")
    }

    fn amended(&mut self, at: i64, authority: &Authority) -> Option<&'static str> {
        let Some(entered) = self.entries.get_mut(&authority.id) else {
            return Some("it was never entered");
        };
        let merged = entered.authority.merged_into.is_some();
        entered.authority = authority.clone();
        entered.changed_at = at;
        merged.then_some("it was merged before")
    }

    fn merged(&mut self, at: i64, from: AuthorityId, into: &Authority) -> Option<&'static str> {
        let both = self.entries.get(&from).zip(self.entries.get(&into.id));
        let Some((left, stands)) = both else {
            return Some("one of them was never entered");
        };
        let same = stands
            .authority
            .merge(&left.authority)
            .is_ok_and(|merged| merged == *into);
        for entered in self.entries.values_mut() {
            if entered.authority.id == from {
                entered.authority.merged_into = Some(into.id);
                entered.changed_at = at;
            }
            if entered.authority.id == into.id {
                entered.authority = into.clone();
                entered.changed_at = at;
            }
            if entered.stands_for == from {
                entered.stands_for = into.id;
            }
        }
        (!same).then_some("what came of it is not both in one")
    }

    /// Compares what the ledger tells with the tables.
    pub async fn compare(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut rows: BTreeMap<_, authority::Model> = authority::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(|row| (AuthorityId(row.id), row))
            .collect();
        for (id, entered) in &self.entries {
            let wanted = directory::to_row(
                &entered.authority,
                moment(entered.since)?,
                moment(entered.changed_at)?,
                entered.stands_for,
            )?;
            if rows.remove(id).as_ref() != Some(&wanted) || !traced(db, &entered.authority).await? {
                findings.tell(Finding::AuthorityEdited { authority: *id });
            }
        }
        for authority in rows.into_keys() {
            findings.tell(Finding::AuthorityEdited { authority });
        }
        Ok(())
    }
}

/// Whether an authority is found by what it should be, and by nothing else.
async fn traced(db: &impl ConnectionTrait, authority: &Authority) -> Result<bool, Error> {
    let rows = authority_trace::Entity::find()
        .filter(authority_trace::Column::AuthorityId.eq(authority.id.0))
        .all(db)
        .await?;
    let kept: BTreeSet<(String, String)> =
        rows.into_iter().map(|row| (row.kind, row.trace)).collect();
    let wanted = directory::found_by(authority)
        .into_iter()
        .map(|(kind, trace)| (kind.code().to_owned(), trace))
        .collect();
    Ok(kept == wanted)
}
