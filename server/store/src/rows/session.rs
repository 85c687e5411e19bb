//! Somebody signed in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub member_id: Uuid,
    pub created_at: i64,
    pub seen_at: i64,
    pub proved_at: i64,
    pub agent: String,
}

impl ActiveModelBehavior for ActiveModel {}
