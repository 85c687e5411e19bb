//! What a case is found by when another one gives the same number or says the same words.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_trace")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub trace: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: i64,
}

impl ActiveModelBehavior for ActiveModel {}
