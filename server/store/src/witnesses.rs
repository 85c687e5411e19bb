//! Witnesses: whose cosignatures the desk takes.

use casework::{
    ledger::{Entry, VerifyingKey, note::Use},
    member::MemberId,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use crate::{Error, Store, Writing, moments::millis, rows::witness};

impl Store {
    /// Every witness, in the order they were named.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn witnesses(&self) -> Result<Vec<VerifyingKey>, Error> {
        let rows = witness::Entity::find()
            .order_by_asc(witness::Column::NamedAt)
            .order_by_asc(witness::Column::Key)
            .all(self.readers())
            .await?;
        let read = |row: witness::Model| {
            row.key
                .parse()
                .map_err(|_| Error::Corrupt(format!("witness {}", row.key)))
        };
        rows.into_iter().map(read).collect()
    }
}

impl Writing {
    /// Takes a witness's cosignatures from here on.
    ///
    /// # Errors
    /// [`Error::Misused`] for a key that is no witness's; [`Error::Conflict`] where it is one already.
    pub async fn name_witness(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        key: &VerifyingKey,
    ) -> Result<(), Error> {
        if key.used() != Use::Witness {
            return Err(Error::Misused("a witness cosigns with a witness's key"));
        }
        let row = witness::ActiveModel {
            key: Set(key.to_string()),
            named_at: Set(millis(at)?),
        };
        witness::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        self.append(at, by, &Entry::WitnessNamed { key: key.clone() })
            .await
            .map(drop)
    }

    /// Takes them no more; those that came stay.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such witness.
    pub async fn dismiss_witness(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        key: &VerifyingKey,
    ) -> Result<(), Error> {
        let gone = witness::Entity::delete_by_id(key.to_string())
            .exec(self.connection())
            .await?;
        if gone.rows_affected == 0 {
            return Err(Error::Missing("witness"));
        }
        self.append(at, by, &Entry::WitnessDismissed { key: key.clone() })
            .await
            .map(drop)
    }
}
