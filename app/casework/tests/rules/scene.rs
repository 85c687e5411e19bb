//! People, papers and cases the tests tell of.

use casework::{
    Refusal,
    case::{Case, CaseId, CaseNumber, Event, Said, Step},
    decision::{Decision, Refused, Review, ReviewFinding},
    disclosure::{Answer, Closing, Disclosure, Means, NoticeOutcome},
    form::Fields,
    gate::Classification,
    instrument::Instrument,
    member::{Member, MemberId, Role},
    order::{Digest, Order, OrderId},
    policy::PolicyVersion,
    reason::ReasonCode,
    scope::Category,
    verification::{Finding, Method, Verification},
    words::{Line, Prose},
};
use jiff::Timestamp;
use uuid::Uuid;

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

pub fn reasons() -> casework::words::Reasons {
    prose("It names no legal process at all.")
}

pub fn member(number: u128, name: &str, role: Role) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(number)),
        name: line(name),
        role,
    }
}

pub fn anna() -> Member {
    member(1, "Anna Berg", Role::Staff)
}
pub fn ben() -> Member {
    member(2, "Ben Okafor", Role::Staff)
}
pub fn carla() -> Member {
    member(3, "Carla Ruiz", Role::Manager)
}
pub fn dev() -> Member {
    member(4, "Dev Patel", Role::Manager)
}

/// Monday, 2 March 2026, nine in the morning, UTC.
pub fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

pub fn request() -> Fields {
    [
        ("requester_kind", "police"),
        ("authority", "Lakeside Police Department"),
        ("country", "United States"),
        ("person", "Det. Maria Lopez"),
        ("email", "mlopez@police.lakeside.example"),
        ("phone", "+1 555 0100"),
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
        ("identifier_value", "sam@subject.example"),
        ("categories", "email_address"),
        ("categories", "ip_history"),
        ("legal_basis", "18 U.S.C. § 2703"),
        ("due", "2026-03-10"),
    ]
    .into_iter()
    .collect()
}

/// Answers every question of an instrument so that its gate passes.
pub fn classification(instrument: Instrument) -> Classification {
    let mut fields = Fields::new()
        .with("ground", instrument.ground().code())
        .with("instrument", instrument.code());
    for question in casework::gate::questions::questions(instrument) {
        use casework::gate::questions::Kind;
        let answer = match (question.kind, question.key) {
            (_, "issued_on") => "2026-02-20",
            (Kind::Date, _) => "2026-06-30",
            (Kind::Affirm | Kind::YesNo, _) => "yes",
            _ => "as the order states",
        };
        fields.push(question.key, answer);
    }
    for category in ["email_address", "ip_history"] {
        fields.push("ordered", category);
    }
    Classification::parse(&fields, &casework::tables::Tables::delivered()).unwrap()
}

pub fn order(number: u128) -> Order {
    Order {
        id: OrderId(Uuid::from_u128(number)),
        name: line("order.pdf"),
        media_type: line("application/pdf"),
        size: 19_208,
        sha256: Digest([u8::try_from(number % 251).unwrap(); 32]),
        mail: None,
    }
}

pub fn verification(finding: Finding) -> Verification {
    Verification {
        method: Method::CallBack,
        contact: line("+1 555 0199"),
        source: line("the county's own directory"),
        answered_by: line("Sgt. Holt, duty desk"),
        at: "2026-03-02T08:30:00+00:00[UTC]".parse().unwrap(),
        finding,
        remarks: None,
    }
}

/// The days of data that an emergency release covers.
pub fn span() -> casework::emergency::Span {
    casework::emergency::Span {
        from: "2026-03-01".parse().unwrap(),
        until: "2026-03-02".parse().unwrap(),
    }
}

pub fn approve() -> Step {
    Step::Decide(Decision::Approve {
        remarks: None,
        not_claiming: true,
        span: Some(span()),
    })
}

pub fn approve_in_part() -> Step {
    Step::Decide(Decision::ApproveInPart {
        granted: [Category::EmailAddress].into(),
        refused: [(
            Category::IpHistory,
            Refused {
                code: ReasonCode::OVERBROAD,
                word: None,
                reasons: prose("One evening was asked for, not a year."),
            },
        )]
        .into(),
        remarks: None,
        not_claiming: true,
        span: Some(span()),
    })
}

pub fn deny() -> Step {
    Step::Decide(Decision::Deny(Refused {
        code: ReasonCode::VAGUE,
        word: None,
        reasons: prose("No account is named."),
    }))
}

pub fn send_back() -> Step {
    Step::Decide(Decision::Return {
        needs: prose("Which account?"),
    })
}

pub fn review(finding: ReviewFinding) -> Step {
    Step::Review(Review {
        finding,
        reasons: prose("The danger was real and the scope was narrow."),
    })
}

pub fn disclose(case: &Case, at: Timestamp) -> Step {
    Step::Disclose(Disclosure {
        answers: case
            .granted()
            .iter()
            .map(|category| (*category, Answer::Produced))
            .collect(),
        recipient: line("Det. Maria Lopez, Lakeside Police Department"),
        means: Means::Portal,
        sent: at.to_zoned_datetime(jiff::tz::TimeZone::UTC),
        what: prose("One file, account.json."),
        sha256: Some(Digest([9; 32])),
    })
}

pub fn close() -> Step {
    Step::Close(Closing {
        notice: NoticeOutcome::NotifiedAfter,
        gagged_until: None,
        delayed_until: None,
        words: Some(prose("Told by service notice.")),
    })
}

pub fn said() -> Said {
    Said {
        reasons: prose("The requester wrote that it is settled."),
    }
}

/// Takes steps one after another and keeps what happened.
#[derive(Clone)]
pub struct Scene {
    pub case: Case,
    pub events: Vec<Event>,
    pub now: Timestamp,
}

impl Scene {
    pub fn new() -> Self {
        let number = CaseNumber {
            year: 2026,
            count: 42,
        };
        Self {
            case: Case::new(CaseId(Uuid::from_u128(7)), number),
            events: Vec::new(),
            now: monday(),
        }
    }

    pub fn attempt(&mut self, step: Step, by: &Member) -> Result<(), Refusal> {
        let event = self.case.take(step, by, self.now)?;
        self.case = self.case.clone().after(&event);
        self.events.push(event);
        Ok(())
    }

    #[track_caller]
    pub fn step(mut self, step: Step, by: &Member) -> Self {
        if let Err(refusal) = self.attempt(step, by) {
            panic!("refused: {refusal}");
        }
        self
    }

    pub fn drafted(by: &Member) -> Self {
        Self::new().step(Step::Draft { fields: request() }, by)
    }

    pub fn filed(self, by: &Member) -> Self {
        self.step(
            Step::File {
                policy: PolicyVersion(1),
            },
            by,
        )
    }

    pub fn classified(self, instrument: Instrument, by: &Member) -> Self {
        self.step(Step::Classify(classification(instrument)), by)
    }

    pub fn verified(self, by: &Member) -> Self {
        self.step(Step::Verify(verification(Finding::Confirmed)), by)
    }

    /// Filed by Anna, classified by Anna, order attached, verified by Ben, before a manager.
    pub fn in_review(instrument: Instrument) -> Self {
        Self::drafted(&anna())
            .filed(&anna())
            .classified(instrument, &anna())
            .step(Step::Attach(order(1)), &anna())
            .verified(&ben())
            .step(Step::SUBMIT, &anna())
    }

    pub fn disclosed(self, by: &Member) -> Self {
        let step = disclose(&self.case, self.now);
        self.step(step, by)
    }
}
