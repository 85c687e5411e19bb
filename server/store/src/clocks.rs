//! The clocks of the cases, kept beside them so that what falls due is found along an index.
//!
//! They follow from the case and are written with it. `told`, how far an end was announced by mail,
//! is the one thing that does not: it begins anew where an end moves.

mod filling;

use std::collections::BTreeMap;

use casework::{
    case::{Case, CaseId},
    clock::{self, Clock, ClockKind},
    list::Card,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, prelude::Expr,
};

use crate::{
    Error, Store, Writing,
    list::Slip,
    moments::moment,
    rows::{
        case_clock::{self, Column},
        case_file,
    },
};

pub(crate) use filling::fill;

/// Its end makes something late.
const DUE: &str = "due";
/// Its end passes quietly: a window shuts, a permission lapses.
const QUIET: &str = "quiet";
const PAUSED: &str = "paused";
/// It runs and has no end.
const OPEN: &str = "open";
const STOPPED: &str = "stopped";

/// How far the end of a clock was announced by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    NotYet = 0,
    Soon = 1,
    Today = 2,
    Late = 3,
}

/// The end of a clock, with the case it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub card: Card,
    pub kind: ClockKind,
    pub at: Timestamp,
    /// It passes quietly, and makes nothing late.
    pub quiet: bool,
    /// What it waited for was done.
    pub stopped: bool,
}

impl Store {
    /// The clocks that end from one moment until before another, the earliest first; those that were
    /// stopped too, so that a month that is over can be read.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn clocks_ending(
        &self,
        from: Timestamp,
        until: Timestamp,
        most: u64,
    ) -> Result<Vec<Ends>, Error> {
        let rows = case_clock::Entity::find()
            .filter(Column::State.is_in([DUE, QUIET, STOPPED]))
            .filter(Column::EndsAt.gte(from.as_millisecond()))
            .filter(Column::EndsAt.lt(until.as_millisecond()));
        with_cards(self.readers(), rows, most).await
    }

    /// The clocks that still run and end from one moment until before another, the earliest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn clocks_running(
        &self,
        from: Timestamp,
        until: Timestamp,
        most: u64,
    ) -> Result<Vec<Ends>, Error> {
        let rows = case_clock::Entity::find()
            .filter(Column::State.is_in([DUE, QUIET]))
            .filter(Column::EndsAt.gte(from.as_millisecond()))
            .filter(Column::EndsAt.lt(until.as_millisecond()));
        with_cards(self.readers(), rows, most).await
    }

    /// What is late at a moment, the longest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn clocks_late(&self, now: Timestamp, most: u64) -> Result<Vec<Ends>, Error> {
        let rows = case_clock::Entity::find()
            .filter(Column::State.eq(DUE))
            .filter(Column::EndsAt.lt(now.as_millisecond()));
        with_cards(self.readers(), rows, most).await
    }

    /// The running clocks of one kind, the earliest end first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn clocks_of(&self, kind: ClockKind, most: u64) -> Result<Vec<Ends>, Error> {
        let rows = case_clock::Entity::find()
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::State.is_in([DUE, QUIET]));
        with_cards(self.readers(), rows, most).await
    }

    /// How many clocks of one kind are late at a moment, counted up to `most`: a desk that is far
    /// behind is not slowed by it too.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn count_late(
        &self,
        kind: ClockKind,
        now: Timestamp,
        most: u64,
    ) -> Result<u64, Error> {
        let late = case_clock::Entity::find()
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::State.eq(DUE))
            .filter(Column::EndsAt.lt(now.as_millisecond()));
        self.count_to(late, most).await
    }

    /// How many clocks of one kind run, counted up to `most`.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn count_running(&self, kind: ClockKind, most: u64) -> Result<u64, Error> {
        let running = case_clock::Entity::find()
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::State.is_in([DUE, QUIET]));
        self.count_to(running, most).await
    }

    async fn count_to(&self, rows: Select<case_clock::Entity>, most: u64) -> Result<u64, Error> {
        // Only what the index of kinds holds: it is walked, and nothing beside it.
        let found: Vec<Option<i64>> = rows
            .select_only()
            .column(Column::EndsAt)
            .limit(most)
            .into_tuple()
            .all(self.readers())
            .await?;
        Ok(found.len() as u64)
    }

    /// Running clocks that end before a moment and whose end was not announced so far, the earliest
    /// first. Windows that shut quietly are not among them.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn clocks_untold(
        &self,
        level: Told,
        before: Timestamp,
        most: u64,
    ) -> Result<Vec<Ends>, Error> {
        let rows = case_clock::Entity::find()
            .filter(Column::State.eq(DUE))
            .filter(Column::Told.is_in(0..level as i32))
            .filter(Column::EndsAt.lt(before.as_millisecond()));
        with_cards(self.readers(), rows, most).await
    }
}

impl Writing {
    /// Notes that the end of a clock was announced. Answers whether that was still to be done:
    /// not where the end moved meanwhile, or somebody else announced it.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn clock_told(
        &mut self,
        case: CaseId,
        kind: ClockKind,
        ends: Timestamp,
        level: Told,
    ) -> Result<bool, Error> {
        let told = case_clock::Entity::update_many()
            .col_expr(Column::Told, Expr::value(level as i32))
            .filter(Column::CaseId.eq(case.0))
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::State.eq(DUE))
            .filter(Column::EndsAt.eq(ends.as_millisecond()))
            .filter(Column::Told.lt(level as i32))
            .exec(self.connection())
            .await?;
        Ok(told.rows_affected > 0)
    }
}

/// Keeps the clocks of a case as they are now; `before` are those before its last step, if it had
/// any.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    before: Option<&[case_clock::Model]>,
    case: &Case,
) -> Result<(), Error> {
    let rows = rows_of(case);
    // Most steps leave the clocks as they are.
    if before.is_some_and(|before| before == rows) {
        return Ok(());
    }
    write(db, case.id(), rows).await
}

/// Writes the clocks of a case; what was announced of an end that did not move stays announced.
async fn write(
    db: &impl ConnectionTrait,
    case: CaseId,
    mut rows: Vec<case_clock::Model>,
) -> Result<(), Error> {
    let stood = kept(db, case).await?;
    for row in &mut rows {
        if let Some(same) = stood
            .iter()
            .find(|one| one.kind == row.kind && one.ends_at == row.ends_at)
        {
            row.told = same.told;
        }
    }
    if stood == rows {
        return Ok(());
    }
    if !stood.is_empty() {
        case_clock::Entity::delete_many()
            .filter(Column::CaseId.eq(case.0))
            .exec(db)
            .await?;
    }
    if !rows.is_empty() {
        case_clock::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The rows kept for a case, by kind.
pub(crate) async fn kept(
    db: &impl ConnectionTrait,
    case: CaseId,
) -> Result<Vec<case_clock::Model>, Error> {
    Ok(case_clock::Entity::find()
        .filter(Column::CaseId.eq(case.0))
        .order_by_asc(Column::Kind)
        .all(db)
        .await?)
}

/// The rows of a case's clocks, by kind, nothing announced; verifying compares with this.
pub(crate) fn rows_of(case: &Case) -> Vec<case_clock::Model> {
    let mut rows: Vec<case_clock::Model> = clock::clocks(case)
        .iter()
        .map(|clock| row_of(case, clock))
        .collect();
    rows.sort_by(|one, other| one.kind.cmp(&other.kind));
    rows
}

/// Whether two rows tell the same of a clock; how far it was announced follows from nothing.
pub(crate) fn same(one: &case_clock::Model, other: &case_clock::Model) -> bool {
    (&one.kind, &one.state, one.ends_at) == (&other.kind, &other.state, other.ends_at)
}

fn row_of(case: &Case, clock: &Clock) -> case_clock::Model {
    let state = match clock.ends {
        _ if clock.stopped => STOPPED,
        _ if clock.paused => PAUSED,
        None => OPEN,
        Some(_) if clock.kind.passes_quietly() => QUIET,
        Some(_) => DUE,
    };
    case_clock::Model {
        case_id: case.id().0,
        kind: clock.kind.code().into(),
        state: state.into(),
        ends_at: clock.ends.map(Timestamp::as_millisecond),
        told: Told::NotYet as i32,
    }
}

async fn with_cards(
    db: &impl ConnectionTrait,
    rows: Select<case_clock::Entity>,
    most: u64,
) -> Result<Vec<Ends>, Error> {
    let rows = rows
        .order_by_asc(Column::EndsAt)
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::Kind)
        .limit(most)
        .all(db)
        .await?;
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.case_id).collect();
    let mut cards = BTreeMap::new();
    for some in ids.chunks(500) {
        let slips = case_file::Entity::find()
            .filter(case_file::Column::Id.is_in(some.iter().copied()))
            .into_partial_model::<Slip>()
            .all(db)
            .await?;
        for slip in slips {
            let id = slip.id;
            cards.extend(slip.card().ok().map(|card| (id, card)));
        }
    }
    Ok(rows.iter().filter_map(|row| ends(row, &cards)).collect())
}

/// A row with its case; none where somebody edited either so that it cannot be read: one such row
/// silences no other clock. Verifying tells what was edited; the log names the case and nothing of it.
fn ends(row: &case_clock::Model, cards: &BTreeMap<uuid::Uuid, Card>) -> Option<Ends> {
    let read = || {
        Some(Ends {
            card: cards.get(&row.case_id)?.clone(),
            kind: ClockKind::from_code(&row.kind)?,
            at: moment(row.ends_at?).ok()?,
            quiet: row.state == QUIET,
            stopped: row.state == STOPPED,
        })
    };
    let ends = read();
    if ends.is_none() {
        tracing::error!(case = %row.case_id, "a clock of this case cannot be read and is left out");
    }
    ends
}
