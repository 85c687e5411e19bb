//! Cases to print, lived through step by step, so that what is printed could have happened.

#![allow(
    clippy::unwrap_used,
    reason = "a scene that cannot be set is a broken test"
)]
#![allow(
    dead_code,
    reason = "tests, bench and example each set some of the scenes"
)]

use std::collections::{BTreeMap, BTreeSet};

use casework::case::{Case, CaseId, CaseNumber, Event, Said, Step};
use casework::decision::{Decision, Refused, Review, ReviewFinding};
use casework::disclosure::{Answer, Closing, Disclosure, Means, NoticeOutcome};
use casework::form::Fields;
use casework::gate::Classification;
use casework::ground::Ground;
use casework::instrument::Instrument;
use casework::member::{Member, MemberId, Role};
use casework::order::{Digest, Order, OrderId, Strike};
use casework::policy::{Clauses, Policy, PolicyVersion};
use casework::reason::ReasonCode;
use casework::scope::Category;
use casework::verification::{Finding, Method, Verification};
use casework::words::{Line, Prose};
use jiff::{Timestamp, ToSpan};
use record::{Checkpoint, Dossier};
use uuid::Uuid;

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

fn member(id: u128, name: &str, role: Role) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(id)),
        name: line(name),
        role,
    }
}

pub fn anna() -> Member {
    member(1, "Anna Lindqvist", Role::Staff)
}

pub fn bruno() -> Member {
    member(2, "Bruno Keller", Role::Staff)
}

pub fn mira() -> Member {
    member(3, "Mira Okafor", Role::Manager)
}

pub fn noor() -> Member {
    member(4, "Noor van Dijk", Role::Manager)
}

/// A case on its way: the time moves by itself, twenty minutes a step.
pub struct Scene {
    pub case: Case,
    pub events: Vec<Event>,
    pub now: Timestamp,
}

impl Scene {
    pub fn at(now: &str) -> Self {
        let id = CaseId(Uuid::from_u128(0xd15c_105e));
        Self {
            case: Case::new(
                id,
                CaseNumber {
                    year: 2026,
                    count: 42,
                },
            ),
            events: Vec::new(),
            now: now.parse().unwrap(),
        }
    }

    #[track_caller]
    pub fn does(&mut self, who: &Member, step: Step) -> &mut Self {
        self.now = self.now.checked_add(20.minutes()).unwrap();
        let event = self.case.take(step, who, self.now).unwrap();
        self.case = self.case.clone().after(&event);
        self.events.push(event);
        self
    }

    pub fn later(&mut self, hours: i64) -> &mut Self {
        self.now = self.now.checked_add(hours.hours()).unwrap();
        self
    }

    pub fn dossier(&self) -> Dossier {
        Dossier {
            organisation: line("Example Conversations Ltd"),
            case: self.case.clone(),
            events: self.events.clone(),
            policy: self.case.policy().map(|_| policy()),
            checkpoint: Checkpoint {
                size: 18_342,
                root: digest(0x5e),
            },
            printed_at: self.now.checked_add(3.hours()).unwrap(),
            printed_by: line("Mira Okafor"),
        }
    }
}

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

fn asked() -> [Category; 6] {
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
    }
}

fn owned(answers: &[(&str, &str)]) -> BTreeMap<String, String> {
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

/// A warrant answered in part, after it was once returned; closed under a gag.
pub fn closed() -> Scene {
    let mut scene = Scene::at("2026-11-02T18:00:00Z");
    scene
        .does(&anna(), Step::Draft { fields: request_fields() })
        .does(&anna(), Step::Attach(order(7, "Search warrant 3-26-mj-00417.pdf")))
        .does(&anna(), Step::Attach(order(9, "Cover letter, wrong case.pdf")))
        .does(&anna(), Step::File { policy: PolicyVersion(3) })
        .does(&anna(), Step::Strike(Strike {
            order: OrderId(Uuid::from_u128(9)),
            reasons: prose("Belongs to another matter; attached by mistake."),
        }))
        .does(&anna(), Step::Classify(warrant()))
        .does(&bruno(), Step::Verify(call(Finding::Confirmed)))
        .does(&anna(), Step::Submit)
        .later(15)
        .does(&mira(), Step::Decide(Decision::Return {
            needs: prose(
                "The copy of the warrant lacks its page 3, which lists the accounts. Ask for the complete \
                 document before this is put before us again.",
            ),
        }))
        .does(&anna(), Step::Attach(order(11, "Search warrant 3-26-mj-00417, complete.pdf")))
        .does(&anna(), Step::Submit)
        .later(4);
    let refused = |code, reasons| Refused {
        code,
        reasons: prose(reasons),
    };
    scene
        .does(&mira(), Step::Decide(Decision::ApproveInPart {
            granted: BTreeSet::from([
                Category::ContactInformation,
                Category::EmailAddress,
                Category::SessionTimes,
                Category::IpHistory,
            ]),
            refused: BTreeMap::from([
                (Category::RecordedCommunications, refused(
                    ReasonCode::RedirectToController,
                    "Conversations are recorded for our client, who controls them. The warrant names our \
                     subscriber's account, not the client's visitor records; the client has been named to \
                     the requester.",
                )),
                (Category::SupportText, refused(
                    ReasonCode::Overbroad,
                    "The warrant's attachment B covers the account's communications with third parties. \
                     Support tickets written to us after 12 September do not fall under it.",
                )),
            ]),
            remarks: Some(prose("Produce for 1 to 30 September only. Certificate of the custodian to be enclosed.")),
            not_claiming: false,
        }))
        .later(20)
        .does(&anna(), Step::Disclose(Disclosure {
            answers: BTreeMap::from([
                (Category::ContactInformation, Answer::Produced),
                (Category::EmailAddress, Answer::Produced),
                (Category::SessionTimes, Answer::AlreadyDeleted),
                (Category::IpHistory, Answer::Produced),
            ]),
            recipient: line("D.S. Helena Marsh, Metropolitan Police of Northgate, Squad 4"),
            means: Means::Portal,
            sent: "2026-11-04T11:05+01:00[Europe/Berlin]".parse().unwrap(),
            what: prose(
                "One archive, production-NG-2026-11-00873.zip: subscriber.csv (1 row), ip-history.csv (214 \
                 rows, 1 to 30 September 2026), and the certificate of the custodian of records.",
            ),
            sha256: Some(digest(77)),
        }))
        .does(&anna(), Step::Close(Closing {
            notice: NoticeOutcome::Gagged,
            gagged_until: Some("2027-01-28".parse().unwrap()),
            words: Some(prose("Order under 18 U.S.C. § 2705(b); a notice falls due the day it ends.")),
        }));
    scene
}

/// An emergency that one manager released; the second review is still due.
pub fn emergency() -> Scene {
    let mut fields = request_fields().without("due").without("categories");
    for category in [Category::IpHistory, Category::SessionTimes] {
        fields.push("categories", category.code());
    }
    let answers = [
        (
            "who",
            "A girl of 15, called 'Sunny' in the chat; name not known.",
        ),
        (
            "danger",
            "She announced to take tablets; a photograph of the packets was sent at 08:50.",
        ),
        ("by_when", "Now; 2026-11-02, within the hour, Berlin time"),
        (
            "averts",
            "The IP address of her last session leads to the household.",
        ),
        (
            "too_slow",
            "A warrant takes a day at the earliest; the danger is within the hour.",
        ),
    ];
    let mut scene = Scene::at("2026-11-02T20:00:00Z");
    scene
        .does(&anna(), Step::Draft { fields })
        .does(
            &anna(),
            Step::File {
                policy: PolicyVersion(3),
            },
        )
        .does(
            &anna(),
            Step::Classify(Classification {
                ground: Ground::Emergency,
                instrument: Instrument::EmergencyRequest,
                ordered: BTreeSet::new(),
                answers: owned(&answers),
            }),
        )
        .does(&bruno(), Step::Verify(call(Finding::NotConfirmed)))
        .does(&bruno(), Step::Verify(call(Finding::Confirmed)))
        .does(&anna(), Step::Submit)
        .does(
            &mira(),
            Step::Decide(Decision::Approve {
                remarks: None,
                not_claiming: false,
            }),
        );
    scene
}

/// The same emergency, reviewed, with nothing found, closed.
pub fn reviewed() -> Scene {
    let mut scene = emergency();
    scene
        .does(
            &noor(),
            Step::Review(Review {
                finding: ReviewFinding::Upheld,
                reasons: prose(
                    "The danger was described by two witnesses and the call-back confirmed it.",
                ),
            }),
        )
        .does(
            &anna(),
            Step::Disclose(Disclosure {
                answers: BTreeMap::from([
                    (Category::IpHistory, Answer::NotHeld),
                    (Category::SessionTimes, Answer::NotHeld),
                ]),
                recipient: line("D.S. Helena Marsh"),
                means: Means::Telephone,
                sent: "2026-11-02T23:30+01:00[Europe/Berlin]".parse().unwrap(),
                what: prose("By telephone: nothing is held for this visitor."),
                sha256: None,
            }),
        )
        .does(
            &anna(),
            Step::Close(Closing {
                notice: NoticeOutcome::NoContact,
                gagged_until: None,
                words: Some(prose("No address of the visitor is known.")),
            }),
        );
    scene
}

/// Only begun: a half-typed form.
pub fn begun() -> Scene {
    let mut scene = Scene::at("2026-11-02T18:00:00Z");
    let fields = Fields::new()
        .with("authority", "Police of Northgate")
        .with("asks", "Everything\nabout him");
    scene.does(&anna(), Step::Draft { fields });
    scene
}

/// Denied, closed, reopened, denied again with other words.
pub fn denied_twice() -> Scene {
    let mut scene = Scene::at("2026-11-02T18:00:00Z");
    let deny = |code, words| {
        Step::Decide(Decision::Deny(Refused {
            code,
            reasons: prose(words),
        }))
    };
    scene
        .does(
            &anna(),
            Step::Draft {
                fields: request_fields(),
            },
        )
        .does(&anna(), Step::Attach(order(7, "أمر المحكمة رقم ٤٧١١.pdf")))
        .does(
            &anna(),
            Step::File {
                policy: PolicyVersion(3),
            },
        )
        .does(&anna(), Step::Classify(warrant()))
        .does(&bruno(), Step::Verify(call(Finding::NotConfirmed)))
        .does(&anna(), Step::Submit)
        .does(
            &mira(),
            deny(
                ReasonCode::SuspectAuthenticity,
                "The duty desk knows of no such warrant.",
            ),
        )
        .does(
            &anna(),
            Step::Reopen(Said {
                reasons: prose("A corrected warrant is announced for tomorrow."),
            }),
        )
        .does(&anna(), Step::Submit)
        .does(
            &noor(),
            deny(
                ReasonCode::RequesterUnverified,
                "No corrected warrant came within the week.",
            ),
        )
        .does(
            &anna(),
            Step::Close(Closing {
                notice: NoticeOutcome::NotRequired,
                gagged_until: None,
                words: Some(prose("Nothing was disclosed.")),
            }),
        );
    scene
}

/// A case mended so often that its timeline fills pages.
pub fn long(events: usize) -> Scene {
    let mut scene = Scene::at("2026-11-02T18:00:00Z");
    scene
        .does(
            &anna(),
            Step::Draft {
                fields: request_fields(),
            },
        )
        .does(
            &anna(),
            Step::File {
                policy: PolicyVersion(3),
            },
        )
        .later(24);
    for place in 0..events {
        scene.does(
            &bruno(),
            Step::Verify(Verification {
                remarks: Some(prose(&format!(
                    "Call {place}: the line was busy; called again later."
                ))),
                ..call(Finding::NotConfirmed)
            }),
        );
    }
    scene
}
