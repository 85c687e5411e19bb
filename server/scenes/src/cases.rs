//! Whole cases.

use std::collections::{BTreeMap, BTreeSet};

use casework::case::{Said, Stage, Step};
use casework::decision::{Decision, Refused, Review, ReviewFinding};
use casework::disclosure::{Answer, Closing, Disclosure, Means, NoticeOutcome};
use casework::form::Fields;
use casework::gate::Classification;
use casework::ground::Ground;
use casework::instrument::{Ceiling, Instrument};
use casework::order::{OrderId, Strike};
use casework::policy::PolicyVersion;
use casework::reason::ReasonCode;
use casework::scope::{Category, Tier, reaches};
use casework::verification::{Finding, Verification};
use uuid::Uuid;

use crate::papers::{asked, owned};
use crate::{
    Scene, anna, answered, bruno, call, digest, line, mira, noor, order, prose, request_fields,
    warrant,
};

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
        .does(&anna(), Step::SUBMIT)
        .later(15)
        .does(&mira(), Step::Decide(Decision::Return {
            needs: prose(
                "The copy of the warrant lacks its page 3, which lists the accounts. Ask for the complete \
                 document before this is put before us again.",
            ),
        }))
        .does(&anna(), Step::Attach(order(11, "Search warrant 3-26-mj-00417, complete.pdf")))
        .does(&anna(), Step::SUBMIT)
        .later(4);
    let refused = |code, reasons| Refused {
        code,
        word: None,
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
                    ReasonCode::REDIRECT_TO_CONTROLLER,
                    "Conversations are recorded for our client, who controls them. The warrant names our \
                     subscriber's account, not the client's visitor records; the client has been named to \
                     the requester.",
                )),
                (Category::SupportText, refused(
                    ReasonCode::OVERBROAD,
                    "The warrant's attachment B covers the account's communications with third parties. \
                     Support tickets written to us after 12 September do not fall under it.",
                )),
            ]),
            remarks: Some(prose("Produce for 1 to 30 September only. Certificate of the custodian to be enclosed.")),
            not_claiming: false,
            span: None,
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
            delayed_until: None,
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
                terms: None,
            }),
        )
        .does(&bruno(), Step::Verify(call(Finding::NotConfirmed)))
        .does(&bruno(), Step::Verify(call(Finding::Confirmed)))
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            Step::Decide(Decision::Approve {
                remarks: None,
                not_claiming: false,
                span: None,
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
                delayed_until: None,
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
            word: None,
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
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            deny(
                ReasonCode::SUSPECT_AUTHENTICITY,
                "The duty desk knows of no such warrant.",
            ),
        )
        .does(
            &anna(),
            Step::Reopen(Said {
                reasons: prose("A corrected warrant is announced for tomorrow."),
            }),
        )
        .does(&anna(), Step::SUBMIT)
        .does(
            &noor(),
            deny(
                ReasonCode::REQUESTER_UNVERIFIED,
                "No corrected warrant came within the week.",
            ),
        )
        .does(
            &anna(),
            Step::Close(Closing {
                notice: NoticeOutcome::NotRequired,
                gagged_until: None,
                delayed_until: None,
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

/// A case under any instrument, answered as that instrument allows, and closed.
pub fn under(count: u32, instrument: Instrument) -> Scene {
    let mut scene = Scene::numbered(count, "2026-11-02T18:00:00Z");
    scene.reaches_review(instrument);
    if instrument.ceiling() == Ceiling::Nothing {
        let refused = Refused {
            code: ReasonCode::FOREIGN,
            word: None,
            reasons: prose("Please proceed by mutual legal assistance."),
        };
        scene.does(&mira(), Step::Decide(Decision::Deny(refused)));
    } else {
        scene.does(
            &mira(),
            Step::Decide(Decision::Approve {
                remarks: None,
                not_claiming: true,
                span: None,
            }),
        );
        if instrument.ground() == Ground::Emergency {
            scene.does(
                &noor(),
                Step::Review(Review {
                    finding: ReviewFinding::Upheld,
                    reasons: prose("The danger was real and near."),
                }),
            );
        }
        if !instrument.preserves_only() {
            scene.later(12);
            let sent = scene.now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
            let answers = scene.case.granted().iter();
            let answers = answers.map(|one| (*one, Answer::Produced)).collect();
            scene.does(
                &anna(),
                Step::Disclose(Disclosure {
                    answers,
                    recipient: line("D.S. Helena Marsh, Metropolitan Police of Northgate"),
                    means: Means::SecureTransfer,
                    sent,
                    what: prose("One archive, production.zip, with one table for each category."),
                    sha256: Some(digest(77)),
                }),
            );
        }
    }
    scene.does(
        &anna(),
        Step::Close(Closing {
            notice: NoticeOutcome::NotifiedAfter,
            gagged_until: None,
            delayed_until: None,
            words: None,
        }),
    );
    scene
}

/// A case at any stage of its life.
pub fn at(count: u32, stage: Stage) -> Scene {
    let mut scene = Scene::numbered(count, "2026-11-02T18:00:00Z");
    let draft = Step::Draft {
        fields: request_fields(),
    };
    let approve = Step::Decide(Decision::Approve {
        remarks: Some(prose("Nothing beyond September.")),
        not_claiming: false,
        span: None,
    });
    let warrant = Instrument::SearchWarrant;
    match stage {
        Stage::Draft => {
            scene.does(&anna(), draft);
        }
        Stage::Filed => {
            scene.does(&anna(), draft).does(
                &anna(),
                Step::File {
                    policy: PolicyVersion(3),
                },
            );
        }
        Stage::InReview => scene.reaches_review(warrant),
        Stage::Returned => {
            scene.reaches_review(warrant);
            let needs = prose("The third page of the warrant.");
            scene.does(&mira(), Step::Decide(Decision::Return { needs }));
        }
        Stage::Approved => {
            scene.reaches_review(warrant);
            scene.does(&mira(), approve);
        }
        Stage::PartlyApproved => {
            scene.reaches_review(warrant);
            let all = scene.case.requested();
            let (granted, refused) = all
                .iter()
                .partition::<BTreeSet<Category>, _>(|one| one.tier() != Tier::Contents);
            let refused = refused.into_iter().map(|one| {
                let why = Refused {
                    code: ReasonCode::OVERBROAD,
                    word: None,
                    reasons: prose("The warrant does not reach it."),
                };
                (one, why)
            });
            scene.does(
                &mira(),
                Step::Decide(Decision::ApproveInPart {
                    granted,
                    refused: refused.collect(),
                    remarks: None,
                    not_claiming: false,
                    span: None,
                }),
            );
        }
        Stage::Denied => {
            scene.reaches_review(warrant);
            let refused = Refused {
                code: ReasonCode::VAGUE,
                word: None,
                reasons: prose("It names no account."),
            };
            scene.does(&mira(), Step::Decide(Decision::Deny(refused)));
        }
        Stage::Disclosed => {
            scene.reaches_review(warrant);
            scene.does(&mira(), approve);
            let answers = scene.case.granted().iter();
            let answers = answers.map(|one| (*one, Answer::NotHeld)).collect();
            let sent = scene.now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
            scene.does(
                &anna(),
                Step::Disclose(Disclosure {
                    answers,
                    recipient: line("D.S. Helena Marsh"),
                    means: Means::Post,
                    sent,
                    what: prose("A letter: nothing is held."),
                    sha256: None,
                }),
            );
        }
        Stage::Closed => return closed(),
        Stage::Withdrawn => {
            scene.reaches_review(warrant);
            let reasons = prose("The requester withdrew by letter of today.");
            scene.does(&anna(), Step::Withdraw(Said { reasons }));
        }
    }
    scene
}

impl Scene {
    /// From the first line typed to the manager's desk, with one attempt that the rules refuse.
    fn reaches_review(&mut self, instrument: Instrument) {
        let mut fields = request_fields().without("categories");
        let reached = asked().into_iter().filter(|category| {
            matches!(instrument.ceiling(), Ceiling::Nothing | Ceiling::Preserve)
                || reaches(
                    instrument,
                    &casework::tables::Terms::before(instrument),
                    &asked().into(),
                    *category,
                )
                .is_ok()
        });
        for category in reached {
            fields.push("categories", category.code());
        }
        let approve = Step::Decide(Decision::Approve {
            remarks: None,
            not_claiming: true,
            span: None,
        });
        self.does(&anna(), Step::Draft { fields })
            .does(&anna(), Step::Attach(order(7, "The paper.pdf")))
            .does(
                &anna(),
                Step::File {
                    policy: PolicyVersion(3),
                },
            )
            .tries(&mira(), approve.clone())
            .does(&anna(), Step::Classify(answered(instrument)))
            .does(&bruno(), Step::Verify(call(Finding::Confirmed)))
            .does(&anna(), Step::SUBMIT)
            .tries(&bruno(), approve)
            .later(15);
    }
}
