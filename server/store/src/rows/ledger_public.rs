//! Whether the ledger is served to everybody: one row or none, and none is a no.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_public")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub is_open: bool,
}

impl ActiveModelBehavior for ActiveModel {}
