//! Reading cases: the list, the case file, and the trace that reading leaves.

use std::sync::Arc;

use app::{
    desk::{CaseFile, Happening},
    fault::Fault,
};
use casework::{
    case::{Case, CaseId, CaseNumber, StepKind},
    clock::{self, ClockKind},
    gate,
    ledger::Entry,
    letter::LetterKind,
    list,
    mail::State,
    member::{Duty, Role},
    notice, policy,
    template::Language,
};
use jiff::SignedDuration;

use super::{AtDesk, incident};

/// A case opened again within this time is the same reading.
const SAME_READING: SignedDuration = SignedDuration::from_mins(15);
/// Most lines of a timeline on the page; the record holds all.
const TIMELINE_MOST: u64 = 2_000;

impl AtDesk {
    pub(super) async fn list(&self, ask: list::Ask) -> Result<list::Page, Fault> {
        self.on_duty(Duty::ReadCases)?;
        self.office
            .store
            .list(&ask, self.now, &self.office.zone())
            .await
            .map_err(incident::store)
    }

    /// A case that this member may read; unknown ids and forbidden ones are answered alike.
    pub(super) async fn readable(&self, id: CaseId) -> Result<Case, Fault> {
        self.on_duty(Duty::ReadCases)?;
        self.office
            .store
            .case(id)
            .await
            .map_err(incident::store)?
            .ok_or(Fault::NotFound)
    }

    /// Opens a case: it is told in the ledger before anything of it is shown.
    pub(super) async fn open_file(&self, id: CaseId) -> Result<CaseFile, Fault> {
        let case = self.readable(id).await?;
        self.leave_trace(id).await?;
        self.file(case, true).await
    }

    /// The case for the form of a step, if the step is open to this member.
    pub(super) async fn file_for(&self, id: CaseId, step: StepKind) -> Result<CaseFile, Fault> {
        let member = &self.session()?.member;
        let case = self.readable(id).await?;
        case.may(step, member)?;
        self.leave_trace(id).await?;
        let weighs = matches!(
            step,
            StepKind::Verify | StepKind::Submit | StepKind::Decide | StepKind::Review
        );
        let mut file = self.file(case, weighs).await?;
        // Filling a template in costs more than the rest of a page: only where it is shown.
        if step == StepKind::Notify {
            let mut texts = Vec::new();
            for language in self.languages_of(LetterKind::Notice).await? {
                let (case, policy) = (&file.case, file.policy.as_ref());
                if let Some((_, text)) = self.notice_text(case, policy, &language).await? {
                    texts.push((language, text));
                }
            }
            if texts.is_empty() {
                let [english, _] = Language::delivered();
                texts.push((
                    english,
                    notice::drafted(&file.case, &self.office.organisation()),
                ));
            }
            file.notice_texts = texts;
        }
        Ok(file)
    }

    /// The case with all that its pages show; with signals where somebody `weighs` it.
    async fn file(&self, case: Case, weighs: bool) -> Result<CaseFile, Fault> {
        let (authority, signals) = if weighs {
            self.looked_at(&case).await?
        } else {
            (None, Vec::new())
        };
        let store = &self.office.store;
        let rows = store
            .timeline(case.id(), TIMELINE_MOST)
            .await
            .map_err(incident::store)?;
        let policies = store.policies().await.map_err(incident::store)?;
        let today = clock::day(self.now);
        let policy = match case.policy() {
            Some(version) => policies
                .into_iter()
                .find(|policy| policy.version == version),
            None => policy::in_force(&policies, today).cloned(),
        };
        let mut file = CaseFile {
            me: self.who()?,
            policy,
            gate: gate::items(&case, clock::today(&case, self.now)),
            clocks: clock::clocks(&case),
            authority,
            signals,
            mails: self.mails_on(&case).await?,
            tables: Arc::new(store.tables().await.map_err(incident::store)?),
            timeline: in_turn(
                rows.into_iter()
                    .map(|row| told(row, Some(case.number()), true)),
            ),
            notice_texts: Vec::new(),
            sends_mail: self.office.writes_as().is_some(),
            zone: self.office.zone(),
            now: self.now,
            case,
        };
        // While a notice waits in the outbox, nobody's time to object runs.
        let waits = file
            .notice_mail()
            .is_some_and(|mail| mail.state != State::Sent);
        file.clocks
            .retain(|clock| !waits || clock.kind != ClockKind::Objection);
        Ok(file)
    }

    pub(super) async fn leave_trace(&self, case: CaseId) -> Result<(), Fault> {
        let member = self.session()?.member.id;
        if self.opened_lately(member, case) {
            return Ok(());
        }
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .seal(self.now, Some(member), &Entry::CaseRead { case })
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        let mut opened = self
            .office
            .opened
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // What is older than one reading is never asked again: the map stays as small as the
        // number of cases opened within it.
        opened.retain(|_, at| self.now.duration_since(*at) < SAME_READING);
        opened.insert((member, case), self.now);
        Ok(())
    }

    fn opened_lately(&self, member: casework::member::MemberId, case: CaseId) -> bool {
        let opened = self
            .office
            .opened
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        opened
            .get(&(member, case))
            .is_some_and(|at| self.now.duration_since(*at) < SAME_READING)
    }

    /// Where this member lands: what awaits them.
    pub fn lands_on(&self) -> Result<&'static str, Fault> {
        Ok(match self.session()?.member.role {
            Role::Staff => "/cases?awaits=staff&sort=due",
            Role::Manager => "/cases?awaits=manager&sort=due",
            Role::Auditor => "/cases?sort=changed",
            Role::Administrator => "/members",
        })
    }
}

/// The timeline of a case, in which a draft that was kept again and again by one member is one
/// line. The ledger and the record hold each.
fn in_turn(happenings: impl Iterator<Item = Happening>) -> Vec<Happening> {
    let mut timeline: Vec<Happening> = Vec::new();
    let mut times = 1;
    for happening in happenings {
        let keeps = |one: &Happening| one.action == "case.draft" && one.told.starts_with("kept");
        match timeline.last_mut() {
            Some(last) if keeps(last) && keeps(&happening) && last.who == happening.who => {
                times += 1;
                *last = Happening {
                    told: format!("kept the draft, {times} times"),
                    ..happening
                };
            }
            _ => {
                times = 1;
                timeline.push(happening);
            }
        }
    }
    timeline
}

/// A row of the ledger as pages show it; with `words` only on a case's own timeline.
pub(super) fn told(row: store::Row, number: Option<CaseNumber>, words: bool) -> Happening {
    let event = match &row.entry {
        Some(Entry::Step { event }) => Some(event),
        _ => None,
    };
    let told = match (&row.entry, event) {
        (_, Some(event)) if words => event.told(),
        (Some(Entry::Refused { step, .. }), _) => format!("was refused: {}", step.verb()),
        _ => Entry::told(&row.leaf.action).to_owned(),
    };
    let said = match &row.entry {
        Some(Entry::Refused { says, .. }) => Some(says.clone()),
        _ => event.and_then(|event| event.words()).map(str::to_owned),
    };
    Happening {
        seq: row.leaf.seq,
        at: row.leaf.at,
        role: event.map(|event| event.by.role),
        who: event.map(|event| event.by.name.clone()).or(row.actor),
        reading: row.leaf.action.split('.').next_back() == Some("read"),
        told,
        words: said.filter(|_| words),
        case: row.leaf.case.zip(number),
        action: row.leaf.action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happening(action: &str, told: &str, who: &str) -> Happening {
        Happening {
            seq: 0,
            at: jiff::Timestamp::UNIX_EPOCH,
            who: casework::words::Line::parse(who).ok(),
            role: None,
            action: action.into(),
            told: told.into(),
            words: None,
            reading: false,
            case: None,
        }
    }

    #[test]
    fn a_draft_kept_again_and_again_is_one_line() {
        let kept = || happening("case.draft", "kept the draft", "Anna");
        let timeline = in_turn(
            [
                happening("case.draft", "opened the case as a draft", "Anna"),
                kept(),
                kept(),
                kept(),
                happening("case.draft", "kept the draft", "Ben"),
                happening("case.file", "filed the request", "Ben"),
            ]
            .into_iter(),
        );
        let told: Vec<_> = timeline.iter().map(|one| one.told.as_str()).collect();
        assert_eq!(
            told,
            [
                "opened the case as a draft",
                "kept the draft, 3 times",
                "kept the draft",
                "filed the request"
            ]
        );
    }
}
