//! What an authority is found by.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authority_trace")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub trace: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
