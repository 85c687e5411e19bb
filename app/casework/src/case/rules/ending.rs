//! What has to stand before a case is closed: nothing is kept any more, and what the closing says of
//! the notice is what is on file of it. Source: domain, sections 4 and 5.

use jiff::Timestamp;

use crate::{
    Refusal,
    case::Case,
    clock,
    disclosure::{Closing, NoticeOutcome},
    form::Faults,
    notice::DELAY_ENDS,
};

impl Case {
    /// What has to stand before the case ends.
    pub(super) fn may_end(&self, closing: &Closing, now: Timestamp) -> Result<(), Refusal> {
        if let Some(hold) = self.beside.hold() {
            return Err(Refusal::HoldStands(hold.given.what.owner.clone()));
        }
        if self.is_under_terms()
            && self.preserves_only()
            && self.stage.is_approved()
            && self.keeps_nothing_it_could()
        {
            return Err(Refusal::NothingHeld);
        }
        self.may_be_said(closing, now)
    }

    /// Whether nothing was ever kept, though nobody said that there is nothing to keep.
    fn keeps_nothing_it_could(&self) -> bool {
        self.beside.holds.is_empty() && !self.holds_nothing()
    }

    /// Whether the case may be closed with this on the notice.
    fn may_be_said(&self, closing: &Closing, now: Timestamp) -> Result<(), Refusal> {
        let terms = self.is_under_terms();
        let fault = |field: &str, says: &str| Err(Faults::one(field, says).into());
        match closing.notice {
            NoticeOutcome::Gagged => {
                let endless = terms && self.gag_runs(now).is_some_and(|gag| gag.until.is_none());
                if closing.gagged_until.is_some() || endless {
                    Ok(())
                } else {
                    fault(
                        "gagged_until",
                        "Say until when the gag runs; the day it ends, a notice falls due.",
                    )
                }
            }
            _ if !terms => Ok(()),
            NoticeOutcome::NotifiedBefore | NoticeOutcome::NotifiedAfter => {
                self.may_be_told(now)?;
                self.was_told(closing)
            }
            NoticeOutcome::ExigentDelay => match closing.delayed_until {
                None => fault("delayed_until", DELAY_ENDS),
                Some(until) if until < clock::today(self, now) => {
                    fault("delayed_until", "This lies in the past.")
                }
                Some(_) => Ok(()),
            },
            NoticeOutcome::NoContact
            | NoticeOutcome::IssuingAuthorityNotifies
            | NoticeOutcome::NotRequired
                if !self.beside.notices.is_empty() =>
            {
                fault("notice", "A notice is on file: the subject was told.")
            }
            NoticeOutcome::NoContact
            | NoticeOutcome::IssuingAuthorityNotifies
            | NoticeOutcome::NotRequired => Ok(()),
        }
    }

    /// What a closing says of a notice is what is on file of it; where nothing is, it says in words
    /// how and when the subject was told.
    fn was_told(&self, closing: &Closing) -> Result<(), Refusal> {
        let fault = |field: &str, says: &str| Err(Faults::one(field, says).into());
        if self.beside.notices.is_empty() {
            return match &closing.words {
                Some(_) => Ok(()),
                None => fault(
                    "words",
                    "No notice is on file: say how and when the subject was told.",
                ),
            };
        }
        match self.notice_stands() {
            Some((stands, _)) if stands != closing.notice => fault(
                "notice",
                if stands == NoticeOutcome::NotifiedBefore {
                    "The notice on file was sent before anything left the house."
                } else {
                    "The notice on file was sent after something had left the house."
                },
            ),
            _ => Ok(()),
        }
    }
}
