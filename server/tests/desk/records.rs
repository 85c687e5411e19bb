//! Records: issued once, served again, redacted, and proven by the verifier that others run.

use std::io::Read as _;

use casework::{
    case::{CaseId, StepKind},
    instrument::Instrument,
    ledger::{SigningKey, VerifyingKey},
    order::Digest,
};
use sha2::{Digest as _, Sha256};
use verifier::{Held, Report, Verdict};

use crate::house::{APPROVE, Desk, IN_PART, PDF, Person, house, on_both};

on_both!(
    a_record_is_issued_once_and_served_again_byte_for_byte,
    a_case_that_moved_on_has_a_record_of_its_own,
    a_redacted_edition_leaves_out_what_was_chosen_and_still_verifies,
    a_text_that_stands_elsewhere_too_is_a_fault_until_somebody_looked,
    what_was_left_out_can_be_shown_and_is_held_against_the_record,
    orders_lie_inside_a_record_where_that_was_asked,
    a_record_whose_bytes_were_changed_does_not_leave,
);

impl Desk {
    /// The key that signs this desk's ledger.
    pub fn ledger_key(&self) -> VerifyingKey {
        let secret = std::fs::read_to_string(self.folder().join("ledger.key")).unwrap();
        SigningKey::from_secret(&secret)
            .unwrap()
            .verifying()
            .clone()
    }

    /// What the verifier says to somebody who knows the ledger's key.
    pub fn judged(&self, record: &[u8]) -> Report {
        let held = Held {
            keys: vec![self.ledger_key()],
            ..Held::default()
        };
        verifier::verify(record, &held)
    }
}

/// Downloads the record of a case as it stands.
pub async fn record(person: &Person<'_>, id: CaseId) -> Vec<u8> {
    let answer = person.get(&format!("/cases/{id}/record.pdf")).await;
    answer.shows(200).bytes.to_vec()
}

fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Everything in a PDF as it would be searched for: the bytes, and every stream unpacked.
fn searched(pdf: &[u8]) -> String {
    let mut all = String::from_utf8_lossy(pdf).into_owned();
    for start in memchr::memmem::find_iter(pdf, b"stream\n").map(|at| at + 7) {
        let mut unpacked = Vec::new();
        if flate2::read::ZlibDecoder::new(&pdf[start..])
            .read_to_end(&mut unpacked)
            .is_ok()
        {
            all.push_str(&String::from_utf8_lossy(&unpacked));
        }
    }
    all
}

async fn a_record_is_issued_once_and_served_again_byte_for_byte(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    let first = record(&eve, id).await;
    let report = desk.judged(&first);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    assert_eq!(record(&eve, id).await, first);
    let again = desk.started_again().await;
    let carla = again.signed_in("carla").await;
    assert_eq!(record(&carla, id).await, first);
    let named = format!("/cases/{id}/records/{}", sha256(&first));
    assert_eq!(carla.get(&named).await.shows(200).bytes, first);
    assert_eq!(desk.times("record.issue").await, 1);
    assert_eq!(desk.times("record.read").await, 4);
    eve.get(&format!("/cases/{id}/records"))
        .await
        .shows(200)
        .says(&sha256(&first).to_string());
    // Of another case, or of none, it is not there.
    let other = desk.in_review(Instrument::Subpoena).await;
    for address in [
        format!("/cases/{other}/records/{}", sha256(&first)),
        format!("/cases/{id}/records/{}", sha256(b"another")),
        format!("/cases/{id}/records/what"),
    ] {
        eve.get(&address).await.shows(404);
    }
    desk.holds().await;
}

async fn a_case_that_moved_on_has_a_record_of_its_own(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let (eve, carla) = (desk.signed_in("eve").await, desk.signed_in("carla").await);
    let before = record(&eve, id).await;
    carla.decides(id, IN_PART).await.goes_to("/cases/");
    let after = record(&eve, id).await;
    assert_ne!(before, after);
    for pdf in [&before, &after] {
        assert_eq!(desk.judged(pdf).verdict, Verdict::Intact);
    }
    // Each names the checkpoint of the one before it, so whoever kept that paper compares them.
    let mut held = Held {
        keys: vec![desk.ledger_key()],
        ..Held::default()
    };
    held.read_kept(&before).unwrap();
    let report = verifier::verify(&after, &held);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    // Issued anew on demand, although nothing happened to the case.
    let page = format!("/cases/{id}/records");
    eve.fills(&page, &page, &[]).await.goes_to(&page);
    assert_eq!(desk.times("record.issue").await, 3);
    desk.holds().await;
}

async fn a_redacted_edition_leaves_out_what_was_chosen_and_still_verifies(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let full = searched(&record(&carla, id).await);
    let chosen = [
        ("mask", "fields/identifier_value/0"),
        ("mask", "fields/person/0"),
        ("mask", "fields/email/0"),
    ];
    let secret = ["sam.m@subject.example", "Det. Maria Lopez", "mlopez@police"];
    let redacted = redacted(desk, &carla, id, &chosen).await;
    let report = desk.judged(&redacted);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    let told = searched(&redacted);
    for secret in secret {
        assert!(full.contains(secret), "{secret} stands in the full edition");
        assert!(!told.contains(secret), "{secret}");
    }
    assert!(told.contains("\"edition\": \"redacted\""));
    desk.holds().await;
}

/// Issues a redacted edition and downloads it.
async fn redacted(desk: &Desk, person: &Person<'_>, id: CaseId, mask: &[(&str, &str)]) -> Vec<u8> {
    let page = format!("/cases/{id}/redact");
    let version = desk.case(id).await.version().to_string();
    let mut typed = mask.to_vec();
    typed.extend([("even_so", "yes"), ("seen", &*version)]);
    person
        .post(&page, &typed)
        .await
        .goes_to(&format!("/cases/{id}/records"));
    let issued = desk.store.issued(id).await.unwrap();
    let sha256 = issued.last().unwrap().sha256;
    let answer = person
        .get(&format!("/cases/{id}/records/{sha256}"))
        .await
        .shows(200);
    assert!(
        answer
            .header("content-disposition")
            .contains("-redacted.pdf")
    );
    answer.bytes.to_vec()
}

async fn a_text_that_stands_elsewhere_too_is_a_fault_until_somebody_looked(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let anna = desk.signed_in("anna").await;
    anna.discloses(
        id,
        &[
            ("answer.email_address", "produced"),
            ("answer.ip_history", "produced"),
        ],
    )
    .await
    .goes_to("/cases/");
    let page = format!("/cases/{id}/redact");
    let version = desk.case(id).await.version();
    let recipient = format!("v{version}/recipient");
    let seen = version.to_string();
    let chosen = [("mask", "fields/person/0"), ("seen", seen.as_str())];
    let returned = carla.post(&page, &chosen).await.shows(422);
    returned.faults(&recipient, "stands here too");
    // Of another version than the one that was looked at, nothing is released.
    let stale = [
        ("mask", "fields/person/0"),
        ("seen", "1"),
        ("even_so", "yes"),
    ];
    let returned = carla.post(&page, &stale).await.shows(422);
    returned.says("The case changed while you chose.");
    carla
        .post(&page, &[])
        .await
        .shows(422)
        .says("Tick at least one");
    assert_eq!(desk.times("record.issue").await, 0);
    let both = [("mask", "fields/person/0"), ("mask", recipient.as_str())];
    let masked = redacted(desk, &carla, id, &both).await;
    assert!(!searched(&masked).contains("Maria Lopez"));
    // Ticking a whole part shows the form again and issues nothing.
    let all = carla.post(&page, &[("all", "requester")]).await.shows(200);
    assert!(
        all.form(&page)
            .sends
            .iter()
            .any(|(name, value)| name == "mask" && value == "fields/email/0")
    );
    desk.holds().await;
}

async fn what_was_left_out_can_be_shown_and_is_held_against_the_record(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    let mask = [("mask", "fields/person/0"), ("mask", "fields/email/0")];
    let masked = redacted(desk, &carla, id, &mask).await;
    let page = format!("/cases/{id}/records/{}/left-out", sha256(&masked));
    carla
        .get(&page)
        .await
        .shows(200)
        .says("Det. Maria Lopez")
        .lacks("sam.m@subject.example");
    let shown = carla
        .post(&page, &[("show", "fields/person/0")])
        .await
        .shows(200);
    let file = String::from_utf8(shown.bytes.to_vec()).unwrap();
    assert!(
        file.contains("Det. Maria Lopez") && !file.contains("mlopez"),
        "{file}"
    );
    let judged = |file: &str| {
        let mut held = Held {
            keys: vec![desk.ledger_key()],
            ..Held::default()
        };
        held.read_unmasking(file.as_bytes()).unwrap();
        verifier::verify(&masked, &held)
    };
    let report = judged(&file);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    let forged = judged(&file.replace("Maria", "Marie"));
    assert_eq!(forged.verdict, Verdict::Altered, "{forged:#?}");
    carla
        .post(&page, &[])
        .await
        .shows(422)
        .says("Tick at least one");
    assert_eq!(desk.times("record.unmask").await, 1);
    desk.holds().await;
}

async fn orders_lie_inside_a_record_where_that_was_asked(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    // Names of any script, and one that another one reads like.
    let anna = desk.signed_in("anna").await;
    for (name, byte) in [("приказ-命令.pdf", b'1'), ("______-__.pdf", b'2')] {
        let order = [PDF, &[byte, b'\n']].concat();
        anna.uploads(id, &[(name, &order)]).await.goes_to("/cases/");
    }
    let eve = desk.signed_in("eve").await;
    let page = format!("/cases/{id}/records");
    eve.fills(&page, &page, &[("enclose", "yes")])
        .await
        .goes_to(&page);
    let issued = desk.store.issued(id).await.unwrap().pop().unwrap();
    assert!(issued.enclosed);
    let with = eve
        .get(&format!("{page}/{}", issued.sha256))
        .await
        .shows(200);
    assert_eq!(desk.judged(&with.bytes).verdict, Verdict::Intact);
    // The record as the case stands is the one without them.
    assert_ne!(record(&eve, id).await, with.bytes);
    assert_eq!(desk.times("order.read").await, 3);
    desk.holds().await;
}

async fn a_record_whose_bytes_were_changed_does_not_leave(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    record(&eve, id).await;
    let blob = desk.store.issued(id).await.unwrap().pop().unwrap().blob;
    let path = desk.vault().join(&blob[..2]).join(&blob[2..4]).join(&blob);
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    eve.get(&format!("/cases/{id}/record.pdf")).await.shows(500);
    let verified = desk.office.verify(&[]).await.unwrap().to_string();
    assert!(verified.contains("FOUND  Record"), "{verified}");
}

#[tokio::test]
async fn who_may_not_release_outside_is_refused() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let eve = desk.signed_in("eve").await;
    eve.get(&format!("/cases/{id}/redact")).await.shows(403);
    let anna = desk.signed_in("anna").await;
    anna.get(&format!("/cases/{id}/records")).await.shows(403);
    anna.takes(
        id,
        StepKind::Withdraw,
        &[("reasons", "They wrote that it is settled.")],
    )
    .await
    .goes_to("/cases/");
    assert_eq!(desk.times("record.issue").await, 0);
}

#[tokio::test]
async fn a_redaction_asks_for_a_proof() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    desk.minutes_pass(6);
    let page = format!("/cases/{id}/redact");
    let chosen = [("mask", "fields/email/0"), ("even_so", "yes")];
    let returned = carla.post(&page, &chosen).await.shows(422);
    returned.faults("proof", "Give your password once more");
    assert_eq!(desk.times("record.issue").await, 0);
}

#[tokio::test]
async fn the_register_lists_every_case_and_is_told_with_its_digest() {
    let desk = house().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let id = desk.in_review(Instrument::Subpoena).await;
        numbers.push(desk.case(id).await.number().to_string());
    }
    let eve = desk.signed_in("eve").await;
    let answer = eve.get("/register.pdf").await.shows(200);
    assert!(answer.bytes.starts_with(b"%PDF"));
    assert_eq!(
        answer.header("content-length"),
        answer.bytes.len().to_string()
    );
    let rows = desk
        .store
        .ledger(&store::LedgerAsk::default(), 1)
        .await
        .unwrap();
    let told = rows[0].entry.clone().unwrap();
    let casework::ledger::Entry::RegisterExported {
        sha256: kept,
        cases,
    } = told
    else {
        panic!("{told:?}");
    };
    assert_eq!((kept, cases), (sha256(&answer.bytes), 3));
    // It passed through the vault and left nothing there but the three orders.
    let left = walk(&desk.vault());
    assert_eq!(left, 3);
    desk.minutes_pass(6);
    eve.get("/register.pdf")
        .await
        .goes_to("/prove?next=%2Fregister");
    desk.holds().await;
}

/// How many files lie under a folder.
fn walk(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walk(&path) } else { 1 })
        .sum()
}

/// An authority that nobody can reach.
struct Silent;

impl seal::Authority for Silent {
    fn stamp(&self, _: &[u8; 32]) -> Result<Vec<u8>, seal::Fault> {
        Err(seal::Fault::Unreached("nobody listens".into()))
    }
}

#[tokio::test]
async fn without_its_timestamp_no_record_is_issued_and_older_ones_still_leave() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let before = record(&desk.signed_in("eve").await, id).await;
    let stamped = desk.stamped_by(Box::new(Silent)).await;
    let (eve, carla) = (
        stamped.signed_in("eve").await,
        stamped.signed_in("carla").await,
    );
    assert_eq!(record(&eve, id).await, before);
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let answer = eve.get(&format!("/cases/{id}/record.pdf")).await.shows(503);
    assert!(!answer.header("retry-after").is_empty());
    answer.says("The timestamp authority gives no timestamp right now");
    assert_eq!(stamped.times("record.issue").await, 1);
    // The order and the first record; of the second, nothing was laid down.
    assert_eq!(walk(&stamped.vault()), 2);
    stamped.holds().await;
}
