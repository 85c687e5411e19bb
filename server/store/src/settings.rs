//! The versions of the promise, whose desk it is, what it signs with, and who may see its ledger.

use casework::{
    ledger::{Entry, VerifyingKey, note::Use},
    member::MemberId,
    order::Digest,
    policy::Policy,
    words::Line,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder, sea_query::OnConflict};

use crate::{
    Error, Store, Writing,
    rows::{ledger_public, organisation, policy},
};

/// The one row of its table.
pub(crate) const OURS: i32 = 1;

impl Store {
    /// Every version of the promise, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn policies(&self) -> Result<Vec<Policy>, Error> {
        policies(self.readers()).await
    }

    /// The organisation's name, once it was given.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn organisation(&self) -> Result<Option<Line>, Error> {
        organisation(self.readers()).await
    }

    /// Whether the ledger's leaves and hashes are served to everybody.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn ledger_is_open(&self) -> Result<bool, Error> {
        ledger_is_open(self.readers()).await
    }
}

impl Writing {
    /// Every version of the promise, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn policies(&mut self) -> Result<Vec<Policy>, Error> {
        policies(self.connection()).await
    }

    /// Publishes a version of the promise, for good.
    ///
    /// # Errors
    /// [`Error::Conflict`] where this version was published already.
    pub async fn publish_policy(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        policy: &Policy,
    ) -> Result<(), Error> {
        let row = policy::ActiveModel {
            version: Set(policy.version.0.into()),
            in_force_from: Set(policy.in_force_from.to_string()),
            body: Set(body(policy)?),
        };
        policy::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        self.append(
            at,
            by,
            &Entry::PolicyPublished {
                policy: policy.clone(),
            },
        )
        .await
        .map(drop)
    }

    /// Names the organisation.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn name_organisation(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        name: &Line,
    ) -> Result<(), Error> {
        let row = organisation::ActiveModel {
            id: Set(OURS),
            name: Set(name.to_string()),
        };
        let anew = OnConflict::column(organisation::Column::Id)
            .update_column(organisation::Column::Name)
            .to_owned();
        organisation::Entity::insert(row)
            .on_conflict(anew)
            .exec_without_returning(self.connection())
            .await?;
        self.append(at, by, &Entry::OrganisationNamed { name: name.clone() })
            .await
            .map(drop)
    }

    /// Serves the ledger's leaves and hashes to everybody from here on, or no longer.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn open_ledger(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        open: bool,
    ) -> Result<(), Error> {
        let row = ledger_public::ActiveModel {
            id: Set(OURS),
            is_open: Set(open),
        };
        let anew = OnConflict::column(ledger_public::Column::Id)
            .update_column(ledger_public::Column::IsOpen)
            .to_owned();
        ledger_public::Entity::insert(row)
            .on_conflict(anew)
            .exec_without_returning(self.connection())
            .await?;
        self.append(at, by, &Entry::LedgerOpened { open })
            .await
            .map(drop)
    }

    /// Tells which key signs the ledger's checkpoints from here on. Nothing else keeps it: the
    /// ledger is where it is looked up.
    ///
    /// # Errors
    /// [`Error::Misused`] for a key that signs no checkpoints.
    pub async fn name_ledger_key(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        key: &VerifyingKey,
    ) -> Result<(), Error> {
        if key.used() != Use::Log {
            return Err(Error::Misused("a ledger signs with a ledger's key"));
        }
        self.append(at, by, &Entry::LedgerKeyNamed { key: key.clone() })
            .await
            .map(drop)
    }

    /// Tells which certificate seals records from here on. Nothing else keeps it.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn name_seal(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        subject: &str,
        sha256: Digest,
    ) -> Result<(), Error> {
        let subject = subject.to_owned();
        self.append(at, by, &Entry::SealNamed { subject, sha256 })
            .await
            .map(drop)
    }
}

pub(crate) async fn ledger_is_open(db: &impl ConnectionTrait) -> Result<bool, Error> {
    let row = ledger_public::Entity::find_by_id(OURS).one(db).await?;
    Ok(row.is_some_and(|row| row.is_open))
}

/// A version as its row holds it.
pub(crate) fn body(policy: &Policy) -> Result<String, Error> {
    serde_json::to_string(policy)
        .map_err(|err| Error::Other(format!("a policy cannot be written: {err}")))
}

async fn policies(db: &impl ConnectionTrait) -> Result<Vec<Policy>, Error> {
    let rows = policy::Entity::find()
        .order_by_asc(policy::Column::Version)
        .all(db)
        .await?;
    let read = |row: policy::Model| {
        serde_json::from_str(&row.body)
            .map_err(|err| Error::Corrupt(format!("policy version {}: {err}", row.version)))
    };
    rows.into_iter().map(read).collect()
}

pub(crate) async fn organisation(db: &impl ConnectionTrait) -> Result<Option<Line>, Error> {
    let row = organisation::Entity::find_by_id(OURS).one(db).await?;
    let read = |row: organisation::Model| {
        Line::parse(&row.name).map_err(|_| Error::Corrupt("the organisation's name".into()))
    };
    row.map(read).transpose()
}
