//! Reading a new version of the tables from its form.
//!
//! Field names: `ceiling.<instrument>`, `tier.<category>`, `period.<period>.count|unit|calendar`,
//! `reason.<code>.word|offered`, repeated `new_reason_code` and `new_reason_word`,
//! `holiday.<calendar>` (one line each: a date and a name), `weekend.<calendar>`, `new_calendar`
//! and `new_calendar_name`, `zone`, `two_for_contents`, `objection_stops`, `why`.

use std::collections::BTreeMap;

use jiff::civil;

use super::{Period, ReasonRow, Tables, TablesVersion};
use crate::{
    calendar::{Calendar, CalendarCode, Calendars, Length, Unit, Weekday},
    form::{Faults, Fields, Reader},
    instrument::{Ceiling, Instrument},
    reason::ReasonCode,
    scope::Category,
    words::Line,
};

/// Longest period, in its own unit.
const COUNT_MOST: u32 = 9_999;
/// Most holidays that one calendar keeps.
const HOLIDAYS_MOST: usize = 1_000;

/// The field that holds a calendar's holidays, one on each line.
pub fn calendar_day_field(code: &CalendarCode) -> String {
    format!("holiday.{code}")
}

/// A calendar's holidays as its field shows them.
fn holiday_lines(calendar: &Calendar) -> String {
    calendar
        .holidays
        .iter()
        .map(|(day, name)| format!("{day} {name}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// How many blank rows for new reasons a form shows.
pub const fn reason_rows() -> usize {
    3
}

impl Tables {
    /// The form of a new version, filled in with this one.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        for (instrument, ceiling) in &self.ceilings {
            fields.push(format!("ceiling.{}", instrument.code()), ceiling.code());
        }
        for (category, tier) in &self.tiers {
            fields.push(format!("tier.{}", category.code()), tier.code());
        }
        for (period, length) in &self.periods {
            let field = |part: &str| format!("period.{}.{part}", period.code());
            fields.push(field("count"), length.count.to_string());
            fields.push(field("unit"), length.unit.code());
            if let Some(code) = &length.calendar {
                fields.push(field("calendar"), code.as_str());
            }
        }
        for row in &self.reasons {
            fields.push(
                format!("reason.{}.word", row.code.code()),
                row.word.as_str(),
            );
            if row.offered {
                fields.push(format!("reason.{}.offered", row.code.code()), "yes");
            }
        }
        for (code, calendar) in &self.calendars {
            fields.push(calendar_day_field(code), holiday_lines(calendar));
            for day in &calendar.weekend {
                fields.push(format!("weekend.{code}"), day.code());
            }
        }
        fields.push("zone", self.zone.as_str());
        for (field, set) in [
            ("two_for_contents", self.two_for_contents),
            ("objection_stops", self.objection_stops),
        ] {
            if set {
                fields.push(field, "yes");
            }
        }
        fields
    }

    /// Reads the version that follows this one.
    ///
    /// # Errors
    /// Every fault, each beside its field; a version that changes nothing is one.
    pub fn parse(&self, fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let ceilings = Instrument::ALL
            .iter()
            .filter_map(|one| Some((*one, ceiling(&mut reader, *one)?)))
            .collect();
        let tiers = Category::ALL
            .iter()
            .filter_map(|one| {
                let field = format!("tier.{}", one.code());
                Some((*one, reader.choice(&field, "Choose how deep it lies.")?))
            })
            .collect();
        let calendars = self.calendars_of(&mut reader);
        let periods = Period::ALL
            .iter()
            .filter_map(|one| Some((*one, period(&mut reader, *one, &calendars)?)))
            .collect();
        let reasons = self.reasons_of(&mut reader);
        let zone = reader.line("zone", "Name the desk's time zone, as in Europe/Vienna.");
        if let Some(zone) = &zone
            && jiff::tz::TimeZone::get(zone.as_str()).is_err()
        {
            reader.blame(
                "zone",
                "No time zone has this name; write one like Europe/Vienna, America/New_York or UTC.",
            );
        }
        let (two_for_contents, objection_stops) = (
            reader.ticked("two_for_contents"),
            reader.ticked("objection_stops"),
        );
        let why = reader.prose("why", "Say why the tables are changed.");
        let made = zone.zip(why).map(|(zone, why)| Self {
            version: TablesVersion(self.version.0 + 1),
            why: Some(why),
            ceilings,
            tiers,
            periods,
            reasons,
            calendars,
            zone,
            two_for_contents,
            objection_stops,
        });
        let made = reader.done(made)?;
        if made.same_values(self) {
            return Err(Faults::one(
                "why",
                "Nothing differs from the version in force.",
            ));
        }
        Ok(made)
    }

    /// Whether two versions hold the same values.
    fn same_values(&self, other: &Self) -> bool {
        let plain = |tables: &Self| Self {
            version: TablesVersion(0),
            why: None,
            ..tables.clone()
        };
        plain(self) == plain(other)
    }

    fn reasons_of(&self, reader: &mut Reader<'_>) -> Vec<ReasonRow> {
        let mut rows = Vec::new();
        for row in &self.reasons {
            let field = |part: &str| format!("reason.{}.{part}", row.code.code());
            let word = reader.line(&field("word"), "Give the reason its words.");
            rows.extend(word.map(|word| ReasonRow {
                code: row.code.clone(),
                word,
                offered: reader.ticked(&field("offered")),
            }));
        }
        let fields = reader.fields();
        let mut words = fields.all("new_reason_word");
        for (place, raw) in fields.all("new_reason_code").enumerate() {
            let word = words.next().unwrap_or("");
            if raw.trim().is_empty() && word.trim().is_empty() {
                continue;
            }
            let field = format!("new_reason.{place}");
            match (ReasonCode::parse(raw), Line::parse(word)) {
                (Err(says), _) => reader.blame(&field, says),
                (_, Err(says)) => reader.blame(&field, says),
                (Ok(code), _) if rows.iter().any(|row| row.code == code) => {
                    reader.blame(&field, "This code stands in the table already.");
                }
                (Ok(code), Ok(word)) => rows.push(ReasonRow {
                    code,
                    word,
                    offered: true,
                }),
            }
        }
        rows
    }

    fn calendars_of(&self, reader: &mut Reader<'_>) -> Calendars {
        let mut calendars: Calendars = self
            .calendars
            .iter()
            .map(|(code, calendar)| {
                let read = Calendar {
                    name: calendar.name.clone(),
                    weekend: reader.choices::<Weekday>(&format!("weekend.{code}")),
                    holidays: holidays(reader, &calendar_day_field(code)),
                };
                (code.clone(), read)
            })
            .collect();
        if let Some(raw) = reader.maybe_line("new_calendar") {
            let name = reader.line("new_calendar_name", "Name the calendar's country or place.");
            match CalendarCode::parse(raw.as_str()) {
                Err(says) => reader.blame("new_calendar", says),
                Ok(code) if calendars.contains_key(&code) => {
                    reader.blame(
                        "new_calendar",
                        "This calendar stands in the tables already.",
                    );
                }
                Ok(code) => calendars.extend(name.map(|name| {
                    let usual = Calendar {
                        name,
                        weekend: [Weekday::Saturday, Weekday::Sunday].into(),
                        holidays: BTreeMap::new(),
                    };
                    (code, usual)
                })),
            }
        }
        calendars
    }
}

fn ceiling(reader: &mut Reader<'_>, instrument: Instrument) -> Option<Ceiling> {
    let field = format!("ceiling.{}", instrument.code());
    let chosen: Ceiling = reader.choice(&field, "Choose what it reaches.")?;
    // Whether an instrument discloses at all is its nature, not a number in a table: the life
    // of a case hangs on it.
    let preserves = Ceiling::Preserve;
    if (chosen == preserves) != (instrument.ceiling() == preserves) {
        reader.blame(
            &field,
            if chosen == preserves {
                "Only a preservation request or order preserves."
            } else {
                "A preservation request or order discloses nothing; that cannot be changed."
            },
        );
        return None;
    }
    Some(chosen)
}

fn period(reader: &mut Reader<'_>, period: Period, calendars: &Calendars) -> Option<Length> {
    let field = |part: &str| format!("period.{}.{part}", period.code());
    let count = reader.fields().get(&field("count")).trim().parse().ok();
    let count = count.filter(|count| (1..=COUNT_MOST).contains(count));
    if count.is_none() {
        reader.blame(
            &field("count"),
            format!("Give a whole number from 1 to {COUNT_MOST}."),
        );
    }
    let unit: Option<Unit> = reader.choice(&field("unit"), "Choose what it runs in.");
    let calendar = if unit == Some(Unit::WorkingDays) {
        let raw = reader.fields().get(&field("calendar"));
        let found = CalendarCode::parse(raw)
            .ok()
            .filter(|code| calendars.contains_key(code));
        if found.is_none() {
            reader.blame(
                &field("calendar"),
                "Working days need a calendar that stands in the tables.",
            );
        }
        found
    } else {
        None
    };
    Some(Length {
        count: count?,
        unit: unit?,
        calendar,
    })
}

fn holidays(reader: &mut Reader<'_>, field: &str) -> BTreeMap<civil::Date, Line> {
    let mut found = BTreeMap::new();
    for line in reader
        .fields()
        .get(field)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (Ok(day), Ok(name)) = (day.parse::<civil::Date>(), Line::parse(name)) else {
            reader.blame(
                field,
                format!(
                    "\u{201c}{}\u{201d} is not a day and its name, as in 2026-12-25 Christmas Day.",
                    line.chars().take(60).collect::<String>()
                ),
            );
            break;
        };
        found.insert(day, name);
    }
    if found.len() > HOLIDAYS_MOST {
        reader.blame(field, format!("At most {HOLIDAYS_MOST} holidays fit."));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(fields: Fields) -> Result<Tables, Faults> {
        Tables::delivered().parse(&fields.with("why", "The law changed."))
    }

    #[test]
    fn the_form_of_a_version_reads_back_as_the_same_values() {
        let faults = changed(Tables::delivered().fields()).unwrap_err();
        assert_eq!(
            faults.of("why"),
            Some("Nothing differs from the version in force.")
        );
    }

    #[test]
    fn a_period_that_is_changed_makes_the_next_version() {
        let fields = Tables::delivered()
            .fields()
            .with("period.epoc_answer.count", "5");
        let next = changed(fields).unwrap();
        assert_eq!(next.version, TablesVersion(1));
        assert_eq!(next.periods[&Period::EpocAnswer], Length::days(5));
    }

    #[test]
    fn working_days_need_a_calendar_of_the_tables() {
        let fields = Tables::delivered()
            .fields()
            .with("period.objection.unit", "working_days")
            .with("period.objection.calendar", "ZZ");
        assert!(
            changed(fields)
                .unwrap_err()
                .of("period.objection.calendar")
                .is_some()
        );
    }

    #[test]
    fn a_preservation_order_never_comes_to_disclose() {
        let fields = Tables::delivered()
            .fields()
            .with("ceiling.epoc_pr", "contents");
        assert!(changed(fields).unwrap_err().of("ceiling.epoc_pr").is_some());
    }

    #[test]
    fn a_reason_may_be_added_and_is_never_lost() {
        let fields = Tables::delivered()
            .fields()
            .with("new_reason_code", "sanctions")
            .with("new_reason_word", "Sanctions forbid it")
            .without("reason.vague.offered");
        let next = changed(fields).unwrap();
        assert!(
            next.offered(&ReasonCode::parse("sanctions").unwrap())
                .is_some()
        );
        assert!(next.offered(&ReasonCode::VAGUE).is_none());
        assert_eq!(next.reasons.len(), Tables::delivered().reasons.len() + 1);
    }

    #[test]
    fn a_holiday_that_is_none_is_told() {
        let fields = Tables::delivered()
            .fields()
            .with("new_calendar", "AT")
            .with("new_calendar_name", "Austria");
        // A calendar that is kept already may not be made anew; either answer names the field.
        let once = changed(fields);
        let tables = once.unwrap_or_else(|_| Tables::delivered());
        let code = tables.calendars.keys().next().unwrap();
        let fields = tables
            .fields()
            .with(calendar_day_field(code), "Christmas")
            .with("why", "w");
        assert!(
            tables
                .parse(&fields)
                .unwrap_err()
                .of(&calendar_day_field(code))
                .is_some()
        );
    }
}
