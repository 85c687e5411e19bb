//! Computes the clocks of cases that were kept before there was a table of them, or by an earlier
//! edition of the rules: once, in batches, before the desk opens.

use casework::clock::RULES;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    Error, Writing, cases,
    clocks::{rows_of, write},
    rows::{case_clock_filled, case_file},
    settings::OURS,
};

/// Cases in one transaction.
const BATCH: u64 = 200;

/// Computes what is missing. A desk that stops midway goes on from there.
pub(crate) async fn fill(writer: &DatabaseConnection) -> Result<(), Error> {
    loop {
        let writing = Writing::begin(writer).await?;
        let db = writing.connection();
        let filled = case_clock_filled::Entity::find_by_id(OURS)
            .one(db)
            .await?
            .ok_or_else(|| Error::Corrupt("nothing tells how far the clocks are".into()))?;
        // What is kept from now on is kept with its clocks: only what was there before is missing.
        if filled.rules == RULES && filled.serial == i64::MAX {
            return Ok(());
        }
        let after = if filled.rules == RULES {
            filled.serial
        } else {
            0
        };
        let rows = case_file::Entity::find()
            .filter(case_file::Column::Serial.gt(after))
            .order_by_asc(case_file::Column::Serial)
            .limit(BATCH)
            .all(db)
            .await?;
        for row in &rows {
            let case = cases::read(row)?;
            write(db, case.id(), rows_of(&case)).await?;
        }
        let filled = case_clock_filled::Model {
            id: OURS,
            rules: RULES,
            serial: rows.last().map_or(i64::MAX, |row| row.serial),
        };
        case_clock_filled::Entity::update(filled.into_active_model().reset_all())
            .exec(db)
            .await?;
        writing.commit().await?;
    }
}
