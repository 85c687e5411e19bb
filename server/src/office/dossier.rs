//! What a record is made from.

use app::fault::Fault;
use casework::{case::CaseId, ledger::Entry, member::Member, order::Digest, words::Line};
use record::{Checkpoint, Dossier};

use super::{AtDesk, UNNAMED, incident};

impl AtDesk {
    /// Everything of a case, as of now. The caller has asked whether it may be seen.
    pub(super) async fn dossier(&self, id: CaseId, by: &Member) -> Result<Dossier, Fault> {
        let store = &self.office.store;
        let case = self.readable(id).await?;
        // The whole timeline: a record leaves nothing out.
        let rows = store
            .timeline(id, u32::MAX.into())
            .await
            .map_err(incident::store)?;
        let events = rows
            .into_iter()
            .filter_map(|row| match row.entry {
                Some(Entry::Step { event }) => Some(event),
                _ => None,
            })
            .collect();
        let policy = match case.policy() {
            None => None,
            Some(version) => store
                .policies()
                .await
                .map_err(incident::store)?
                .into_iter()
                .find(|policy| policy.version == version),
        };
        let head = store.head().await.map_err(incident::store)?;
        let organisation = Line::parse(&self.office.organisation())
            .or_else(|_| Line::parse(UNNAMED))
            .map_err(|error| incident::other("the organisation has no name", &error))?;
        Ok(Dossier {
            organisation,
            case,
            events,
            policy,
            checkpoint: Checkpoint {
                size: head.size,
                root: Digest(head.root),
            },
            printed_at: self.now,
            printed_by: by.name.clone(),
        })
    }
}
