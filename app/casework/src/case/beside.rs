//! What lives beside the stage of a case, each with its own clock: what is held, pauses, holds,
//! nondisclosure orders, notices, objections, letters. Source: domain, section 5.

use std::borrow::Cow;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, Event, Stage, Step},
    clock::{self, ClockKind},
    disclosure::NoticeOutcome,
    emergency::Process,
    held::{Holding, Search},
    hold::{Conversion, Hold, HoldRelease, Renewal, Renews},
    instrument::Instrument,
    letter::{Letter, LetterId},
    member::Signed,
    notice::{Gag, Lift, Notice, Objection, Settlement, SettlementFinding, Untold, WhyUntold},
    pause::Pause,
    request::Confidentiality,
    scope::Category,
    words::Line,
};

/// All of it; what is empty is not written down, so a case from before reads and prints the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searches: Vec<Signed<Search>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<PauseOnCase>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<HoldOnCase>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gags: Vec<GagOnCase>,
    /// A demand for confidentiality in the request itself was found not to bind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand_lifted: Option<Signed<Lift>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Signed<Notice>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untold: Vec<Signed<Untold>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<ObjectionOnCase>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Signed<Letter>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub processes: Vec<Signed<Process>>,
}

/// A clock that was paused, and may run again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseOnCase {
    pub paused: Signed<Pause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed: Option<Signed<Pause>>,
}

/// A hold with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldOnCase {
    pub given: Signed<Hold>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renewals: Vec<Signed<Renewal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted: Option<Signed<Conversion>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Signed<HoldRelease>>,
}

impl HoldOnCase {
    /// Whether the data is still kept.
    pub fn stands(&self) -> bool {
        self.released.is_none()
    }
}

/// A nondisclosure order with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GagOnCase {
    pub ordered: Signed<Gag>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renewals: Vec<Signed<Renewal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted: Option<Signed<Lift>>,
}

impl GagOnCase {
    /// Its last day by the newest renewal; none where it is open-ended.
    pub fn until(&self) -> Option<civil::Date> {
        self.renewals
            .iter()
            .rev()
            .find_map(|renewal| renewal.what.until)
            .or(self.ordered.what.until)
    }
}

/// An objection with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionOnCase {
    pub raised: Signed<Objection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Signed<Settlement>>,
}

/// What forbids telling the subject: an order, or the request's own demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingGag {
    pub basis: Line,
    pub from: Option<civil::Date>,
    /// Its last day; none where it is open-ended.
    pub until: Option<civil::Date>,
    /// A demand in the request, and no order that was recorded.
    pub demanded: bool,
}

impl Beside {
    /// Whether nothing lives beside the stage.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The hold that stands, if one does.
    pub fn hold(&self) -> Option<&HoldOnCase> {
        self.holds.last().filter(|hold| hold.stands())
    }

    /// The nondisclosure order that was recorded last and not lifted, whether it still runs or not.
    pub fn gag_order(&self) -> Option<&GagOnCase> {
        self.gags.last().filter(|gag| gag.lifted.is_none())
    }

    /// What ended the newest nondisclosure order, or else the request's own demand; an order that was
    /// recorded since stands all the same.
    pub fn lift(&self) -> Option<&Signed<Lift>> {
        match self.gags.last() {
            Some(gag) => gag.lifted.as_ref(),
            None => self.demand_lifted.as_ref(),
        }
    }

    /// The objection that nobody has settled yet.
    pub fn objection(&self) -> Option<&ObjectionOnCase> {
        self.objections
            .last()
            .filter(|objection| objection.settled.is_none())
    }

    /// Whether this clock is paused now.
    pub fn is_paused(&self, clock: ClockKind) -> bool {
        self.pauses
            .iter()
            .any(|pause| pause.paused.what.clock == clock && pause.resumed.is_none())
    }

    /// Whether any clock is paused now.
    pub fn any_paused(&self) -> bool {
        self.pauses.iter().any(|pause| pause.resumed.is_none())
    }

    /// A letter that was filed.
    pub fn letter(&self, id: LetterId) -> Option<&Signed<Letter>> {
        self.letters.iter().find(|letter| letter.what.id == id)
    }

    /// Takes in a step that happens beside the stage; any other changes nothing here.
    pub(super) fn take_in(&mut self, event: &Event) {
        match event.step.clone() {
            Step::Search(search) => self.searches.push(signed(event, search)),
            Step::Pause(pause) => self.pauses.push(PauseOnCase {
                paused: signed(event, pause),
                resumed: None,
            }),
            Step::Resume(pause) => {
                let open = self
                    .pauses
                    .iter_mut()
                    .find(|one| one.resumed.is_none() && one.paused.what.clock == pause.clock);
                if let Some(open) = open {
                    open.resumed = Some(signed(event, pause));
                }
            }
            Step::Hold(hold) => self.holds.push(HoldOnCase {
                given: signed(event, hold),
                renewals: Vec::new(),
                converted: None,
                released: None,
            }),
            Step::Renew(renewal) => {
                let renewals = match renewal.of {
                    Renews::Hold => self.holds.last_mut().map(|hold| &mut hold.renewals),
                    Renews::Gag => self.gags.last_mut().map(|gag| &mut gag.renewals),
                };
                if let Some(renewals) = renewals {
                    renewals.push(signed(event, renewal));
                }
            }
            Step::Convert(conversion) => {
                if let Some(hold) = self.holds.last_mut() {
                    hold.converted = Some(signed(event, conversion));
                }
            }
            Step::Release(release) => {
                if let Some(hold) = self.holds.last_mut() {
                    hold.released = Some(signed(event, release));
                }
            }
            Step::Gag(gag) => self.gags.push(GagOnCase {
                ordered: signed(event, gag),
                renewals: Vec::new(),
                lifted: None,
            }),
            Step::Lift(lift) => match self.gags.last_mut() {
                Some(gag) => gag.lifted = Some(signed(event, lift)),
                None => self.demand_lifted = Some(signed(event, lift)),
            },
            Step::Notify(notice) => self.notices.push(signed(event, notice)),
            Step::Untold(untold) => self.untold.push(signed(event, untold)),
            Step::Object(objection) => self.objections.push(ObjectionOnCase {
                raised: signed(event, objection),
                settled: None,
            }),
            Step::Settle(settlement) => {
                if let Some(objection) = self.objections.last_mut() {
                    objection.settled = Some(signed(event, settlement));
                }
            }
            Step::Letter(letter) => self.letters.push(signed(event, letter)),
            Step::Process(process) => self.processes.push(signed(event, process)),
            _ => {}
        }
    }
}

fn signed<T>(event: &Event, what: T) -> Signed<T> {
    Signed {
        by: event.by.clone(),
        at: event.at,
        what,
    }
}

impl Case {
    /// What lives beside the stage.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// The last word on whether a category is held, and who said so.
    pub fn holding(&self, category: Category) -> Option<(Holding, &Signed<Search>)> {
        self.beside.searches.iter().rev().find_map(|search| {
            let holding = search.what.answers.get(&category)?;
            Some((*holding, search))
        })
    }

    /// Whether somebody looked for all that was asked for, and none of it is held.
    pub fn holds_nothing(&self) -> bool {
        let requested = self.requested();
        !requested.is_empty()
            && requested.iter().all(|category| {
                self.holding(*category)
                    .is_some_and(|(holding, _)| holding != Holding::Held)
            })
    }

    /// What forbids, or forbade, telling the subject. An order outweighs the request's demand; the
    /// demand alone binds until somebody records that it does not, because a notice cannot be
    /// taken back.
    pub fn gag(&self) -> Option<StandingGag> {
        if let Some(gag) = self.beside.gags.last() {
            let order = &gag.ordered.what;
            return Some(StandingGag {
                basis: order.basis.clone(),
                from: Some(order.from),
                until: gag
                    .lifted
                    .as_ref()
                    .map_or(gag.until(), |lifted| Some(lifted.what.on)),
                demanded: false,
            });
        }
        let demand = self.demanded();
        let closed = self.closing.as_ref().and_then(|one| one.what.gagged_until);
        let lifted = self.beside.demand_lifted.as_ref().map(|one| one.what.on);
        // A case that was closed as gagged is gagged, whether the request demanded it or not.
        let basis = match &demand {
            Some(demand) => demand.basis.clone(),
            None => closed.and(Line::parse("what was recorded when the case was closed").ok())?,
        };
        Some(StandingGag {
            basis,
            from: demand.as_ref().and_then(|demand| demand.from),
            until: lifted
                .or(closed)
                .or(demand.as_ref().and_then(|demand| demand.until)),
            demanded: true,
        })
    }

    /// What the request itself forbids: its own demand, or the certification of a national security
    /// letter, which binds without a court.
    fn demanded(&self) -> Option<Cow<'_, Confidentiality>> {
        if let Some(demand) = &self.request.as_ref()?.confidentiality {
            return Some(Cow::Borrowed(demand));
        }
        let classification = self.classification.as_ref()?;
        let certified = classification.instrument == Instrument::NationalSecurityLetter
            && classification.terms.is_some()
            && classification.answer("nondisclosure_certified") == Some("yes");
        let basis = certified.then(|| Line::parse("the letter's nondisclosure certification"))?;
        Some(Cow::Owned(Confidentiality {
            basis: basis.ok()?,
            from: None,
            until: None,
        }))
    }

    /// What forbids telling the subject for as long as its days run.
    fn unlifted_gag(&self) -> Option<StandingGag> {
        self.gag().filter(|_| self.beside.lift().is_none())
    }

    /// What forbids telling the subject at this moment.
    pub fn gag_runs(&self, now: Timestamp) -> Option<StandingGag> {
        let gag = self.unlifted_gag()?;
        let runs = gag
            .until
            .is_none_or(|until| clock::end_of_day(self, until).is_none_or(|end| now <= end));
        runs.then_some(gag)
    }

    /// Why nobody is told, where that ends the duty; a notice that was given outweighs it.
    pub fn never_told(&self) -> Option<&Signed<Untold>> {
        let last = self.beside.untold.last()?;
        (last.what.why != WhyUntold::ExigentDelay).then_some(last)
    }

    /// The last day of the newest delay of a notice, and the moment it was recorded.
    pub fn delayed_until(&self) -> Option<(civil::Date, Timestamp)> {
        let said = self
            .beside
            .untold
            .iter()
            .filter(|one| one.what.why == WhyUntold::ExigentDelay)
            .filter_map(|one| Some((one.what.until?, one.at)));
        let closed = self
            .closing
            .iter()
            .filter(|one| one.what.notice == NoticeOutcome::ExigentDelay)
            .filter_map(|one| Some((one.what.delayed_until?, one.at)));
        said.chain(closed).max_by_key(|(_, at)| *at)
    }

    /// Whether and when the subject was told, as far as the case tells; with the last day of a gag or
    /// a delay, where it has one. None where nothing forbids a notice and none was given.
    /// What was done outweighs what was said when the case was closed.
    pub fn notice_stands(&self) -> Option<(NoticeOutcome, Option<civil::Date>)> {
        if let Some(notice) = self.beside.notices.first() {
            let sent = notice.what.sent.timestamp();
            let before = self
                .disclosures
                .first()
                .is_none_or(|disclosure| sent < disclosure.what.sent.timestamp());
            let told = if before {
                NoticeOutcome::NotifiedBefore
            } else {
                NoticeOutcome::NotifiedAfter
            };
            return Some((told, None));
        }
        if let Some(never) = self.never_told() {
            return Some((never.what.why.into(), None));
        }
        if let Some(gag) = self.unlifted_gag() {
            return Some((NoticeOutcome::Gagged, gag.until));
        }
        if let Some((until, _)) = self.delayed_until() {
            return Some((NoticeOutcome::ExigentDelay, Some(until)));
        }
        let closing = &self.closing.as_ref()?.what;
        // A gag that was lifted since is no longer what stands in the way.
        (closing.notice != NoticeOutcome::Gagged).then_some((closing.notice, None))
    }

    /// What happens to the stage when a step beside it is taken.
    pub(super) fn beside_after(&mut self, event: &Event) {
        self.beside.take_in(event);
        if let Step::Settle(settlement) = &event.step
            && settlement.finding == SettlementFinding::Sustained
            && matches!(
                self.stage,
                Stage::InReview | Stage::Approved | Stage::PartlyApproved
            )
        {
            // The decision is taken anew, with the objection on file.
            self.stage = Stage::Returned;
            self.granted.clear();
            self.awaits_review = false;
        }
    }
}
