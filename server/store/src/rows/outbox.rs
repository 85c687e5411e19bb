//! A mail that was posted, and how far it has come.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub post_key: String,
    pub kind: String,
    pub case_id: Option<Uuid>,
    pub member_id: Option<Uuid>,
    pub recipient: String,
    pub subject: String,
    pub body: Option<String>,
    #[sea_orm(unique)]
    pub message_id: String,
    pub posted_at: i64,
    pub state: String,
    pub attempt: i64,
    pub due_at: i64,
    pub changed_at: i64,
    pub reply: Option<String>,
    pub sha256: Option<Vec<u8>>,
    pub settled_by: Option<Uuid>,
    pub settled_at: Option<i64>,
    pub settled_sent: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}
