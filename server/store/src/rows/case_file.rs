//! A case as it stands, and the columns of its row in the list.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: i64,
    #[sea_orm(unique)]
    pub id: Uuid,
    pub number_year: i32,
    pub number_count: i64,
    pub version: i64,
    pub stage: String,
    pub ground: Option<String>,
    pub instrument: Option<String>,
    pub authority: Option<String>,
    pub reference: Option<String>,
    pub subject: Option<String>,
    pub received_on: Option<String>,
    pub due_at: i64,
    pub due_kind: Option<String>,
    pub awaits: String,
    pub awaits_staff: bool,
    pub awaits_manager: bool,
    pub changed_at: i64,
    pub test: bool,
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}
