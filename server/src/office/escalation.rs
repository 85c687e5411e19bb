//! Reminders: what falls due is told by mail, each level once per clock and end.
//!
//! What is to be told is found along an index of ends, so a minute costs what falls due in it and not
//! what there is. That it was told is kept in the transaction that posts it.

use std::{sync::Arc, time::Duration};

use casework::{
    clock::ClockKind,
    escalation::{self, Level},
    mail::{Address, Kind},
    member::{Member, Role},
};
use store::{Ends, MemberRow, Told};

use super::{Office, incident};

/// How often the clocks are looked at.
const EVERY: Duration = Duration::from_mins(1);
/// Most clocks that are told in one look; the next one goes on.
const MOST: u64 = 200;

impl Office {
    /// Looks at the clocks every minute, for as long as the desk runs.
    pub async fn keep_reminding(self: Arc<Self>) {
        let mut minutes = tokio::time::interval(EVERY);
        minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            for done in [
                self.remind().await.map(drop),
                self.wipe_mail().await.map(drop),
            ] {
                if let Err(error) = done {
                    // Told under its number; the next minute tries again.
                    incident::store(error);
                }
            }
        }
    }

    /// Posts what is to be told now of clocks that end soon, today, or have ended. Answers how many
    /// mails were posted: none while no server takes them, for whoever names one a month from now
    /// would have everybody reminded of days that have passed.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn remind(&self) -> Result<u32, store::Error> {
        if self.writes_as().is_none() {
            return Ok(0);
        }
        let mut posted = 0;
        // From the last level back: what is late already is not told as due soon as well.
        for level in [Level::Late, Level::Today, Level::Soon] {
            let before = level.before(self.now(), &self.zone());
            for ends in self.store.clocks_untold(told(level), before, MOST).await? {
                match self.tell(&ends, level).await {
                    Ok(mails) => posted += mails,
                    Err(error) if error.is_gone() => return Err(error),
                    // One case that cannot be read keeps no other from being told.
                    Err(error) => drop(incident::store(error)),
                }
            }
        }
        if posted > 0 {
            self.has_posted();
        }
        Ok(posted)
    }

    async fn tell(&self, ends: &Ends, level: Level) -> Result<u32, store::Error> {
        let (id, number) = (ends.card.id, ends.card.number);
        let mut writing = self.store.begin().await?;
        // Somebody may have moved the end, or done what it waits for, since it was looked at.
        if !writing
            .clock_told(id, ends.kind, ends.at, told(level))
            .await?
        {
            return Ok(0);
        }
        let Some(case) = writing.case(id).await? else {
            return Ok(0);
        };
        let members: Vec<MemberRow> = writing
            .members()
            .await?
            .into_iter()
            .filter(|row| !row.disabled)
            .collect();
        let all_staff = ends.kind != ClockKind::Review
            && escalation::nobody_works_it(&case, members.iter().map(|row| &row.member));
        let is_told = |member: &Member| {
            (all_staff && member.role == Role::Staff)
                || escalation::is_told(&case, ends.kind, level, member)
        };
        let page = self
            .address()
            .map(|address| format!("{address}/cases/{id}"));
        let subject = escalation::subject(number, ends.kind, level);
        let text = escalation::text(
            number,
            ends.kind,
            level,
            ends.at,
            &self.zone(),
            page.as_deref(),
        );
        let mut posted = 0;
        for row in members.iter().filter(|row| is_told(&row.member)) {
            // Who signs in with a short name has no address here.
            let Some(to) = Address::parse(&row.sign_in) else {
                continue;
            };
            let member = row.member.id;
            let key = format!(
                "clock/{id}/{}/{}/{}/{member}",
                ends.kind.code(),
                ends.at.as_millisecond(),
                level.code(),
            );
            let Ok(mail) = self.mail(Kind::Escalation, key, to, &subject, &text) else {
                continue;
            };
            let mail = mail.of(id).to_member(member);
            posted += u32::from(writing.post(self.now(), &mail).await?);
        }
        writing.commit().await?;
        Ok(posted)
    }
}

const fn told(level: Level) -> Told {
    match level {
        Level::Soon => Told::Soon,
        Level::Today => Told::Today,
        Level::Late => Told::Late,
    }
}
