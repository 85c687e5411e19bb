//! Editions in which texts are left out, and texts that are shown later.

use std::collections::BTreeSet;

use casework::dossier::Dossier;
use verifier::{Held, Verdict};

use crate::desk::{closed, holding, judged, record, says};

const PLACE: &str = "fields/person/0";

fn redacted() -> (Dossier, Dossier) {
    let full = closed().dossier();
    let places = BTreeSet::from([PLACE.to_owned()]);
    let redacted = full.redacted(&places).unwrap();
    (full, redacted)
}

fn unmasking(full: &Dossier, value: Option<&str>) -> String {
    let sealed = &full.ledger.entries[0];
    let texts = sealed.open().unwrap().opened.texts;
    let (_, opening) = texts.iter().find(|(place, _)| place == PLACE).unwrap();
    let told = serde_json::to_value(opening).unwrap();
    serde_json::json!({
        "format": "disclosure-desk/unmasking/v1",
        "openings": [{
            "seq": sealed.seq,
            "place": PLACE,
            "salt": told["salt"],
            "value": value.unwrap_or(&opening.value),
        }],
    })
    .to_string()
}

#[test]
fn what_is_left_out_is_nowhere_and_the_rest_is_proven() {
    let (full, redacted) = redacted();
    let report = judged(&record(&redacted), &holding(&full), Verdict::Intact);
    says(&report, "history", "1 text is left out");
    assert_eq!(report.record.unwrap().edition, "redacted");
}

#[test]
fn a_text_that_is_shown_later_is_the_one_that_was_sealed_or_is_told_as_another() {
    let (full, redacted) = redacted();
    let bytes = record(&redacted);
    let mut held = holding(&full);
    held.read_unmasking(unmasking(&full, None).as_bytes())
        .unwrap();
    let report = judged(&bytes, &held, Verdict::Intact);
    says(&report, "unmasking", "that is what was sealed");
    // In the full edition it stands already.
    let report = judged(&record(&full), &held, Verdict::Intact);
    says(&report, "unmasking", "shown in this record already");

    let mut held = holding(&full);
    held.read_unmasking(unmasking(&full, Some("Somebody Else")).as_bytes())
        .unwrap();
    let report = judged(&bytes, &held, Verdict::Altered);
    assert!(
        report
            .says
            .starts_with("The text shown for fields/person/0"),
        "{}",
        report.says
    );
}

#[test]
fn an_unmasking_of_another_shape_is_not_read() {
    let (full, _) = redacted();
    let good = unmasking(&full, None);
    let mut held = Held::default();
    for bad in [
        good.replace("/v1", "/v2"),
        good.replace("\"seq\"", "\"more\":1,\"seq\""),
        good.replace("\"salt\":\"", "\"salt\":\"A"),
        String::new(),
    ] {
        assert!(held.read_unmasking(bad.as_bytes()).is_err(), "{bad}");
    }
    assert!(held.openings.is_empty());
}
