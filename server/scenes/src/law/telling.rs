//! Subjects who are told, and what forbids it.

use casework::case::Step;
use casework::disclosure::{Answer, Closing, NoticeOutcome};
use casework::held::Holding;
use casework::hold::Renews;
use casework::instrument::Instrument;
use casework::letter::LetterKind;
use casework::notice::{NoticeMeans, SettlementFinding};
use casework::reason::ReasonCode;
use casework::scope::Category;

use super::{approve, asking, close, deny, filed, review};
use crate::beside::{gag, letter, lifted, looked, notice, objection, renewed, settled};
use crate::{Scene, anna, mira, noor, prose};

/// A warrant that reaches contents, on which two managers agree; its gag is renewed and ends, and
/// the subject is told.
pub fn gagged(count: u32) -> Scene {
    let mut scene = warrant_for_contents(count);
    scene
        .does(&anna(), gag(Some("2027-01-28")))
        .sends(&[Answer::Produced; 3])
        .tries(&anna(), close(NoticeOutcome::NotifiedAfter))
        .does(
            &anna(),
            Step::Close(Closing {
                notice: NoticeOutcome::Gagged,
                gagged_until: Some("2027-01-28".parse().unwrap()),
                delayed_until: None,
                words: Some(prose(
                    "The order is on file; a notice falls due the day it ends.",
                )),
            }),
        )
        .later(24 * 80)
        .does(
            &anna(),
            renewed(
                Renews::Gag,
                "Order 3:27-mj-00021 of 2027-01-22",
                Some("2027-04-28"),
            ),
        )
        .later(24 * 30)
        .tries(
            &anna(),
            notice(NoticeMeans::Outbox, "2027-02-21T09:00+00:00[UTC]"),
        )
        .later(24 * 67)
        .does(
            &anna(),
            notice(NoticeMeans::Outbox, "2027-04-29T09:00+00:00[UTC]"),
        )
        .does(&anna(), letter(21, LetterKind::Notice, "J. Doe"));
    scene
}

/// The same, but the court lifts an order that named no end.
pub fn no_longer_gagged(count: u32) -> Scene {
    let mut scene = warrant_for_contents(count);
    scene
        .does(&anna(), gag(None))
        .later(24 * 20)
        .does(
            &anna(),
            lifted(
                "2026-11-23",
                "The court vacated it on our motion, docket 3:26-mj-00418, entry 9.",
            ),
        )
        .does(
            &anna(),
            notice(
                NoticeMeans::Elsewhere,
                "2026-11-23T07:00-05:00[America/New_York]",
            ),
        )
        .later(24 * 10)
        .sends(&[Answer::Produced, Answer::Produced, Answer::AlreadyDeleted])
        .does(&anna(), close(NoticeOutcome::NotifiedBefore));
    scene
}

/// A civil subpoena: the subject was told before, objects, and is overruled.
pub fn overruled(count: u32) -> Scene {
    let mut scene = objected(count);
    scene
        .does(
            &noor(),
            settled(
                SettlementFinding::Overruled,
                "The court denied the motion to quash on 2026-11-20, docket 26-CV-2291, entry 4.",
            ),
        )
        .later(24 * 3)
        .sends(&[Answer::Produced; 2])
        .does(
            &anna(),
            letter(31, LetterKind::Production, "Stone & Partners"),
        )
        .does(&anna(), close(NoticeOutcome::NotifiedBefore));
    scene
}

/// The same, sustained: the decision is taken anew.
pub fn sustained(count: u32) -> Scene {
    let mut scene = objected(count);
    scene
        .does(
            &noor(),
            settled(
                SettlementFinding::Sustained,
                "The account was given up in 2024: it is not the one meant.",
            ),
        )
        .does(&anna(), Step::SUBMIT)
        .does(
            &mira(),
            deny(
                ReasonCode::ACCOUNT_NOT_FOUND,
                "The subpoena names an account that is no longer the subject's.",
            ),
        )
        .does(&anna(), letter(32, LetterKind::Refusal, "Stone & Partners"))
        .does(&anna(), close(NoticeOutcome::NotifiedBefore));
    scene
}

fn warrant_for_contents(count: u32) -> Scene {
    let asked = [
        Category::EmailAddress,
        Category::IpHistory,
        Category::RecordedCommunications,
    ];
    let mut scene = filed(count, Instrument::SearchWarrant, asking(&asked));
    scene
        .does(
            &anna(),
            looked(
                &asked.map(|category| (category, Holding::Held)),
                "Looked by account and by visitor in both clusters.",
            ),
        )
        .does(&anna(), Step::SUBMIT)
        .later(14)
        .does(&mira(), approve(None))
        .tries_to_send(&[Answer::Produced; 3])
        .tries(&mira(), review("Mine was right."))
        .does(
            &noor(),
            review("Attachment B names the account and the days; both are met."),
        );
    scene
}

fn objected(count: u32) -> Scene {
    let asked = [Category::ContactInformation, Category::EmailAddress];
    let mut scene = filed(count, Instrument::CivilSubpoena, asking(&asked));
    scene
        .does(&anna(), Step::SUBMIT)
        .does(&mira(), approve(None))
        .does(
            &anna(),
            notice(NoticeMeans::Outbox, "2026-11-02T20:00+00:00[UTC]"),
        )
        .tries_to_send(&[Answer::Produced; 2])
        .later(24 * 3)
        .does(
            &anna(),
            objection("2026-11-05T16:10-05:00[America/New_York]"),
        )
        .later(24 * 16)
        .tries_to_send(&[Answer::Produced; 2]);
    scene
}
