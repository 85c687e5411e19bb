//! Checkpoints: signed when something weighs, and every minute while the ledger grows.

use std::{sync::Arc, time::Duration};

use anyhow::bail;
use app::{
    desk::{Watch, WitnessRow},
    fault::Fault,
};
use casework::{
    Refusal,
    form::{Fault as FieldFault, Faults, Fields},
    ledger::{
        Checkpoint, Consistency, SignedNote, SigningKey, VerifyingKey,
        note::{Signature, Use},
    },
    member::Duty,
};
use jiff::Timestamp;
use store::{Head, KeptCheckpoint, Store, Writing};

use super::{AtDesk, Office, incident};

/// How often a growing ledger is signed. Source: trust, Ledger.
const EVERY: Duration = Duration::from_mins(1);

/// What another machine says it saw: a checkpoint of ours with its cosignature.
#[derive(Debug)]
pub enum NotTaken {
    /// The sentence says what is wrong with it.
    Turned(&'static str),
    Fault(Fault),
}

impl Office {
    /// Sees to it that the ledger names the keys that sign it and its records.
    ///
    /// # Errors
    /// Where another key signed the ledger so far and did not vouch for this one.
    pub(super) async fn settle_keys(&self) -> anyhow::Result<()> {
        let ours = self.keys.ledger.verifying();
        match named_key(&self.store).await? {
            Some(named) if named == ours.to_string() => {}
            Some(named) => bail!(
                "the ledger is signed by {named}, and the key in the file is {ours}; if you mean to \
                 change it, put the old file back and run `disclosure-desk ledger rotate-key`; if that \
                 was broken off, run it again; if the old key is gone for good, add --lost"
            ),
            None => {
                let mut writing = self.store.begin().await?;
                writing.name_ledger_key(self.now(), None, ours).await?;
                self.checkpoint(&mut writing).await?;
                writing.commit().await?;
            }
        }
        let sha256 = self.certificate();
        if named(&self.store, "seal.name").await? != Some(sha256.to_string()) {
            let mut writing = self.store.begin().await?;
            let subject = self.keys.sealer.subject();
            writing.name_seal(self.now(), None, subject, sha256).await?;
            self.checkpoint(&mut writing).await?;
            writing.commit().await?;
        }
        Ok(())
    }

    /// Names the key that follows, and has the old one vouch for it: the checkpoint over its leaf is
    /// signed by both.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn succeed(&self, next: &SigningKey) -> Result<(), store::Error> {
        let mut writing = self.store.begin().await?;
        let now = self.now();
        writing.name_ledger_key(now, None, next.verifying()).await?;
        let note = self.signed(&mut writing).await?.signed_by(next, now);
        writing.keep_checkpoint(&note, now).await?;
        writing.commit().await
    }

    /// Signs the ledger as it stands in this transaction, and keeps that.
    pub(super) async fn checkpoint(
        &self,
        writing: &mut Writing,
    ) -> Result<SignedNote, store::Error> {
        let note = self.signed(writing).await?;
        writing.keep_checkpoint(&note, self.now()).await?;
        Ok(note)
    }

    async fn signed(&self, writing: &mut Writing) -> Result<SignedNote, store::Error> {
        let head = writing.head().await?;
        Ok(self.unsigned(head).signed_by(&self.keys.ledger, self.now()))
    }

    /// A head of the ledger under its name.
    pub(super) fn unsigned(&self, head: Head) -> SignedNote {
        SignedNote::of(Checkpoint {
            origin: self.keys.ledger.verifying().name().to_owned(),
            size: head.size,
            root: head.root,
        })
    }

    /// Signs the ledger if it grew since the last checkpoint.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn checkpoint_if_grown(&self) -> Result<(), store::Error> {
        let last = self.store.last_checkpoint().await?;
        let size = self.store.head().await?.size;
        if last.is_some_and(|last| last.note.checkpoint().size == size) {
            return Ok(());
        }
        let mut writing = self.store.begin().await?;
        self.checkpoint(&mut writing).await?;
        writing.commit().await
    }

    /// Signs a growing ledger every minute, for as long as the desk runs.
    pub async fn keep_signing(self: Arc<Self>) {
        let mut minutes = tokio::time::interval(EVERY);
        minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            if let Err(error) = self.checkpoint_if_grown().await {
                // Told under its number; the next minute tries again.
                incident::store(error);
            }
        }
    }

    /// Takes a witness's cosignature: its own proof of who sent it.
    ///
    /// # Errors
    /// [`NotTaken::Turned`] for whatever no named witness signed.
    pub async fn take_cosignature(&self, raw: &str) -> Result<(), NotTaken> {
        let failed = |error| NotTaken::Fault(incident::store(error));
        let note: SignedNote = raw
            .parse()
            .map_err(|_| NotTaken::Turned("This is not a signed checkpoint."))?;
        let size = note.checkpoint().size;
        let kept = self.store.checkpoint(size).await.map_err(failed)?;
        if kept.is_none_or(|kept| kept.note.text() != note.text()) {
            return Err(NotTaken::Turned("This desk signed no such checkpoint."));
        }
        let witnesses = self.store.witnesses().await.map_err(failed)?;
        let signed: Vec<(&VerifyingKey, &Signature)> = witnesses
            .iter()
            .filter(|key| note.cosigned_by(key).is_some())
            .filter_map(|key| {
                let made = |signature: &&Signature| {
                    signature.name == key.name() && signature.id() == key.id()
                };
                Some((key, note.signatures().iter().find(made)?))
            })
            .collect();
        if signed.is_empty() {
            return Err(NotTaken::Turned("No witness of this desk signed this."));
        }
        let mut writing = self.store.begin().await.map_err(failed)?;
        for (key, signature) in signed {
            writing
                .keep_cosignature(size, key, signature, self.now())
                .await
                .map_err(failed)?;
        }
        writing.commit().await.map_err(failed)
    }
}

/// The key that signs the ledger, as the ledger names it.
///
/// # Errors
/// Where the records cannot be reached.
pub async fn named_key(store: &Store) -> Result<Option<String>, store::Error> {
    named(store, "ledger-key.name").await
}

/// Names a key that nothing vouches for, where the one before it is gone.
///
/// # Errors
/// Where the key in the file is the one that signs already, or the records cannot be reached.
pub async fn replace_lost_key(
    store: &Store,
    key: &SigningKey,
    now: Timestamp,
) -> anyhow::Result<()> {
    if named_key(store).await?.as_deref() == Some(&*key.verifying().to_string()) {
        bail!("the key in the file is the one that signs the ledger: nothing is lost");
    }
    let now = Timestamp::from_millisecond(now.as_millisecond())?;
    let mut writing = store.begin().await?;
    writing.name_ledger_key(now, None, key.verifying()).await?;
    Ok(writing.commit().await?)
}

/// What the last leaf of this action names.
async fn named(store: &Store, action: &str) -> Result<Option<String>, store::Error> {
    let size = store.head().await?.size;
    let Some(seq) = store.last_of(action, size).await? else {
        return Ok(None);
    };
    Ok(store.leaf(seq).await?.and_then(|leaf| leaf.object))
}

impl AtDesk {
    /// The last signed checkpoint, for an auditor to keep.
    ///
    /// # Errors
    /// [`Fault::NotFound`] before the first.
    pub async fn last_checkpoint(&self) -> Result<SignedNote, Fault> {
        self.on_duty(Duty::ReadLedger)?;
        let last = self.office.store.last_checkpoint().await;
        let last = last.map_err(incident::store)?.ok_or(Fault::NotFound)?;
        Ok(last.note)
    }

    /// The proof that the ledger of one size continues the one of another, as a file: the proof,
    /// then the checkpoints of both, where they were signed. `from` is a size that was kept, `to`
    /// the size that a record tells; without it, that of the last checkpoint.
    ///
    /// # Errors
    /// Faults beside `from` and `to` where the ledger never had that size.
    pub async fn consistency(&self, fields: &Fields) -> Result<String, Fault> {
        let last = self.last_checkpoint().await?;
        let most = last.checkpoint().size;
        let mut faults = Faults::default();
        let from = size_of(fields.get("from"), most, None);
        let to = size_of(fields.get("to"), most, Some(most));
        for (field, size, what) in [("from", from, "you kept"), ("to", to, "the record tells")] {
            if size.is_none() {
                let says =
                    format!("Give the size of a checkpoint {what}: a number from 1 to {most}.");
                faults.0.push(FieldFault {
                    field: field.into(),
                    says,
                });
            }
        }
        let (Some(from), Some(to)) = (from, to) else {
            return Err(Refusal::from(faults).into());
        };
        let (from, to) = (from.min(to), from.max(to));
        let store = &self.office.store;
        let proof = store.consistency(from, to).await.map_err(incident::store)?;
        let mut bundle = Consistency {
            origin: last.checkpoint().origin.clone(),
            from,
            to,
            proof,
        }
        .to_string();
        for size in [from, to] {
            if let Some(kept) = store.checkpoint(size).await.map_err(incident::store)? {
                bundle.push('\n');
                bundle.push_str(&kept.note.to_string());
            }
        }
        Ok(bundle)
    }

    pub(super) async fn watch_page(&self) -> Result<Watch, Fault> {
        self.on_duty(Duty::ReadLedger)?;
        let (store, keys) = (&self.office.store, &self.office.keys);
        let head = store.head().await.map_err(incident::store)?;
        let last = store.last_checkpoint().await.map_err(incident::store)?;
        let cosigned = store
            .last_cosigned(head.size)
            .await
            .map_err(incident::store)?;
        let witnesses = store.witnesses().await.map_err(incident::store)?;
        Ok(Watch {
            origin: keys.ledger.verifying().name().to_owned(),
            key: keys.ledger.verifying().to_string(),
            size: head.size,
            last: last.map(|last| (last.note.checkpoint().size, last.at)),
            open: store.ledger_is_open().await.map_err(incident::store)?,
            witnesses: witnesses
                .iter()
                .map(|key| WitnessRow {
                    key: key.to_string(),
                    name: key.name().to_owned(),
                    last: cosigned.as_ref().and_then(|kept| seen(kept, key)),
                })
                .collect(),
            sealed_by: keys.sealer.subject().to_owned(),
            certificate: self.office.certificate(),
            certificate_ends: keys.sealer.valid().1,
            timestamps: keys.authority.is_some(),
        })
    }

    /// Names or dismisses a witness, or opens or shuts the ledger to the public.
    ///
    /// # Errors
    /// A fault beside `key` where it is no witness's key.
    pub async fn change_watch(&self, fields: &Fields) -> Result<(), Fault> {
        let member = self.on_duty_and_proven(Duty::Administer)?.id;
        let (now, by) = (self.now, Some(member));
        let key = || {
            fields
                .get("key")
                .parse::<VerifyingKey>()
                .ok()
                .filter(|key| key.used() == Use::Witness)
                .ok_or_else(|| {
                    let says = "This is not a witness's key. The witness prints it when it starts: name+id+base64.";
                    Fault::from(Refusal::from(Faults::one("key", says)))
                })
        };
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let done = match fields.get("do") {
            "name" => writing.name_witness(now, by, &key()?).await,
            "dismiss" => writing.dismiss_witness(now, by, &key()?).await,
            "open" => writing.open_ledger(now, by, true).await,
            "shut" => writing.open_ledger(now, by, false).await,
            _ => return Err(Fault::NotFound),
        };
        match done {
            Err(store::Error::Conflict(_)) => {
                Err(Refusal::from(Faults::one("key", "This witness is named already.")).into())
            }
            Err(store::Error::Missing(_)) => Err(Fault::NotFound),
            Err(error) => Err(incident::store(error)),
            Ok(()) => writing.commit().await.map_err(incident::store),
        }
    }
}

/// A size of the ledger as typed; what is left out means the usual one.
fn size_of(typed: &str, most: u64, usual: Option<u64>) -> Option<u64> {
    match typed.trim() {
        "" => usual,
        typed => typed.parse().ok().filter(|size| (1..=most).contains(size)),
    }
}

/// What a witness saw of this checkpoint.
fn seen(kept: &KeptCheckpoint, key: &VerifyingKey) -> Option<(u64, Timestamp)> {
    let at = kept.note.cosigned_by(key)?;
    Some((kept.note.checkpoint().size, at))
}
