//! Steps of a case: load, ask casework, keep and seal, commit.

use app::fault::Fault;
use casework::{
    Refusal,
    case::{Case, CaseId, Step, StepKind},
    form::{Faults, Fields},
    ledger::Entry,
    member::Member,
    notice::NoticeMeans,
    policy,
    request::{FIELDS, Request},
};
use store::Writing;

use super::{AtDesk, incident, notices};

/// What became of a draft that was kept, and filed if that was asked.
pub struct Kept {
    pub case: Case,
    /// Why it could not be filed; the draft is kept all the same.
    pub refused: Option<Refusal>,
}

impl AtDesk {
    /// Takes a step on the state of the case that the member saw.
    ///
    /// # Errors
    /// [`Refusal::Changed`] with what changed meanwhile, or what the rules say.
    pub async fn take_step(&self, id: CaseId, seen: u32, step: Step) -> Result<Case, Fault> {
        let member = self.session()?.member.clone();
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let case = as_seen(&mut writing, &member, id, seen, step.kind()).await?;
        let step = under_terms(&mut writing, step).await?;
        let step = self.pinned(&case, step).await?;
        if let Step::Convert(conversion) = &step
            && !writing
                .has_number(conversion.production)
                .await
                .map_err(incident::store)?
        {
            return Err(
                Refusal::from(Faults::one("production", "No case has this number.")).into(),
            );
        }
        // Boxed: whoever waits for a step would hold all of it.
        let taken = Box::pin(self.taken(&mut writing, case, step, &member)).await?;
        writing.commit().await.map_err(incident::store)?;
        self.office.has_posted();
        taken.map_err(Fault::from)
    }

    /// A request that turns out to have come in on another day stands under the promise of that day.
    /// Source: domain, section 1.
    async fn pinned(&self, case: &Case, step: Step) -> Result<Step, Fault> {
        let Step::Edit { fields, .. } = step else {
            return Ok(step);
        };
        let mut policy = None;
        if let Ok(request) = Request::parse(&fields, self.now) {
            let policies = self.office.store.policies().await;
            let policies = policies.map_err(incident::store)?;
            policy = policy::in_force(&policies, request.received.date()).map(|one| one.version);
        }
        let policy = policy.filter(|version| case.policy() != Some(*version));
        Ok(Step::Edit { fields, policy })
    }

    /// Reads a step from its form, and takes it.
    ///
    /// # Errors
    /// As [`Self::take_step`], and every fault of the form.
    pub async fn take_form(
        &self,
        id: CaseId,
        seen: u32,
        kind: StepKind,
        fields: &Fields,
    ) -> Result<Case, Fault> {
        let case = self.readable(id).await?;
        if case.version() == seen
            && let Err(refusal) = case.may(kind, &self.session()?.member)
        {
            self.tell_refused(id, kind, &refusal).await?;
            return Err(refusal.into());
        }
        let tables = self.office.store.tables().await.map_err(incident::store)?;
        let fields = match kind {
            StepKind::Verify => &self.with_number(&case, fields).await?,
            StepKind::Edit => {
                self.links_to_somebody(fields).await?;
                fields
            }
            _ => fields,
        };
        let step = Step::read(kind, fields, &case, &tables, self.now)
            .map_err(Refusal::from)?
            .ok_or(Fault::NotFound)?;
        if let Some(entry) = self.number_to_keep(&case, fields, &step).await? {
            return self.take_verification(id, seen, step, &entry).await;
        }
        self.take_step(id, seen, step).await
    }

    /// Seals that a step was refused before it came to the rules of what it carries.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn tell_refused(
        &self,
        case: CaseId,
        step: StepKind,
        refusal: &Refusal,
    ) -> Result<(), Fault> {
        let member = self.session()?.member.id;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        if writing.case(case).await.map_err(incident::store)?.is_none() {
            return Ok(());
        }
        let entry = refused(case, step, refusal);
        writing
            .seal(self.now, Some(member), &entry)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
    }

    /// Opens a case as a draft, and files it if `file`.
    ///
    /// # Errors
    /// What the rules say to keeping the draft; see [`Kept`] for filing.
    pub async fn open_case(&self, fields: Fields, file: bool) -> Result<Kept, Fault> {
        let member = self.session()?.member.clone();
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let year = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
        let number = writing.next_number(year).await.map_err(incident::store)?;
        let case = Case::new(CaseId(uuid::Uuid::now_v7()), number);
        Box::pin(self.keep_draft(writing, case, fields, file, &member)).await
    }

    /// Keeps a draft on the state that the member saw, and files it if `file`.
    ///
    /// # Errors
    /// As [`Self::open_case`], and [`Refusal::Changed`].
    pub async fn keep_case(
        &self,
        id: CaseId,
        seen: u32,
        fields: Fields,
        file: bool,
    ) -> Result<Kept, Fault> {
        let member = self.session()?.member.clone();
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let case = as_seen(&mut writing, &member, id, seen, StepKind::Draft).await?;
        Box::pin(self.keep_draft(writing, case, fields, file, &member)).await
    }

    async fn keep_draft(
        &self,
        mut writing: Writing,
        case: Case,
        fields: Fields,
        file: bool,
        member: &Member,
    ) -> Result<Kept, Fault> {
        let fields = fields.only(|name| FIELDS.contains(&name));
        let same = case.version() > 0 && case.fields() == &fields;
        let case = if same {
            case
        } else {
            let kept = self
                .taken(&mut writing, case, Step::Draft { fields }, member)
                .await?;
            match kept {
                Ok(case) => case,
                Err(refusal) => {
                    writing.commit().await.map_err(incident::store)?;
                    return Err(refusal.into());
                }
            }
        };
        let kept = if file {
            self.filed(&mut writing, case, member).await?
        } else {
            Kept {
                case,
                refused: None,
            }
        };
        writing.commit().await.map_err(incident::store)?;
        Ok(kept)
    }

    /// Files the draft under the policy in force on the day the request was received.
    pub(super) async fn filed(
        &self,
        writing: &mut Writing,
        case: Case,
        member: &Member,
    ) -> Result<Kept, Fault> {
        match self.links_to_somebody(case.fields()).await {
            Ok(()) => {}
            Err(Fault::Refused(refusal)) => {
                return Ok(Kept {
                    case,
                    refused: Some(refusal),
                });
            }
            Err(fault) => return Err(fault),
        }
        let received = match Request::parse(case.fields(), self.now) {
            Ok(request) => request.received.date(),
            Err(faults) => {
                return Ok(Kept {
                    case,
                    refused: Some(faults.into()),
                });
            }
        };
        let policies = self
            .office
            .store
            .policies()
            .await
            .map_err(incident::store)?;
        let Some(policy) = policy::in_force(&policies, received).map(|policy| policy.version)
        else {
            return Ok(Kept {
                case,
                refused: Some(Refusal::NoPolicy),
            });
        };
        let before = case.clone();
        Ok(
            match self
                .taken(writing, case, Step::File { policy }, member)
                .await?
            {
                Ok(case) => Kept {
                    case,
                    refused: None,
                },
                Err(refusal) => Kept {
                    case: before,
                    refused: Some(refusal),
                },
            },
        )
    }

    /// Asks the rules; keeps and seals what they allow, and seals what they refuse.
    pub(super) async fn taken(
        &self,
        writing: &mut Writing,
        case: Case,
        step: Step,
        member: &Member,
    ) -> Result<Result<Case, Refusal>, Fault> {
        // Whoever was renamed, demoted or disabled since this request began would sign as somebody
        // they are no longer, and the ledger would not verify.
        let signs = writing.member(member.id).await.map_err(incident::store)?;
        if signs.is_none_or(|row| row.disabled || row.member != *member) {
            return Err(Fault::SignedOut);
        }
        let (id, kind) = (case.id(), step.kind());
        let disclosure = match &step {
            Step::Disclose(disclosure) => Some(disclosure.clone()),
            _ => None,
        };
        let made = match (case.take(step, member, self.now), disclosure) {
            // Only the outbox knows since when the subject's time to object really runs.
            // Boxed: every step's future holds this one.
            (made @ (Ok(_) | Err(Refusal::WindowRuns(_))), Some(disclosure)) => {
                Box::pin(notices::has_left(writing, &case, &disclosure))
                    .await
                    .map_err(incident::store)?
                    .and(made)
            }
            (made, _) => made,
        };
        match made {
            Ok(event) => {
                let case = case.after(&event);
                let told = match &event.step {
                    Step::Notify(notice) if notice.how == NoticeMeans::Outbox => {
                        Some(notice.clone())
                    }
                    _ => None,
                };
                // Boxed: every step's future holds this one.
                Box::pin(writing.keep(&case, event))
                    .await
                    .map_err(incident::store)?;
                if let Some(notice) = told {
                    self.office
                        .post_notice(writing, &case, &notice, self.now)
                        .await?;
                }
                // What weighs is signed at once. Source: trust, Ledger.
                if matches!(
                    kind,
                    StepKind::Decide
                        | StepKind::Review
                        | StepKind::Disclose
                        | StepKind::Settle
                        | StepKind::Notify
                        | StepKind::Untold
                ) {
                    self.office
                        .checkpoint(writing)
                        .await
                        .map_err(incident::store)?;
                }
                Ok(Ok(case))
            }
            // A form with faults is no attempt at anything; all else that is refused is told.
            Err(refusal @ Refusal::Faulty(_)) => Ok(Err(refusal)),
            Err(refusal) => {
                if case.version() > 0 {
                    let entry = refused(id, kind, &refusal);
                    writing
                        .seal(self.now, Some(member.id), &entry)
                        .await
                        .map_err(incident::store)?;
                }
                Ok(Err(refusal))
            }
        }
    }
}

/// A classification takes its terms from the tables in force when it is sealed: they may have
/// changed since its form was read.
async fn under_terms(writing: &mut Writing, step: Step) -> Result<Step, Fault> {
    let Step::Classify(mut classification) = step else {
        return Ok(step);
    };
    let tables = writing.tables().await.map_err(incident::store)?;
    classification.terms = Some(tables.terms(classification.instrument));
    Ok(Step::Classify(classification))
}

fn refused(case: CaseId, step: StepKind, refusal: &Refusal) -> Entry {
    Entry::Refused {
        case,
        step,
        says: refusal.to_string(),
    }
}

/// The case inside the transaction, if it is still as the member saw it.
pub(super) async fn as_seen(
    writing: &mut Writing,
    member: &Member,
    id: CaseId,
    seen: u32,
    step: StepKind,
) -> Result<Case, Fault> {
    // The role is asked before the case is looked for: who may not, learns nothing from the answer.
    if !step.roles().contains(&member.role) {
        return Err(Refusal::NotYourRole {
            role: member.role,
            step,
        }
        .into());
    }
    let case = writing
        .case(id)
        .await
        .map_err(incident::store)?
        .ok_or(Fault::NotFound)?;
    if case.version() == seen {
        return Ok(case);
    }
    let since = writing
        .events_since(id, seen)
        .await
        .map_err(incident::store)?;
    let told = since
        .iter()
        .map(|event| format!("{} {}.", event.by.name, event.told()))
        .collect();
    Err(Refusal::Changed(told).into())
}
