//! Who may do what, when. [`Case::may`] asks of the person, the stage and their hand in the case;
//! [`Case::take`] asks of the step's contents too.

mod beside;
mod ending;
mod letters;

use jiff::Timestamp;

use crate::{
    Refusal,
    case::{Case, Event, Stage, Step, StepKind},
    clock,
    decision::Decision,
    form::{Faults, Fields},
    gate::{self, Standing},
    ground::Ground,
    ledger::sealed::is_mask,
    member::Member,
    order::Order,
    request::{FIELDS, Request},
    scope::Category,
};

/// Most orders one case carries.
pub const ORDERS_MOST: usize = 50;
/// Most characters a draft keeps over all its fields.
pub const DRAFT_MOST: usize = 60_000;

impl Case {
    /// Whether this member may take a step of this kind now, whatever it carries.
    ///
    /// # Errors
    /// The refusal that speaks to this person: their role first, then the stage, then what they
    /// did on the case before.
    pub fn may(&self, step: StepKind, member: &Member) -> Result<(), Refusal> {
        if !step.roles().contains(&member.role) {
            return Err(Refusal::NotYourRole {
                role: member.role,
                step,
            });
        }
        if !step.stages().contains(&self.stage) {
            return Err(Refusal::NotAtThisStage {
                stage: self.stage,
                step,
            });
        }
        match step {
            StepKind::Decide | StepKind::Review | StepKind::Settle => self.stands_apart(member)?,
            StepKind::Verify
                if self.ground() == Some(Ground::Emergency)
                    && self.hand(member.id).is_some_and(|hand| hand.filed) =>
            {
                return Err(Refusal::FilerMayNotCallBack);
            }
            _ => {}
        }
        match step {
            StepKind::Review if !self.awaits_review => Err(Refusal::NotAtThisStage {
                stage: self.stage,
                step,
            }),
            StepKind::Review => self.differs_from_releaser(member),
            StepKind::Disclose if self.preserves_only() => Err(Refusal::NothingToDisclose),
            StepKind::Disclose
                if self.awaits_review && self.ground() != Some(Ground::Emergency) =>
            {
                Err(Refusal::SecondManagerWanted)
            }
            StepKind::Close if self.awaits_review => Err(Refusal::ReviewPending),
            // Data left the house on one manager's word: withdrawing would leave it so.
            StepKind::Withdraw
                if self.awaits_review
                    && self.stage == Stage::Disclosed
                    && self.is_under_terms() =>
            {
                Err(Refusal::ReviewPending)
            }
            StepKind::Close if self.stage.is_approved() && !self.preserves_only() => {
                Err(Refusal::NothingDisclosed)
            }
            _ => self.has_use_for(step),
        }
    }

    /// Asks the rules. What they allow becomes an event; nothing else changes a case.
    ///
    /// # Errors
    /// Why the rules refuse, as a sentence a person can act on.
    pub fn take(&self, step: Step, member: &Member, now: Timestamp) -> Result<Event, Refusal> {
        self.may(step.kind(), member)?;
        match &step {
            Step::Draft { fields } => keepable(fields)?,
            Step::File { .. } => {
                Request::parse(&self.fields, now)?;
            }
            Step::Edit { fields, .. } => {
                keepable(fields)?;
                Request::parse(fields, now)?;
            }
            Step::Attach(order) => self.takes_order(order)?,
            Step::Strike(strike) => {
                if !self.standing_orders().any(|order| order.id == strike.order) {
                    return Err(Refusal::NoSuchOrder);
                }
            }
            Step::Verify(verification) if verification.at.timestamp() > now => {
                return Err(Faults::one("at", "This lies in the future.").into());
            }
            Step::Verify(verification) => self.is_independent(verification)?,
            // What should be refused as it stands need not be complete first.
            Step::Submit { reasons: Some(_) } => {}
            Step::Submit { reasons: None } => self.may_be_submitted(now)?,
            Step::Decide(decision) => self.may_be_decided(decision, member, now)?,
            Step::Disclose(disclosure) => {
                if let Some(beyond) = disclosure
                    .answers
                    .keys()
                    .find(|category| !self.granted.contains(category))
                {
                    return Err(Refusal::NotGranted(*beyond));
                }
                if disclosure.produced().next().is_some() && disclosure.sha256.is_none() {
                    return Err(Faults::one("sha256", "Give the SHA-256 of what was sent.").into());
                }
                self.may_leave(disclosure, now)?;
            }
            Step::Close(closing) => self.may_end(closing, now)?,
            step => self.takes_beside(step, now)?,
        }
        Ok(Event {
            case: self.id,
            number: self.number,
            version: self.version + 1,
            at: now,
            by: member.clone(),
            step,
        })
    }

    /// Whoever filed, edited, classified or verified a case never decides it.
    /// Source: domain, section 2.
    fn stands_apart(&self, member: &Member) -> Result<(), Refusal> {
        let Some(hand) = self.hand(member.id) else {
            return Ok(());
        };
        if hand.filed {
            Err(Refusal::FiledByYou)
        } else if hand.edited {
            Err(Refusal::EditedByYou)
        } else if hand.classified {
            Err(Refusal::ClassifiedByYou)
        } else if hand.verified {
            Err(Refusal::VerifiedByYou)
        } else {
            Ok(())
        }
    }

    fn differs_from_releaser(&self, member: &Member) -> Result<(), Refusal> {
        let released = self
            .decisions
            .iter()
            .rfind(|decision| decision.what.approves());
        match released {
            Some(released) if released.by.id == member.id => {
                Err(Refusal::SamePerson(released.by.name.clone()))
            }
            _ => Ok(()),
        }
    }

    fn takes_order(&self, order: &Order) -> Result<(), Refusal> {
        if self.orders.len() >= ORDERS_MOST {
            return Err(Refusal::TooManyOrders(ORDERS_MOST));
        }
        match self
            .standing_orders()
            .find(|one| one.sha256 == order.sha256)
        {
            Some(same) => Err(Refusal::SameOrder(same.name.clone())),
            None => Ok(()),
        }
    }

    /// A manager is asked only when there is something to decide: the case is classified, and
    /// nothing is merely unanswered. What speaks *against* it is for the manager to weigh.
    fn may_be_submitted(&self, now: Timestamp) -> Result<(), Refusal> {
        let open: Vec<String> = gate::items(self, clock::today(self, now))
            .into_iter()
            .filter(|item| item.stands == Standing::Open)
            .map(|item| item.what)
            .collect();
        if open.is_empty() {
            Ok(())
        } else {
            Err(Refusal::GateShut(open))
        }
    }

    fn may_be_decided(
        &self,
        decision: &Decision,
        member: &Member,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.gives_own_reasons(decision)?;
        let not_claiming = match decision {
            // Denying and returning harm nobody: the gate is not asked.
            Decision::Deny(_) | Decision::Return { .. } => return Ok(()),
            Decision::Approve { not_claiming, .. }
            | Decision::ApproveInPart { not_claiming, .. } => *not_claiming,
        };
        self.claims_nothing(member, not_claiming)?;
        self.is_boxed(decision)?;
        let items = gate::items(self, clock::today(self, now));
        if !gate::passed(&items) {
            let shut = items.into_iter().filter_map(|item| match item.stands {
                Standing::Met => None,
                Standing::Open => Some(item.what),
                Standing::Against(says) => Some(says),
            });
            return Err(Refusal::GateShut(shut.collect()));
        }
        if self.preserves_only() {
            return if matches!(decision, Decision::Approve { .. }) {
                Ok(())
            } else {
                Err(Refusal::NothingToDisclose)
            };
        }
        let requested = self.requested();
        match decision {
            Decision::Approve { .. } => requested
                .iter()
                .try_for_each(|category| self.may_be_granted(*category)),
            Decision::ApproveInPart {
                granted, refused, ..
            } => {
                if let Some(other) = granted
                    .iter()
                    .find(|category| !requested.contains(category))
                {
                    return Err(Refusal::NotRequested(*other));
                }
                granted
                    .iter()
                    .try_for_each(|category| self.may_be_granted(*category))?;
                let answered = requested
                    .iter()
                    .all(|category| granted.contains(category) != refused.contains_key(category));
                let both = !granted.is_empty() && !refused.is_empty();
                if both && answered {
                    Ok(())
                } else {
                    Err(Refusal::NotInPart)
                }
            }
            Decision::Deny(_) | Decision::Return { .. } => Ok(()),
        }
    }

    /// No decision gives a reason that only an enforcing authority may raise.
    fn gives_own_reasons(&self, decision: &Decision) -> Result<(), Refusal> {
        if !self.is_under_terms() {
            return Ok(());
        }
        let instrument = self.classification.as_ref().map(|one| one.instrument);
        let not_ours = |field: String| {
            Err(Faults::one(
                &field,
                "Only the enforcing authority raises this ground against a European order; report impossibility or a concern instead.",
            )
            .into())
        };
        match decision {
            Decision::Deny(refused) if !refused.code.is_for(instrument) => {
                not_ours("code".to_owned())
            }
            Decision::ApproveInPart { refused, .. } => {
                match refused.iter().find(|(_, why)| !why.code.is_for(instrument)) {
                    Some((category, _)) => not_ours(format!("{}.code", category.code())),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// What is granted is within reach, and held as far as anybody said.
    ///
    /// # Errors
    /// [`Refusal::BeyondCeiling`] or [`Refusal::NotHeld`], with the sentence that says why.
    pub fn may_be_granted(&self, category: Category) -> Result<(), Refusal> {
        self.permits(category)?;
        self.holds(category)
    }

    /// The approver is not the person harmed or claiming. Source: domain, section 1, ground 1.
    fn claims_nothing(&self, member: &Member, not_claiming: bool) -> Result<(), Refusal> {
        let Some(classification) = self
            .classification
            .as_ref()
            .filter(|one| one.ground == Ground::RightsOrProperty)
        else {
            return Ok(());
        };
        let folded = |name: &str| {
            name.split_whitespace()
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        };
        let named = classification
            .answer("claimant")
            // Two names that are left out are not therefore one.
            .is_some_and(|name| !is_mask(name) && folded(name) == folded(member.name.as_str()));
        if named {
            Err(Refusal::ClaimantMayNotApprove)
        } else if not_claiming {
            Ok(())
        } else {
            Err(Refusal::ClaimantUnanswered)
        }
    }
}

/// A draft may hold anything, but not without bound, and no field that the form does not have.
fn keepable(fields: &Fields) -> Result<(), Refusal> {
    if fields.weight() > DRAFT_MOST {
        return Err(Faults::one("asks", format!("All fields together hold at most {DRAFT_MOST} characters; attach longer texts as an order.")).into());
    }
    match fields.pairs().find(|(name, _)| !FIELDS.contains(name)) {
        Some((name, _)) => Err(Faults::one(name, "The form has no such field.").into()),
        None => Ok(()),
    }
}

impl Stage {
    /// The steps that lead out of this stage or keep it going.
    pub fn ways_on(self) -> impl Iterator<Item = StepKind> {
        StepKind::ALL
            .iter()
            .copied()
            .filter(move |step| step.stages().contains(&self))
    }
}
