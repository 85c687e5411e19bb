//! The calendar: what falls due, read along the clocks' own index.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    desk::{CalendarPage, Ends},
    fault::Fault,
};
use casework::{
    calendar::{CalendarCode, Calendars, first_second, last_second},
    case::{Case, CaseId},
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
        let explained = from.until(until).map_or(0, |span| span.get_days()) < EXPLAINED_DAYS;
        let cases = if explained {
            let ids: BTreeSet<CaseId> = ends
                .iter()
                .chain(&late)
                .chain(&unreviewed)
                .map(|one| one.card.id)
                .collect();
            let ids: Vec<CaseId> = ids.into_iter().collect();
            store.some_cases(&ids).await.map_err(incident::store)?
        } else {
            BTreeMap::new()
        };
        let shown = |ends: Vec<store::Ends>, most: u64| {
            ends.into_iter()
                .take(usize::try_from(most).unwrap_or(usize::MAX))
                .map(|one| self.shown(one, &cases))
                .collect::<Vec<_>>()
        };
        let tables = store.tables().await.map_err(incident::store)?;
        Ok(CalendarPage {
            ends: shown(ends, ENDS_MOST),
            late: shown(late, LATE_MOST),
            more,
            unreviewed: shown(unreviewed, LATE_MOST),
            holidays: holidays(&tables, from, until),
            today,
            now: self.now,
            zone,
        })
    }

    /// How many emergency releases await their second review.
    pub(super) async fn count_unreviewed(&self) -> Result<u64, Fault> {
        self.on_duty(Duty::ReadCases)?;
        self.office
            .store
            .count_running(ClockKind::Review)
            .await
            .map_err(incident::store)
    }

    fn shown(&self, one: store::Ends, cases: &BTreeMap<CaseId, Case>) -> Ends {
        let urgency = match clock::urgency(one.at, self.now, &self.office.zone()) {
            _ if one.stopped => Urgency::Stopped,
            Urgency::Late if one.quiet => Urgency::Over,
            urgency => urgency,
        };
        let how = cases
            .get(&one.card.id)
            .and_then(|case| {
                clock::clocks(case)
                    .into_iter()
                    .find(|clock| clock.kind == one.kind)
            })
            .map(|clock| clock.how);
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
