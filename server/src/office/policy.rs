//! Reading the promise, and what was done under it.

use app::{
    desk::{PolicyRow, Under, UnderGround},
    fault::Fault,
};
use casework::{
    ground::Ground,
    member::Duty,
    policy::{
        Policy, PolicyVersion,
        made::{Ask, Counted, Counts},
    },
};

use super::{AtDesk, incident};

/// Disclosures on a page of one ground.
const PAGE: u64 = 50;
/// Disclosures of each ground where all three stand on one page.
const GLANCE: u64 = 10;

impl AtDesk {
    /// Every policy version, newest first. Everyone may read the promise.
    pub(super) async fn all_policies(&self) -> Result<Vec<PolicyRow>, Fault> {
        self.session()?;
        let store = &self.office.store;
        let counted = store.counted().await.map_err(incident::store)?;
        let mut all = store.policies().await.map_err(incident::store)?;
        all.sort_by_key(|policy| std::cmp::Reverse(policy.version));
        Ok(all
            .into_iter()
            .map(|policy| row(policy, &counted))
            .collect())
    }

    /// One version. What was done under it is the content of cases: only who reads those sees it.
    pub(super) async fn under_policy(&self, ask: Ask) -> Result<Under, Fault> {
        let me = self.who()?;
        let store = &self.office.store;
        let counted = store.counted().await.map_err(incident::store)?;
        let mut all = store.policies().await.map_err(incident::store)?;
        all.sort_by_key(|policy| policy.version);
        let place = all
            .iter()
            .position(|policy| policy.version == ask.version)
            .ok_or(Fault::NotFound)?;
        let until = all.get(place + 1).map(|next| next.in_force_from);
        let grounds = if self.on_duty(Duty::ReadCases).is_ok() {
            self.on_grounds(&ask, &counted).await?
        } else {
            Vec::new()
        };
        Ok(Under {
            row: row(all.swap_remove(place), &counted),
            me,
            until,
            grounds,
            now: self.now,
            ask,
        })
    }

    async fn on_grounds(&self, ask: &Ask, counted: &Counts) -> Result<Vec<UnderGround>, Fault> {
        self.on_duty(Duty::ReadCases)?;
        let most = if ask.ground.is_some() { PAGE } else { GLANCE };
        let mut grounds = Vec::new();
        let asked = |ground: &&Ground| ask.ground.is_none_or(|one| one == **ground);
        for ground in Ground::ALL.iter().filter(asked) {
            // One more than is shown tells whether another page follows.
            let mut made = self
                .office
                .store
                .made_under(ask.version, *ground, ask.ill, ask.before, most + 1)
                .await
                .map_err(incident::store)?;
            let more = made.len() as u64 > most;
            made.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            grounds.push(UnderGround {
                ground: *ground,
                counts: Counted::ALL
                    .iter()
                    .map(|one| (*one, number(counted, ask.version, Some(*ground), *one)))
                    .collect(),
                next: made.last().filter(|_| more).map(|(seq, _)| *seq),
                made: made.into_iter().map(|(_, made)| made).collect(),
            });
        }
        Ok(grounds)
    }
}

fn row(policy: Policy, counted: &Counts) -> PolicyRow {
    let of = |counted_as: Counted| -> u64 {
        Ground::ALL
            .iter()
            .map(|ground| number(counted, policy.version, Some(*ground), counted_as))
            .sum()
    };
    PolicyRow {
        cases: number(counted, policy.version, None, Counted::Cases),
        disclosures: of(Counted::Disclosures),
        ill: of(Counted::Ill),
        policy,
    }
}

fn number(
    counted: &Counts,
    version: PolicyVersion,
    ground: Option<Ground>,
    counted_as: Counted,
) -> u64 {
    let number = counted.get(&(version, ground, counted_as)).copied();
    number.unwrap_or_default().try_into().unwrap_or_default()
}
