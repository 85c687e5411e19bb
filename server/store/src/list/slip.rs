//! A case's row without its body: what the list needs of it.

use casework::{
    case::{Awaits, CaseId, CaseNumber, Stage},
    clock::ClockKind,
    ground::Ground,
    instrument::Instrument,
    list::Card,
    words::Line,
};
use sea_orm::DerivePartialModel;

use crate::{Error, cases::NEVER, moments::moment, rows::case_file};

/// The columns of the list.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "case_file::Entity")]
pub struct Slip {
    pub serial: i64,
    pub id: uuid::Uuid,
    pub number_year: i32,
    pub number_count: i64,
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
}

impl Slip {
    /// As the list shows it.
    pub fn card(self) -> Result<Card, Error> {
        let id = self.id;
        self.read()
            .ok_or_else(|| Error::Corrupt(format!("the columns of case {id}")))
    }

    fn read(self) -> Option<Card> {
        let line = |text: Option<String>| {
            text.map_or(Some(None), |text| Line::parse(&text).ok().map(Some))
        };
        Some(Card {
            id: CaseId(self.id),
            number: CaseNumber {
                year: self.number_year.try_into().ok()?,
                count: self.number_count.try_into().ok()?,
            },
            stage: Stage::from_code(&self.stage)?,
            ground: coded(self.ground.as_deref(), Ground::from_code)?,
            instrument: coded(self.instrument.as_deref(), Instrument::from_code)?,
            authority: line(self.authority)?,
            reference: line(self.reference)?,
            subject: line(self.subject)?,
            received: coded(self.received_on.as_deref(), |day| day.parse().ok())?,
            due: if self.due_at == NEVER {
                None
            } else {
                Some(moment(self.due_at).ok()?)
            },
            due_kind: coded(self.due_kind.as_deref(), ClockKind::from_code)?,
            awaits: Awaits::from_code(&self.awaits)?,
            changed_at: moment(self.changed_at).ok()?,
            test: self.test,
        })
    }
}

/// A column that may be empty; `None` where it holds what is no code.
#[expect(
    clippy::option_option,
    reason = "nothing there and nothing known are two things"
)]
fn coded<T>(code: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    code.map_or(Some(None), |code| read(code).map(Some))
}
