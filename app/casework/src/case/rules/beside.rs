//! The rules of what lives beside the stage: what is held, pauses, holds, gags, notices,
//! objections. Source: domain, sections 4 and 5.

use jiff::Timestamp;

use crate::{
    Refusal,
    case::{Case, Stage, Step, StepKind},
    clock::{self, ClockKind},
    decision::Decision,
    disclosure::Disclosure,
    emergency::Span,
    form::Faults,
    ground::Ground,
    held::Holding,
    hold::{Renewal, Renews},
    ledger::sealed::is_mask,
    notice::{DELAY_ENDS, WhyUntold},
    scope::{Category, Tier},
    verification::{Finding, Method, Verification},
    words::Line,
};

/// The clocks that may be paused: those by which the desk owes an answer.
const PAUSABLE: &[ClockKind] = &[ClockKind::Due, ClockKind::Statutory];

impl Case {
    /// Whether there is anything for a step beside the stage to act on.
    pub(super) fn has_use_for(&self, step: StepKind) -> Result<(), Refusal> {
        let beside = &self.beside;
        let emergency = self.ground() == Some(Ground::Emergency);
        if step.is_beside() && self.stage == Stage::Withdrawn && self.filed.is_none() {
            // A draft that came to nothing: nobody asked, so nobody is told or answered.
            return Err(Refusal::NotAtThisStage {
                stage: self.stage,
                step,
            });
        }
        let (stands, otherwise) = match step {
            StepKind::Resume => (beside.any_paused(), Refusal::NotPaused),
            StepKind::Hold => (beside.hold().is_none(), Refusal::HoldStandsAlready),
            StepKind::Renew => (
                beside.hold().is_some() || beside.gag_order().is_some(),
                Refusal::NothingToRenew,
            ),
            StepKind::Convert | StepKind::Release => (beside.hold().is_some(), Refusal::NoHold),
            StepKind::Gag => (beside.gag_order().is_none(), Refusal::GagStandsAlready),
            StepKind::Lift => (
                beside.gag_order().is_some()
                    || (beside.gags.is_empty()
                        && beside.demand_lifted.is_none()
                        && self.gag().is_some()),
                Refusal::NoGag,
            ),
            StepKind::Object => (beside.objection().is_none(), Refusal::ObjectionOpen),
            StepKind::Settle => (beside.objection().is_some(), Refusal::NoObjection),
            // Of an emergency that was never released there is nothing that process could cover.
            StepKind::Process => (
                emergency && self.decisions.iter().any(|one| one.what.approves()),
                Refusal::NoEmergency,
            ),
            _ => return Ok(()),
        };
        if stands { Ok(()) } else { Err(otherwise) }
    }

    /// Asks of the contents of a step beside the stage; any other passes.
    pub(super) fn takes_beside(&self, step: &Step, now: Timestamp) -> Result<(), Refusal> {
        match step {
            Step::Search(search) => {
                let requested = self.requested();
                match search.answers.keys().find(|one| !requested.contains(one)) {
                    Some(other) => Err(Refusal::NotRequested(*other)),
                    None => Ok(()),
                }
            }
            Step::Pause(pause) => {
                if !PAUSABLE.contains(&pause.clock) || !self.runs(pause.clock) {
                    Err(Refusal::NoSuchClock(pause.clock))
                } else if self.beside.is_paused(pause.clock) {
                    Err(Refusal::PausedAlready(pause.clock))
                } else {
                    Ok(())
                }
            }
            Step::Resume(pause) if !self.beside.is_paused(pause.clock) => Err(Refusal::NotPaused),
            Step::Renew(renewal) => self.renews(renewal),
            Step::Convert(conversion) if conversion.production == self.number => {
                Err(Faults::one("production", "This is the case itself.").into())
            }
            // Which production the data was first kept on for is not written over.
            Step::Convert(_)
                if self
                    .beside
                    .hold()
                    .is_some_and(|hold| hold.converted.is_some()) =>
            {
                Err(Refusal::HoldConverted)
            }
            Step::Release(release) => {
                let converted = self
                    .beside
                    .hold()
                    .is_some_and(|hold| hold.converted.is_some());
                let ahead = release
                    .deleted
                    .as_ref()
                    .is_some_and(|deleted| deleted.at.timestamp() > now);
                if ahead {
                    Err(Faults::one("deleted_at", "This lies in the future.").into())
                } else if release.deleted.is_none() && !converted {
                    Err(Faults::one(
                        "deleted_by",
                        "A hold that ends without a production ends with deletion: say who deleted it, when and what.",
                    )
                    .into())
                } else {
                    Ok(())
                }
            }
            Step::Gag(gag) if gag.until.is_some_and(|until| until < gag.from) => {
                Err(Faults::one("until", "The last day lies before the first.").into())
            }
            Step::Lift(lift) if lift.on > clock::today(self, now) => {
                Err(Faults::one("on", "This lies in the future.").into())
            }
            Step::Notify(notice) => {
                if notice.sent.timestamp() > now {
                    return Err(Faults::one("sent", "This lies in the future.").into());
                }
                self.may_be_told(now)
            }
            Step::Untold(untold)
                if untold.why == WhyUntold::ExigentDelay && untold.until.is_none() =>
            {
                Err(Faults::one("until", DELAY_ENDS).into())
            }
            Step::Untold(untold)
                if untold
                    .until
                    .is_some_and(|until| until < clock::today(self, now)) =>
            {
                Err(Faults::one("until", "This lies in the past; tell the subject instead.").into())
            }
            Step::Letter(letter) => self.may_write(letter.letter, now),
            Step::Object(objection) if objection.at.timestamp() > now => {
                Err(Faults::one("at", "This lies in the future.").into())
            }
            _ => Ok(()),
        }
    }

    /// Whether this clock runs now, and is one of those that may be paused.
    pub fn may_pause(&self, clock: ClockKind) -> bool {
        PAUSABLE.contains(&clock) && self.runs(clock) && !self.beside.is_paused(clock)
    }

    fn runs(&self, kind: ClockKind) -> bool {
        clock::clocks(self)
            .iter()
            .any(|clock| clock.kind == kind && !clock.stopped)
    }

    fn renews(&self, renewal: &Renewal) -> Result<(), Refusal> {
        match renewal.of {
            Renews::Hold => match self.beside.hold() {
                None => Err(Refusal::NoHold),
                Some(hold) if hold.converted.is_some() => Err(Refusal::HoldConverted),
                Some(_) => Ok(()),
            },
            Renews::Gag => {
                let gag = self.beside.gag_order().ok_or(Refusal::NoGag)?;
                match (renewal.until, gag.until()) {
                    (None, _) => Err(Faults::one("until", "Give the new last day.").into()),
                    (Some(until), Some(before)) if until <= before => Err(Faults::one(
                        "until",
                        format!("The order runs until {before} already; a renewal ends later."),
                    )
                    .into()),
                    _ => Ok(()),
                }
            }
        }
    }

    /// While a nondisclosure order runs, the subject is not told.
    ///
    /// # Errors
    /// [`Refusal::GagRuns`], which says until when.
    pub fn may_be_told(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.gag_runs(now) {
            None => Ok(()),
            Some(gag) => Err(Refusal::GagRuns {
                basis: gag.basis,
                until: gag.until,
            }),
        }
    }

    /// What was said not to be held can be neither granted nor produced.
    pub(super) fn holds(&self, category: Category) -> Result<(), Refusal> {
        match self.holding(category) {
            Some((holding, _)) if holding != Holding::Held => {
                Err(Refusal::NotHeld { category, holding })
            }
            _ => Ok(()),
        }
    }

    /// Whether a grant of these needs a second manager before anything leaves the house.
    /// An emergency has its own second manager, within 48 hours of the release.
    pub(in crate::case) fn needs_two<'a>(
        &self,
        mut granted: impl Iterator<Item = &'a Category>,
    ) -> bool {
        let terms = self.terms();
        terms.two_for_contents && granted.any(|one| terms.tier(*one) == Tier::Contents)
    }

    /// An emergency is released for stated days of data only.
    pub(super) fn is_boxed(&self, decision: &Decision) -> Result<(), Refusal> {
        let span: Option<&Span> = match decision {
            Decision::Approve { span, .. } | Decision::ApproveInPart { span, .. } => span.as_ref(),
            Decision::Deny(_) | Decision::Return { .. } => return Ok(()),
        };
        if span.is_some_and(|span| span.until < span.from) {
            return Err(Faults::one("span_until", "The last day lies before the first.").into());
        }
        if self.is_under_terms() && self.ground() == Some(Ground::Emergency) && span.is_none() {
            return Err(Faults::one(
                "span_from",
                "An emergency is released for stated days of data only: give the first and the last.",
            )
            .into());
        }
        Ok(())
    }

    /// What has to stand before anything leaves the house.
    pub(super) fn may_leave(&self, disclosure: &Disclosure, now: Timestamp) -> Result<(), Refusal> {
        disclosure
            .produced()
            .try_for_each(|category| self.holds(category))?;
        if !self.is_under_terms() {
            return Ok(());
        }
        // What counts is when it was sent: a disclosure made in time may be recorded after.
        let sent = disclosure.sent.timestamp();
        if sent > now {
            return Err(Faults::one("sent", "This lies in the future.").into());
        }
        if let Some(released) = self.released_at()
            && sent < released
        {
            return Err(Faults::one(
                "sent",
                format!(
                    "It was released on {released:.0}, after this; say when it was really sent."
                ),
            )
            .into());
        }
        if let Some(lapsed) = clock::release_lapses(self)
            && sent > lapsed
        {
            return Err(Refusal::ReleaseLapsed(lapsed));
        }
        if disclosure.produced().next().is_none() || !self.terms().objection_stops {
            return Ok(());
        }
        if let Some(objection) = self.beside.objection() {
            return Err(Refusal::Objected(objection.raised.what.by.clone()));
        }
        match clock::window_ended(self, sent) {
            Some(ends) if sent <= ends => Err(Refusal::WindowRuns(ends)),
            _ => Ok(()),
        }
    }

    /// Since when the standing decision lets something leave the house: its own moment, or that of
    /// the second manager who had to agree. A form tells minutes, so it is cut to the minute.
    fn released_at(&self) -> Option<Timestamp> {
        let decided = self.decisions.last().filter(|one| one.what.approves())?.at;
        let agreed = self
            .reviews
            .last()
            .filter(|review| review.at >= decided && self.needs_two(self.granted.iter()))
            .filter(|_| self.ground() != Some(Ground::Emergency))
            .map_or(decided, |review| review.at);
        Some(clock::minute(agreed))
    }

    /// A call-back to the number that the request itself gives proves nothing.
    /// Source: domain, section 2; trust, "No disclosure on an unverified emergency".
    pub(super) fn is_independent(&self, verification: &Verification) -> Result<(), Refusal> {
        if self.called_as_told(verification) {
            return Err(Refusal::NumberFromRequest);
        }
        if self.called_nowhere(verification) {
            return Err(Faults::one("contact", "Give the number that was called.").into());
        }
        Ok(())
    }

    /// Whether an emergency's call-back names no number.
    pub(crate) fn called_nowhere(&self, verification: &Verification) -> bool {
        let called = verification.contact.as_str();
        verification.method == Method::CallBack
            && self.ground() == Some(Ground::Emergency)
            && self.is_under_terms()
            && !is_mask(called)
            && crate::phone::plain(called).is_none()
    }

    /// Whether an emergency was confirmed by calling a number that its request gives, in its field or
    /// anywhere in its text.
    pub(crate) fn called_as_told(&self, verification: &Verification) -> bool {
        // Elsewhere it is told as a signal: there an authority's own number may stand in its letter
        // and in the directory alike.
        let binds = self.is_under_terms()
            && self.ground() == Some(Ground::Emergency)
            && verification.method == Method::CallBack
            && verification.finding == Finding::Confirmed;
        let called = verification.contact.as_str();
        let Some(request) = self.request.as_ref().filter(|_| binds && !is_mask(called)) else {
            return false;
        };
        [
            request.requester.phone.as_ref().map(Line::as_str),
            Some(request.asks.as_str()),
            Some(request.legal_basis.as_str()),
            request.deliver_to.as_ref().map(Line::as_str),
        ]
        .into_iter()
        .flatten()
        .any(|given| !is_mask(given) && crate::phone::stands_in(called, given))
    }
}
