//! The calendar: what falls due, read along the clocks' own index.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    desk::{CalendarPage, Ends, Glares},
    fault::Fault,
};
use casework::{
    calendar::{CalendarCode, Calendars, first_second, last_second},
    case::CaseId,
    clock::{self, ClockKind, Urgency},
    member::Duty,
    tables::Tables,
};
use jiff::{ToSpan, civil};

use super::{AtDesk, incident};

/// Most clocks that a page shows of its days.
const ENDS_MOST: u64 = 1_000;
/// Most that it shows of what was late before, and of what awaits a review.
const LATE_MOST: u64 = 200;
/// Most days over which each date also tells how it was computed: a working list, not a month.
const EXPLAINED_DAYS: i32 = 7;
/// Most dates of a page that tell it, the first ones: each takes its whole case to be read.
const EXPLAINED_MOST: usize = 200;

/// How the ends of clocks were computed.
type Explained = BTreeMap<(CaseId, ClockKind), Vec<String>>;

impl AtDesk {
    /// What falls due from one day to another, both included.
    pub(super) async fn calendar_page(
        &self,
        from: civil::Date,
        until: civil::Date,
    ) -> Result<CalendarPage, Fault> {
        self.on_duty(Duty::ReadCases)?;
        let store = &self.office.store;
        let zone = self.office.zone();
        let today = self.now.to_zoned_datetime(zone.clone()).date();
        let (start, end) = (first_second(from, &zone), last_second(until, &zone));
        let end = end.checked_add(1.second()).unwrap_or(end);
        let ends = store
            .clocks_ending(start, end, ENDS_MOST + 1)
            .await
            .map_err(incident::store)?;
        let late = if (from..=until).contains(&today) {
            store.clocks_late(self.now, LATE_MOST + 1).await
        } else {
            Ok(Vec::new())
        };
        let late = late.map_err(incident::store)?;
        let unreviewed = store
            .clocks_of(ClockKind::Review, LATE_MOST)
            .await
            .map_err(incident::store)?;
        let more = ends.len() as u64 > ENDS_MOST || late.len() as u64 > LATE_MOST;
        let explains = from.until(until).map_or(0, |span| span.get_days()) < EXPLAINED_DAYS;
        let in_turn: Vec<CaseId> = unreviewed
            .iter()
            .chain(&late)
            .chain(&ends)
            .map(|one| one.card.id)
            .collect();
        let explained = if explains {
            self.explained(in_turn.iter().take(EXPLAINED_MOST)).await?
        } else {
            Explained::new()
        };
        let shown = |ends: Vec<store::Ends>, most: u64| {
            ends.into_iter()
                .take(usize::try_from(most).unwrap_or(usize::MAX))
                .map(|one| self.shown(one, &explained))
                .collect::<Vec<_>>()
        };
        let tables = store.tables().await.map_err(incident::store)?;
        Ok(CalendarPage {
            ends: shown(ends, ENDS_MOST),
            late: shown(late, LATE_MOST),
            more,
            explained: (explains && in_turn.len() > EXPLAINED_MOST).then_some(EXPLAINED_MOST),
            unreviewed: shown(unreviewed, LATE_MOST),
            holidays: holidays(&tables, from, until),
            today,
            now: self.now,
            zone,
        })
    }

    /// What is owed beside the cases' own next steps.
    pub(super) async fn count_glares(&self) -> Result<Glares, Fault> {
        self.on_duty(Duty::ReadCases)?;
        let store = &self.office.store;
        let late = async |kind| store.count_late(kind, self.now, Glares::MOST).await;
        let counted = async {
            Ok(Glares {
                unreviewed: store.count_running(ClockKind::Review, Glares::MOST).await?,
                notices: late(ClockKind::Gag).await? + late(ClockKind::Notice).await?,
                processes: late(ClockKind::Process).await?,
            })
        };
        counted.await.map_err(incident::store)
    }

    /// How the clocks of some cases were computed, each case read and computed once.
    async fn explained(&self, cases: impl Iterator<Item = &CaseId>) -> Result<Explained, Fault> {
        let ids: BTreeSet<CaseId> = cases.copied().collect();
        let ids: Vec<CaseId> = ids.into_iter().collect();
        let cases = self.office.store.some_cases(&ids).await;
        let cases = cases.map_err(incident::store)?;
        let told = cases.iter().flat_map(|(id, case)| {
            let clocks = clock::clocks(case).into_iter();
            clocks.map(|clock| ((*id, clock.kind), clock.how))
        });
        Ok(told.collect())
    }

    fn shown(&self, one: store::Ends, explained: &Explained) -> Ends {
        let urgency = match clock::urgency(one.at, self.now, &self.office.zone()) {
            _ if one.stopped => Urgency::Stopped,
            Urgency::Late if one.quiet => Urgency::Over,
            urgency => urgency,
        };
        let how = explained.get(&(one.card.id, one.kind)).cloned();
        Ends {
            card: one.card,
            kind: one.kind,
            at: one.at,
            urgency,
            how: how.unwrap_or_default(),
        }
    }
}

/// The holidays of the calendars that periods count by; where none does, those of every calendar,
/// for somebody in them may not be at work. Each name is told once a day.
fn holidays(
    tables: &Tables,
    from: civil::Date,
    until: civil::Date,
) -> BTreeMap<civil::Date, Vec<String>> {
    let named: BTreeSet<&CalendarCode> = tables
        .periods
        .values()
        .filter_map(|length| length.calendar.as_ref())
        .collect();
    let calendars: &Calendars = &tables.calendars;
    let mut days: BTreeMap<civil::Date, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    for (code, calendar) in calendars {
        if named.is_empty() || named.contains(code) {
            for (day, name) in calendar.holidays.range(from..=until) {
                let codes = days.entry(*day).or_default();
                codes
                    .entry(name.to_string())
                    .or_default()
                    .push(code.as_str());
            }
        }
    }
    days.into_iter()
        .map(|(day, names)| {
            let told = names
                .into_iter()
                .map(|(name, codes)| format!("{name} ({})", codes.join(", ")))
                .collect();
            (day, told)
        })
        .collect()
}
