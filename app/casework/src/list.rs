//! The list of cases: what can be asked of it, and what a row tells. An ask has an address, so
//! that it can be sent to a colleague.

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{
    case::{Awaits, Case, CaseId, CaseNumber, Stage},
    clock::{self, ClockKind},
    form::{Choice, Fields},
    ground::Ground,
    instrument::Instrument,
    words::Line,
};

/// Rows on one page of the list.
pub const PAGE: u64 = 50;
/// Most matches of a text search that are then filtered and sorted; the page says so when there
/// were more. A search's cost is bounded by this, not by the number of cases.
pub const MATCHES_MOST: u64 = 500;

crate::choice! {
    /// The order of the list.
    Sort {
        /// The earliest deadline first; cases without one last.
        Due = "due", "Due first";
        Newest = "newest", "Newest first";
        Oldest = "oldest", "Oldest first";
        Changed = "changed", "Last changed first";
    }
}

crate::choice! {
    /// How near the deadline is.
    DueWithin {
        Late = "late", "Late";
        Day = "day", "Today";
        ThreeDays = "three_days", "Within three days";
    }
}

/// What is asked of the list; everything left out does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Text search, as typed.
    pub text: String,
    pub stage: Option<Stage>,
    pub ground: Option<Ground>,
    pub instrument: Option<Instrument>,
    /// Whose turn it is: [`Awaits::Staff`] also finds [`Awaits::Both`], and so for managers.
    pub awaits: Option<Awaits>,
    pub due: Option<DueWithin>,
    pub sort: Option<Sort>,
    /// Where the page before ended, as [`Page::next`] gave it.
    pub after: Option<String>,
}

impl Ask {
    /// Reads an address's query. What it does not understand does not narrow the list.
    pub fn parse(query: &Fields) -> Self {
        fn choice<C: Choice>(query: &Fields, name: &str) -> Option<C> {
            C::all()
                .iter()
                .copied()
                .find(|one| one.code() == query.get(name))
        }
        Self {
            text: query
                .get("q")
                .chars()
                .take(200)
                .collect::<String>()
                .trim()
                .to_owned(),
            stage: choice(query, "stage"),
            ground: choice(query, "ground"),
            instrument: choice(query, "instrument"),
            awaits: choice(query, "awaits"),
            due: choice(query, "due"),
            sort: choice(query, "sort"),
            after: Some(query.get("after").to_owned()).filter(|after| !after.is_empty()),
        }
    }

    /// The query of its address, as name and value; [`Self::parse`] reads it back.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let chosen = [
            ("stage", self.stage.map(Stage::code)),
            ("ground", self.ground.map(Ground::code)),
            ("instrument", self.instrument.map(Instrument::code)),
            ("awaits", self.awaits.map(Awaits::code)),
            ("due", self.due.map(DueWithin::code)),
            ("sort", self.sort.map(Sort::code)),
        ];
        let mut query: Vec<_> = Some(("q", self.text.clone()))
            .filter(|_| !self.text.is_empty())
            .into_iter()
            .collect();
        query.extend(
            chosen
                .into_iter()
                .filter_map(|(name, code)| Some((name, code?.to_owned()))),
        );
        query.extend(self.after.clone().map(|after| ("after", after)));
        query
    }

    /// Whether anything narrows the list.
    pub fn narrows(&self) -> bool {
        let Self {
            text,
            stage,
            ground,
            instrument,
            awaits,
            due,
            sort: _,
            after: _,
        } = self;
        !text.is_empty()
            || stage.is_some()
            || ground.is_some()
            || instrument.is_some()
            || awaits.is_some()
            || due.is_some()
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: CaseId,
    pub number: CaseNumber,
    pub stage: Stage,
    pub ground: Option<Ground>,
    pub instrument: Option<Instrument>,
    /// Authority, firm or company; a draft may not say yet.
    pub authority: Option<Line>,
    /// The requester's own reference.
    pub reference: Option<Line>,
    /// The first thing that identifies the subject.
    pub subject: Option<Line>,
    /// The day it came in, in its own zone.
    pub received: Option<civil::Date>,
    pub due: Option<Timestamp>,
    pub due_kind: Option<ClockKind>,
    pub awaits: Awaits,
    pub changed_at: Timestamp,
    /// A test order.
    pub test: bool,
}

impl Card {
    /// The row of a case; `None` for one to which nothing has happened.
    pub fn of(case: &Case) -> Option<Self> {
        let next = clock::next(case);
        let typed = |name: &str| Line::parse(case.fields().get(name)).ok();
        Some(Self {
            id: case.id(),
            number: case.number(),
            stage: case.stage(),
            ground: case.ground(),
            instrument: case
                .classification()
                .map(|classification| classification.instrument),
            authority: typed("authority"),
            reference: typed("reference"),
            subject: case
                .fields()
                .all("identifier_value")
                .find_map(|value| Line::parse(value).ok()),
            received: case.request().map(|request| request.received.date()),
            due: next.as_ref().and_then(|clock| clock.ends),
            due_kind: next.map(|clock| clock.kind),
            awaits: case.awaits(),
            changed_at: case.changed_at()?,
            test: case.fields().has("test", "yes"),
        })
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub cards: Vec<Card>,
    /// What to ask `after` for the page that follows; none on the last.
    pub next: Option<String>,
    /// The text search found more than [`MATCHES_MOST`] cases; only the newest were looked at.
    pub cut: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ask_reads_its_own_address() {
        let ask = Ask {
            text: "roe".into(),
            stage: Some(Stage::InReview),
            ground: None,
            instrument: Some(Instrument::Epoc),
            awaits: Some(Awaits::Manager),
            due: Some(DueWithin::Late),
            sort: Some(Sort::Changed),
            after: Some("17".into()),
        };
        assert_eq!(Ask::parse(&ask.query().into_iter().collect()), ask);
    }

    #[test]
    fn a_hostile_address_narrows_nothing() {
        let query: Fields = [("stage", "'; drop table"), ("sort", "zz")]
            .into_iter()
            .collect();
        assert_eq!(Ask::parse(&query), Ask::default());
    }
}
