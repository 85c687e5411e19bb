//! Reading a step from the form that a member sent.

use jiff::Timestamp;

use crate::{
    case::{Case, Said, Step, StepKind},
    decision::{Decision, Review},
    disclosure::{Closing, Disclosure},
    emergency::Process,
    form::{Faults, Fields, Reader},
    gate::Classification,
    held::Search,
    hold::{Conversion, Hold, HoldRelease, Renewal},
    notice::{Gag, Lift, Notice, Objection, Settlement, Untold},
    order::Strike,
    pause::Pause,
    request::FIELDS,
    tables::Tables,
    verification::Verification,
    words::Reasons,
};

impl Step {
    /// Reads the form of a step; `tables` are the ones in force, whose terms a classification keeps.
    /// `None` for the steps that no form makes alone: filing takes the policy in force, attaching
    /// and letters take bytes.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn read(
        kind: StepKind,
        fields: &Fields,
        case: &Case,
        tables: &Tables,
        now: Timestamp,
    ) -> Result<Option<Self>, Faults> {
        let own_fields = || fields.clone().only(|name| FIELDS.contains(&name));
        Ok(Some(match kind {
            StepKind::File | StepKind::Attach | StepKind::Letter => return Ok(None),
            StepKind::Draft => Self::Draft {
                fields: own_fields(),
            },
            StepKind::Edit => Self::Edit {
                fields: own_fields(),
                policy: None,
            },
            StepKind::Classify => Self::Classify(Classification::parse(fields, tables)?),
            StepKind::Strike => Self::Strike(strike(fields)?),
            StepKind::Verify => Self::Verify(Verification::parse(fields, now)?),
            StepKind::Submit => Self::Submit {
                reasons: refuse(fields)?,
            },
            StepKind::Decide => Self::Decide(Decision::parse(fields, &case.requested(), tables)?),
            StepKind::Review => Self::Review(Review::parse(fields)?),
            StepKind::Disclose => Self::Disclose(Disclosure::parse(fields, case.granted(), now)?),
            StepKind::Close => Self::Close(Closing::parse(fields)?),
            StepKind::Withdraw => Self::Withdraw(said(fields)?),
            StepKind::Reopen => Self::Reopen(said(fields)?),
            StepKind::Search => Self::Search(Search::parse(fields, &case.requested())?),
            StepKind::Pause => Self::Pause(Pause::parse(fields)?),
            StepKind::Resume => Self::Resume(Pause::parse(fields)?),
            StepKind::Hold => Self::Hold(Hold::parse(fields)?),
            StepKind::Renew => Self::Renew(Renewal::parse(fields)?),
            StepKind::Convert => Self::Convert(Conversion::parse(fields)?),
            StepKind::Release => Self::Release(HoldRelease::parse(fields, now)?),
            StepKind::Gag => Self::Gag(Gag::parse(fields)?),
            StepKind::Lift => Self::Lift(Lift::parse(fields)?),
            StepKind::Notify => {
                Self::Notify(Notice::parse(fields, now, case.terms().zone.as_str())?)
            }
            StepKind::Untold => Self::Untold(Untold::parse(fields)?),
            StepKind::Object => Self::Object(Objection::parse(fields, now)?),
            StepKind::Settle => Self::Settle(Settlement::parse(fields)?),
            StepKind::Process => Self::Process(Process::parse(fields)?),
        }))
    }
}

fn said(fields: &Fields) -> Result<Said, Faults> {
    let mut reader = Reader::new(fields);
    let reasons = reader.prose("reasons", "Say why.");
    reader.done(reasons.map(|reasons| Said { reasons }))
}

/// Why a case that is put before a manager should be refused; none where it should be weighed.
fn refuse(fields: &Fields) -> Result<Option<Reasons>, Faults> {
    if !fields.has("refuse", "yes") {
        return Ok(None);
    }
    let mut reader = Reader::new(fields);
    let reasons = reader.prose("reasons", "Say why it should be refused as it stands.");
    reader.done(reasons.map(Some))
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
