//! Reading a step from the form that a member sent.

use jiff::Timestamp;

use crate::{
    case::{Case, Said, Step, StepKind},
    decision::{Decision, Review},
    disclosure::{Closing, Disclosure},
    form::{Faults, Fields, Reader},
    gate::Classification,
    order::Strike,
    request::FIELDS,
    verification::Verification,
};

impl Step {
    /// Reads the form of a step. `None` for the two steps that no form makes alone: filing takes
    /// the policy in force, attaching takes bytes.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn read(
        kind: StepKind,
        fields: &Fields,
        case: &Case,
        now: Timestamp,
    ) -> Result<Option<Self>, Faults> {
        let own_fields = || fields.clone().only(|name| FIELDS.contains(&name));
        Ok(Some(match kind {
            StepKind::File | StepKind::Attach => return Ok(None),
            StepKind::Draft => Self::Draft {
                fields: own_fields(),
            },
            StepKind::Edit => Self::Edit {
                fields: own_fields(),
            },
            StepKind::Classify => Self::Classify(Classification::parse(fields)?),
            StepKind::Strike => Self::Strike(strike(fields)?),
            StepKind::Verify => Self::Verify(Verification::parse(fields, now)?),
            StepKind::Submit => Self::Submit,
            StepKind::Decide => Self::Decide(Decision::parse(fields, &case.requested())?),
            StepKind::Review => Self::Review(Review::parse(fields)?),
            StepKind::Disclose => Self::Disclose(Disclosure::parse(fields, case.granted(), now)?),
            StepKind::Close => Self::Close(Closing::parse(fields)?),
            StepKind::Withdraw => Self::Withdraw(said(fields)?),
            StepKind::Reopen => Self::Reopen(said(fields)?),
        }))
    }
}

fn said(fields: &Fields) -> Result<Said, Faults> {
    let mut reader = Reader::new(fields);
    let reasons = reader.prose("reasons", "Say why.");
    reader.done(reasons.map(|reasons| Said { reasons }))
}

fn strike(fields: &Fields) -> Result<Strike, Faults> {
    let mut reader = Reader::new(fields);
    let order = fields.get("order").parse().ok();
    if order.is_none() {
        reader.blame("order", "Choose the order to strike.");
    }
    let reasons = reader.prose("reasons", "Say why this order does not belong here.");
    let made = order
        .zip(reasons)
        .map(|(order, reasons)| Strike { order, reasons });
    reader.done(made)
}
