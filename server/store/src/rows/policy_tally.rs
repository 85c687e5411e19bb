//! How many there are of something under a version of the promise.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub policy: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ground: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub counted: String,
    pub number: i64,
}

impl ActiveModelBehavior for ActiveModel {}
