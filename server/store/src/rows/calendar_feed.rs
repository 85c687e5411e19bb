//! The address of a member's calendar.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    #[sea_orm(unique)]
    pub token_hash: Vec<u8>,
    pub opened_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
