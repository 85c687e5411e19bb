//! The office: the one implementation of the desk. A thin shell around the rules: load, ask
//! casework, keep and seal, commit.
//!
//! Each method asks for permission on its first line. A step's entry is sealed by the store in
//! the same function that keeps the case, so no method here could forget it.

mod administration;
mod at_desk;
mod calendar;
mod cases;
mod checkpoints;
mod directory;
mod dossier;
mod emergency;
mod entrance;
mod escalation;
mod feed;
mod incident;
mod ledger;
mod letterhead;
mod letters;
mod mail;
mod notices;
mod orders;
mod outbox;
mod policy;
mod public;
mod reading;
mod records;
mod register;
mod signals;
mod tables;
mod templates;
mod verification;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, RwLock},
};

use app::fault::Fault;
use casework::{
    Refusal,
    case::CaseId,
    member::{Duty, Member, MemberId},
    tables::Tables,
};
use jiff::{Timestamp, tz::TimeZone};
use store::Store;
use vault::Vault;

use crate::{
    access::{password::Passwords, session::Session},
    keys::Keys,
};

pub use administration::Change;
pub use cases::Kept;
pub use checkpoints::{NotTaken, named_key, replace_lost_key};
pub use entrance::{NotLetIn, SignedIn};
pub use incident::{broke, gone};
pub use ledger::Verified;
pub use letters::Given;
pub use orders::{Downloaded, NotAttached};
pub use records::{ARCHIVE_MOST, Archive, Record};

/// Where the time comes from: the system's clock, or a test's.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything that a desk works with. One per process.
pub struct Office {
    store: Store,
    vault: Vault,
    passwords: Passwords,
    keys: Keys,
    mail: outbox::Mailing,
    /// Built once, shared by every record that is being printed.
    faces: Arc<record::FontBook>,
    now: Now,
    /// The organisation's name: read once, it stands on every page.
    organisation: RwLock<String>,
    /// The desk's time zone: read once, it says what "today" means.
    zone: RwLock<TimeZone>,
    /// Who opened which case lately, so that a reload is not told as another reading.
    opened: Mutex<HashMap<(MemberId, CaseId), Timestamp>>,
}

/// What stands where no organisation has been named yet.
const UNNAMED: &str = "Disclosure Desk";

/// The time zone that tables name; they are only ever published with one that is known.
fn time_zone(tables: &Tables) -> TimeZone {
    TimeZone::get(tables.zone.as_str()).unwrap_or(TimeZone::UTC)
}

impl Office {
    /// Opens the office on what was prepared for it.
    ///
    /// # Errors
    /// Where the records cannot be reached, or the ledger does not know its key.
    pub async fn open(
        store: Store,
        vault: Vault,
        passwords: Passwords,
        keys: Keys,
        faces: record::FontBook,
        now: Now,
    ) -> anyhow::Result<Self> {
        let name = store.organisation().await?;
        let zone = time_zone(&store.tables().await?);
        let office = Self {
            store,
            vault,
            passwords,
            keys,
            mail: outbox::Mailing::default(),
            faces: Arc::new(faces),
            now,
            organisation: RwLock::new(name.map_or_else(|| UNNAMED.to_owned(), String::from)),
            zone: RwLock::new(zone),
            opened: Mutex::new(HashMap::new()),
        };
        office.settle_keys().await?;
        Ok(office)
    }

    /// Whether the desk can reach its records.
    ///
    /// # Errors
    /// Where it cannot.
    pub async fn ready(&self) -> Result<(), store::Error> {
        self.store.ready().await
    }

    /// Now, to the millisecond: what the ledger's text and the tables both hold.
    pub fn now(&self) -> Timestamp {
        let now = (self.now)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The organisation's name.
    pub fn organisation(&self) -> String {
        self.organisation
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// The desk as a sample member stands at it, at a moment of the past.
    pub(crate) fn stand_in(self: &Arc<Self>, member: &Member, at: Timestamp) -> AtDesk {
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        let session = Session {
            token: [0; 32],
            member: member.clone(),
            sign_in: String::new(),
            must_change_password: false,
            began_at: at,
            seen_at: at,
            proved_at: at,
        };
        AtDesk {
            office: Arc::clone(self),
            session: Some(session),
            now: at,
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn faces(&self) -> &record::FontBook {
        &self.faces
    }

    /// The desk's own time zone.
    pub fn zone(&self) -> TimeZone {
        self.zone
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Remembers the time zone of tables that were published.
    pub(crate) fn is_in(&self, tables: &Tables) {
        *self
            .zone
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = time_zone(tables);
    }

    /// Remembers the organisation's name for the pages.
    pub(crate) fn is_called(&self, name: casework::words::Line) {
        *self
            .organisation
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = name.into();
    }

    /// The desk as somebody stands at it: with their session, at this moment.
    pub fn at(self: &Arc<Self>, session: Option<Session>) -> AtDesk {
        AtDesk {
            office: Arc::clone(self),
            session,
            now: self.now(),
        }
    }
}

/// The desk as somebody stands at it, for one request.
#[derive(Clone)]
pub struct AtDesk {
    office: Arc<Office>,
    session: Option<Session>,
    now: Timestamp,
}

impl AtDesk {
    /// The session of who is signed in.
    ///
    /// # Errors
    /// [`Fault::SignedOut`].
    pub fn session(&self) -> Result<&Session, Fault> {
        self.session.as_ref().ok_or(Fault::SignedOut)
    }

    /// Whether the password was confirmed lately.
    ///
    /// # Errors
    /// [`Fault::SignedOut`].
    pub fn proof_is_fresh(&self) -> Result<bool, Fault> {
        Ok(self.session()?.proof_is_fresh(self.now))
    }

    /// Who is signed in, if they have this duty.
    fn on_duty(&self, duty: Duty) -> Result<&Member, Fault> {
        let member = &self.session()?.member;
        if member.role.may(duty) {
            Ok(member)
        } else {
            Err(Refusal::NotYourDuty {
                role: member.role,
                duty,
            }
            .into())
        }
    }

    /// Who is signed in, if they have this duty and confirmed their password lately.
    fn on_duty_and_proven(&self, duty: Duty) -> Result<&Member, Fault> {
        self.on_duty(duty)?;
        let session = self.session()?;
        if session.proof_is_fresh(self.now) {
            Ok(&session.member)
        } else {
            Err(Fault::ProofWanted)
        }
    }
}
