//! Signed sizes and roots of the ledger, and what witnesses added to them. Both stay for good.

use std::collections::BTreeMap;

use casework::ledger::{
    SignedNote, VerifyingKey,
    note::{Checkpoint, Signature},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    Error, Store, Writing,
    ledger::{AT_ONCE, frontier, number, place, size},
    moments::{millis, moment},
    rows::{ledger_checkpoint, ledger_cosignature},
};

/// A checkpoint that the desk signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// As it was signed, the cosignatures that came since beneath.
    pub note: SignedNote,
    pub at: Timestamp,
}

impl Store {
    /// The checkpoint over exactly this many entries.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn checkpoint(&self, size: u64) -> Result<Option<KeptCheckpoint>, Error> {
        let row = ledger_checkpoint::Entity::find_by_id(number(size)?)
            .one(self.readers())
            .await?;
        Ok(kept(self.readers(), row.into_iter().collect()).await?.pop())
    }

    /// The newest checkpoint.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn last_checkpoint(&self) -> Result<Option<KeptCheckpoint>, Error> {
        Ok(self.checkpoints(None, 1).await?.pop())
    }

    /// The newest checkpoint over at most so many entries that a witness cosigned.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn last_cosigned(&self, most: u64) -> Result<Option<KeptCheckpoint>, Error> {
        use ledger_cosignature::Column::Size;
        let size = ledger_cosignature::Entity::find()
            .select_only()
            .column(Size)
            .filter(Size.lte(i64::try_from(most).unwrap_or(i64::MAX)))
            .order_by_desc(Size)
            .limit(1)
            .into_tuple::<i64>()
            .one(self.readers())
            .await?;
        match size {
            Some(size) => self.checkpoint(place(size)?).await,
            None => Ok(None),
        }
    }

    /// Checkpoints before one, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn checkpoints(
        &self,
        before: Option<u64>,
        most: u64,
    ) -> Result<Vec<KeptCheckpoint>, Error> {
        use ledger_checkpoint::Column::Size;
        let mut query = ledger_checkpoint::Entity::find()
            .order_by_desc(Size)
            .limit(std::cmp::min(most, i64::MAX.unsigned_abs()));
        if let Some(before) = before {
            query = query.filter(Size.lt(i64::try_from(before).unwrap_or(i64::MAX)));
        }
        let rows = query.all(self.readers()).await?;
        kept(self.readers(), rows).await
    }
}

impl Writing {
    /// Keeps a checkpoint. One of the same size is kept already: then nothing happens.
    ///
    /// # Errors
    /// [`Error::Misused`] where its size and root were never this ledger's; [`Error::Conflict`]
    /// where one over more entries is kept.
    pub async fn keep_checkpoint(&mut self, note: &SignedNote, at: Timestamp) -> Result<(), Error> {
        use ledger_checkpoint::Column::Size;
        let db = self.connection();
        let checkpoint = note.checkpoint();
        let is_ours = checkpoint.size <= size(db).await?
            && frontier(db, checkpoint.size).await?.root() == checkpoint.root;
        if !is_ours {
            return Err(Error::Misused(
                "a checkpoint is kept that is of this ledger",
            ));
        }
        let at_size = number(checkpoint.size)?;
        if row(db, at_size).await?.is_some() {
            return Ok(());
        }
        let last = ledger_checkpoint::Entity::find()
            .order_by_desc(Size)
            .limit(1)
            .one(db)
            .await?;
        if last.is_some_and(|last| last.size > at_size) {
            return Err(Error::Conflict("a later checkpoint is kept".into()));
        }
        let row = ledger_checkpoint::ActiveModel {
            size: Set(at_size),
            note: Set(note.to_string()),
            at: Set(millis(at)?),
        };
        ledger_checkpoint::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        Ok(())
    }

    /// Keeps what a witness added to a checkpoint, once. Answers whether it is new.
    ///
    /// # Errors
    /// [`Error::Missing`] where no checkpoint of this size is kept; [`Error::Misused`] where the
    /// witness did not cosign this one.
    pub async fn keep_cosignature(
        &mut self,
        size: u64,
        witness: &VerifyingKey,
        signature: &Signature,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let db = self.connection();
        let size = number(size)?;
        let kept = row(db, size).await?.ok_or(Error::Missing("checkpoint"))?;
        if !is_cosigned(&signed(&kept)?, witness, signature) {
            return Err(Error::Misused("a cosignature is kept that verifies"));
        }
        let had = ledger_cosignature::Entity::find_by_id((size, witness.to_string()))
            .one(db)
            .await?;
        if had.is_some() {
            return Ok(false);
        }
        let row = ledger_cosignature::ActiveModel {
            size: Set(size),
            witness: Set(witness.to_string()),
            line: Set(signature.to_string()),
            at: Set(millis(at)?),
        };
        ledger_cosignature::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        Ok(true)
    }
}

/// Whether this very line is the witness's under the note, whatever else stands there.
pub(crate) fn is_cosigned(note: &SignedNote, witness: &VerifyingKey, line: &Signature) -> bool {
    let alone = format!("{}\n{line}\n", note.text());
    alone
        .parse::<SignedNote>()
        .is_ok_and(|alone| alone.cosigned_by(witness).is_some())
}

async fn row(
    db: &impl ConnectionTrait,
    size: i64,
) -> Result<Option<ledger_checkpoint::Model>, Error> {
    Ok(ledger_checkpoint::Entity::find_by_id(size).one(db).await?)
}

/// The cosignatures under checkpoints of these sizes, in the order they came.
pub(crate) async fn cosignatures(
    db: &impl ConnectionTrait,
    sizes: &[i64],
) -> Result<BTreeMap<i64, Vec<ledger_cosignature::Model>>, Error> {
    use ledger_cosignature::Column::{At, Size, Witness};
    let mut found: BTreeMap<i64, Vec<_>> = BTreeMap::new();
    for sizes in sizes.chunks(AT_ONCE) {
        let rows = ledger_cosignature::Entity::find()
            .filter(Size.is_in(sizes.iter().copied()))
            .order_by_asc(At)
            .order_by_asc(Witness);
        for row in rows.all(db).await? {
            found.entry(row.size).or_default().push(row);
        }
    }
    Ok(found)
}

async fn kept(
    db: &impl ConnectionTrait,
    rows: Vec<ledger_checkpoint::Model>,
) -> Result<Vec<KeptCheckpoint>, Error> {
    let sizes: Vec<i64> = rows.iter().map(|row| row.size).collect();
    let mut lines = cosignatures(db, &sizes).await?;
    rows.into_iter()
        .map(|row| read(&row, &lines.remove(&row.size).unwrap_or_default()))
        .collect()
}

/// A checkpoint as its rows hold it.
pub(crate) fn read(
    row: &ledger_checkpoint::Model,
    lines: &[ledger_cosignature::Model],
) -> Result<KeptCheckpoint, Error> {
    let mut note = signed(row)?;
    for line in lines {
        let signature = Signature::parse(&line.line).ok_or_else(|| odd(row.size))?;
        note = note.with(signature);
    }
    Ok(KeptCheckpoint {
        note,
        at: moment(row.at)?,
    })
}

/// The note of a checkpoint, as the desk signed it.
pub(crate) fn signed(row: &ledger_checkpoint::Model) -> Result<SignedNote, Error> {
    let note: SignedNote = row.note.parse().map_err(|_| odd(row.size))?;
    let Checkpoint { size, .. } = note.checkpoint();
    if number(*size)? == row.size {
        Ok(note)
    } else {
        Err(odd(row.size))
    }
}

fn odd(size: i64) -> Error {
    Error::Corrupt(format!("the checkpoint over {size} entries"))
}
