//! Where the encrypted bytes of orders lie, and the keys to them, themselves encrypted.

use casework::{case::CaseId, order::OrderId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    Error, Store, Writing,
    rows::{issued_record, letter_blob, order_blob},
};

/// Where an order's encrypted bytes lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    pub order: OrderId,
    pub case: CaseId,
    /// The name the vault gave it.
    pub blob: String,
    pub wrapped_key: Vec<u8>,
}

impl Store {
    /// Where an order's bytes lie.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn blob_of(&self, order: OrderId) -> Result<Option<Blob>, Error> {
        Ok(row(self.readers(), order).await?.map(Blob::from))
    }

    /// All blobs, a batch at a time: those after an order, in the order of their orders' ids.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn blobs(&self, after: Option<OrderId>, most: u64) -> Result<Vec<Blob>, Error> {
        let mut query = order_blob::Entity::find()
            .order_by_asc(order_blob::Column::OrderId)
            .limit(most);
        if let Some(OrderId(after)) = after {
            query = query.filter(order_blob::Column::OrderId.gt(after));
        }
        Ok(query
            .all(self.readers())
            .await?
            .into_iter()
            .map(Blob::from)
            .collect())
    }
}

impl Writing {
    /// Keeps where an order's bytes lie, before the step that attaches it is kept.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the order or the blob is known already.
    pub async fn keep_blob(
        &mut self,
        order: OrderId,
        case: CaseId,
        blob: &str,
        wrapped_key: &[u8],
    ) -> Result<(), Error> {
        let row = order_blob::ActiveModel {
            order_id: Set(order.0),
            case_id: Set(case.0),
            blob: Set(blob.into()),
            wrapped_key: Set(wrapped_key.into()),
        };
        order_blob::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        Ok(())
    }

    /// Whether an order, a letter or a record lies in a blob, now that whoever wrote before has ended.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn refers_to(&mut self, blob: &str) -> Result<bool, Error> {
        let db = self.connection();
        let order = order_blob::Entity::find().filter(order_blob::Column::Blob.eq(blob));
        let letter = letter_blob::Entity::find().filter(letter_blob::Column::Blob.eq(blob));
        let record = issued_record::Entity::find().filter(issued_record::Column::Blob.eq(blob));
        Ok(order.one(db).await?.is_some()
            || letter.one(db).await?.is_some()
            || record.one(db).await?.is_some())
    }
}

impl From<order_blob::Model> for Blob {
    fn from(row: order_blob::Model) -> Self {
        Self {
            order: OrderId(row.order_id),
            case: CaseId(row.case_id),
            blob: row.blob,
            wrapped_key: row.wrapped_key,
        }
    }
}

pub(crate) async fn row(
    db: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Option<order_blob::Model>, Error> {
    Ok(order_blob::Entity::find_by_id(order.0).one(db).await?)
}
