//! Coming in and going out: sign-in, proof, passwords, sessions.

use std::sync::Arc;

use app::{desk::SessionRow, fault::Fault};
use casework::form::Faults;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{AtDesk, Office, incident};
use crate::access::{
    password,
    session::{self, Session, TokenHash},
};

/// Wrong passwords an account takes in a day, counted across restarts. Source: trust, "Promises".
const WRONG_A_DAY: u32 = 100;

/// A session that just began. The token is told to nobody but the browser.
pub struct SignedIn {
    pub token: Zeroizing<String>,
    pub must_change_password: bool,
}

/// Why somebody was not let in.
#[derive(Debug)]
pub enum NotLetIn {
    /// One sentence for an unknown account, a wrong password and a disabled member.
    Wrong,
    /// Too many wrong passwords today.
    Locked,
    Fault(Fault),
}

impl From<Fault> for NotLetIn {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Office {
    /// Begins a session.
    ///
    /// # Errors
    /// [`NotLetIn`]; known and unknown accounts take the same time.
    pub async fn sign_in(
        self: &Arc<Self>,
        sign_in: &str,
        password: Zeroizing<String>,
        agent: &str,
    ) -> Result<SignedIn, NotLetIn> {
        let now = self.now();
        let account = self
            .store
            .member_by_sign_in(&sign_in.trim().to_lowercase())
            .await
            .map_err(incident::store)?;
        let locked = account
            .as_ref()
            .is_some_and(|account| wrong_today(account, now) >= WRONG_A_DAY);
        let open = account
            .as_ref()
            .filter(|account| !account.disabled && !locked);
        // A locked or disabled account is hashed like an unknown one: the time tells nothing.
        let kept = open.map(|account| account.password_hash.clone());
        let again = password.clone();
        let checked = self
            .passwords
            .check(password, kept)
            .await
            .map_err(|error| incident::hashing(&error))?;
        let mut writing = self.store.begin().await.map_err(incident::store)?;
        let Some(account) = open.filter(|_| checked.right) else {
            if let Some(account) = account {
                writing
                    .count_wrong_password(now, account.member.id)
                    .await
                    .map_err(incident::store)?;
                writing.commit().await.map_err(incident::store)?;
            }
            return Err(if locked {
                NotLetIn::Locked
            } else {
                NotLetIn::Wrong
            });
        };
        if checked.stale {
            let hash = self
                .passwords
                .hash(again)
                .await
                .map_err(|error| incident::hashing(&error))?;
            writing
                .rehash_password(account.member.id, &hash)
                .await
                .map_err(incident::store)?;
        }
        let token =
            session::new_token().map_err(|error| incident::other("no randomness", &error))?;
        let agent: String = agent
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        // Swept here and not by a timer: as many come in as go.
        let (idle, absolute) = session::ran_out_before(now);
        writing
            .forget_sessions(idle, absolute)
            .await
            .map_err(incident::store)?;
        writing
            .begin_session(now, &session::hash(&token), account.member.id, &agent)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(SignedIn {
            token,
            must_change_password: account.must_change_password,
        })
    }

    /// The session of a token, if it still runs; its use is written down now and then.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, Fault> {
        let now = self.now();
        let hash = session::hash(token);
        let Some(row) = self.store.session(&hash).await.map_err(incident::store)? else {
            return Ok(None);
        };
        let mut session = Session {
            token: hash,
            member: row.member,
            sign_in: row.sign_in,
            must_change_password: row.must_change_password,
            began_at: row.created_at,
            seen_at: row.seen_at,
            proved_at: row.proved_at,
        };
        if session.ends_at() <= now {
            return Ok(None);
        }
        if now.duration_since(session.seen_at) >= session::TOUCHED_EVERY {
            self.store
                .touch_session(&hash, now)
                .await
                .map_err(incident::store)?;
        }
        session.seen_at = now;
        Ok(Some(session))
    }
}

impl AtDesk {
    /// Ends this session.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn sign_out(&self) -> Result<(), Fault> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .end_session(self.now, &session.token)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
    }

    /// Confirms the password; from now on the proof is fresh. Wrong ones count as at sign-in.
    /// Answers the session's new token: one that was stolen before rises with nobody.
    ///
    /// # Errors
    /// A fault beside `field`, or why it could not be checked.
    pub async fn prove(
        &mut self,
        password: Zeroizing<String>,
        field: &str,
    ) -> Result<Zeroizing<String>, Fault> {
        let session = self.session()?.clone();
        if !self.is_right(&session, password).await? {
            let says = "This is not your password.";
            return Err(casework::Refusal::from(Faults::one(field, says)).into());
        }
        let token =
            session::new_token().map_err(|error| incident::other("no randomness", &error))?;
        let fresh = session::hash(&token);
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        if !writing
            .prove_session(&session.token, &fresh, self.now)
            .await
            .map_err(incident::store)?
        {
            return Err(Fault::SignedOut);
        }
        writing.commit().await.map_err(incident::store)?;
        self.session = Some(Session {
            token: fresh,
            proved_at: self.now,
            ..session
        });
        Ok(token)
    }

    /// Changes the member's own password, and ends their other sessions.
    ///
    /// # Errors
    /// Faults beside `current`, `new` and `again`.
    pub async fn change_password(
        &self,
        current: Zeroizing<String>,
        new: Zeroizing<String>,
        again: Zeroizing<String>,
    ) -> Result<(), Fault> {
        let session = self.session()?;
        let mut faults = Faults::default();
        let mut blame = |field: &str, says: String| faults.0.extend(Faults::one(field, says).0);
        if !self.is_right(session, current.clone()).await? {
            blame("current", "This is not your password.".into());
        }
        let organisation = self.office.organisation();
        if *new == *current {
            blame("new", "This is the password you have.".into());
        } else if let Some(says) = password::weakness(
            &new,
            &[
                session.member.name.as_str(),
                &session.sign_in,
                &organisation,
            ],
        ) {
            blame("new", says);
        }
        if *new != *again {
            blame("again", "This differs from the new password above.".into());
        }
        if !faults.is_empty() {
            return Err(casework::Refusal::from(faults).into());
        }
        let hash = self
            .office
            .passwords
            .hash(new)
            .await
            .map_err(|error| incident::hashing(&error))?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .set_password(
                self.now,
                Some(session.member.id),
                session.member.id,
                &hash,
                false,
            )
            .await
            .map_err(incident::store)?;
        writing
            .end_sessions_of(
                self.now,
                Some(session.member.id),
                session.member.id,
                Some(&session.token),
            )
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
    }

    async fn is_right(
        &self,
        session: &Session,
        password: Zeroizing<String>,
    ) -> Result<bool, Fault> {
        let account = self
            .office
            .store
            .member(session.member.id)
            .await
            .map_err(incident::store)?;
        let account = account.ok_or(Fault::SignedOut)?;
        let locked = wrong_today(&account, self.now) >= WRONG_A_DAY;
        let kept = Some(account.password_hash).filter(|_| !locked);
        let checked = self
            .office
            .passwords
            .check(password, kept)
            .await
            .map_err(|error| incident::hashing(&error))?;
        if !checked.right {
            let mut writing = self.office.store.begin().await.map_err(incident::store)?;
            writing
                .count_wrong_password(self.now, session.member.id)
                .await
                .map_err(incident::store)?;
            writing.commit().await.map_err(incident::store)?;
        }
        Ok(checked.right)
    }

    /// The member's own sessions that still run, the newest first.
    pub(super) async fn my_sessions(&self) -> Result<Vec<SessionRow>, Fault> {
        let mine = self.session()?;
        let rows = self
            .office
            .store
            .sessions_of(mine.member.id)
            .await
            .map_err(incident::store)?;
        Ok(rows
            .into_iter()
            .filter(|row| {
                let idle = row.seen_at + session::idle(mine.member.role);
                idle.min(row.created_at + session::ABSOLUTE) > self.now
            })
            .map(|row| SessionRow {
                handle: session::handle(&row.token_hash),
                agent: row.agent,
                began_at: row.created_at,
                seen_at: row.seen_at,
                current: row.token_hash == mine.token,
            })
            .collect())
    }

    /// Ends one of the member's own sessions, or all but this one.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn end_sessions(&self, handle: Option<&str>) -> Result<(), Fault> {
        let mine = self.session()?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        if let Some(handle) = handle {
            let rows = self
                .office
                .store
                .sessions_of(mine.member.id)
                .await
                .map_err(incident::store)?;
            let found: Option<TokenHash> = rows
                .into_iter()
                .map(|row| row.token_hash)
                .find(|token| session::handle(token) == handle);
            // An unknown one has ended already, which is what was asked.
            if let Some(token) = found {
                writing
                    .end_session(self.now, &token)
                    .await
                    .map_err(incident::store)?;
            }
        } else {
            writing
                .end_sessions_of(
                    self.now,
                    Some(mine.member.id),
                    mine.member.id,
                    Some(&mine.token),
                )
                .await
                .map_err(incident::store)?;
        }
        writing.commit().await.map_err(incident::store)
    }
}

fn wrong_today(account: &store::MemberRow, now: Timestamp) -> u32 {
    account.wrong_passwords(casework::clock::day(now))
}
