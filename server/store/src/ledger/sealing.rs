//! Sealing: a leaf, the payload it commits to, the texts sealed in that, and the nodes it completes.

use casework::{
    ledger::{
        Entry, Leaf, Salt, commit, leaf_hash,
        sealed::{self, Opening, TextSalt},
    },
    member::MemberId,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{Head, area, frontier, number, size};
use crate::{
    Error, Writing,
    moments::millis,
    rows::{ledger_leaf, ledger_node, ledger_payload},
};

impl Writing {
    /// Size and root of the ledger, as nobody else can append to it now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn head(&mut self) -> Result<Head, Error> {
        let db = self.connection();
        let size = size(db).await?;
        let root = frontier(db, size).await?.root();
        Ok(Head { size, root })
    }

    /// Seals what changes nothing: something read, something refused. Whatever changes something
    /// seals its own entry, so that no caller can forget it.
    ///
    /// # Errors
    /// [`Error::Misused`] for an entry that tells of a change.
    pub async fn seal(
        &mut self,
        at: Timestamp,
        actor: Option<MemberId>,
        entry: &Entry,
    ) -> Result<u64, Error> {
        match entry {
            Entry::Refused { .. }
            | Entry::CaseRead { .. }
            | Entry::LetterRead { .. }
            | Entry::OrderRead { .. }
            | Entry::RecordRead { .. }
            | Entry::RecordsExported { .. }
            | Entry::TextsUnmasked { .. }
            | Entry::RegisterExported { .. }
            | Entry::SignInRefused { .. } => self.append(at, actor, entry).await,
            Entry::Step { .. }
            | Entry::RecordIssued { .. }
            | Entry::SignedIn { .. }
            | Entry::SignedOut { .. }
            | Entry::SessionsEnded { .. }
            | Entry::PasswordChanged { .. }
            | Entry::PasswordReset { .. }
            | Entry::MemberAdded { .. }
            | Entry::MemberRenamed { .. }
            | Entry::RoleChanged { .. }
            | Entry::MemberDisabled { .. }
            | Entry::MemberEnabled { .. }
            | Entry::PolicyPublished { .. }
            | Entry::TablesPublished { .. }
            | Entry::TemplatePublished { .. }
            | Entry::OrganisationNamed { .. }
            | Entry::AuthorityEntered { .. }
            | Entry::AuthorityAmended { .. }
            | Entry::AuthoritiesMerged { .. }
            | Entry::LedgerKeyNamed { .. }
            | Entry::SealNamed { .. }
            | Entry::WitnessNamed { .. }
            | Entry::WitnessDismissed { .. }
            | Entry::FeedOpened { .. }
            | Entry::FeedClosed { .. }
            | Entry::LedgerOpened { .. }
            | Entry::MailSettled { .. } => Err(Error::Misused("a change seals its own entry")),
        }
    }

    /// Appends an entry.
    pub(crate) async fn append(
        &mut self,
        at: Timestamp,
        actor: Option<MemberId>,
        entry: &Entry,
    ) -> Result<u64, Error> {
        let at_millis = millis(at)?;
        let db = self.connection();
        let seq = size(db).await?;
        let mut frontier = frontier(db, seq).await?;
        let (payload, openings) = sealed(entry)?;
        let mut salt: Salt = [0; 32];
        fill(&mut salt)?;
        let leaf = Leaf {
            seq,
            at,
            actor,
            action: entry.action().into(),
            case: entry.case(),
            object: entry.object(),
            commitment: commit(&salt, &payload),
        };
        let bytes = leaf.to_bytes();
        let made = frontier.append(leaf_hash(&bytes));
        let seq_kept = number(seq)?;
        let row = ledger_leaf::ActiveModel {
            seq: Set(seq_kept),
            leaf: Set(bytes),
            at: Set(at_millis),
            action: Set(leaf.action.clone()),
            area: Set(area(&leaf.action).into()),
            actor: Set(actor.map(|id| id.0)),
            case_id: Set(leaf.case.map(|id| id.0)),
        };
        ledger_leaf::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        let row = ledger_payload::ActiveModel {
            seq: Set(seq_kept),
            salt: Set(Some(salt.into())),
            payload: Set(Some(payload)),
            openings: Set(Some(serde_json::to_vec(&openings).map_err(unwritten)?)),
        };
        ledger_payload::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        let rows = made.into_iter().map(|(place, hash)| {
            Ok(ledger_node::ActiveModel {
                level: Set(i32::from(place.level)),
                idx: Set(number(place.index)?),
                hash: Set(hash.into()),
            })
        });
        let rows = rows.collect::<Result<Vec<_>, Error>>()?;
        ledger_node::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
        Ok(seq)
    }
}

/// An entry's payload, each text in it sealed with a salt of its own.
fn sealed(entry: &Entry) -> Result<(Vec<u8>, Vec<Opening>), Error> {
    let mut random = Ok(());
    let salt = || {
        let mut salt = TextSalt::default();
        if let Err(err) = fill(&mut salt) {
            random = Err(err);
        }
        salt
    };
    let sealed = sealed::seal(entry, salt).map_err(unwritten)?;
    random.map(|()| sealed)
}

fn fill(salt: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(salt).map_err(|err| Error::Other(format!("no randomness: {err}")))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn unwritten(err: serde_json::Error) -> Error {
    Error::Other(format!("an entry cannot be written: {err}"))
}
