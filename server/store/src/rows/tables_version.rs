//! A version of the tables that cases are judged by.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tables_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub published_at: i64,
    pub published_by: Option<Uuid>,
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}
