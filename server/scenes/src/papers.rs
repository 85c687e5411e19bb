//! What lies on the desk in a scene: requests, orders, classifications.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use casework::form::Fields;
use casework::gate::Classification;
use casework::gate::questions::{Kind, questions};
use casework::ground::Ground;
use casework::instrument::Instrument;
use casework::order::{Digest, Order, OrderId};
use casework::policy::{Clauses, Policy, PolicyVersion};
use casework::scope::Category;
use casework::verification::{Finding, Method, Verification};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{line, prose};

pub fn digest(seed: u8) -> Digest {
    let mut byte = seed;
    Digest([(); 32].map(|()| {
        byte = byte.wrapping_mul(73).wrapping_add(41);
        byte
    }))
}

pub fn policy() -> Policy {
    Policy {
        version: PolicyVersion(3),
        in_force_from: "2025-07-01".parse().unwrap(),
        clauses: Clauses {
            promise: prose(
                "We will not share or disclose your information to anyone outside the company, except as \
                 described in this policy.",
            ),
            rights_or_property: prose(
                "We may disclose information when it is reasonably necessary to protect our rights or \
                 property.",
            ),
            emergency: prose(
                "We may disclose information in an emergency where the safety of an individual is at risk.",
            ),
            legal_directive: prose(
                "We will disclose information when we are required to do so by a legal directive, such as \
                 a court order.",
            ),
        },
    }
}

pub fn request_fields() -> Fields {
    let mut fields = Fields::new();
    for (name, value) in [
        ("requester_kind", "police"),
        ("authority", "Metropolitan Police of Northgate"),
        ("unit", "Cyber Investigations, Squad 4"),
        ("country", "United States"),
        ("person", "Helena Marsh"),
        ("title", "Detective Sergeant"),
        ("badge", "NG-20714"),
        ("email", "h.marsh@police.northgate.example"),
        ("phone", "+1 555 0142"),
        ("reference", "NG/2026/11/00873"),
        ("channel", "email"),
        ("received", "2026-11-02T09:12"),
        ("received_zone", "Europe/Berlin"),
        (
            "served_entity",
            "Example Conversations Ltd, legal department",
        ),
        (
            "asks",
            "All subscriber information, the history of IP addresses, and the recorded conversations of \
             the account named in the warrant between 1 and 30 September 2026.",
        ),
        ("identifier_kind", "email"),
        ("identifier_value", "j.doe@mail.example"),
        ("identifier_kind", "account"),
        ("identifier_value", "client-77120 / visitor 9f3c"),
        ("from", "2026-09-01"),
        ("until", "2026-09-30"),
        (
            "legal_basis",
            "18 U.S.C. § 2703(a), (b)(1)(A) and (c)(1)(A); Fed. R. Crim. P. 41. The warrant finds probable \
             cause to believe that the account holds evidence of an offence under 18 U.S.C. § 1343.",
        ),
        ("issued", "2026-10-30"),
        ("due", "2026-11-16"),
        ("confidential", "yes"),
        (
            "confidential_basis",
            "18 U.S.C. § 2705(b), order of 2026-10-30",
        ),
        ("confidential_from", "2026-10-30"),
        ("confidential_until", "2027-01-28"),
        (
            "deliver_to",
            "Evidence portal of the Metropolitan Police of Northgate",
        ),
        ("language", "English"),
    ] {
        fields.push(name, value);
    }
    for category in asked() {
        fields.push("categories", category.code());
    }
    fields
}

pub(crate) fn asked() -> [Category; 6] {
    [
        Category::ContactInformation,
        Category::EmailAddress,
        Category::SessionTimes,
        Category::IpHistory,
        Category::RecordedCommunications,
        Category::SupportText,
    ]
}

pub fn warrant() -> Classification {
    let answers = [
        (
            "issuing_authority",
            "United States District Court, Northern District",
        ),
        ("order_reference", "3:26-mj-00417"),
        ("issued_on", "2026-10-30"),
        ("expires", "2026-11-30"),
        ("signed", "yes"),
        ("right_entity", "yes"),
        ("jurisdiction", "yes"),
        ("court", "United States District Court, Northern District"),
        ("judge_signed", "yes"),
        ("probable_cause", "yes"),
        (
            "accounts",
            "The account registered to j.doe@mail.example; no other.",
        ),
        ("dates_covered", "1 to 30 September 2026"),
        ("execute_by", "2026-11-30"),
        ("custodian_certificate", "yes"),
    ];
    Classification {
        ground: Ground::LegalDirective,
        instrument: Instrument::SearchWarrant,
        ordered: BTreeSet::new(),
        answers: owned(&answers),
        terms: None,
    }
}

pub(crate) fn owned(answers: &[(&str, &str)]) -> BTreeMap<String, String> {
    answers
        .iter()
        .map(|(key, answer)| ((*key).to_owned(), (*answer).to_owned()))
        .collect()
}

pub fn order(seed: u8, name: &str) -> Order {
    Order {
        id: OrderId(Uuid::from_u128(u128::from(seed))),
        name: line(name),
        media_type: line("application/pdf"),
        size: 184_220 + u64::from(seed),
        sha256: digest(seed),
        mail: None,
    }
}

pub fn call(finding: Finding) -> Verification {
    Verification {
        method: Method::CallBack,
        contact: line("+1 555 0100, switchboard of the Metropolitan Police of Northgate"),
        source: line(
            "The desk's own directory, entry of 2025-03-11, checked against northgate.example",
        ),
        answered_by: line("Sgt. Paul Reyes, duty desk; put through to D.S. Marsh"),
        at: "2026-11-02T14:40-05:00[America/New_York]".parse().unwrap(),
        finding,
        remarks: Some(prose(
            "D.S. Marsh read the reference and the warrant's number back without being told.",
        )),
    }
}

/// A paper of two pages as a file, and the order that it is on a case.
pub fn paper(seed: u8, name: &str, says: &str) -> (Order, Vec<u8>) {
    let bytes = two_pages(says);
    let order = Order {
        size: bytes.len() as u64,
        sha256: Digest(Sha256::digest(&bytes).into()),
        mail: None,
        ..order(seed, name)
    };
    (order, bytes)
}

/// The least of a PDF with two pages; it draws nothing.
fn two_pages(says: &str) -> Vec<u8> {
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        "<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2>>".to_owned(),
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>".to_owned(),
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>".to_owned(),
        format!("<</Title ({})>>", says.replace(['(', ')', '\\'], " ")),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (place, object) in objects.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", place + 1);
    }
    let start = file.len();
    file += &table;
    let _ = writeln!(
        file,
        "trailer\n<</Size 6 /Root 1 0 R /Info 5 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    file.into_bytes()
}

/// A classification with every question of the instrument answered so that the gate opens.
pub fn answered(instrument: Instrument) -> Classification {
    let answers = questions(instrument).map(|question| {
        let answer = match (question.key, question.kind) {
            ("issued_on", _) => "2026-10-30",
            (_, Kind::Date) => "2026-12-18",
            (_, Kind::Affirm | Kind::YesNo) => "yes",
            ("issuing_authority" | "court", _) => "District Court of Northgate",
            ("judge", _) => "The Hon. Ruth Adeyemi",
            ("order_reference", _) => "3:26-mj-00417",
            (_, Kind::Line) => "As stated on page 1 of the paper on file",
            (_, Kind::Prose) => {
                "As the paper on file sets out in its second section; legal staff read it together \
                 with the requester on the telephone and found it complete."
            }
        };
        (question.key, answer)
    });
    let ordered = if instrument.names_categories() {
        asked().into()
    } else {
        BTreeSet::new()
    };
    Classification {
        ground: instrument.ground(),
        instrument,
        ordered,
        answers: owned(&answers.collect::<Vec<_>>()),
        terms: None,
    }
}
