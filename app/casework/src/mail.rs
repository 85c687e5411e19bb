//! Mail: what the desk tells people outside its pages, and how far each message has come.
//!
//! # Laws of the outbox
//! 1. **A mail is posted in the transaction of what it tells**, or not at all: a step that was undone
//!    tells nobody, and a step that stands cannot be forgotten.
//! 2. **One mail, one recipient.** A server that takes a message for one of two people and not for the
//!    other would leave it neither sent nor unsent.
//! 3. **What was posted under a key is posted once**: the same reminder of the same end of the same
//!    clock is the same mail, however often it is thought of.
//! 4. **The Message-ID is made with the mail and never changes**, nor does its date: sent again, it is
//!    the same message to the last byte, and mailboxes that know it show it once.
//! 5. **Each state is durable before what follows it is done.** `Claimed` before the desk connects;
//!    `HandingOver` once the server would take the body (RFC 5321, 354) and before the body goes out;
//!    what came of it as soon as the server said so.
//! 6. **A claimed mail was surely not sent**: a desk that finds one it does not hold lets it wait again.
//! 7. **A mail that was being handed over when the desk ended is uncertain**: the server may have
//!    taken it without the desk having read so (RFC 5321, section 4.5.5 and RFC 1047). It is never sent
//!    again by itself; it stands as [`State::Unknown`] until a member settles it.
//!
//! So nothing is lost without anybody being told, and nothing is sent twice unless a person says so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseId,
    member::MemberId,
    order::Digest,
    words::{Blame, Line, Prose},
};

crate::id! {
    /// Names a mail for good.
    MailId
}

crate::choice! {
    /// What a mail is.
    Kind {
        Escalation = "escalation", "Reminder of a clock";
        ServiceNotice = "service_notice", "Service notice";
        Letter = "letter", "Letter";
        Test = "test", "Test mail";
    }
}

impl Kind {
    /// Whether its text, its recipient and what a server says of them are contents of a case, which
    /// administrators do not see.
    pub const fn is_of_the_case(self) -> bool {
        matches!(self, Self::ServiceNotice | Self::Letter)
    }
}

crate::choice! {
    /// How far a mail has come.
    State {
        Waiting = "waiting", "Waiting";
        /// The desk is about to connect, or talks to the server; nothing of the text went out.
        Claimed = "claimed", "Being sent";
        /// The server said that it would take the text.
        HandingOver = "handing_over", "Being handed over";
        /// The desk ended, or the line broke, while it was handed over.
        Unknown = "unknown", "Fate unknown";
        /// The server took it, or a member found that it arrived.
        Sent = "sent", "Sent";
        /// The server will not take it, now or later.
        Refused = "refused", "Refused for good";
    }
}

impl State {
    /// Whether a member may have it sent again.
    pub const fn may_be_sent_again(self) -> bool {
        matches!(self, Self::Unknown | Self::Refused)
    }

    /// Whether a member may say that it arrived.
    pub const fn may_have_arrived(self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server took it: what it said, and the SHA-256 of the message as it went out.
    Sent { reply: String, sha256: Digest },
    /// Not now: a reply that begins with 4, or no line to the server.
    Later { reply: String },
    /// Never: a reply that begins with 5, or an address that no server could be asked for.
    Refused { reply: String },
    /// The line broke while it was handed over.
    Unknown { why: String },
}

/// How long a mail is tried before the desk gives it up. Source: RFC 5321, section 4.5.4.1.
pub const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);

/// How long a sent mail keeps its text: long enough to see what a complaint or a bounce is about. What
/// a notice or a letter said stays on its case; a reminder says nothing that the clock does not.
pub const TEXT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// When a mail that was not taken is tried again; none once it is given up. The wait doubles from a
/// minute to an hour.
pub fn tried_again(attempt: u32, posted: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let minutes = 1_i64 << attempt.saturating_sub(1).min(6);
    let next = now + SignedDuration::from_mins(minutes.min(60));
    (next.duration_since(posted) <= GIVEN_UP_AFTER).then_some(next)
}

/// Where a mail goes: something before an `@` and a domain after it. Whether a server takes it, only
/// the server knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Most characters of an address. Source: RFC 5321, section 4.5.3.1.3, less the brackets.
const ADDRESS_MOST: usize = 254;

impl Address {
    /// Reads an address; none where it is no address.
    pub fn parse(raw: &str) -> Option<Self> {
        let address = raw.trim();
        let (local, domain) = address.rsplit_once('@')?;
        let strange = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';' | '\\')
        };
        let fits = !local.is_empty()
            && !local.contains('@')
            && !domain.is_empty()
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && address.len() <= ADDRESS_MOST
            && !address.contains(strange);
        fits.then(|| Self(address.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("this is no e-mail address")
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

/// A mail to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub id: MailId,
    /// What it is posted under; see the third law. Never text that a person typed.
    pub key: String,
    pub kind: Kind,
    /// The case it belongs to; none for a test mail.
    pub case: Option<CaseId>,
    /// The member it is for; none where it leaves the house.
    pub member: Option<MemberId>,
    pub to: Address,
    /// Names nobody: subjects travel in the clear and stand in lists.
    pub subject: Line,
    pub text: Prose,
    /// Without its brackets: see the fourth law.
    pub message_id: String,
}

impl Mail {
    /// A mail whose Message-ID is its own id at the desk's domain.
    ///
    /// # Errors
    /// Where the subject or the text is blank or too long.
    pub fn new(
        id: MailId,
        domain: &str,
        key: String,
        kind: Kind,
        to: Address,
        subject: &str,
        text: &str,
    ) -> Result<Self, Blame> {
        Ok(Self {
            key,
            kind,
            case: None,
            member: None,
            to,
            subject: Line::parse(subject)?,
            text: Prose::parse(text)?,
            message_id: format!("{id}@{domain}"),
            id,
        })
    }

    /// The same, as part of a case.
    #[must_use]
    pub fn of(self, case: CaseId) -> Self {
        Self {
            case: Some(case),
            ..self
        }
    }

    /// The same, for a member.
    #[must_use]
    pub fn to_member(self, member: MemberId) -> Self {
        Self {
            member: Some(member),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_could_not_be_a_command_to_a_server() {
        for bad in [
            "",
            "anna",
            "@example.org",
            "anna@",
            "anna@example.org\r\nRCPT TO:<x@y>",
            "anna berg@example.org",
            "anna@ex@ample.org",
            "anna@.example.org",
            "<anna@example.org>",
            "anna@example.org,ben@example.org",
        ] {
            assert_eq!(Address::parse(bad), None, "{bad:?}");
        }
        let anna = Address::parse(" anna@example.org ").map(String::from);
        assert_eq!(anna.as_deref(), Some("anna@example.org"));
    }

    #[test]
    fn a_mail_is_tried_less_and_less_often_for_five_days() {
        let posted = Timestamp::UNIX_EPOCH;
        let (mut now, mut attempt) = (posted, 0);
        let mut waits = Vec::new();
        loop {
            attempt += 1;
            let Some(next) = tried_again(attempt, posted, now) else {
                break;
            };
            waits.push(next.duration_since(now).as_mins());
            now = next;
        }
        assert_eq!(waits[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(waits.last(), Some(&60));
        assert_eq!(now.duration_since(posted).as_hours(), 119);
    }

    #[test]
    fn nothing_that_was_sent_is_sent_again_and_only_the_uncertain_may_have_arrived() {
        let again: Vec<_> = State::ALL
            .iter()
            .filter(|state| state.may_be_sent_again())
            .collect();
        assert_eq!(again, [&State::Unknown, &State::Refused]);
        let arrived: Vec<_> = State::ALL
            .iter()
            .filter(|state| state.may_have_arrived())
            .collect();
        assert_eq!(arrived, [&State::Unknown]);
    }
}
