//! A disclosure under the version of the promise that its case is pinned to.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_disclosure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub case_serial: i64,
    pub place: i64,
    pub policy: i64,
    pub ground: String,
    pub ill: bool,
}

impl ActiveModelBehavior for ActiveModel {}
