//! What happens to a case again and again.

use casework::{
    case::{CaseId, StepKind},
    gate::questions::{Kind, questions},
    instrument::Instrument,
};

use super::{Answer, Desk, Person, Sent};

/// A request that is complete.
pub const REQUEST: Sent<'static> = &[
    ("requester_kind", "police"),
    ("authority", "Lakeside Police Department"),
    ("country", "United States"),
    ("person", "Det. Maria Lopez"),
    ("email", "mlopez@police.lakeside.example"),
    ("reference", "LPD-26-0417"),
    ("channel", "email"),
    ("received", "2026-03-01T16:20"),
    ("received_zone", "America/New_York"),
    ("served_entity", "Example Web Ltd."),
    (
        "asks",
        "Subscriber data and sign-in history of one account.",
    ),
    ("identifier_kind", "email"),
    ("identifier_value", "sam.m@subject.example"),
    ("categories", "email_address"),
    ("categories", "ip_history"),
    ("legal_basis", "18 U.S.C. § 2703"),
    ("due", "2026-03-10"),
];

/// A request with some of its fields told otherwise.
pub fn request_with(other: Sent<'_>) -> Vec<(&str, &str)> {
    let usual = REQUEST
        .iter()
        .filter(|(name, _)| other.iter().all(|(one, _)| one != name));
    usual.chain(other).copied().collect()
}

/// The smallest PDF that the vault takes for one.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

pub const APPROVE: Sent<'static> = &[("verdict", "approve")];
/// An emergency is released for stated days of data only.
pub const RELEASE: Sent<'static> = &[
    ("verdict", "approve"),
    ("span_from", "2026-02-28"),
    ("span_until", "2026-03-01"),
];
pub const DENY: Sent<'static> = &[
    ("verdict", "deny"),
    ("code", "overbroad"),
    ("reasons", "It covers a whole year."),
];
pub const IN_PART: Sent<'static> = &[
    ("verdict", "approve_in_part"),
    ("grant.email_address", "yes"),
    ("grant.ip_history", "no"),
    ("ip_history.code", "instrument_insufficient"),
    ("ip_history.reasons", "A subpoena does not reach it."),
];

/// The case that an address names.
#[track_caller]
pub fn case_in(address: &str) -> CaseId {
    let path = address.strip_prefix("/cases/").unwrap();
    let id = path.split(['/', '?', '#']).next().unwrap();
    id.parse().unwrap()
}

impl Person<'_> {
    /// Files a request on the page of a new one.
    pub async fn files(&self, request: Sent<'_>) -> CaseId {
        let mut typed = request.to_vec();
        typed.push(("do", "file"));
        let answer = self.fills("/cases/new", "/cases/new", &typed).await;
        case_in(&answer.goes_to("/cases/"))
    }

    /// Keeps a draft of a request.
    pub async fn drafts(&self, request: Sent<'_>) -> CaseId {
        let mut typed = request.to_vec();
        typed.push(("do", "keep"));
        let answer = self.fills("/cases/new", "/cases/new", &typed).await;
        case_in(&answer.goes_to("/cases/"))
    }

    /// Classifies under an instrument; what is not told is answered as a complete order would be.
    pub async fn classifies(&self, case: CaseId, instrument: Instrument, told: Sent<'_>) -> Answer {
        self.takes(case, StepKind::Classify, &classification(instrument, told))
            .await
    }

    /// Calls the requester back, and is told that it is so.
    pub async fn calls_back(&self, case: CaseId) -> Answer {
        let at = self.desk.just_now();
        self.takes(case, StepKind::Verify, &call_back(&at)).await
    }

    pub async fn submits(&self, case: CaseId) -> Answer {
        self.takes(case, StepKind::Submit, &[]).await
    }

    pub async fn decides(&self, case: CaseId, decision: Sent<'_>) -> Answer {
        self.takes(case, StepKind::Decide, decision).await
    }

    /// Records that the e-mail address was sent.
    pub async fn discloses(&self, case: CaseId, told: Sent<'_>) -> Answer {
        let at = self.desk.this_minute();
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let mut typed = vec![
            ("recipient", "Det. Maria Lopez"),
            ("means", "portal"),
            ("sent", at.as_str()),
            ("zone", "UTC"),
            ("what", "One file with the address."),
            ("sha256", digest),
        ];
        typed.extend(told);
        self.takes(case, StepKind::Disclose, &typed).await
    }
}

/// A complete classification.
pub fn classification<'a>(
    instrument: Instrument,
    told: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut typed = vec![
        ("ground", instrument.ground().code()),
        ("instrument", instrument.code()),
    ];
    typed.extend(told);
    for question in questions(instrument) {
        if told.iter().all(|(key, _)| *key != question.key) {
            let answer = match (question.key, question.kind) {
                ("issued_on", _) => "2026-02-20",
                (_, Kind::Date) => "2026-06-30",
                (_, Kind::Affirm | Kind::YesNo) => "yes",
                _ => "as the order states",
            };
            typed.push((question.key, answer));
        }
    }
    typed
}

/// A call-back that confirmed the requester.
pub fn call_back(at: &str) -> Vec<(&str, &str)> {
    vec![
        ("method", "call_back"),
        ("contact", "+1 555 0199"),
        ("source", "the county's own directory"),
        ("answered_by", "Sgt. Holt, duty desk"),
        ("at", at),
        ("zone", "UTC"),
        ("finding", "confirmed"),
    ]
}

impl Desk {
    /// Anna files, classifies and attaches, Ben calls back.
    pub async fn ready_to_submit(&self, instrument: Instrument) -> CaseId {
        let anna = self.signed_in("anna").await;
        let case = anna.files(REQUEST).await;
        anna.classifies(case, instrument, &[])
            .await
            .goes_to("/cases/");
        anna.uploads(case, &[("order.pdf", PDF)])
            .await
            .goes_to("/cases/");
        let ben = self.signed_in("ben").await;
        ben.calls_back(case).await.goes_to("/cases/");
        case
    }

    /// A case under this instrument that waits for a manager.
    pub async fn in_review(&self, instrument: Instrument) -> CaseId {
        let case = self.ready_to_submit(instrument).await;
        let anna = self.signed_in("anna").await;
        anna.submits(case).await.goes_to("/cases/");
        case
    }

    /// A search warrant that Carla approved.
    pub async fn approved(&self) -> CaseId {
        let case = self.in_review(Instrument::SearchWarrant).await;
        let carla = self.signed_in("carla").await;
        carla.decides(case, APPROVE).await.goes_to("/cases/");
        case
    }
}
