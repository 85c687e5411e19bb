//! The tables that cases are judged by: what each instrument reaches, how deep each category
//! lies, how long each period is, the reasons that may be given, and the calendars.
//!
//! They are data with versions, edited by an administrator; each version is sealed in the ledger.
//! The law: **a case keeps the values it was judged under.** Classifying takes the slice that
//! concerns the case, its [`Terms`], into the event itself, so that a later version changes no
//! case and a history replays without the tables.

mod changes;
mod parse;
mod period;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{CalendarCode, Calendars, Length},
    instrument::{Ceiling, Instrument},
    reason::{DELIVERED, ReasonCode},
    scope::{Category, Tier},
    words::{Line, Reasons},
};

pub use changes::Change;
pub use parse::{calendar_day_field, reason_rows};
pub use period::Period;

/// The number of a version of the tables; 0 is what the desk was delivered with.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TablesVersion(pub u32);

impl std::fmt::Display for TablesVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "version {}", self.0)
    }
}

/// A reason that may be given for rejecting or narrowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    pub code: ReasonCode,
    pub word: Line,
    /// Whether decisions may still give it; a code is never removed, because decisions name it.
    pub offered: bool,
}

/// One version of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    pub version: TablesVersion,
    /// Why it was made; none for what the desk was delivered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Reasons>,
    pub ceilings: BTreeMap<Instrument, Ceiling>,
    pub tiers: BTreeMap<Category, Tier>,
    pub periods: BTreeMap<Period, Length>,
    pub reasons: Vec<ReasonRow>,
    pub calendars: Calendars,
    /// The desk's own time zone, as IANA names it: what "today" means here.
    pub zone: Line,
    /// Whether contents of communications need a second manager before they leave the house.
    pub two_for_contents: bool,
    /// Whether nothing is produced while the subject may still object, or has objected.
    pub objection_stops: bool,
}

/// What one case is judged under: the slice of the tables that concerns its instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub tables: TablesVersion,
    pub ceiling: Ceiling,
    pub tiers: BTreeMap<Category, Tier>,
    pub periods: BTreeMap<Period, Length>,
    /// Only the calendars that a period names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: Calendars,
    pub zone: Line,
    pub two_for_contents: bool,
    pub objection_stops: bool,
}

impl Tables {
    /// What the desk is delivered with. Source: domain, sections 3 to 5.
    pub fn delivered() -> Self {
        let word = |word: &str| {
            Line::parse(word).unwrap_or_else(|_| unreachable!("the domain's words are lines"))
        };
        Self {
            version: TablesVersion(0),
            why: None,
            ceilings: Instrument::ALL
                .iter()
                .map(|one| (*one, one.ceiling()))
                .collect(),
            tiers: Category::ALL.iter().map(|one| (*one, one.tier())).collect(),
            periods: Period::ALL
                .iter()
                .map(|one| (*one, one.delivered()))
                .collect(),
            reasons: DELIVERED
                .iter()
                .filter_map(|(code, said)| {
                    Some(ReasonRow {
                        code: ReasonCode::parse(code).ok()?,
                        word: word(said),
                        offered: true,
                    })
                })
                .collect(),
            calendars: crate::calendar::kept(),
            zone: word("UTC"),
            two_for_contents: true,
            objection_stops: true,
        }
    }

    /// What an instrument reaches by this version.
    pub fn ceiling(&self, instrument: Instrument) -> Ceiling {
        self.ceilings
            .get(&instrument)
            .copied()
            .unwrap_or_else(|| instrument.ceiling())
    }

    /// The reason with this code, if decisions may give it.
    pub fn offered(&self, code: &ReasonCode) -> Option<&ReasonRow> {
        self.reasons
            .iter()
            .find(|row| row.offered && row.code == *code)
    }

    /// The slice that a case with this instrument is judged under.
    pub fn terms(&self, instrument: Instrument) -> Terms {
        let periods: BTreeMap<Period, Length> = self
            .periods
            .iter()
            .filter(|(period, _)| period.concerns(instrument))
            .map(|(period, length)| (*period, length.clone()))
            .collect();
        let named: Vec<&CalendarCode> = periods
            .values()
            .filter_map(|length| length.calendar.as_ref())
            .collect();
        Terms {
            tables: self.version,
            ceiling: self.ceiling(instrument),
            tiers: self.tiers.clone(),
            calendars: self
                .calendars
                .iter()
                .filter(|(code, _)| named.contains(code))
                .map(|(code, calendar)| (code.clone(), calendar.clone()))
                .collect(),
            periods,
            zone: self.zone.clone(),
            two_for_contents: self.two_for_contents,
            objection_stops: self.objection_stops,
        }
    }
}

impl Period {
    /// Whether cases with this instrument are judged by it.
    pub const fn concerns(self, instrument: Instrument) -> bool {
        match self {
            Self::EpocAnswer | Self::EpocEmergency => matches!(instrument, Instrument::Epoc),
            Self::EuPreservation | Self::EuPreservationRenewal => {
                matches!(instrument, Instrument::EpocPr | Instrument::Epoc)
            }
            Self::UsPreservation | Self::UsPreservationRenewal => {
                !matches!(instrument, Instrument::EpocPr | Instrument::Epoc)
            }
            Self::EmergencyRelease | Self::EmergencyReview | Self::FormalProcess => {
                matches!(instrument, Instrument::EmergencyRequest)
            }
            Self::PreservationNotice => matches!(
                instrument,
                Instrument::PreservationRequest | Instrument::EpocPr
            ),
            Self::CourtOrderAnswer => matches!(instrument, Instrument::OtherCourtOrder),
            Self::CivilObjection => matches!(instrument, Instrument::CivilSubpoena),
            Self::DelayedNotice | Self::GagMost | Self::Objection | Self::VerificationHolds => true,
        }
    }
}

impl Terms {
    /// What cases were judged under before tables had versions: the delivered ceilings and
    /// periods, and none of the rules that came with the tables.
    pub fn before(instrument: Instrument) -> Self {
        Self {
            two_for_contents: false,
            objection_stops: false,
            ..Tables::delivered().terms(instrument)
        }
    }

    /// How long a period is for this case.
    pub fn period(&self, period: Period) -> Length {
        self.periods
            .get(&period)
            .cloned()
            .unwrap_or_else(|| period.delivered())
    }

    /// How deep a category lies for this case.
    pub fn tier(&self, category: Category) -> Tier {
        self.tiers
            .get(&category)
            .copied()
            .unwrap_or_else(|| category.tier())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_delivered_reason_has_its_row() {
        assert_eq!(Tables::delivered().reasons.len(), DELIVERED.len());
    }

    #[test]
    fn terms_keep_their_values_when_the_tables_change() {
        let mut tables = Tables::delivered();
        let before = tables.terms(Instrument::Epoc);
        tables.periods.insert(Period::EpocAnswer, Length::days(3));
        tables
            .ceilings
            .insert(Instrument::Epoc, Ceiling::Tier(Tier::Subscriber));
        assert_eq!(before.period(Period::EpocAnswer), Length::days(10));
        assert_eq!(before.ceiling, Ceiling::AsOrdered);
    }

    #[test]
    fn terms_read_what_they_print() {
        for instrument in Instrument::ALL {
            let terms = Tables::delivered().terms(*instrument);
            let json = serde_json::to_string(&terms).unwrap();
            assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), terms);
        }
    }
}
