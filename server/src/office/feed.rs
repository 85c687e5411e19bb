//! Calendar feeds: a member's own address for what falls due, open to whoever knows it.

use app::fault::Fault;
use casework::{
    Refusal,
    form::Faults,
    member::{Duty, Member},
};
use jiff::{Timestamp, ToSpan};
use zeroize::Zeroizing;

use super::{AtDesk, incident};
use crate::access::session;

/// Most events in one calendar.
const EVENTS_MOST: u64 = 500;
/// How far back a calendar reaches, for what is late; and how far ahead.
const DAYS_BACK: i64 = 60;
const DAYS_AHEAD: i64 = 400;

impl AtDesk {
    /// When the member's own feed was opened, if it is open.
    pub(super) async fn my_feed(&self) -> Result<Option<Timestamp>, Fault> {
        let member = self.session()?.member.id;
        self.office
            .store
            .feed_of(member)
            .await
            .map_err(incident::store)
    }

    /// Opens the member's own feed; an address it had before is answered no more. Answers the
    /// secret part of the new one, which is kept nowhere.
    ///
    /// # Errors
    /// [`Fault::ProofWanted`]: whoever knows the address reads along without signing in. A refusal
    /// under a password that an administrator knows.
    pub async fn open_feed(&self) -> Result<Zeroizing<String>, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadCases)?.id;
        let token =
            session::new_token().map_err(|error| incident::other("no randomness", &error))?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        // As they are now: whoever was shut out or reset since this request began opens nothing.
        let row = writing.member(member).await.map_err(incident::store)?;
        let row = row
            .filter(|row| !row.disabled && row.member.role.may(Duty::ReadCases))
            .ok_or(Fault::SignedOut)?;
        if row.must_change_password {
            let says = "Choose your own password first: an administrator knows this one.";
            return Err(Refusal::from(Faults::one("do", says)).into());
        }
        writing
            .open_feed(self.now, member, &session::hash(&token))
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(token)
    }

    /// Closes the member's own feed. One that is closed already is what was asked for.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn close_feed(&self) -> Result<(), Fault> {
        let member = self.session()?.member.id;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .close_feed(self.now, Some(member), member)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
    }

    /// What a feed shows to whoever knows its address: the clocks that run.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a token that opens nothing: never opened, closed, of a member who was
    /// shut out or may not read cases. All are answered alike.
    pub async fn feed_of(&self, token: &str) -> Result<Vec<store::Ends>, Fault> {
        let store = &self.office.store;
        let reader: Member = store
            .reader_of_feed(&session::hash(token))
            .await
            .map_err(incident::store)?
            .filter(|member| member.role.may(Duty::ReadCases))
            .ok_or(Fault::NotFound)?;
        tracing::debug!(member = %reader.id, "a calendar feed was read");
        let around = |days: i64| self.now.checked_add((days * 24).hours());
        store
            .clocks_running(
                around(-DAYS_BACK).unwrap_or(Timestamp::MIN),
                around(DAYS_AHEAD).unwrap_or(Timestamp::MAX),
                EVENTS_MOST,
            )
            .await
            .map_err(incident::store)
    }
}
