//! The versions of the tables that cases are judged by.

use casework::{ledger::Entry, member::MemberId, tables::Tables};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};

use crate::{
    Error, Store, Writing,
    moments::{millis, moment},
    rows::tables_version,
};

/// A version as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTables {
    pub tables: Tables,
    pub at: Timestamp,
    pub by: Option<MemberId>,
}

impl Store {
    /// The newest version; what the desk was delivered with, where none was published.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn tables(&self) -> Result<Tables, Error> {
        newest(self.readers()).await
    }

    /// Every version that was published, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn every_tables(&self) -> Result<Vec<PublishedTables>, Error> {
        let rows = tables_version::Entity::find()
            .order_by_desc(tables_version::Column::Version)
            .all(self.readers())
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(PublishedTables {
                    tables: read(&row)?,
                    at: moment(row.published_at)?,
                    by: row.published_by.map(MemberId),
                })
            })
            .collect()
    }
}

impl Writing {
    /// The newest version, inside the transaction.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn tables(&mut self) -> Result<Tables, Error> {
        newest(self.connection()).await
    }

    /// Publishes a version, for good.
    ///
    /// # Errors
    /// [`Error::Conflict`] where this version was published already.
    pub async fn publish_tables(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        tables: &Tables,
    ) -> Result<(), Error> {
        let row = tables_version::ActiveModel {
            version: Set(tables.version.0.into()),
            published_at: Set(millis(at)?),
            published_by: Set(by.map(|by| by.0)),
            body: Set(body(tables)?),
        };
        tables_version::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        self.append(
            at,
            by,
            &Entry::TablesPublished {
                tables: tables.clone(),
            },
        )
        .await
        .map(drop)
    }
}

async fn newest(db: &impl ConnectionTrait) -> Result<Tables, Error> {
    let row = tables_version::Entity::find()
        .order_by_desc(tables_version::Column::Version)
        .one(db)
        .await?;
    row.map_or_else(|| Ok(Tables::delivered()), |row| read(&row))
}

fn read(row: &tables_version::Model) -> Result<Tables, Error> {
    serde_json::from_str(&row.body)
        .map_err(|err| Error::Corrupt(format!("tables version {}: {err}", row.version)))
}

/// A version as its row holds it.
pub(crate) fn body(tables: &Tables) -> Result<String, Error> {
    serde_json::to_string(tables)
        .map_err(|err| Error::Other(format!("the tables cannot be written: {err}")))
}
