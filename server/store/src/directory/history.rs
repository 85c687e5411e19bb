//! What an authority asked for so far, and when it was confirmed.

use casework::{
    directory::{ACTS_MOST, Act, AuthorityId},
    disclosure::Outcome,
    list::Card,
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Error, Store, cases,
    moments::moment,
    rows::{authority, case_authority, case_file},
};

/// Requests on one page of a history.
const PAGE: u64 = 20;
/// Most entries that were merged into one whose requests are told with its own.
const MERGED_MOST: u64 = 100;

/// A request of an authority, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub card: Card,
    pub outcome: Outcome,
}

/// A page of a history, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    pub requests: Vec<Request>,
    /// What to ask `before` for the page that follows; none on the last.
    pub next: Option<i64>,
}

impl Store {
    /// The requests of an authority, and of those merged into it, newest first; `before` is where
    /// the page before ended.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn requests_of(
        &self,
        id: AuthorityId,
        before: Option<i64>,
    ) -> Result<History, Error> {
        use case_authority::Column::{AuthorityId, Serial};
        let db = self.readers();
        let mut serials: Vec<i64> = Vec::new();
        // One entry at a time: each is read along its own index.
        for id in entries(db, id).await? {
            let mut rows = case_authority::Entity::find()
                .select_only()
                .column(Serial)
                .filter(AuthorityId.eq(id))
                .order_by_desc(Serial)
                .limit(PAGE + 1);
            if let Some(before) = before {
                rows = rows.filter(Serial.lt(before));
            }
            serials.extend(rows.into_tuple::<i64>().all(db).await?);
        }
        serials.sort_unstable_by_key(|serial| std::cmp::Reverse(*serial));
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = serials.len() > page;
        serials.truncate(page);
        let next = serials.last().copied().filter(|_| more);
        let rows = case_file::Entity::find()
            .filter(case_file::Column::Serial.is_in(serials))
            .order_by_desc(case_file::Column::Serial)
            .all(db)
            .await?;
        let mut requests = Vec::with_capacity(rows.len());
        for row in &rows {
            let case = cases::read(row)?;
            requests.extend(Card::of(&case).map(|card| Request {
                card,
                outcome: case.outcome(),
            }));
        }
        Ok(History { requests, next })
    }

    /// The acts that last confirmed an authority, over all its cases, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn confirmations_of(&self, id: AuthorityId) -> Result<Vec<Act>, Error> {
        let confirmed = self.confirmed(id, ACTS_MOST).await?;
        let serials = confirmed.iter().map(|(serial, _)| *serial);
        let rows = case_file::Entity::find()
            .filter(case_file::Column::Serial.is_in(serials))
            .all(self.readers())
            .await?;
        let mut acts: Vec<Act> = Vec::new();
        for row in &rows {
            acts.extend(Act::of(&cases::read(row)?));
        }
        acts.sort_by_key(|act| std::cmp::Reverse((act.at(), act.case)));
        Ok(acts)
    }

    /// When an authority was last confirmed, on any case.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn confirmed_at(&self, id: AuthorityId) -> Result<Option<Timestamp>, Error> {
        let last = self.confirmed(id, 1).await?;
        last.first().map(|(_, at)| moment(*at)).transpose()
    }

    /// Serials and moments of the newest confirmations.
    async fn confirmed(&self, id: AuthorityId, most: u64) -> Result<Vec<(i64, i64)>, Error> {
        use case_authority::Column::{AuthorityId, ConfirmedAt, Serial};
        let db = self.readers();
        let mut found: Vec<(i64, i64)> = Vec::new();
        for id in entries(db, id).await? {
            let rows: Vec<(i64, i64)> = case_authority::Entity::find()
                .select_only()
                .columns([Serial, ConfirmedAt])
                .filter(AuthorityId.eq(id))
                .filter(ConfirmedAt.is_not_null())
                .order_by_desc(ConfirmedAt)
                .order_by_desc(Serial)
                .limit(most)
                .into_tuple()
                .all(db)
                .await?;
            found.extend(rows);
        }
        found.sort_unstable_by_key(|(serial, at)| std::cmp::Reverse((*at, *serial)));
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// An entry and those that point to it.
async fn entries(db: &impl ConnectionTrait, id: AuthorityId) -> Result<Vec<Uuid>, Error> {
    Ok(authority::Entity::find()
        .select_only()
        .column(authority::Column::Id)
        .filter(authority::Column::StandsFor.eq(id.0))
        .limit(MERGED_MOST)
        .into_tuple()
        .all(db)
        .await?)
}
