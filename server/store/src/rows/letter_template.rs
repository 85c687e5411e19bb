//! A version of a letter's template.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub subject: String,
    pub body: String,
    pub published_at: i64,
    pub published_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
