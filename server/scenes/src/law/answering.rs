//! What is answered: with data in part, and with other things than data.

use casework::case::Step;
use casework::clock::ClockKind;
use casework::decision::Decision;
use casework::disclosure::{Answer, NoticeOutcome};
use casework::held::Holding;
use casework::instrument::Instrument;
use casework::letter::LetterKind;
use casework::reason::ReasonCode;
use casework::scope::Category;
use casework::verification::{Finding, Verification};

use super::{FILE, approve, asking, close, deny, filed, refused, review};
use crate::beside::{letter, looked, paused, process, resumed, under_terms};
use crate::{Scene, anna, bruno, call, line, mira, noor};

/// An emergency: a call-back that failed, a good one, days of data that are released, a review, and
/// what became of formal process.
pub fn rescued(count: u32, arrived: bool) -> Scene {
    let fields = asking(&[Category::IpHistory, Category::SessionTimes]).without("due");
    let mut scene = Scene::numbered(count, "2026-11-02T19:30:00Z");
    let own = Verification {
        contact: line("+1 (555) 0142"),
        ..call(Finding::Confirmed)
    };
    scene
        .does(&anna(), Step::Draft { fields })
        .does(&anna(), FILE)
        .does(&anna(), under_terms(Instrument::EmergencyRequest))
        .tries(&bruno(), Step::Verify(own))
        .does(
            &bruno(),
            Step::Verify(Verification {
                answered_by: line("A recorded message; nobody called back"),
                remarks: None,
                ..call(Finding::NotConfirmed)
            }),
        )
        .does(&bruno(), Step::Verify(call(Finding::Confirmed)))
        .does(&anna(), Step::SUBMIT)
        .tries(&mira(), approve(None))
        .does(&mira(), approve(Some(("2026-11-01", "2026-11-02"))))
        .does(
            &anna(),
            looked(
                &[
                    (Category::IpHistory, Holding::Held),
                    (Category::SessionTimes, Holding::AlreadyDeleted),
                ],
                "Looked by visitor and by account; sessions are deleted after seven days.",
            ),
        )
        .sends(&[Answer::AlreadyDeleted, Answer::Produced])
        .tries(&anna(), close(NoticeOutcome::ExigentDelay))
        .later(20)
        .does(
            &noor(),
            review("The danger was described by two witnesses and the call-back confirmed it."),
        )
        .does(&anna(), close(NoticeOutcome::ExigentDelay))
        .later(24 * 30);
    let says = if arrived {
        "Search warrant 3:26-mj-00520 of 2026-11-12, filed as DD-2026-00071."
    } else {
        "None came in thirty days. Their duty prosecutor was reminded twice; told to the general counsel."
    };
    scene.does(&anna(), process(arrived, says));
    scene
}

/// A grand-jury subpoena: what is held, a paused clock, letters, and a grant of less than was asked.
pub fn narrowed(count: u32) -> Scene {
    let mut scene = filed(
        count,
        Instrument::Subpoena,
        asking(&[
            Category::EmailAddress,
            Category::ContactInformation,
            Category::IpHistory,
        ]),
    );
    scene
        .does(
            &anna(),
            letter(41, LetterKind::Acknowledgement, "D.S. Helena Marsh"),
        )
        .does(
            &anna(),
            paused(
                ClockKind::Due,
                "We asked which of two accounts of this name is meant.",
            ),
        )
        .does(
            &anna(),
            letter(42, LetterKind::Information, "D.S. Helena Marsh"),
        )
        .later(50)
        .does(
            &anna(),
            resumed(ClockKind::Due, "They named the account client-77120."),
        )
        .does(
            &anna(),
            looked(
                &[
                    (Category::ContactInformation, Holding::NotHeld),
                    (Category::EmailAddress, Holding::Held),
                    (Category::IpHistory, Holding::Held),
                ],
                "Looked in the accounts and in billing, by account and by address.",
            ),
        )
        .does(
            &anna(),
            letter(43, LetterKind::Narrowing, "D.S. Helena Marsh"),
        )
        .does(&anna(), Step::SUBMIT)
        .tries(&mira(), approve(None))
        .does(
            &mira(),
            Step::Decide(Decision::ApproveInPart {
                granted: [Category::EmailAddress].into(),
                refused: [
                    (
                        Category::ContactInformation,
                        refused(
                            ReasonCode::DATA_NOT_HELD,
                            "No contact information was given for it.",
                        ),
                    ),
                    (
                        Category::IpHistory,
                        refused(
                            ReasonCode::INSTRUMENT_INSUFFICIENT,
                            "A subpoena does not reach it.",
                        ),
                    ),
                ]
                .into(),
                remarks: None,
                not_claiming: false,
                span: None,
            }),
        )
        .sends(&[Answer::Produced])
        .does(
            &anna(),
            letter(44, LetterKind::Production, "D.S. Helena Marsh"),
        )
        .does(&anna(), close(NoticeOutcome::NotRequired));
    scene
}

/// A foreign authority that writes by itself is referred to mutual legal assistance.
pub fn foreign(count: u32) -> Scene {
    let mut scene = filed(
        count,
        Instrument::ForeignDirect,
        asking(&[Category::IpHistory]),
    );
    scene
        .does(&anna(), Step::SUBMIT)
        .tries(&mira(), approve(None))
        .does(&mira(), deny(ReasonCode::FOREIGN, "Please proceed by mutual legal assistance. This does not say whether an account exists."))
        .does(&anna(), letter(51, LetterKind::Refusal, "The public prosecutor's office"))
        .does(&anna(), close(NoticeOutcome::NotRequired));
    scene
}

/// The company's own claim, for which a lesser means would do.
pub fn own_claim(count: u32) -> Scene {
    let mut scene = filed(
        count,
        Instrument::OwnClaim,
        asking(&[Category::PaymentInformation]),
    );
    scene
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            deny(
                ReasonCode::NOT_NECESSARY,
                "An invoice sent once more will do; the debt is forty euros.",
            ),
        )
        .does(&anna(), close(NoticeOutcome::NotRequired));
    scene
}

/// A client's visitors: the requester is sent to the client.
pub fn redirected(count: u32) -> Scene {
    let mut scene = filed(
        count,
        Instrument::OtherCourtOrder,
        asking(&[Category::RecordedCommunications]),
    );
    scene
        .does(
            &anna(),
            looked(
                &[(
                    Category::RecordedCommunications,
                    Holding::RedirectedToController,
                )],
                "Kept for our client, who controls it: Harbour Bank plc, named to the requester.",
            ),
        )
        .does(&anna(), Step::SUBMIT)
        .tries(&mira(), approve(None))
        .does(
            &mira(),
            deny(
                ReasonCode::REDIRECT_TO_CONTROLLER,
                "The conversations are our client's; please serve Harbour Bank plc.",
            ),
        )
        .does(
            &anna(),
            letter(61, LetterKind::Refusal, "D.S. Helena Marsh"),
        )
        .does(&anna(), close(NoticeOutcome::NotRequired));
    scene
}

/// A post in a public forum, which everybody can read.
pub fn public_post(count: u32) -> Scene {
    let mut scene = filed(
        count,
        Instrument::SearchWarrant,
        asking(&[Category::RecordedCommunications]),
    );
    scene
        .does(
            &anna(),
            looked(
                &[(Category::RecordedCommunications, Holding::PublicOrNotOurs)],
                "The post stands in a public forum; its address was named to the requester.",
            ),
        )
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            deny(
                ReasonCode::ALREADY_PUBLIC,
                "The post can be read by everybody at the address that you named.",
            ),
        )
        .does(&anna(), close(NoticeOutcome::NotRequired));
    scene
}
