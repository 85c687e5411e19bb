//! The schema of `case.json` and the lists of the domain say the same.

use casework::case::Stage;
use casework::decision::ReviewFinding;
use casework::disclosure::{Answer, Means, NoticeOutcome};
use casework::ground::Ground;
use casework::instrument::Instrument;
use casework::member::Role;
use casework::request::{Channel, IdentifierKind, RequesterKind};
use casework::scope::Category;
use casework::verification::{Finding, Method};
use serde_json::Value;

#[test]
fn every_choice_of_the_domain_is_in_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../schema/record-v2.schema.json")).unwrap();
    macro_rules! hold {
        ($($name:literal $choice:ty),+ $(,)?) => {$(
            let listed: Vec<&str> = schema["$defs"][$name]["enum"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let known: Vec<&str> = <$choice>::ALL.iter().map(|one| one.code()).collect();
            assert_eq!(listed, known, "{}", $name);
        )+};
    }
    hold! {
        "role" Role,
        "stage" Stage,
        "ground" Ground,
        "instrument" Instrument,
        "category" Category,
        "requester_kind" RequesterKind,
        "channel" Channel,
        "identifier_kind" IdentifierKind,
        "method" Method,
        "finding" Finding,
        "review_finding" ReviewFinding,
        "answer" Answer,
        "means" Means,
        "notice" NoticeOutcome,
    }
}
