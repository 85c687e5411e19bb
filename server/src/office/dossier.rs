//! What a record is made from.

use app::fault::Fault;
use casework::{
    case::CaseId,
    dossier::Dossier,
    ledger::{
        Evidence, SignedNote, VerifyingKey,
        evidence::{Earlier, Sealed, Succession},
    },
    order::Digest,
    words::Line,
};

use super::{AtDesk, Office, UNNAMED, incident};

/// Most earlier records of a case whose checkpoints a record carries: the newest.
const EARLIER_MOST: usize = 8;

impl AtDesk {
    /// Everything of a case as it was when this checkpoint was signed, with all that proves it. The
    /// caller has asked whether it may be seen.
    pub(super) async fn dossier(&self, id: CaseId, under: &SignedNote) -> Result<Dossier, Fault> {
        let office = &self.office;
        let size = under.checkpoint().size;
        let ledger = office.evidence(id, under).await.map_err(incident::store)?;
        let last = office
            .store
            .leaf(size.saturating_sub(1))
            .await
            .map_err(incident::store)?
            .ok_or(Fault::NotFound)?;
        let organisation = Line::parse(&office.organisation())
            .or_else(|_| Line::parse(UNNAMED))
            .map_err(|error| incident::other("the organisation has no name", &error))?;
        Dossier::of(organisation, last.at, ledger)
            .map_err(|error| incident::other("a case's evidence does not hold", &error))
    }
}

impl Office {
    async fn evidence(&self, id: CaseId, under: &SignedNote) -> Result<Evidence, store::Error> {
        let store = &self.store;
        let (origin, size) = (under.checkpoint().origin.clone(), under.checkpoint().size);
        let steps = store.case_entries(id, size).await?;
        let entries = store.evidence(&steps, size).await?;
        let seal = match store.last_of("seal.name", size).await? {
            Some(seq) => store.evidence(&[seq], size).await?.pop(),
            None => None,
        };
        Ok(Evidence {
            keys: self.signers(under).await?,
            policy: self.policy_of(&entries, size).await?,
            successions: self.successions(size).await?,
            earlier: self.earlier(id, size).await?,
            checkpoint: under.clone(),
            origin,
            entries,
            seal,
        })
    }

    /// The keys that signed a checkpoint.
    async fn signers(&self, note: &SignedNote) -> Result<Vec<VerifyingKey>, store::Error> {
        let mut keys = self.all_keys().await?;
        keys.retain(|key| note.is_signed_by(key));
        Ok(keys)
    }

    /// Every key that ever signed the ledger, oldest first.
    pub(super) async fn all_keys(&self) -> Result<Vec<VerifyingKey>, store::Error> {
        let size = self.store.head().await?.size;
        let mut keys = Vec::new();
        for seq in self.store.all_of("ledger-key.name", size).await? {
            let leaf = self.store.leaf(seq).await?;
            keys.extend(leaf.and_then(|leaf| leaf.object?.parse().ok()));
        }
        Ok(keys)
    }

    /// The leaf that published the version the case is judged by.
    async fn policy_of(
        &self,
        entries: &[Sealed],
        size: u64,
    ) -> Result<Option<Sealed>, store::Error> {
        use casework::{case::Step, ledger::Entry};
        let version =
            entries
                .iter()
                .rev()
                .find_map(|sealed| match sealed.open().ok()?.opened.entry {
                    Entry::Step { event } => match event.step {
                        Step::File { policy } => Some(policy.0.to_string()),
                        _ => None,
                    },
                    _ => None,
                });
        let Some(version) = version else {
            return Ok(None);
        };
        for seq in self.store.all_of("policy.publish", size).await? {
            let leaf = self.store.leaf(seq).await?;
            if leaf.is_some_and(|leaf| leaf.object.as_deref() == Some(&version)) {
                return Ok(self.store.evidence(&[seq], size).await?.pop());
            }
        }
        Ok(None)
    }

    /// Each change of the ledger's key that the key before it vouched for, under the checkpoint that
    /// was signed right after it.
    async fn successions(&self, size: u64) -> Result<Vec<Succession>, store::Error> {
        let mut successions = Vec::new();
        let mut before: Option<VerifyingKey> = None;
        for seq in self.store.all_of("ledger-key.name", size).await? {
            let leaf = self.store.leaf(seq).await?;
            let named = leaf.and_then(|leaf| leaf.object?.parse().ok());
            let old = std::mem::replace(&mut before, named);
            let kept = self.store.checkpoint(seq + 1).await?;
            let vouched = kept.filter(|kept| old.is_some_and(|old| kept.note.is_signed_by(&old)));
            if let Some(kept) = vouched
                && let Some(entry) = self.store.evidence(&[seq], seq + 1).await?.pop()
            {
                successions.push(Succession {
                    checkpoint: kept.note,
                    entry,
                });
            }
        }
        Ok(successions)
    }

    /// The checkpoints of the case's earlier records, and the last one that a witness cosigned.
    async fn earlier(&self, id: CaseId, size: u64) -> Result<Vec<Earlier>, store::Error> {
        let mut sizes: Vec<u64> = self
            .store
            .issued(id)
            .await?
            .into_iter()
            .map(|issued| issued.under)
            .filter(|under| *under < size)
            .collect();
        sizes.dedup();
        sizes.drain(..sizes.len().saturating_sub(EARLIER_MOST));
        if let Some(cosigned) = self.store.last_cosigned(size).await? {
            sizes.push(cosigned.note.checkpoint().size);
        }
        sizes.sort_unstable();
        sizes.dedup();
        let mut earlier = Vec::new();
        for old in sizes {
            if let Some(kept) = self.store.checkpoint(old).await? {
                earlier.push(Earlier {
                    checkpoint: kept.note,
                    proof: self.store.consistency(old, size).await?,
                });
            }
        }
        Ok(earlier)
    }

    /// The certificate's digest, as the ledger names it.
    pub(super) fn certificate(&self) -> Digest {
        Digest(self.keys.sealer.fingerprint())
    }
}
