//! The gate: what must be true before anyone may approve. Source: domain, sections 1 and 3.
//!
//! Each ground and each instrument asks its [`Question`]s; the answers are the
//! [`Classification`]. [`items`] adds what no form can answer: an order on file, a requester
//! verified, categories within reach.

pub mod questions;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::{
    case::Case,
    clock,
    form::{Faults, Fields, Reader},
    ground::Ground,
    instrument::{Ceiling, Instrument},
    scope::Category,
    tables::{Tables, Terms},
    verification::{Finding, Method},
};
use questions::{Kind, Question, questions};

/// A ground, an instrument, and the answers to what they ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    pub ground: Ground,
    pub instrument: Instrument,
    /// The categories the instrument's own text names; used where it reaches what it orders.
    pub ordered: BTreeSet<Category>,
    /// Question key to answer, as validated. What is not answered yet is absent.
    pub answers: BTreeMap<String, String>,
    /// What the case is judged under, whatever the tables say later; none for a classification
    /// from before the tables had versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
}

impl Classification {
    /// Reads the form, under the `tables` in force. Questions may stay open for now: the gate says
    /// which. Answers to questions that this ground and instrument do not ask are left out.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, tables: &Tables) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let ground: Option<Ground> = reader.choice("ground", "Choose exactly one ground.");
        let instrument: Option<Instrument> = reader.choice("instrument", "Choose the instrument.");
        if let (Some(ground), Some(instrument)) = (ground, instrument)
            && instrument.ground() != ground
        {
            reader.blame(
                "instrument",
                format!(
                    "{} stands under the ground \u{201c}{}\u{201d}.",
                    instrument.with_article(),
                    instrument.ground()
                ),
            );
        }
        let ordered = reader.choices("ordered");
        let mut answers = BTreeMap::new();
        if let Some(instrument) = instrument {
            for question in questions(instrument) {
                if let Some(answer) = read(&mut reader, question) {
                    answers.insert(question.key.to_owned(), answer);
                }
            }
        }
        let made = ground.zip(instrument).map(|(ground, instrument)| Self {
            ground,
            instrument,
            ordered: if tables.ceiling(instrument) == Ceiling::AsOrdered {
                ordered
            } else {
                BTreeSet::new()
            },
            answers,
            terms: Some(tables.terms(instrument)),
        });
        reader.done(made)
    }

    /// The form, filled in again.
    pub fn fields(&self) -> Fields {
        let mut fields: Fields = self
            .answers
            .iter()
            .map(|(key, answer)| (key.clone(), answer.clone()))
            .collect();
        fields.push("ground", self.ground.code());
        fields.push("instrument", self.instrument.code());
        for category in &self.ordered {
            fields.push("ordered", category.code());
        }
        fields
    }

    /// What the case is judged under.
    pub fn terms(&self) -> Cow<'_, Terms> {
        match &self.terms {
            Some(terms) => Cow::Borrowed(terms),
            None => Cow::Owned(Terms::before(self.instrument)),
        }
    }

    /// The answer to a question, if it was given.
    pub fn answer(&self, key: &str) -> Option<&str> {
        self.answers.get(key).map(String::as_str)
    }

    /// Each question this classification asks, with its answer.
    pub fn asked(&self) -> impl Iterator<Item = (&'static Question, Option<&str>)> {
        questions(self.instrument).map(|question| (question, self.answer(question.key)))
    }
}

fn read(reader: &mut Reader<'_>, question: &Question) -> Option<String> {
    let key = question.key;
    match question.kind {
        Kind::Line => reader.maybe_line(key).map(String::from),
        Kind::Prose => reader.maybe_prose(key).map(String::from),
        Kind::Date => reader.maybe_date(key).map(|date| date.to_string()),
        Kind::Affirm | Kind::YesNo => match reader.fields().get(key) {
            "" => None,
            answer @ ("yes" | "no") => Some(answer.to_owned()),
            _ => {
                reader.blame(key, "Answer yes or no.");
                None
            }
        },
    }
}

/// One thing that must be true, and whether it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What must be true.
    pub what: String,
    pub stands: Standing,
}

/// Whether a thing that must be true is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Met,
    /// Not answered or not done yet.
    Open,
    /// Answered, and it speaks against approval; the sentence says how.
    Against(String),
}

impl Standing {
    fn when(met: bool) -> Self {
        if met { Self::Met } else { Self::Open }
    }
}

/// Everything that must be true of this case before anyone may approve, in reading order.
pub fn items(case: &Case, today: civil::Date) -> Vec<Item> {
    let Some(classification) = case.classification() else {
        return vec![Item {
            what: "The case is classified under one ground.".into(),
            stands: Standing::Open,
        }];
    };
    let mut items: Vec<Item> = classification
        .asked()
        .filter(|(question, _)| question.required)
        .map(|(question, answer)| Item {
            what: question.must.into(),
            stands: judge(question, answer),
        })
        .collect();
    if classification.ground == Ground::LegalDirective {
        items.push(Item {
            what: "The order itself is attached.".into(),
            stands: Standing::when(case.standing_orders().next().is_some()),
        });
        items.push(in_force(classification, today));
    }
    let ceiling = classification.terms().ceiling;
    if ceiling == Ceiling::Nothing {
        items.push(Item {
            what: "The instrument can be answered by us.".into(),
            stands: Standing::Against(ceiling.reach().into()),
        });
    }
    if ceiling == Ceiling::AsOrdered {
        items.push(Item {
            what: "The categories that the order's text names are told.".into(),
            stands: Standing::when(!classification.ordered.is_empty()),
        });
    }
    items.push(verified(case, classification, today));
    items
}

/// Whether every item stands: the gate is passed.
pub fn passed(items: &[Item]) -> bool {
    items.iter().all(|item| item.stands == Standing::Met)
}

fn judge(question: &Question, answer: Option<&str>) -> Standing {
    match (question.kind, answer) {
        (_, None) => Standing::Open,
        (Kind::Affirm, Some("no")) => Standing::Against(question.otherwise.into()),
        _ => Standing::Met,
    }
}

fn in_force(classification: &Classification, today: civil::Date) -> Item {
    let ends = ["expires", "execute_by"]
        .iter()
        .filter_map(|key| classification.answer(key))
        .filter_map(|raw| raw.parse::<civil::Date>().ok())
        .min();
    let begins = classification
        .answer("issued_on")
        .and_then(|raw| raw.parse::<civil::Date>().ok());
    let stands = match (begins, ends) {
        (Some(begins), _) if begins > today => {
            Standing::Against(format!("It is dated {begins}, which has not come yet."))
        }
        (_, Some(ends)) if ends < today => Standing::Against(format!("It expired on {ends}.")),
        _ => Standing::Met,
    };
    Item {
        what: "The order is in force today.".into(),
        stands,
    }
}

/// Verification gates every path to approval; an emergency needs a call-back by someone other
/// than the member who filed. Source: domain, sections 1 and 2; trust.
fn verified(case: &Case, classification: &Classification, today: civil::Date) -> Item {
    let emergency = classification.ground == Ground::Emergency;
    // Whoever was confirmed before another was put in their place is not who asks now.
    let changed = case.requester_changed().filter(|_| case.is_under_terms());
    let what = match (emergency, changed) {
        (true, _) => {
            "The requester is confirmed by a call-back, by someone other than the member who filed."
                .to_owned()
        }
        (false, None) => "The requester is verified.".to_owned(),
        (false, Some(changed)) => format!(
            "The requester is verified, after they were changed on {}.",
            clock::today(case, changed)
        ),
    };
    let filer = case.filed().map(|filed| filed.by.id);
    // Asked here too, and not only when the call is recorded: the case may be classified later.
    let counts = |done: &&crate::member::Signed<crate::verification::Verification>| {
        // When the call was made is told to the minute.
        changed.is_none_or(|changed| {
            done.at > changed && done.what.at.timestamp() >= clock::minute(changed)
        }) && (!emergency
            || (done.what.method == Method::CallBack
                && Some(done.by.id) != filer
                && !case.called_nowhere(&done.what)
                && !case.called_as_told(&done.what)))
    };
    // The last word counts: a call-back that failed outweighs an earlier one that did not.
    let stands = match case.verifications().iter().rfind(counts) {
        None => Standing::Open,
        Some(done) if done.what.finding == Finding::Confirmed => {
            match clock::confirmed_until(case, &done.what) {
                Some(until) if until < today => Standing::Against(format!(
                    "The confirmation of {} counted until {until}; verify anew.",
                    done.what.at.date()
                )),
                _ => Standing::Met,
            }
        }
        Some(done) => Standing::Against(format!(
            "{} could not confirm the requester on {}.",
            done.by.name,
            clock::day(done.at)
        )),
    };
    Item { what, stands }
}
