//! Sessions. Only the SHA-256 of a token comes here: who reads the table cannot be anybody.

use casework::{
    ledger::Entry,
    member::{Member, MemberId},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, prelude::Expr,
};

use crate::{
    Error, Store, Writing,
    members::rules_member,
    moments::{millis, moment},
    rows::{member, session},
};

/// The SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    pub token_hash: TokenHash,
    /// As they are now: a changed role counts from the next request on.
    pub member: Member,
    pub sign_in: String,
    pub must_change_password: bool,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// When the password was last given.
    pub proved_at: Timestamp,
    /// The browser, as it calls itself.
    pub agent: String,
}

impl Store {
    /// The session of a token; none where it ended or its member was shut out. Whether it is too
    /// old is the caller's to say.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn session(&self, token_hash: &TokenHash) -> Result<Option<SessionRow>, Error> {
        let found = with_members()
            .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
            .one(self.readers())
            .await?;
        found.map(read).transpose()
    }

    /// A member's sessions, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn sessions_of(&self, member: MemberId) -> Result<Vec<SessionRow>, Error> {
        let rows = with_members()
            .filter(session::Column::MemberId.eq(member.0))
            .order_by_desc(session::Column::CreatedAt)
            .all(self.readers())
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Notes that a session was used. Nothing is sealed: it tells nothing that is not told elsewhere.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn touch_session(&self, token_hash: &TokenHash, now: Timestamp) -> Result<(), Error> {
        let writing = self.begin().await?;
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(millis(now)?))
            .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
            .exec(writing.connection())
            .await?;
        writing.commit().await
    }
}

impl Writing {
    /// Begins a session for somebody who just gave their password.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the token is known already.
    pub async fn begin_session(
        &mut self,
        at: Timestamp,
        token_hash: &TokenHash,
        member: MemberId,
        agent: &str,
    ) -> Result<(), Error> {
        let now = millis(at)?;
        let row = session::ActiveModel {
            token_hash: Set(token_hash.to_vec()),
            member_id: Set(member.0),
            created_at: Set(now),
            seen_at: Set(now),
            proved_at: Set(now),
            agent: Set(agent.into()),
        };
        session::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        self.append(at, Some(member), &Entry::SignedIn { member })
            .await
            .map(drop)
    }

    /// The password was given again: the session goes on under a fresh token, so that one that
    /// leaked before proves nothing now. Answers whether there was such a session.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn prove_session(
        &mut self,
        token_hash: &TokenHash,
        fresh: &TokenHash,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let now = millis(now)?;
        let proved = session::Entity::update_many()
            .col_expr(session::Column::TokenHash, Expr::value(fresh.to_vec()))
            .col_expr(session::Column::ProvedAt, Expr::value(now))
            .col_expr(session::Column::SeenAt, Expr::value(now))
            .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
            .exec(self.connection())
            .await?;
        Ok(proved.rows_affected > 0)
    }

    /// Ends a session: its member signed out. Answers whether there was such a session.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn end_session(
        &mut self,
        at: Timestamp,
        token_hash: &TokenHash,
    ) -> Result<bool, Error> {
        let key = token_hash.to_vec();
        let Some(row) = session::Entity::find_by_id(key.clone())
            .one(self.connection())
            .await?
        else {
            return Ok(false);
        };
        session::Entity::delete_by_id(key)
            .exec(self.connection())
            .await?;
        let member = MemberId(row.member_id);
        self.append(at, Some(member), &Entry::SignedOut { member })
            .await?;
        Ok(true)
    }

    /// Ends a member's sessions, except one. Answers how many.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn end_sessions_of(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        member: MemberId,
        except: Option<&TokenHash>,
    ) -> Result<u32, Error> {
        let mut ended = Condition::all().add(session::Column::MemberId.eq(member.0));
        if let Some(except) = except {
            ended = ended.add(session::Column::TokenHash.ne(except.to_vec()));
        }
        let ended = session::Entity::delete_many()
            .filter(ended)
            .exec(self.connection())
            .await?
            .rows_affected;
        let count = u32::try_from(ended).unwrap_or(u32::MAX);
        if count > 0 {
            self.append(at, by, &Entry::SessionsEnded { member, count })
                .await?;
        }
        Ok(count)
    }

    /// Forgets sessions that ran out: last seen before one moment, or begun before the other.
    /// Nothing is sealed: they had ended already.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn forget_sessions(
        &mut self,
        seen_before: Timestamp,
        begun_before: Timestamp,
    ) -> Result<u64, Error> {
        let ran_out = Condition::any()
            .add(session::Column::SeenAt.lt(seen_before.as_millisecond()))
            .add(session::Column::CreatedAt.lt(begun_before.as_millisecond()));
        Ok(session::Entity::delete_many()
            .filter(ran_out)
            .exec(self.connection())
            .await?
            .rows_affected)
    }
}

/// Sessions with their members; those of members who were shut out are none.
fn with_members() -> sea_orm::SelectTwo<session::Entity, member::Entity> {
    let whose: RelationDef = session::Entity::belongs_to(member::Entity)
        .from(session::Column::MemberId)
        .to(member::Column::Id)
        .into();
    session::Entity::find()
        .join(JoinType::InnerJoin, whose)
        .select_also(member::Entity)
        .filter(member::Column::Disabled.eq(false))
}

fn read((session, member): (session::Model, Option<member::Model>)) -> Result<SessionRow, Error> {
    let odd = || Error::Corrupt("a session of nobody".into());
    let member = member.ok_or_else(odd)?;
    Ok(SessionRow {
        token_hash: session
            .token_hash
            .as_slice()
            .try_into()
            .map_err(|_| odd())?,
        member: rules_member(&member)?,
        sign_in: member.sign_in,
        must_change_password: member.must_change_password,
        created_at: moment(session.created_at)?,
        seen_at: moment(session.seen_at)?,
        proved_at: moment(session.proved_at)?,
        agent: session.agent,
    })
}
