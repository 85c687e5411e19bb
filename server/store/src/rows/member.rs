//! Who works the desk.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub sign_in: String,
    pub name: String,
    pub role: String,
    pub password_hash: String,
    pub disabled: bool,
    pub must_change_password: bool,
    pub created_at: i64,
    pub wrong_passwords: i64,
    pub wrong_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
