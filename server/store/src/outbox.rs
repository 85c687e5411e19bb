//! The outbox: mail that was posted, and how far each has come. Its laws stand in
//! [`casework::mail`].
//!
//! Every change of a mail names the state and the attempt it changes from, so two processes that both
//! believed a mail theirs could not both hand it over: only one would find it as it left it.
//!
//! What the verifier can prove of this table is in the ledger: which notices were posted, to whom and
//! with which text, and what members settled. When a server took a mail, and which reminders were
//! posted, it cannot: nobody but the servers saw it.
//!
//! A row that cannot be read any more, because somebody edited it, is left out and logged by its id: it
//! keeps no other mail from being sent or shown.

mod sending;
mod turn;

use std::collections::BTreeMap;

use casework::{
    case::CaseId,
    ledger::Entry,
    mail::{Address, Kind, Mail, MailId, State},
    member::MemberId,
    order::Digest,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, prelude::Expr,
};

use crate::{
    Error, Store, Writing,
    moments::{millis, moment},
    rows::outbox::{self, Column},
};
pub use turn::Turn;

/// A mail as it stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub id: MailId,
    pub kind: Kind,
    pub case: Option<CaseId>,
    pub member: Option<MemberId>,
    pub to: Address,
    pub subject: String,
    /// None: wiped some time after it was sent or refused.
    pub text: Option<String>,
    pub message_id: String,
    pub posted_at: Timestamp,
    pub state: State,
    /// How often the desk took it up.
    pub attempt: u32,
    /// When it is tried next, while it waits.
    pub due_at: Timestamp,
    pub changed_at: Timestamp,
    /// What the server, or the line to it, said last.
    pub reply: Option<String>,
    /// Of the message as it went out.
    pub sha256: Option<Digest>,
    pub settled: Option<Settled>,
}

/// What a member last said became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    pub by: MemberId,
    pub at: Timestamp,
    /// It arrived; else it was to be sent again.
    pub sent: bool,
}

/// Which part of the outbox is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailBox {
    State(State),
    Case(CaseId),
}

impl Store {
    /// The newest mails of a part of the outbox: of a state by when they came to it, of a case by when
    /// they were posted.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mails(&self, part: MailBox, most: u64) -> Result<Vec<Posted>, Error> {
        let asked = outbox::Entity::find();
        let asked = match part {
            MailBox::State(state) => asked
                .filter(Column::State.eq(state.code()))
                .order_by_desc(Column::ChangedAt),
            MailBox::Case(case) => asked
                .filter(Column::CaseId.eq(case.0))
                .order_by_desc(Column::PostedAt),
        };
        let rows = asked.order_by_desc(Column::Id).limit(most);
        let rows = rows.all(self.readers()).await?;
        Ok(rows.into_iter().filter_map(readable).collect())
    }

    /// Whether a mail waits that may be tried now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mail_is_due(&self, at: Timestamp) -> Result<bool, Error> {
        let due = outbox::Entity::find()
            .filter(Column::State.eq(State::Waiting.code()))
            .filter(Column::DueAt.lte(millis(at)?));
        self.is_any(due).await
    }

    /// Whether a mail stands as being sent: while nobody sends, a sender that is gone left it so.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mail_was_left_behind(&self) -> Result<bool, Error> {
        let under_way = [State::Claimed.code(), State::HandingOver.code()];
        let left = outbox::Entity::find().filter(Column::State.is_in(under_way));
        self.is_any(left).await
    }

    /// Whether a text is left of what was sent or refused before a moment.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mail_is_to_be_wiped(&self, before: Timestamp) -> Result<bool, Error> {
        self.is_any(wipeable(before)?).await
    }

    async fn is_any(&self, asked: Select<outbox::Entity>) -> Result<bool, Error> {
        let found = asked
            .select_only()
            .column(Column::Id)
            .limit(1)
            .into_tuple::<uuid::Uuid>()
            .one(self.readers())
            .await?;
        Ok(found.is_some())
    }

    /// One mail.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mail(&self, id: MailId) -> Result<Option<Posted>, Error> {
        by_id(self.readers(), id).await
    }
}

impl Writing {
    /// Puts a mail into the outbox, with whatever else this transaction does. Answers whether it is
    /// new: what was posted under the same key before is posted already.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the mail's id is another's.
    pub async fn post(&mut self, at: Timestamp, mail: &Mail) -> Result<bool, Error> {
        if self.was_posted(&mail.key).await? {
            return Ok(false);
        }
        let now = millis(at)?;
        let row = outbox::ActiveModel {
            id: Set(mail.id.0),
            post_key: Set(mail.key.clone()),
            kind: Set(mail.kind.code().into()),
            case_id: Set(mail.case.map(|case| case.0)),
            member_id: Set(mail.member.map(|member| member.0)),
            recipient: Set(mail.to.to_string()),
            subject: Set(mail.subject.to_string()),
            body: Set(Some(mail.text.to_string())),
            message_id: Set(mail.message_id.clone()),
            posted_at: Set(now),
            state: Set(State::Waiting.code().into()),
            attempt: Set(0),
            due_at: Set(now),
            changed_at: Set(now),
            reply: Set(None),
            sha256: Set(None),
            settled_by: Set(None),
            settled_at: Set(None),
            settled_sent: Set(None),
        };
        outbox::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        Ok(true)
    }

    /// Whether something was posted under this key.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn was_posted(&mut self, key: &str) -> Result<bool, Error> {
        let found = outbox::Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::PostKey.eq(key))
            .into_tuple::<uuid::Uuid>()
            .one(self.connection())
            .await?;
        Ok(found.is_some())
    }

    /// One mail, as nobody else can change it now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn mail(&mut self, id: MailId) -> Result<Option<Posted>, Error> {
        by_id(self.connection(), id).await
    }

    /// How far the mail has come that was posted under this key, and since when.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn fate_of(&mut self, key: &str) -> Result<Option<(State, Timestamp)>, Error> {
        let found = outbox::Entity::find()
            .select_only()
            .columns([Column::State, Column::ChangedAt])
            .filter(Column::PostKey.eq(key))
            .into_tuple::<(String, i64)>()
            .one(self.connection())
            .await?;
        let Some((state, since)) = found else {
            return Ok(None);
        };
        let odd = || Error::Corrupt(format!("the state of the mail under {key}"));
        let state = State::from_code(&state).ok_or_else(odd)?;
        Ok(Some((state, moment(since)?)))
    }

    /// Keeps what a member says became of a mail, and seals it: it arrived, or it is sent again.
    ///
    /// # Errors
    /// [`Error::Misused`] where its state does not leave that open; [`Error::Missing`] where there is
    /// no such mail.
    pub async fn settle_mail(
        &mut self,
        at: Timestamp,
        by: MemberId,
        id: MailId,
        sent: bool,
    ) -> Result<(), Error> {
        let mail = self.mail(id).await?.ok_or(Error::Missing("mail"))?;
        let open = if sent {
            mail.state.may_have_arrived()
        } else {
            mail.state.may_be_sent_again() && mail.text.is_some()
        };
        if !open {
            return Err(Error::Misused("only what is uncertain is settled"));
        }
        let (now, state) = (millis(at)?, if sent { State::Sent } else { State::Waiting });
        outbox::Entity::update_many()
            .col_expr(Column::State, Expr::value(state.code()))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .col_expr(Column::DueAt, Expr::value(now))
            .col_expr(Column::SettledBy, Expr::value(by.0))
            .col_expr(Column::SettledAt, Expr::value(now))
            .col_expr(Column::SettledSent, Expr::value(sent))
            .filter(Column::Id.eq(id.0))
            .exec(self.connection())
            .await?;
        let case = mail.case;
        let entry = Entry::MailSettled {
            mail: id,
            sent,
            case,
        };
        self.append(at, Some(by), &entry).await.map(drop)
    }

    /// Wipes the texts of what was sent or refused before a moment; at most `most` of them, so that no
    /// transaction is long.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn wipe_mail(&mut self, before: Timestamp, most: u64) -> Result<u64, Error> {
        let ids: Vec<uuid::Uuid> = wipeable(before)?
            .select_only()
            .column(Column::Id)
            .limit(most)
            .into_tuple()
            .all(self.connection())
            .await?;
        if ids.is_empty() {
            return Ok(0);
        }
        let wiped = outbox::Entity::update_many()
            .col_expr(Column::Body, Expr::null())
            .filter(Column::Id.is_in(ids))
            .exec(self.connection())
            .await?;
        Ok(wiped.rows_affected)
    }
}

fn wipeable(before: Timestamp) -> Result<Select<outbox::Entity>, Error> {
    Ok(outbox::Entity::find()
        .filter(Column::Body.is_not_null())
        // Written out, not bound: the index is a partial one, and must be known to fit.
        .filter(Expr::cust("state IN ('sent', 'refused')"))
        .filter(Column::ChangedAt.lt(millis(before)?)))
}

async fn by_id(db: &impl ConnectionTrait, id: MailId) -> Result<Option<Posted>, Error> {
    let row = outbox::Entity::find_by_id(id.0).one(db).await?;
    row.map(read).transpose()
}

/// What members last said became of mails; for verifying, which reads it all.
pub(crate) async fn settled(db: &impl ConnectionTrait) -> Result<BTreeMap<MailId, Settled>, Error> {
    let rows: Vec<(uuid::Uuid, uuid::Uuid, i64, Option<bool>)> = outbox::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::SettledBy,
            Column::SettledAt,
            Column::SettledSent,
        ])
        .filter(Column::SettledBy.is_not_null())
        .filter(Column::SettledAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, by, at, sent)| {
            let settled = Settled {
                by: MemberId(by),
                at: moment(at)?,
                sent: sent.unwrap_or_default(),
            };
            Ok((MailId(id), settled))
        })
        .collect()
}

/// A row, or none where it cannot be read.
fn readable(row: outbox::Model) -> Option<Posted> {
    let id = row.id;
    let mail = read(row).ok();
    if mail.is_none() {
        tracing::error!(mail = %id, "a mail in the outbox cannot be read and is left out");
    }
    mail
}

fn read(row: outbox::Model) -> Result<Posted, Error> {
    let odd = |what: &str| Error::Corrupt(format!("the {what} of mail {}", row.id));
    let sha256 = row
        .sha256
        .as_deref()
        .map(|bytes| bytes.try_into().map(Digest).map_err(|_| odd("SHA-256")))
        .transpose()?;
    let settled = match (row.settled_by, row.settled_at, row.settled_sent) {
        (Some(by), Some(at), Some(sent)) => Some(Settled {
            by: MemberId(by),
            at: moment(at)?,
            sent,
        }),
        _ => None,
    };
    Ok(Posted {
        id: MailId(row.id),
        kind: Kind::from_code(&row.kind).ok_or_else(|| odd("kind"))?,
        case: row.case_id.map(CaseId),
        member: row.member_id.map(MemberId),
        to: Address::parse(&row.recipient).ok_or_else(|| odd("recipient"))?,
        state: State::from_code(&row.state).ok_or_else(|| odd("state"))?,
        attempt: row.attempt.try_into().map_err(|_| odd("attempt"))?,
        posted_at: moment(row.posted_at)?,
        due_at: moment(row.due_at)?,
        changed_at: moment(row.changed_at)?,
        subject: row.subject,
        text: row.body,
        message_id: row.message_id,
        reply: row.reply,
        sha256,
        settled,
    })
}
