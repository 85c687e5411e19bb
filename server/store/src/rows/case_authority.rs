//! Which entry of the directory a case names.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_authority")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: i64,
    pub authority_id: Uuid,
    pub confirmed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
