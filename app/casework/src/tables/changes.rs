//! What differs between two versions of the tables, line by line.

use std::collections::BTreeMap;

use super::Tables;

/// One line of the tables that differs: what it is about, what it said, what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub of: String,
    /// None where the line is new.
    pub was: Option<String>,
    /// None where the line is gone.
    pub is: Option<String>,
}

impl Tables {
    /// What this version changed of the one before, in the order of the tables.
    pub fn changes_of(&self, before: &Self) -> Vec<Change> {
        let (old, new) = (before.lines(), self.lines());
        let was: BTreeMap<&str, &str> = old.iter().map(|(of, says)| (&**of, &**says)).collect();
        let is: BTreeMap<&str, &str> = new.iter().map(|(of, says)| (&**of, &**says)).collect();
        let gone = old.iter().filter(|(of, _)| !is.contains_key(&**of));
        new.iter()
            .chain(gone)
            .filter_map(|(of, _)| {
                let (was, is) = (was.get(&**of), is.get(&**of));
                let said = |line: Option<&&str>| line.map(|line| (*line).to_owned());
                (was != is).then(|| Change {
                    of: of.clone(),
                    was: said(was),
                    is: said(is),
                })
            })
            .collect()
    }

    /// Every line, under what it is about.
    fn lines(&self) -> Vec<(String, String)> {
        let yes_no = |set: bool| if set { "Yes" } else { "No" }.to_owned();
        let mut lines = Vec::new();
        for (instrument, ceiling) in &self.ceilings {
            lines.push((instrument.word().into(), ceiling.reach().into()));
        }
        for (category, tier) in &self.tiers {
            lines.push((category.word().into(), tier.word().into()));
        }
        for (period, length) in &self.periods {
            lines.push((period.word().into(), length.to_string()));
        }
        for row in &self.reasons {
            let offered = if row.offered {
                ""
            } else {
                " (no longer offered)"
            };
            lines.push((
                format!("Reason {}", row.code.code()),
                format!("{}{offered}", row.word),
            ));
        }
        for (code, calendar) in &self.calendars {
            let weekend: Vec<_> = calendar.weekend.iter().map(|day| day.word()).collect();
            lines.push((format!("Weekend, {code}"), weekend.join(", ")));
            for (day, name) in &calendar.holidays {
                lines.push((format!("Holiday {day}, {code}"), name.to_string()));
            }
        }
        lines.push(("The desk's time zone".into(), self.zone.to_string()));
        lines.push((
            "Two managers where contents are granted".into(),
            yes_no(self.two_for_contents),
        ));
        lines.push((
            "An objection stops production".into(),
            yes_no(self.objection_stops),
        ));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::Length,
        tables::{Period, TablesVersion},
    };

    #[test]
    fn only_what_differs_is_told() {
        let before = Tables::delivered();
        assert_eq!(before.changes_of(&before), []);
        let mut after = Tables {
            version: TablesVersion(1),
            ..before.clone()
        };
        after.periods.insert(Period::Objection, Length::days(14));
        after.objection_stops = false;
        let changes = after.changes_of(&before);
        let told: Vec<_> = changes
            .iter()
            .map(|one| (one.was.as_deref(), one.is.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (Some("7 calendar days"), Some("14 calendar days")),
                (Some("Yes"), Some("No"))
            ]
        );
    }

    #[test]
    fn a_holiday_taken_out_is_told_too() {
        let before = Tables::delivered();
        let mut after = before.clone();
        let code = after
            .calendars
            .iter()
            .find(|(_, one)| !one.holidays.is_empty())
            .map(|(code, _)| code.clone())
            .unwrap();
        let first = after.calendars.get_mut(&code).unwrap().holidays.pop_first();
        let changes = after.changes_of(&before);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].was, first.map(|(_, name)| name.to_string()));
        assert_eq!(changes[0].is, None);
    }
}
