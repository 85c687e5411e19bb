//! A leaf, byte for byte as it was sealed, and what it tells again for queries.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_leaf")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub leaf: Vec<u8>,
    pub at: i64,
    pub action: String,
    pub area: String,
    pub actor: Option<Uuid>,
    pub case_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
