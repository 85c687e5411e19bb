//! What a form sent, exactly as typed, and how to read it without losing any of it.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use jiff::{ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::words::{Blame, Line, Prose};

/// A closed list of the domain, as forms offer it.
pub trait Choice: Copy + PartialEq + 'static {
    /// Every choice, in order.
    fn all() -> &'static [Self];
    /// The stable code a form sends.
    fn code(self) -> &'static str;
    /// The word a person reads.
    fn word(self) -> &'static str;
}

/// The fields of a form as typed: a name may come several times. Blank values are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// No field at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first value of a field, or nothing typed.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|all| all.first())
            .map_or("", String::as_str)
    }

    /// Every value of a field, in the order sent.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Whether one of the field's values is this one: a ticked box, a chosen radio.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|one| one == value)
    }

    /// Adds a value, also a blank one: rows of a form stay aligned.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// Replaces all values of a field by one.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), vec![value.into()]);
        self
    }

    /// Leaves a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// Only the fields whose name is wanted: what a draft keeps.
    #[must_use]
    pub fn only(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|name, _| wanted(name));
        self
    }

    /// Name and value of every field, names in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .flat_map(|(name, all)| all.iter().map(move |one| (name.as_str(), one.as_str())))
    }

    /// How many characters were typed in all.
    pub fn weight(&self) -> usize {
        self.pairs()
            .map(|(name, value)| name.len() + value.chars().count())
            .sum()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut fields = Self::new();
        for (name, value) in pairs {
            fields.push(name, value);
        }
        fields
    }
}

/// One fault of a form, told beside its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field's name, as in the form.
    pub field: String,
    /// What is wrong and what to do, in a sentence.
    pub says: String,
}

/// Every fault of a form at once, so that nobody mends them one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// One fault.
    pub fn one(field: &str, says: impl Into<String>) -> Self {
        Self(vec![Fault {
            field: field.into(),
            says: says.into(),
        }])
    }

    /// What is wrong with this field, if anything is.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| fault.says.as_str())
    }

    /// Whether the form has no fault.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads a form field by field and gathers every fault on the way.
#[derive(Debug)]
pub struct Reader<'a> {
    fields: &'a Fields,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Starts to read.
    pub fn new(fields: &'a Fields) -> Self {
        Self {
            fields,
            faults: Vec::new(),
        }
    }

    /// The form being read.
    pub fn fields(&self) -> &'a Fields {
        self.fields
    }

    /// Notes a fault.
    pub fn blame(&mut self, field: &str, says: impl Display) {
        self.faults.push(Fault {
            field: field.into(),
            says: says.to_string(),
        });
    }

    /// What was read, unless there was a fault. `None` where `made` is missing a part.
    ///
    /// # Errors
    /// All the faults.
    pub fn done<T>(self, made: Option<T>) -> Result<T, Faults> {
        match made {
            Some(made) if self.faults.is_empty() => Ok(made),
            _ => Err(Faults(self.faults)),
        }
    }

    /// A line that may be left out.
    pub fn maybe_line(&mut self, field: &str) -> Option<Line> {
        self.text(field, Line::parse)
    }

    /// A line that must be there; `missing` says what to type.
    pub fn line(&mut self, field: &str, missing: &str) -> Option<Line> {
        self.must(field, missing, Self::maybe_line)
    }

    /// A passage that may be left out.
    pub fn maybe_prose(&mut self, field: &str) -> Option<Prose> {
        self.text(field, Prose::parse)
    }

    /// A passage that must be there; `missing` says what to type.
    pub fn prose(&mut self, field: &str, missing: &str) -> Option<Prose> {
        self.must(field, missing, Self::maybe_prose)
    }

    /// A calendar date (`2026-03-31`) that may be left out.
    pub fn maybe_date(&mut self, field: &str) -> Option<civil::Date> {
        self.parsed(
            field,
            "This is not a date; write it as year-month-day, as in 2026-03-31.",
        )
    }

    /// A time of day (`17:00`) that may be left out.
    pub fn maybe_time(&mut self, field: &str) -> Option<civil::Time> {
        self.parsed(
            field,
            "This is not a time of day; write it as hours and minutes, as in 17:00.",
        )
    }

    /// A local date and time (`2026-03-31T17:00`) in the zone that another field names.
    pub fn moment(
        &mut self,
        field: &str,
        zone_field: &str,
        missing: &str,
    ) -> Option<ZonedDateTime> {
        let zone_name = self.line(
            zone_field,
            "Name the time zone, as in Europe/Vienna or UTC.",
        );
        let local = self.must(field, missing, |reader, field| {
            reader.parsed::<civil::DateTime>(
                field,
                "This is not a date and time; write it as in 2026-03-31 17:00.",
            )
        });
        let (zone_name, local) = (zone_name?, local?);
        let Ok(zone) = jiff::tz::TimeZone::get(zone_name.as_str()) else {
            self.blame(
                zone_field,
                "No time zone has this name; write one like Europe/Vienna, America/New_York or UTC.",
            );
            return None;
        };
        // An hour that a change of clocks skipped or repeated is a question, not a guess.
        let moment = zone.into_ambiguous_zoned_datetime(local).unambiguous().ok();
        if moment.is_none() {
            self.blame(
                field,
                "The clocks changed in this hour, so it did not happen or happened twice; give the time in UTC.",
            );
        }
        moment
    }

    /// One of a closed list that may be left out.
    pub fn maybe_choice<C: Choice>(&mut self, field: &str) -> Option<C> {
        let code = self.fields.get(field).trim();
        if code.is_empty() {
            return None;
        }
        let found = C::all().iter().copied().find(|one| one.code() == code);
        if found.is_none() {
            self.blame(field, "This is not one of the choices.");
        }
        found
    }

    /// One of a closed list that must be chosen.
    pub fn choice<C: Choice>(&mut self, field: &str, missing: &str) -> Option<C> {
        self.must(field, missing, Self::maybe_choice)
    }

    /// All ticked of a closed list.
    pub fn choices<C: Choice + Ord>(&mut self, field: &str) -> std::collections::BTreeSet<C> {
        let mut found = std::collections::BTreeSet::new();
        for code in self
            .fields
            .all(field)
            .filter(|code| !code.trim().is_empty())
        {
            match C::all().iter().copied().find(|one| one.code() == code) {
                Some(one) => {
                    found.insert(one);
                }
                None => self.blame(field, "One of these is not a choice."),
            }
        }
        found
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, field: &str) -> bool {
        self.fields.has(field, "yes")
    }

    fn text<T>(&mut self, field: &str, parse: fn(&str) -> Result<T, Blame>) -> Option<T> {
        match parse(self.fields.get(field)) {
            Ok(text) => Some(text),
            Err(Blame::Blank) => None,
            Err(blame) => {
                self.blame(field, blame);
                None
            }
        }
    }

    fn parsed<T: FromStr>(&mut self, field: &str, otherwise: &str) -> Option<T> {
        let raw = self.fields.get(field).trim();
        if raw.is_empty() {
            return None;
        }
        let read = raw.parse().ok();
        if read.is_none() {
            self.blame(field, otherwise);
        }
        read
    }

    fn must<T>(
        &mut self,
        field: &str,
        missing: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let before = self.faults.len();
        let found = read(self, field);
        if found.is_none() && self.faults.len() == before {
            self.blame(field, missing);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_once() {
        let fields = Fields::new().with("due", "tomorrow");
        let mut reader = Reader::new(&fields);
        let who = reader.line("who", "Say who asks.");
        reader.maybe_date("due");
        let faults = reader.done(who).unwrap_err();
        assert_eq!(faults.of("who"), Some("Say who asks."));
        assert!(
            faults
                .of("due")
                .is_some_and(|says| says.contains("2026-03-31"))
        );
    }

    #[test]
    fn an_hour_the_clocks_skipped_is_refused() {
        let fields = Fields::new()
            .with("at", "2026-03-29T02:30")
            .with("zone", "Europe/Vienna");
        let mut reader = Reader::new(&fields);
        assert!(reader.moment("at", "zone", "When?").is_none());
        assert!(reader.done(Some(())).unwrap_err().of("at").is_some());
    }

    #[test]
    fn a_moment_keeps_its_zone() {
        let fields = Fields::new()
            .with("at", "2026-07-01T09:15")
            .with("zone", "America/New_York");
        let moment = Reader::new(&fields).moment("at", "zone", "When?").unwrap();
        assert_eq!(
            moment.to_string(),
            "2026-07-01T09:15:00-04:00[America/New_York]"
        );
    }
}
