//! The state that follows an event. Total: an event that was sealed always applies.

use crate::{
    case::{Case, Event, Hand, Said, Stage, Step},
    decision::{Decision, ReviewFinding},
    ground::Ground,
    member::Signed,
    order::OrderOnCase,
    request::Request,
};

impl Case {
    /// The case after this event.
    #[must_use]
    pub fn after(mut self, event: &Event) -> Self {
        self.version = event.version;
        self.opened_at.get_or_insert(event.at);
        self.changed_at = Some(event.at);
        self.remember(event);
        match event.step.clone() {
            Step::Draft { fields } => self.fields = fields,
            Step::File { policy } => {
                self.request = Request::parse(&self.fields, event.at).ok();
                self.policy = Some(policy);
                self.filed = Some(signed(event, ()));
                self.stage = Stage::Filed;
            }
            Step::Edit { fields, policy } => {
                let request = Request::parse(&fields, event.at).ok();
                if let (Some(before), Some(after)) = (&self.request, &request)
                    && after.requester.is_another_than(&before.requester)
                {
                    self.requester_changed = Some(event.at);
                }
                self.request = request;
                self.fields = fields;
                self.policy = policy.or(self.policy);
            }
            Step::Classify(classification) => self.classification = Some(classification),
            Step::Attach(order) => {
                self.orders.push(OrderOnCase {
                    attached: signed(event, order),
                    struck: None,
                });
            }
            Step::Strike(strike) => {
                let struck = self
                    .orders
                    .iter_mut()
                    .find(|one| one.order().id == strike.order);
                if let Some(order) = struck {
                    order.struck = Some(signed(event, strike));
                }
            }
            Step::Verify(verification) => self.verifications.push(signed(event, verification)),
            Step::Submit { reasons } => {
                self.proposed = reasons.map(|reasons| signed(event, Said { reasons }));
                self.stage = Stage::InReview;
            }
            Step::Decide(decision) => self.decided(event, decision),
            Step::Review(review) => {
                self.awaits_review = false;
                if review.finding == ReviewFinding::NotUpheld && self.stage != Stage::Disclosed {
                    // Nothing left the house yet, and now nothing will.
                    self.stage = Stage::Denied;
                    self.granted.clear();
                }
                self.reviews.push(signed(event, review));
            }
            Step::Disclose(disclosure) => {
                self.disclosures.push(signed(event, disclosure));
                self.stage = Stage::Disclosed;
            }
            Step::Close(closing) => {
                self.closing = Some(signed(event, closing));
                self.stage = Stage::Closed;
            }
            Step::Withdraw(said) => {
                self.withdrawals.push(signed(event, said));
                self.stage = Stage::Withdrawn;
                // Nothing left the house under it, or a second manager reviewed it before.
                if self.is_under_terms() {
                    self.awaits_review = false;
                }
            }
            Step::Reopen(said) => {
                // Earlier decisions are kept; what they granted no longer stands.
                self.reopenings.push(signed(event, said));
                self.granted.clear();
                self.closing = None;
                self.stage = if self.filed.is_some() {
                    Stage::Filed
                } else {
                    Stage::Draft
                };
            }
            step => {
                debug_assert!(step.kind().is_beside());
                self.beside_after(event);
            }
        }
        self
    }

    fn decided(&mut self, event: &Event, decision: Decision) {
        let preserves_only = self.preserves_only();
        (self.stage, self.granted) = match &decision {
            Decision::Approve { .. } if preserves_only => (Stage::Approved, [].into()),
            Decision::Approve { .. } => (Stage::Approved, self.requested()),
            Decision::ApproveInPart { granted, .. } => (Stage::PartlyApproved, granted.clone()),
            Decision::Deny(_) => (Stage::Denied, [].into()),
            Decision::Return { .. } => (Stage::Returned, [].into()),
        };
        self.awaits_review = decision.approves()
            && (self.ground() == Some(Ground::Emergency) || self.needs_two(self.granted.iter()));
        self.proposed = None;
        self.decisions.push(signed(event, decision));
    }

    fn remember(&mut self, event: &Event) {
        let hand = self.hands.entry(event.by.id).or_insert_with(|| Hand {
            name: event.by.name.clone(),
            filed: false,
            edited: false,
            classified: false,
            verified: false,
            decided: false,
            reviewed: false,
        });
        match &event.step {
            Step::Draft { .. } | Step::Edit { .. } => hand.edited = true,
            Step::File { .. } => hand.filed = true,
            Step::Classify(_) => hand.classified = true,
            Step::Verify(_) => hand.verified = true,
            Step::Decide(_) => hand.decided = true,
            Step::Review(_) => hand.reviewed = true,
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
