//! What the one sender does: takes a mail up, says that it hands it over, and keeps what came of it.

use casework::mail::{Fate, MailId, State, tried_again};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany, prelude::Expr,
};

use super::{Posted, readable};
use crate::{
    Error, Writing,
    moments::millis,
    rows::outbox::{self, Column},
};

/// Said of a mail that was being handed over when the desk ended.
const ENDED: &str = "The desk ended while this was handed over.";
/// Said of a mail whose row somebody edited.
const UNREADABLE: &str = "The desk cannot read this mail as it was posted.";
/// Most characters of a reply that are kept.
const REPLY_MOST: usize = 1_000;

impl Writing {
    /// Puts right what a sender that is gone left: what it had only taken up waits again, what it was
    /// handing over is uncertain. For the sender whose turn it is, between two mails.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn take_over_mail(&mut self, at: Timestamp) -> Result<(), Error> {
        let now = millis(at)?;
        let from = |state: State| {
            outbox::Entity::update_many()
                .col_expr(Column::ChangedAt, Expr::value(now))
                .filter(Column::State.eq(state.code()))
        };
        from(State::Claimed)
            .col_expr(Column::State, Expr::value(State::Waiting.code()))
            .exec(self.connection())
            .await?;
        from(State::HandingOver)
            .col_expr(Column::State, Expr::value(State::Unknown.code()))
            .col_expr(Column::Reply, Expr::value(ENDED))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Takes up the mail that has waited longest, if one is due. Nothing may be sent before this is
    /// committed. What cannot be read stands as refused from then on: it would be the first in turn
    /// again and again.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn claim_mail(&mut self, at: Timestamp) -> Result<Option<Posted>, Error> {
        let now = millis(at)?;
        let mut mail = loop {
            let row = outbox::Entity::find()
                .filter(Column::State.eq(State::Waiting.code()))
                .filter(Column::DueAt.lte(now))
                .order_by_asc(Column::DueAt)
                .order_by_asc(Column::Id)
                .limit(1)
                .one(self.connection())
                .await?;
            let Some(row) = row else { return Ok(None) };
            let id = row.id;
            if let Some(mail) = readable(row) {
                break mail;
            }
            let aside = outbox::Entity::update_many()
                .col_expr(Column::State, Expr::value(State::Refused.code()))
                .col_expr(Column::ChangedAt, Expr::value(now))
                .col_expr(Column::Reply, Expr::value(UNREADABLE))
                .filter(Column::Id.eq(id));
            aside.exec(self.connection()).await?;
        };
        mail.attempt += 1;
        mail.state = State::Claimed;
        let claimed = outbox::Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Claimed.code()))
            .col_expr(Column::Attempt, Expr::value(i64::from(mail.attempt)))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .filter(Column::Id.eq(mail.id.0));
        claimed.exec(self.connection()).await?;
        Ok(Some(mail))
    }

    /// Says that this attempt hands the mail over. Answers whether it may: it may not where somebody
    /// else took the mail over meanwhile. The text may go out once this is committed, and not before.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn hand_over_mail(
        &mut self,
        at: Timestamp,
        mail: MailId,
        attempt: u32,
    ) -> Result<bool, Error> {
        let claimed = attempted(mail, attempt)
            .col_expr(Column::State, Expr::value(State::HandingOver.code()))
            .col_expr(Column::ChangedAt, Expr::value(millis(at)?))
            .filter(Column::State.eq(State::Claimed.code()));
        Ok(claimed.exec(self.connection()).await?.rows_affected == 1)
    }

    /// Keeps what came of this attempt. Answers whether it was still this attempt's to say.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn mail_came_to(
        &mut self,
        at: Timestamp,
        mail: &Posted,
        fate: &Fate,
    ) -> Result<bool, Error> {
        let (state, due, reply) = match fate {
            Fate::Sent { reply, .. } => (State::Sent, at, reply.clone()),
            Fate::Unknown { why } => (State::Unknown, at, why.clone()),
            Fate::Refused { reply } => (State::Refused, at, reply.clone()),
            Fate::Later { reply } => match tried_again(mail.attempt, mail.posted_at, at) {
                Some(next) => (State::Waiting, next, reply.clone()),
                None => (
                    State::Refused,
                    at,
                    format!("Given up after five days. Last: {reply}"),
                ),
            },
        };
        let reply: String = reply.chars().take(REPLY_MOST).collect();
        let mut told = attempted(mail.id, mail.attempt)
            .col_expr(Column::State, Expr::value(state.code()))
            .col_expr(Column::DueAt, Expr::value(millis(due)?))
            .col_expr(Column::ChangedAt, Expr::value(millis(at)?))
            .col_expr(Column::Reply, Expr::value(reply));
        if let Fate::Sent { sha256, .. } = fate {
            told = told.col_expr(Column::Sha256, Expr::value(sha256.0.to_vec()));
        }
        // Uncertain as well: another process may have found it so while this one still listened, and
        // now there is somebody who knows.
        let told = told.filter(Column::State.is_in([
            State::Claimed.code(),
            State::HandingOver.code(),
            State::Unknown.code(),
        ]));
        Ok(told.exec(self.connection()).await?.rows_affected == 1)
    }
}

fn attempted(mail: MailId, attempt: u32) -> UpdateMany<outbox::Entity> {
    outbox::Entity::update_many()
        .filter(Column::Id.eq(mail.0))
        .filter(Column::Attempt.eq(i64::from(attempt)))
}
