//! The list of cases, a page at a time, read along an index from where the page before ended.
//!
//! One filter is read straight from its index. Of several, the index of the one that is likely to
//! leave least is followed and the others are asked of each row on the way; [`LOOKED_AT_MOST`]
//! bounds that, so a page may be short and still have one after it. Nothing is ever counted.

mod cursor;
mod slip;

use casework::{
    case::{Awaits, Stage},
    clock::horizons,
    list::{Ask, DueWithin, PAGE, Page, Sort},
};
use jiff::{Timestamp, tz::TimeZone};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    Error, Store,
    rows::case_file::{self, Column},
    search,
};
use cursor::Cursor;
pub(crate) use slip::Slip;

/// Most rows that one page looks at to find those that fit several filters.
const LOOKED_AT_MOST: u64 = 5_000;
/// Rows fetched at once on the way there.
const BATCH: u64 = 250;

impl Store {
    /// A page of the list, as it stands `now` at a desk in a time zone. Without a sort, what is due first comes first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn list(&self, ask: &Ask, now: Timestamp, zone: &TimeZone) -> Result<Page, Error> {
        let sort = ask.sort.unwrap_or(Sort::Due);
        let look = Look {
            ask,
            sort,
            after: ask.after.as_deref().and_then(|raw| Cursor::read(raw, sort)),
            now,
            zone,
        };
        let db = self.readers();
        match search::matches(db, &ask.text).await? {
            Some(matches) => look.among(db, matches).await,
            None => look.along(db).await,
        }
    }
}

/// One look at the list.
struct Look<'a> {
    ask: &'a Ask,
    sort: Sort,
    after: Option<Cursor>,
    now: Timestamp,
    zone: &'a TimeZone,
}

impl Look<'_> {
    /// Filters and sorts what a search matched.
    async fn among(
        &self,
        db: &impl ConnectionTrait,
        matches: search::Matches,
    ) -> Result<Page, Error> {
        let rows = case_file::Entity::find().filter(Column::Serial.is_in(matches.serials));
        let mut slips: Vec<Slip> = rows.into_partial_model::<Slip>().all(db).await?;
        slips.retain(|slip| {
            self.fits(slip)
                && self
                    .after
                    .is_none_or(|after| after.is_before(self.place(slip)))
        });
        slips.sort_by_key(|slip| self.place(slip).order());
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = slips.len() > page;
        slips.truncate(page);
        let next = slips
            .last()
            .filter(|_| more)
            .map(|last| self.place(last).write());
        Ok(Page {
            cards: cards(slips)?,
            next,
            cut: matches.cut,
        })
    }

    /// Follows an index until the page is full, nothing is left or enough was looked at.
    async fn along(&self, db: &impl ConnectionTrait) -> Result<Page, Error> {
        let (driver, asks_more) = self.driver();
        let batch = if asks_more { BATCH } else { PAGE + 1 };
        let mut after = self.after;
        let mut looked_at = 0;
        let mut found = Vec::new();
        loop {
            let slips = self
                .rows(driver.clone(), after)
                .limit(batch)
                .into_partial_model::<Slip>()
                .all(db)
                .await?;
            let fetched = slips.len() as u64;
            for slip in slips {
                if self.fits(&slip) {
                    if found.len() as u64 == PAGE {
                        return Ok(Page {
                            cards: cards(found)?,
                            next: after.map(Cursor::write),
                            cut: false,
                        });
                    }
                    after = Some(self.place(&slip));
                    found.push(slip);
                } else {
                    after = Some(self.place(&slip));
                }
            }
            looked_at += fetched;
            let ended = fetched < batch;
            if ended || looked_at >= LOOKED_AT_MOST {
                let next = after.filter(|_| !ended).map(Cursor::write);
                return Ok(Page {
                    cards: cards(found)?,
                    next,
                    cut: false,
                });
            }
        }
    }

    /// The filter whose index is followed, and whether rows must be asked for anything else.
    fn driver(&self) -> (Option<SimpleExpr>, bool) {
        let Ask {
            stage,
            ground,
            instrument,
            awaits,
            due,
            text: _,
            sort: _,
            after: _,
        } = self.ask;
        // What is open is little beside what ever was; what has ended is nearly everything.
        let mut filters: Vec<(u8, SimpleExpr)> = Vec::new();
        let mut exact = due.is_none() || self.sort == Sort::Due;
        if let Some(stage) = stage {
            filters.push((
                if stage.is_end() { 5 } else { 1 },
                Column::Stage.eq(stage.code()),
            ));
        }
        if let Some(awaits) = awaits {
            exact &= matches!(awaits, Awaits::Staff | Awaits::Manager);
            filters.push(match awaits {
                Awaits::Manager | Awaits::Both => (0, Column::AwaitsManager.eq(true)),
                Awaits::Staff => (2, Column::AwaitsStaff.eq(true)),
                Awaits::Nobody => (6, Column::AwaitsStaff.eq(false)),
            });
        }
        if let Some(instrument) = instrument {
            filters.push((3, Column::Instrument.eq(instrument.code())));
        }
        if let Some(ground) = ground {
            filters.push((4, Column::Ground.eq(ground.code())));
        }
        exact &= filters.len() < 2;
        (
            filters
                .into_iter()
                .min_by_key(|(weight, _)| *weight)
                .map(|(_, filter)| filter),
            !exact,
        )
    }

    /// The rows after a place, in order.
    fn rows(
        &self,
        driver: Option<SimpleExpr>,
        after: Option<Cursor>,
    ) -> sea_orm::Select<case_file::Entity> {
        let serial = Column::Serial;
        let mut rows = case_file::Entity::find().filter(Condition::all().add_option(driver));
        if let (Some(due), Sort::Due) = (self.ask.due, self.sort) {
            let (from, to) = span(due, self.now, self.zone);
            rows = rows
                .filter(Column::DueAt.gt(from))
                .filter(Column::DueAt.lte(to));
        }
        let pair = |key: Column| Expr::tuple([Expr::col(key), Expr::col(serial)]);
        let place = |after: Cursor| Expr::tuple([Expr::val(after.key), Expr::val(after.serial)]);
        rows = match (self.sort, after) {
            (_, None) => rows,
            (Sort::Due, Some(after)) => rows.filter(pair(Column::DueAt).gt(place(after))),
            (Sort::Changed, Some(after)) => rows.filter(pair(Column::ChangedAt).lt(place(after))),
            (Sort::Newest, Some(after)) => rows.filter(serial.lt(after.serial)),
            (Sort::Oldest, Some(after)) => rows.filter(serial.gt(after.serial)),
        };
        match self.sort {
            Sort::Due => rows
                .order_by(Column::DueAt, Order::Asc)
                .order_by(serial, Order::Asc),
            Sort::Changed => rows
                .order_by(Column::ChangedAt, Order::Desc)
                .order_by(serial, Order::Desc),
            Sort::Newest => rows.order_by(serial, Order::Desc),
            Sort::Oldest => rows.order_by(serial, Order::Asc),
        }
    }

    fn fits(&self, slip: &Slip) -> bool {
        let Ask {
            stage,
            ground,
            instrument,
            awaits,
            due,
            text: _,
            sort: _,
            after: _,
        } = self.ask;
        stage.is_none_or(|stage: Stage| slip.stage == stage.code())
            && ground.is_none_or(|ground| slip.ground.as_deref() == Some(ground.code()))
            && instrument
                .is_none_or(|instrument| slip.instrument.as_deref() == Some(instrument.code()))
            && awaits.is_none_or(|awaits| match awaits {
                Awaits::Staff => slip.awaits_staff,
                Awaits::Manager => slip.awaits_manager,
                Awaits::Both | Awaits::Nobody => slip.awaits == awaits.code(),
            })
            && due.is_none_or(|due| {
                let (from, to) = span(due, self.now, self.zone);
                from < slip.due_at && slip.due_at <= to
            })
    }

    fn place(&self, slip: &Slip) -> Cursor {
        let key = match self.sort {
            Sort::Due => slip.due_at,
            Sort::Changed => slip.changed_at,
            Sort::Newest | Sort::Oldest => slip.serial,
        };
        Cursor {
            sort: self.sort,
            key,
            serial: slip.serial,
        }
    }
}

/// After which and until which millisecond something is due, as [`casework::clock::urgency`] has
/// it: what is late is not also due today, and what is due today is due within three days.
fn span(due: DueWithin, now: Timestamp, zone: &TimeZone) -> (i64, i64) {
    let (today, soon) = horizons(now, zone);
    let now = now.as_millisecond();
    // An end is kept in whole milliseconds; the last one of a day lies after its last second.
    let last = |at: Timestamp| at.as_millisecond().saturating_add(999);
    match due {
        DueWithin::Late => (i64::MIN, now),
        DueWithin::Day => (now, last(today)),
        DueWithin::ThreeDays => (now, last(soon)),
    }
}

fn cards(slips: Vec<Slip>) -> Result<Vec<casework::list::Card>, Error> {
    slips.into_iter().map(Slip::card).collect()
}
