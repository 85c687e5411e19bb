//! Calendar feeds: an address for each member who wants one. Only the SHA-256 of its token comes
//! here, and stands in the ledger as well, so that an address put in by the back door is found.

use casework::{
    ledger::Entry,
    member::{Member, MemberId},
    order::Digest,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    Error, Store, TokenHash, Writing,
    members::rules_member,
    moments::{millis, moment},
    rows::{calendar_feed, member},
};

impl Store {
    /// When a member's feed was opened, if it is open.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn feed_of(&self, member: MemberId) -> Result<Option<Timestamp>, Error> {
        let row = calendar_feed::Entity::find_by_id(member.0)
            .one(self.readers())
            .await?;
        row.map(|row| moment(row.opened_at)).transpose()
    }

    /// Whose feed a token opens; nobody's where it was closed or its member was shut out.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn reader_of_feed(&self, token_hash: &TokenHash) -> Result<Option<Member>, Error> {
        let Some(feed) = calendar_feed::Entity::find()
            .filter(calendar_feed::Column::TokenHash.eq(token_hash.to_vec()))
            .one(self.readers())
            .await?
        else {
            return Ok(None);
        };
        let row = member::Entity::find_by_id(feed.member_id)
            .filter(member::Column::Disabled.eq(false))
            .one(self.readers())
            .await?;
        row.as_ref().map(rules_member).transpose()
    }
}

impl Writing {
    /// Opens a member's feed under a token; one that was open before answers no more.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn open_feed(
        &mut self,
        at: Timestamp,
        member: MemberId,
        token_hash: &TokenHash,
    ) -> Result<(), Error> {
        use calendar_feed::Column::{MemberId, OpenedAt, TokenHash};
        let row = calendar_feed::ActiveModel {
            member_id: Set(member.0),
            token_hash: Set(token_hash.to_vec()),
            opened_at: Set(millis(at)?),
        };
        calendar_feed::Entity::insert(row)
            .on_conflict(
                OnConflict::column(MemberId)
                    .update_columns([TokenHash, OpenedAt])
                    .to_owned(),
            )
            .exec_without_returning(self.connection())
            .await?;
        let sha256 = Digest(*token_hash);
        self.append(at, Some(member), &Entry::FeedOpened { member, sha256 })
            .await
            .map(drop)
    }

    /// Closes a member's feed: the member's own doing, or an administrator's. Answers whether it was
    /// open.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn close_feed(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        member: MemberId,
    ) -> Result<bool, Error> {
        let closed = calendar_feed::Entity::delete_by_id(member.0)
            .exec(self.connection())
            .await?;
        if closed.rows_affected == 0 {
            return Ok(false);
        }
        self.append(at, by, &Entry::FeedClosed { member }).await?;
        Ok(true)
    }
}
