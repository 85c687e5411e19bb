//! Up to which case the clocks were computed, and by which edition of the rules.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_clock_filled")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub rules: i64,
    pub serial: i64,
}

impl ActiveModelBehavior for ActiveModel {}
