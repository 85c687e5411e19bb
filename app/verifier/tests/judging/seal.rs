//! The file and its seal.

use casework::case::Step;
use record::Enclosed;
use verifier::{Held, Verdict};

use crate::desk::{
    SEALER, closed, holding, judged, named, printed, record, says, sealed, sealer, with_file,
};

#[test]
fn a_record_as_the_desk_issued_it_is_intact() {
    let dossier = closed().dossier();
    let report = judged(&record(&dossier), &holding(&dossier), Verdict::Intact);
    says(
        &report,
        "seal",
        "not one byte of this file changed since Example Conversations Ltd sealed it",
    );
    says(&report, "rules", "replayed by the rules of the desk");
    let about = report.record.unwrap();
    assert_eq!(about.number, "DD-2026-00042");
    assert_eq!(
        about.sealed_by.as_deref(),
        Some("Example Conversations Ltd")
    );
}

#[test]
fn every_scene_is_intact() {
    for scene in [
        scenes::emergency(),
        scenes::reviewed(),
        scenes::begun(),
        scenes::denied_twice(),
        scenes::long(60),
    ] {
        let dossier = named(scene).dossier();
        judged(&record(&dossier), &holding(&dossier), Verdict::Intact);
    }
}

#[test]
fn without_a_key_that_is_held_nobody_vouches() {
    let dossier = closed().dossier();
    let report = judged(
        &record(&dossier),
        &Held::default(),
        Verdict::SignatureUnknown,
    );
    says(&report, "key", "You gave no key");
}

#[test]
fn what_is_added_after_the_seal_is_told_with_its_place() {
    let dossier = closed().dossier();
    let mut record = record(&dossier);
    let size = record.len();
    record.extend_from_slice(b"%%EOF\n");
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    assert!(
        report.says.contains("were added after the file was sealed"),
        "{}",
        report.says
    );
    says(&report, "seal", "holds over the bytes it covers");
    assert!(
        report
            .says
            .replace(',', "")
            .contains(&format!("Bytes {} to {}", size + 1, size + 6)),
        "{}",
        report.says
    );
}

#[test]
fn a_file_that_was_cut_short_is_told_so() {
    let dossier = closed().dossier();
    let record = record(&dossier);
    let report = judged(
        &record[..record.len() - 20],
        &holding(&dossier),
        Verdict::Altered,
    );
    assert!(report.says.contains("cut short"), "{}", report.says);
}

#[test]
fn a_change_of_a_page_is_told_apart_from_a_change_of_the_data() {
    let dossier = closed().dossier();
    let record = record(&dossier);
    // Some way into a packed part near the beginning: a typeface, or a page.
    let mut changed = record.clone();
    changed[20_000] ^= 1;
    let report = judged(&changed, &holding(&dossier), Verdict::Altered);
    says(&report, "seal", "does not hold");
    says(&report, "where", "no longer fits its own check sum");
    says(&report, "where", "still proves itself against the ledger");
    says(&report, "rules", "replayed by the rules");
}

#[test]
fn a_change_of_the_packed_data_is_told_as_that() {
    let dossier = closed().dossier();
    let mut record = record(&dossier);
    let name = b"/application#2Fjson";
    let at = record
        .windows(name.len())
        .position(|one| one == name)
        .unwrap();
    record[at + 900] ^= 1;
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    says(&report, "data", "case.json is damaged");
    says(&report, "where", "case.json");
}

#[test]
fn a_seal_of_somebody_else_is_not_the_ledgers() {
    let dossier = closed().dossier();
    let other = sealer()
        .seal(&printed(&dossier, &[]), dossier.as_of)
        .unwrap();
    let report = judged(&other, &holding(&dossier), Verdict::Altered);
    says(&report, "signer", "sealed anew by somebody else");
}

#[test]
fn a_seal_that_no_entry_names_is_vouched_for_by_nobody() {
    let dossier = scenes::closed().dossier();
    let report = judged(
        &record(&dossier),
        &holding(&dossier),
        Verdict::SignatureUnknown,
    );
    says(&report, "signer", "No entry of the ledger names");
}

#[test]
fn a_record_without_its_seal_is_altered() {
    let dossier = closed().dossier();
    let report = judged(
        &printed(&dossier, &[]),
        &holding(&dossier),
        Verdict::Altered,
    );
    assert!(report.says.contains("carries no seal"), "{}", report.says);
}

#[test]
fn another_moment_than_the_datas_is_no_seal_of_it() {
    let dossier = closed().dossier();
    let later = "2027-01-01T00:00:00Z".parse().unwrap();
    let record = SEALER.seal(&printed(&dossier, &[]), later).unwrap();
    let report = judged(&record, &holding(&dossier), Verdict::Altered);
    says(&report, "data", "another moment");
}

#[test]
fn a_damaged_seal_around_an_untouched_record_is_told_so() {
    let dossier = closed().dossier();
    let record = record(&dossier);
    let name = b"/Contents <";
    let at = record
        .windows(name.len())
        .rposition(|one| one == name)
        .unwrap()
        + name.len();
    for (offset, digit) in [(0, b'4'), (700, b'F'), (1000, b'g')] {
        let mut changed = record.clone();
        changed[at + offset] = digit;
        let report = judged(&changed, &holding(&dossier), Verdict::Altered);
        says(&report, "where", "what was changed is the seal itself");
    }
    // Behind the signature there is nothing but noughts.
    let mut changed = record.clone();
    changed[at + 16_000] = b'1';
    let report = judged(&changed, &holding(&dossier), Verdict::Altered);
    says(&report, "seal", "something stands behind the signature");
}

#[test]
fn an_enclosed_order_is_held_against_the_case() {
    let mut scene = scenes::begun();
    let (order, bytes) = scenes::paper(9, "warrant.pdf", "Produce the records of one account.");
    let enclosed = [Enclosed {
        order: order.id,
        bytes,
    }];
    scene.does(&scenes::anna(), Step::Attach(order));
    let dossier = named(scene).dossier();
    let printed = printed(&dossier, &enclosed);
    let report = judged(
        &sealed(&printed, &dossier),
        &holding(&dossier),
        Verdict::Intact,
    );
    says(&report, "orders", "is, byte for byte, an order of the case");

    let other = with_file(&printed, "pdf", |order| [order, b"\n"].concat());
    let report = judged(
        &sealed(&other, &dossier),
        &holding(&dossier),
        Verdict::Altered,
    );
    says(&report, "orders", "is not an order that the case tells of");
}
