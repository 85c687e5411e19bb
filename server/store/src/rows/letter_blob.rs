//! Where the encrypted bytes of a letter lie.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_blob")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub letter_id: Uuid,
    pub case_id: Uuid,
    #[sea_orm(unique)]
    pub blob: String,
    pub wrapped_key: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
