//! What a leaf commits to, and the texts sealed in it; all columns are empty once it was destroyed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_payload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub salt: Option<Vec<u8>>,
    pub payload: Option<Vec<u8>>,
    /// JSON; none beside a payload that its texts stand in.
    pub openings: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
