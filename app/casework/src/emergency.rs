//! The fast lane: an emergency filed and classified from one short form, and what is asked of it
//! afterwards. Source: domain, sections 1, 2 and 4.
//!
//! What the form does not ask has a default that is true of every emergency call: it came in just
//! now, to the company, and cites no order. What the gate asks beyond it (how the data averts the
//! danger, why ordinary process is too slow) may follow before a manager is asked.

use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    gate::Classification,
    ground::Ground,
    instrument::Instrument,
    request::{FIELDS, Request},
    tables::Tables,
    words::Reasons,
};

/// The fields without which an emergency cannot be filed: the ones a caller can answer at once.
pub const REQUIRED: &[&str] = &[
    "authority",
    "person",
    "phone",
    "identifier_value",
    "categories",
    "who",
    "danger",
    "by_when",
];

/// What the form offers beside them.
pub const OPTIONAL: &[&str] = &[
    "requester_kind",
    "country",
    "email",
    "reference",
    "channel",
    "identifier_kind",
    "received",
    "received_zone",
    "averts",
    "too_slow",
];

/// A request and its classification, both ready to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub fields: Fields,
    pub classification: Classification,
}

/// Reads the form of the fast lane; `organisation` is whom it is addressed to.
///
/// # Errors
/// Every fault, each beside its field.
pub fn parse(
    typed: &Fields,
    organisation: &str,
    now: Timestamp,
    tables: &Tables,
) -> Result<Filed, Faults> {
    let mut reader = Reader::new(typed);
    let _ = reader.line(
        "phone",
        "Give the number they call from or name; it is not the one you call back.",
    );
    let _ = reader.prose(
        "who",
        "Say who is in danger; what is known of them will do.",
    );
    let _ = reader.prose("danger", "Say of what, and how it is known.");
    let _ = reader.line(
        "by_when",
        "Say by when the harm is feared; write \"now\" if it is now.",
    );
    let mut faults = reader.done(Some(())).err().unwrap_or_default().0;
    let mut fields = typed.clone().only(|name| FIELDS.contains(&name));
    let here = now
        .in_tz(tables.zone.as_str())
        .unwrap_or_else(|_| now.to_zoned_datetime(jiff::tz::TimeZone::UTC));
    for (name, usual) in [
        ("requester_kind", "police"),
        ("channel", "telephone"),
        ("country", "Not told"),
        ("received", &minute(&here)),
        ("received_zone", tables.zone.as_str()),
        ("served_entity", organisation),
        ("asks", typed.get("danger")),
        ("legal_basis", "None cited."),
    ] {
        if fields.get(name).trim().is_empty() && !usual.trim().is_empty() {
            fields = fields.with(name, usual);
        }
    }
    if let Err(more) = Request::parse(&fields, now) {
        // What stands for the danger is asked by the danger's own field.
        faults.extend(more.0.into_iter().filter(|fault| fault.field != "asks"));
    }
    let classified = typed
        .clone()
        .with("ground", Ground::Emergency.code())
        .with("instrument", Instrument::EmergencyRequest.code());
    match Classification::parse(&classified, tables) {
        Ok(classification) if faults.is_empty() => Ok(Filed {
            fields,
            classification,
        }),
        Ok(_) => Err(Faults(faults)),
        Err(more) => {
            faults.extend(more.0);
            Err(Faults(faults))
        }
    }
}

/// The minute, as a form takes it.
fn minute(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Whether formal process ever arrived after an emergency release: asked at thirty days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub arrived: bool,
    /// Which order it was, or what was done about its absence.
    pub reasons: Reasons,
}

impl Process {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let arrived = match fields.get("arrived") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                reader.blame("arrived", "Say whether formal process arrived.");
                None
            }
        };
        let reasons = reader.prose(
            "reasons",
            "Name the order that arrived, or say what was done about its absence.",
        );
        let made = arrived
            .zip(reasons)
            .map(|(arrived, reasons)| Self { arrived, reasons });
        reader.done(made)
    }
}

/// The period of the data that an emergency release covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: jiff::civil::Date,
    pub until: jiff::civil::Date,
}

impl Span {
    /// Reads `span_from` and `span_until`; `None` where neither is given.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let from = reader.maybe_date("span_from");
        let until = reader.maybe_date("span_until");
        match (from, until) {
            (Some(from), Some(until)) if until < from => {
                reader.blame("span_until", "The last day lies before the first.");
                None
            }
            (Some(from), Some(until)) => Some(Self { from, until }),
            (Some(_), None) => {
                reader.blame("span_until", "Give the last day of the data released.");
                None
            }
            (None, Some(_)) => {
                reader.blame("span_from", "Give the first day of the data released.");
                None
            }
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Fields {
        [
            ("authority", "Lakeside Police Department"),
            ("person", "Sgt. Holt"),
            ("phone", "+1 555 0100"),
            ("identifier_value", "sam@subject.example"),
            ("categories", "ip_history"),
            ("who", "A girl of fifteen, name unknown"),
            (
                "danger",
                "She announced to kill herself tonight in a public chat.",
            ),
            ("by_when", "tonight"),
        ]
        .into_iter()
        .collect()
    }

    fn now() -> Timestamp {
        "2026-03-02T22:10:00Z".parse().unwrap()
    }

    #[test]
    fn eight_answers_file_an_emergency() {
        let filed = parse(&call(), "Example Ltd", now(), &Tables::delivered()).unwrap();
        assert!(Request::parse(&filed.fields, now()).is_ok());
        assert_eq!(filed.classification.ground, Ground::Emergency);
        assert_eq!(REQUIRED.len(), 8);
    }

    #[test]
    fn each_of_the_eight_is_missed_beside_its_field() {
        for name in REQUIRED {
            let faults = parse(
                &call().without(name),
                "Example Ltd",
                now(),
                &Tables::delivered(),
            )
            .unwrap_err();
            let field = if *name == "identifier_value" {
                "identifier.0"
            } else {
                name
            };
            assert!(faults.of(field).is_some(), "{name}: {faults:?}");
        }
    }
}
