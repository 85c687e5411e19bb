//! The law of the case as every verifier must read it: the vectors that the second one, in another
//! language, is held to as well.

use casework::{
    calendar::{Calendars, Length, Paused, ending},
    case::{Case, Event},
    phone::same_number,
    words::Reasons,
};
use jiff::{Timestamp, ZonedDateTime};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::cases;

#[derive(Deserialize)]
struct Life {
    name: String,
    /// The versions of the case that the rules refuse.
    broken: Vec<u32>,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Span {
    from: Timestamp,
    until: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Period {
    name: String,
    start: ZonedDateTime,
    length: Length,
    calendars: Calendars,
    pauses: Vec<Span>,
    ends: Option<Timestamp>,
}

fn read<T: for<'de> Deserialize<'de>>(case: Value) -> T {
    serde_json::from_value(case).unwrap()
}

#[test]
fn each_life_breaks_the_rules_where_it_should_and_nowhere_else() {
    let mut wrong = Vec::new();
    for case in cases("lives.json") {
        let life: Life = read(case);
        let first = &life.events[0];
        let mut case = Case::new(first.case, first.number);
        let mut broken = Vec::new();
        let mut says = String::new();
        for event in &life.events {
            match case.take(event.step.clone(), &event.by, event.at) {
                Ok(taken) => assert_eq!(&taken, event, "{}", life.name),
                Err(refusal) => {
                    broken.push(event.version);
                    says = refusal.to_string();
                }
            }
            case = case.after(event);
        }
        if broken != life.broken {
            wrong.push(format!("{}: {broken:?} {says}", life.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn periods_end_when_they_should() {
    for case in cases("periods.json") {
        let period: Period = read(case);
        let pauses: Vec<Paused> = period
            .pauses
            .iter()
            .map(|pause| Paused {
                from: pause.from,
                until: pause.until,
                reasons: Reasons::parse("We asked which account.").unwrap(),
            })
            .collect();
        let calendar = period.length.calendar.as_ref();
        let ended = ending(
            period.start.timestamp(),
            period.start.time_zone(),
            &period.length,
            calendar.and_then(|code| period.calendars.get(code)),
            &pauses,
        );
        assert_eq!(ended.at, period.ends, "{}: {:?}", period.name, ended.how);
    }
}

#[test]
fn telephone_numbers_are_the_same_when_they_should_be() {
    for case in cases("numbers.json") {
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        let same = same_number(&text("one"), &text("other"));
        assert_eq!(Some(same), case["same"].as_bool(), "{}", text("name"));
    }
}
