//! A record as it was issued, and where its encrypted bytes lie.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issued_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub version: i64,
    pub edition: String,
    pub enclosed: bool,
    pub masked: String,
    pub sha256: Vec<u8>,
    pub size: i64,
    pub under: i64,
    #[sea_orm(unique)]
    pub blob: String,
    pub wrapped_key: Vec<u8>,
    pub issued_at: i64,
    pub issued_by: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
