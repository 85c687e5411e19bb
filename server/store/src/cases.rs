//! Cases: read as they stand, kept with the event that made them so.

use std::collections::BTreeMap;

use casework::{
    case::{Awaits, Case, CaseId, CaseNumber, Event, Step},
    ledger::Entry,
    list::Card,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait,
};

use crate::{
    Error, Store, Writing, blobs, clocks,
    directory::OfCase,
    ledger,
    ledger::with_payloads,
    letters, made,
    moments::millis,
    rows::{case_file, cases_traced, ledger_leaf},
    search,
    settings::OURS,
};

/// Cases held at once while they are given their traces.
const BATCH: u64 = 200;
/// What `due_at` holds where nothing is due: it sorts after every date.
pub(crate) const NEVER: i64 = i64::MAX;

impl Store {
    /// A case as it stands.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, Error> {
        case(self.readers(), id).await
    }

    /// Several cases as they stand; unknown ones are left out.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn some_cases(&self, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Case>, Error> {
        let mut found = BTreeMap::new();
        for some in ids.chunks(100) {
            let rows = case_file::Entity::find()
                .filter(case_file::Column::Id.is_in(some.iter().map(|id| id.0)))
                .all(self.readers())
                .await?;
            for row in rows {
                found.insert(CaseId(row.id), read(&row)?);
            }
        }
        Ok(found)
    }

    /// Every case as it stands, oldest first, a batch at a time: those after a serial, each with its
    /// own.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn cases_after(
        &self,
        serial: Option<i64>,
        most: u64,
    ) -> Result<Vec<(i64, Case)>, Error> {
        let mut query = case_file::Entity::find()
            .order_by_asc(case_file::Column::Serial)
            .limit(most);
        if let Some(serial) = serial {
            query = query.filter(case_file::Column::Serial.gt(serial));
        }
        let rows = query.all(self.readers()).await?;
        rows.iter()
            .map(|row| Ok((row.serial, read(row)?)))
            .collect()
    }
}

impl Writing {
    /// Gives the cases from before the directory what they are found by, once.
    pub(crate) async fn trace_cases(&mut self) -> Result<(), Error> {
        if cases_traced::Entity::find_by_id(OURS)
            .one(self.connection())
            .await?
            .is_some()
        {
            return Ok(());
        }
        let mut last = i64::MIN;
        loop {
            let rows = case_file::Entity::find()
                .filter(case_file::Column::Serial.gt(last))
                .order_by_asc(case_file::Column::Serial)
                .limit(BATCH)
                .all(self.connection())
                .await?;
            let Some(end) = rows.last() else { break };
            last = end.serial;
            for row in &rows {
                OfCase::of(&read(row)?)
                    .keep(self.connection(), row.serial, &OfCase::default())
                    .await?;
            }
        }
        cases_traced::Entity::insert(cases_traced::ActiveModel { id: Set(OURS) })
            .exec_without_returning(self.connection())
            .await?;
        Ok(())
    }

    /// A case as it stands now that nobody else writes.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn case(&mut self, id: CaseId) -> Result<Option<Case>, Error> {
        case(self.connection(), id).await
    }

    /// What happened to a case after it had this version, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read, or a payload was destroyed.
    pub async fn events_since(&mut self, id: CaseId, version: u32) -> Result<Vec<Event>, Error> {
        let found = events(self.connection(), id).await?;
        Ok(found
            .into_iter()
            .map(|(_, event)| event)
            .filter(|event| event.version > version)
            .collect())
    }

    /// The number of the next case opened in this year. Taken for good once the case is kept;
    /// undone with everything else.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn next_number(&mut self, year: i16) -> Result<CaseNumber, Error> {
        use case_file::Column::{NumberCount, NumberYear};
        let last = case_file::Entity::find()
            .select_only()
            .column(NumberCount)
            .filter(NumberYear.eq(i32::from(year)))
            .order_by_desc(NumberCount)
            .limit(1)
            .into_tuple::<i64>()
            .one(self.connection())
            .await?;
        let count = u32::try_from(last.unwrap_or(0) + 1)
            .map_err(|_| Error::Corrupt(format!("{last:?} cases in {year}")))?;
        Ok(CaseNumber { year, count })
    }

    /// Keeps a case as an event made it, with the words it is found by, and seals the event: the
    /// only way to change a case. Answers the event's place in the ledger.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the event was not made from the case as it stands;
    /// [`Error::Misused`] where the case is not what the event makes of it, or where the bytes of
    /// an attached order were not kept first.
    pub async fn keep(&mut self, case_after: &Case, event: Event) -> Result<u64, Error> {
        let id = case_after.id();
        let before = row(self.connection(), id).await?;
        let serial = match &before {
            Some(row) => row.serial,
            None => next_serial(self.connection()).await?,
        };
        let case_before = before
            .as_ref()
            .map_or_else(|| Ok(Case::new(id, event.number)), read)?;
        if case_before.version() + 1 != event.version {
            return Err(Error::Conflict(format!(
                "{} has version {}, and the event makes version {}",
                case_before.number(),
                case_before.version(),
                event.version
            )));
        }
        let clocks_before = before.is_some().then(|| clocks::rows_of(&case_before));
        let found_by_before = before
            .as_ref()
            .map_or_else(OfCase::default, |_| OfCase::of(&case_before));
        let words_before = before.is_some().then(|| search::words_of(&case_before));
        if event.case != id
            || event.number != case_before.number()
            || case_before.clone().after(&event) != *case_after
        {
            return Err(Error::Misused("a case is kept as its event makes it"));
        }
        if let Step::Attach(order) = &event.step
            && blobs::row(self.connection(), order.id)
                .await?
                .is_none_or(|blob| blob.case_id != id.0)
        {
            return Err(Error::Misused(
                "an order's bytes are kept before it is attached",
            ));
        }
        if let Step::Letter(letter) = &event.step
            && letters::blob_row(self.connection(), letter.id)
                .await?
                .is_none_or(|blob| blob.case_id != id.0)
        {
            return Err(Error::Misused(
                "a letter's bytes are kept before it is filed",
            ));
        }
        let row = to_row(serial, case_after)?;
        let words = search::words_of(case_after);
        if before.is_some() {
            row.into_active_model()
                .reset_all()
                .update(self.connection())
                .await?;
        } else {
            case_file::Entity::insert(row.into_active_model())
                .exec_without_returning(self.connection())
                .await?;
        }
        clocks::keep(self.connection(), clocks_before.as_deref(), case_after).await?;
        // Most steps leave the words as they are; writing them again is the dearest part of all.
        if words_before.as_ref() != Some(&words) {
            search::keep(self.connection(), serial, &words, before.is_some()).await?;
        }
        OfCase::of(case_after)
            .keep(self.connection(), serial, &found_by_before)
            .await?;
        let (at, by, step) = (event.at, event.by.id, event.step.clone());
        let seq = self.append(at, Some(by), &Entry::Step { event }).await?;
        made::follow(
            self.connection(),
            serial,
            &case_before,
            case_after,
            &step,
            seq,
        )
        .await?;
        Ok(seq)
    }
}

async fn next_serial(db: &impl ConnectionTrait) -> Result<i64, Error> {
    let last = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Serial)
        .order_by_desc(case_file::Column::Serial)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(last.unwrap_or(0) + 1)
}

async fn row(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<case_file::Model>, Error> {
    Ok(case_file::Entity::find()
        .filter(case_file::Column::Id.eq(id.0))
        .one(db)
        .await?)
}

/// Whether there is such a case.
pub(crate) async fn is_there(db: &impl ConnectionTrait, id: CaseId) -> Result<bool, Error> {
    let serial = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Serial)
        .filter(case_file::Column::Id.eq(id.0))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(serial.is_some())
}

async fn case(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<Case>, Error> {
    row(db, id).await?.as_ref().map(read).transpose()
}

/// A row as the case it holds.
pub(crate) fn read(row: &case_file::Model) -> Result<Case, Error> {
    serde_json::from_str(&row.body)
        .map_err(|err| Error::Corrupt(format!("the body of case {}: {err}", row.id)))
}

/// The row of a case; verifying compares what stands there with this.
pub(crate) fn to_row(serial: i64, case: &Case) -> Result<case_file::Model, Error> {
    let card = Card::of(case).ok_or(Error::Misused(
        "a case is kept once something happened to it",
    ))?;
    Ok(case_file::Model {
        serial,
        id: card.id.0,
        number_year: card.number.year.into(),
        number_count: card.number.count.into(),
        version: case.version().into(),
        stage: card.stage.code().into(),
        ground: card.ground.map(|ground| ground.code().into()),
        instrument: card.instrument.map(|instrument| instrument.code().into()),
        authority: card.authority.map(String::from),
        reference: card.reference.map(String::from),
        subject: card.subject.map(String::from),
        received_on: card.received.map(|day| day.to_string()),
        due_at: card.due.map_or(NEVER, jiff::Timestamp::as_millisecond),
        due_kind: card.due_kind.map(|kind| kind.code().into()),
        awaits: card.awaits.code().into(),
        awaits_staff: matches!(card.awaits, Awaits::Staff | Awaits::Both),
        awaits_manager: matches!(card.awaits, Awaits::Manager | Awaits::Both),
        changed_at: millis(card.changed_at)?,
        test: card.test,
        body: serde_json::to_string(case)
            .map_err(|err| Error::Other(format!("a case cannot be written: {err}")))?,
    })
}

/// Every event of a case with its place in the ledger, oldest first.
pub(crate) async fn events(
    db: &impl ConnectionTrait,
    id: CaseId,
) -> Result<Vec<(u64, Event)>, Error> {
    use ledger_leaf::Column::{Action, Area, CaseId, Seq};
    let sealed = with_payloads()
        .filter(CaseId.eq(id.0))
        .filter(ledger::unindexed(Area).eq("case"))
        .filter(Action.is_not_in(["case.read", "case.refused"]))
        .order_by_asc(Seq)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(sealed.len());
    for (leaf, payload) in sealed {
        let entry = payload.map_or(Ok(None), |payload| ledger::read(&payload))?;
        match entry {
            None => {
                return Err(Error::Corrupt(format!(
                    "entry {} of the ledger has no payload",
                    leaf.seq
                )));
            }
            Some(Entry::Step { event }) => found.push((ledger::place(leaf.seq)?, event)),
            Some(_) => {}
        }
    }
    Ok(found)
}
