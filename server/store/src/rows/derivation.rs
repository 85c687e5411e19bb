//! By which rules a table that follows from the ledger was filled.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "derivation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
