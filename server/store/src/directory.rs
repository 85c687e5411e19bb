//! The requesters' directory: entered, changed, merged, and found along an index. Every change
//! seals its own entry.

mod history;
mod list;
mod met;
mod traces;

use casework::{
    directory::{Authority, AuthorityId, Known, folded},
    ledger::Entry,
    member::MemberId,
    signals::Official,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, UpdateMany, prelude::Expr,
};

use crate::{
    Error, Store, Writing,
    ledger::AT_ONCE,
    moments::{millis, moment},
    rows::{authority, authority_trace},
};

pub use history::{History, Request};
pub(crate) use traces::{Found, OfCase, found_by};

/// Most entries that a look for a name or a domain answers.
const FOUND_MOST: u64 = 20;

impl Store {
    /// An entry as it stands, merged ones too.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authority(&self, id: AuthorityId) -> Result<Option<Known>, Error> {
        known(self.readers(), id).await
    }

    /// The entry that stands for this one: itself, unless it was merged.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authority_standing_for(&self, id: AuthorityId) -> Result<Option<Known>, Error> {
        let Some(row) = authority::Entity::find_by_id(id.0)
            .one(self.readers())
            .await?
        else {
            return Ok(None);
        };
        if row.stands_for == row.id {
            return read(&row).map(Some);
        }
        known(self.readers(), AuthorityId(row.stands_for)).await
    }

    /// The entries that go by a name, however it is cased and accented.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authorities_called(&self, name: &str) -> Result<Vec<Known>, Error> {
        let name = folded(name);
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let ids = traced(self.readers(), Found::Name, [name]).await?;
        listed(self.readers(), ids).await
    }

    /// The official domains found by any of these keys, whosever they are.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn officials(
        &self,
        keys: impl IntoIterator<Item = String>,
    ) -> Result<Vec<Official>, Error> {
        let ids = traced(self.readers(), Found::Near, keys).await?;
        let found = listed(self.readers(), ids).await?;
        Ok(found
            .into_iter()
            .flat_map(|known| {
                let Authority {
                    id, name, domains, ..
                } = known.authority;
                domains.into_iter().map(move |domain| Official {
                    authority: id,
                    name: name.clone(),
                    domain,
                })
            })
            .collect())
    }
}

impl Writing {
    /// An entry as it stands now that nobody else writes.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authority(&mut self, id: AuthorityId) -> Result<Option<Known>, Error> {
        known(self.connection(), id).await
    }

    /// The entries that go by a name, now that nobody else writes.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authorities_called(&mut self, name: &str) -> Result<Vec<Known>, Error> {
        let ids = traced(self.connection(), Found::Name, [folded(name)]).await?;
        listed(self.connection(), ids).await
    }

    /// Enters an authority.
    ///
    /// # Errors
    /// [`Error::Misused`] for one that was merged before it was entered.
    pub async fn enter_authority(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        new: &Authority,
    ) -> Result<(), Error> {
        if new.merged_into.is_some() {
            return Err(Error::Misused(
                "an authority is entered before it is merged",
            ));
        }
        let row = to_row(new, at, at, new.id)?;
        authority::Entity::insert(row.into_active_model())
            .exec_without_returning(self.connection())
            .await?;
        traces::keep(self.connection(), new).await?;
        let entry = Entry::AuthorityEntered {
            authority: new.clone(),
        };
        self.append(at, by, &entry).await.map(drop)
    }

    /// Keeps an authority as it is from here on.
    ///
    /// # Errors
    /// [`Error::Missing`] where it was never entered; [`Error::Conflict`] where it was merged.
    pub async fn amend_authority(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        changed: &Authority,
    ) -> Result<(), Error> {
        self.rewrite(at, changed).await?;
        let entry = Entry::AuthorityAmended {
            authority: changed.clone(),
        };
        self.append(at, by, &entry).await.map(drop)
    }

    /// Makes two entries one: `into` holds everything of both, and whatever pointed to `from`
    /// points to it.
    ///
    /// # Errors
    /// [`Error::Missing`] where one of them was never entered; [`Error::Conflict`] where one was
    /// merged before.
    pub async fn merge_authorities(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        from: AuthorityId,
        into: &Authority,
    ) -> Result<(), Error> {
        let left = standing(self.connection(), from).await?;
        let pointing = left.authority.pointing_to(into.id);
        self.rewrite(at, into).await?;
        let row = to_row(&pointing, left.entered_at, at, into.id)?;
        row.into_active_model()
            .reset_all()
            .update(self.connection())
            .await?;
        traces::clear(self.connection(), from).await?;
        let others: UpdateMany<authority::Entity> = authority::Entity::update_many()
            .col_expr(authority::Column::StandsFor, Expr::value(into.id.0))
            .filter(authority::Column::StandsFor.eq(from.0));
        others.exec(self.connection()).await?;
        let entry = Entry::AuthoritiesMerged {
            from,
            into: into.clone(),
        };
        self.append(at, by, &entry).await.map(drop)
    }

    async fn rewrite(&mut self, at: Timestamp, changed: &Authority) -> Result<(), Error> {
        let before = standing(self.connection(), changed.id).await?;
        let row = to_row(changed, before.entered_at, at, changed.id)?;
        row.into_active_model()
            .reset_all()
            .update(self.connection())
            .await?;
        traces::clear(self.connection(), changed.id).await?;
        traces::keep(self.connection(), changed).await
    }
}

/// An entry that others may still be merged into.
async fn standing(db: &impl ConnectionTrait, id: AuthorityId) -> Result<Known, Error> {
    let found = known(db, id).await?.ok_or(Error::Missing("authority"))?;
    if found.authority.merged_into.is_some() {
        return Err(Error::Conflict(format!("authority {id} was merged")));
    }
    Ok(found)
}

async fn known(db: &impl ConnectionTrait, id: AuthorityId) -> Result<Option<Known>, Error> {
    let row = authority::Entity::find_by_id(id.0).one(db).await?;
    row.as_ref().map(read).transpose()
}

/// Those of some entries that were not merged, oldest first.
async fn listed(db: &impl ConnectionTrait, ids: Vec<uuid::Uuid>) -> Result<Vec<Known>, Error> {
    let rows = authority::Entity::find()
        .filter(authority::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let mut found: Vec<Known> = rows.iter().map(read).collect::<Result<_, _>>()?;
    found.retain(|known| known.authority.merged_into.is_none());
    found.sort_by_key(|known| known.authority.id);
    Ok(found)
}

/// The entries with one of these traces, at most [`FOUND_MOST`] for each few thousand asked.
async fn traced(
    db: &impl ConnectionTrait,
    kind: Found,
    keys: impl IntoIterator<Item = String>,
) -> Result<Vec<uuid::Uuid>, Error> {
    use authority_trace::Column::{AuthorityId, Kind, Trace};
    let keys: Vec<String> = keys.into_iter().collect();
    let mut found = Vec::new();
    for keys in keys.chunks(AT_ONCE) {
        let ids: Vec<uuid::Uuid> = authority_trace::Entity::find()
            .select_only()
            .column(AuthorityId)
            .distinct()
            .filter(Kind.eq(kind.code()))
            .filter(Trace.is_in(keys))
            .limit(FOUND_MOST)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(ids);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// A row as the entry it holds.
pub(crate) fn read(row: &authority::Model) -> Result<Known, Error> {
    let authority = serde_json::from_str(&row.body)
        .map_err(|err| Error::Corrupt(format!("the body of authority {}: {err}", row.id)))?;
    Ok(Known {
        authority,
        entered_at: moment(row.entered_at)?,
        changed_at: moment(row.changed_at)?,
    })
}

/// The row of an entry; verifying compares what stands there with this.
pub(crate) fn to_row(
    authority: &Authority,
    entered_at: Timestamp,
    changed_at: Timestamp,
    stands_for: AuthorityId,
) -> Result<authority::Model, Error> {
    Ok(authority::Model {
        id: authority.id.0,
        stands_for: stands_for.0,
        listed: authority.merged_into.is_none(),
        folded: folded(authority.name.as_str()),
        entered_at: millis(entered_at)?,
        changed_at: millis(changed_at)?,
        body: serde_json::to_string(authority)
            .map_err(|err| Error::Other(format!("an authority cannot be written: {err}")))?,
    })
}
