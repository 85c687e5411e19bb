//! The numbers people say, for lists that know only ids.

use std::collections::BTreeMap;

use casework::case::{CaseId, CaseNumber};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{Error, Store, Writing, rows::case_file};

impl Store {
    /// The numbers of cases, by primary key; unknown ones are left out.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn numbers(&self, ids: &[CaseId]) -> Result<BTreeMap<CaseId, CaseNumber>, Error> {
        use case_file::Column::{Id, NumberCount, NumberYear};
        let rows: Vec<(Uuid, i32, i64)> = case_file::Entity::find()
            .select_only()
            .columns([Id, NumberYear, NumberCount])
            .filter(Id.is_in(ids.iter().map(|id| id.0)))
            .into_tuple()
            .all(self.readers())
            .await?;
        rows.into_iter()
            .map(|(id, year, count)| {
                let number = year.try_into().ok().zip(count.try_into().ok());
                let (year, count) =
                    number.ok_or_else(|| Error::Corrupt("a case number is out of range".into()))?;
                Ok((CaseId(id), CaseNumber { year, count }))
            })
            .collect()
    }
}

impl Writing {
    /// Whether a case has this number; along the index that keeps numbers unique.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn has_number(&mut self, number: CaseNumber) -> Result<bool, Error> {
        use case_file::Column::{NumberCount, NumberYear};
        let found = case_file::Entity::find()
            .filter(NumberYear.eq(i32::from(number.year)))
            .filter(NumberCount.eq(i64::from(number.count)))
            .count(self.connection())
            .await?;
        Ok(found > 0)
    }
}
