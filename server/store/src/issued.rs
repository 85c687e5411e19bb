//! Records as they were issued, and where their encrypted bytes lie.

use std::{collections::BTreeSet, fmt};

use casework::{
    case::CaseId,
    dossier::Edition,
    ledger::{Entry, sealed::Place},
    member::MemberId,
    order::Digest,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    Error, Store, Writing,
    ledger::{number, place},
    moments::{millis, moment},
    rows::issued_record,
};

/// Names an issued record for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub Uuid);

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A record as it was issued: downloading it again gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub id: RecordId,
    pub case: CaseId,
    /// The case's version that it tells of.
    pub version: u32,
    pub edition: Edition,
    /// Whether the orders are in it.
    pub enclosed: bool,
    /// The texts that it leaves out.
    pub masked: BTreeSet<Place>,
    /// Of its bytes, before they were encrypted.
    pub sha256: Digest,
    pub size: u64,
    /// How many leaves the checkpoint in it covers.
    pub under: u64,
    /// The name the vault gave its bytes.
    pub blob: String,
    pub wrapped_key: Vec<u8>,
    pub at: Timestamp,
    pub by: MemberId,
}

impl Issued {
    /// What is sealed when it is issued.
    pub(crate) fn entry(&self) -> Entry {
        Entry::RecordIssued {
            case: self.case,
            version: self.version,
            edition: self.edition,
            sha256: self.sha256,
            size: self.size,
            under: self.under,
            enclosed: self.enclosed,
            masked: self.masked.clone(),
        }
    }
}

impl Store {
    /// The records that were issued of a case, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn issued(&self, case: CaseId) -> Result<Vec<Issued>, Error> {
        let rows = rows(self.readers(), &[case.0]).await?;
        rows.iter().map(read).collect()
    }

    /// The record of a case that has these bytes.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn issued_with(&self, case: CaseId, sha256: Digest) -> Result<Option<Issued>, Error> {
        let row = of(&[case.0])
            .filter(issued_record::Column::Sha256.eq(sha256.0.to_vec()))
            .limit(1)
            .one(self.readers())
            .await?;
        row.as_ref().map(read).transpose()
    }
}

impl Writing {
    /// Keeps where a record's bytes lie, and seals that it was issued. Answers the entry's place in
    /// the ledger.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such case; [`Error::Conflict`] where the record or the
    /// blob is known already.
    pub async fn keep_issued(&mut self, issued: &Issued) -> Result<u64, Error> {
        let db = self.connection();
        if !crate::cases::is_there(db, issued.case).await? {
            return Err(Error::Missing("case"));
        }
        let known = issued_record::Entity::find_by_id(issued.id.0)
            .one(db)
            .await?
            .is_some()
            || issued_record::Entity::find()
                .filter(issued_record::Column::Blob.eq(issued.blob.as_str()))
                .one(db)
                .await?
                .is_some();
        if known {
            return Err(Error::Conflict(format!("record {} is known", issued.id)));
        }
        let row = issued_record::ActiveModel {
            id: Set(issued.id.0),
            case_id: Set(issued.case.0),
            version: Set(issued.version.into()),
            edition: Set(issued.edition.code().into()),
            enclosed: Set(issued.enclosed),
            masked: Set(serde_json::to_string(&issued.masked)
                .map_err(|err| Error::Other(format!("places cannot be written: {err}")))?),
            sha256: Set(issued.sha256.0.into()),
            size: Set(number(issued.size)?),
            under: Set(number(issued.under)?),
            blob: Set(issued.blob.clone()),
            wrapped_key: Set(issued.wrapped_key.clone()),
            issued_at: Set(millis(issued.at)?),
            issued_by: Set(issued.by.0),
        };
        issued_record::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        self.append(issued.at, Some(issued.by), &issued.entry())
            .await
    }
}

fn of(cases: &[Uuid]) -> Select<issued_record::Entity> {
    issued_record::Entity::find()
        .filter(issued_record::Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(issued_record::Column::IssuedAt)
        .order_by_asc(issued_record::Column::Id)
}

/// The rows of the records of these cases, oldest first.
pub(crate) async fn rows(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<issued_record::Model>, Error> {
    Ok(of(cases).all(db).await?)
}

/// A row as the record it tells of.
pub(crate) fn read(row: &issued_record::Model) -> Result<Issued, Error> {
    let odd = |what: &str| Error::Corrupt(format!("the {what} of record {}", row.id));
    Ok(Issued {
        id: RecordId(row.id),
        case: CaseId(row.case_id),
        version: row.version.try_into().map_err(|_| odd("version"))?,
        edition: Edition::from_code(&row.edition).ok_or_else(|| odd("edition"))?,
        enclosed: row.enclosed,
        masked: serde_json::from_str(&row.masked).map_err(|_| odd("masked texts"))?,
        sha256: Digest(
            row.sha256
                .as_slice()
                .try_into()
                .map_err(|_| odd("SHA-256"))?,
        ),
        size: place(row.size)?,
        under: place(row.under)?,
        blob: row.blob.clone(),
        wrapped_key: row.wrapped_key.clone(),
        at: moment(row.issued_at)?,
        by: MemberId(row.issued_by),
    })
}
