//! An authority of the directory.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authority")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stands_for: Uuid,
    pub listed: bool,
    pub folded: String,
    pub entered_at: i64,
    pub changed_at: i64,
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}
