//! The schema of `case.json` and the lists of the domain say the same.

use casework::calendar::{Unit, Weekday};
use casework::case::Stage;
use casework::clock::ClockKind;
use casework::decision::ReviewFinding;
use casework::disclosure::{Answer, Means, NoticeOutcome};
use casework::ground::Ground;
use casework::held::Holding;
use casework::hold::Renews;
use casework::instrument::{Ceiling, Instrument};
use casework::letter::LetterKind;
use casework::member::Role;
use casework::notice::{NoticeMeans, SettlementFinding, WhyUntold};
use casework::reason::DELIVERED;
use casework::request::{Channel, IdentifierKind, RequesterKind};
use casework::scope::{Category, Tier};
use casework::tables::Period;
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
        "why_untold" WhyUntold,
        "unit" Unit,
        "weekday" Weekday,
        "tier" Tier,
        "ceiling" Ceiling,
        "period" Period,
        "clock" ClockKind,
        "holding" Holding,
        "renews" Renews,
        "notice_means" NoticeMeans,
        "settlement_finding" SettlementFinding,
        "letter_kind" LetterKind,
    }
}

#[test]
fn a_reason_is_a_code_of_the_desks_own_and_the_delivered_ones_are_such() {
    let schema: Value =
        serde_json::from_str(include_str!("../../schema/record-v2.schema.json")).unwrap();
    let reason = &schema["$defs"]["reason"];
    assert_eq!(reason["pattern"], "^[a-z0-9_]{1,60}$");
    for (code, _) in DELIVERED {
        assert!((1..=60).contains(&code.len()), "{code}");
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{code}"
        );
    }
}
