//! Data that is kept: European Preservation Orders.

use casework::case::Step;
use casework::disclosure::NoticeOutcome;
use casework::hold::Renews;
use casework::instrument::Instrument;
use casework::letter::LetterKind;
use casework::scope::Category;

use super::{approve, asking, close, filed};
use crate::beside::{converted, hold, letter, released, renewed};
use crate::{Scene, anna, mira};

/// A European Preservation Order: renewed twice, converted, released for the production.
pub fn preserved(count: u32) -> Scene {
    let mut scene = kept(count);
    scene
        .tries(&anna(), close(NoticeOutcome::IssuingAuthorityNotifies))
        .later(24 * 55)
        .does(
            &anna(),
            renewed(
                Renews::Hold,
                "Form 3 of the regulation, 28 December 2026",
                None,
            ),
        )
        .later(24 * 28)
        .does(
            &anna(),
            renewed(
                Renews::Hold,
                "Form 3 of the regulation, 25 January 2027",
                None,
            ),
        )
        .later(24 * 10)
        .does(&anna(), converted(57))
        .tries(
            &anna(),
            renewed(Renews::Hold, "Form 3, sent once more", None),
        )
        .later(24 * 20)
        .does(
            &anna(),
            released(
                "Produced in DD-2026-00057; that case keeps what it needs.",
                None,
            ),
        )
        .does(&anna(), close(NoticeOutcome::IssuingAuthorityNotifies));
    scene
}

/// A European Preservation Order after which no other came: what was kept is deleted.
pub fn deleted(count: u32) -> Scene {
    let mut scene = kept(count);
    scene
        .later(24 * 61)
        .tries(&anna(), released("The sixty days are over.", None))
        .does(
            &anna(),
            released(
                "The sixty days are over and nothing else came.",
                Some("2027-01-02T10:00+01:00[Europe/Berlin]"),
            ),
        )
        .does(&anna(), close(NoticeOutcome::IssuingAuthorityNotifies));
    scene
}

/// A European Preservation Order: its hold stands.
pub fn kept(count: u32) -> Scene {
    let fields = asking(&[Category::RecordedCommunications, Category::IpHistory]).without("due");
    let mut scene = filed(count, Instrument::EpocPr, fields);
    scene
        .does(&anna(), hold())
        .does(
            &anna(),
            letter(11, LetterKind::Preservation, "Staatsanwaltschaft Hamburg"),
        )
        .does(&anna(), Step::SUBMIT)
        .later(12)
        .does(&mira(), approve(None));
    scene
}
