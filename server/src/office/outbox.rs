//! Sending: one mail at a time, by one process of all that share the database. The laws that this
//! keeps stand in [`casework::mail`].

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::fault::Fault;
use casework::{
    mail::{Address, Fate, Kind, Mail, MailId, TEXT_KEPT},
    order::Digest,
};
use jiff::{SignedDuration, Timestamp};
use post::{Handed, Page, Relay, Threshold, Trouble};
use sha2::{Digest as _, Sha256};
use store::{Posted, Turn};
use tokio::sync::{Mutex, Notify};

use super::{Office, incident, notices};

/// How often the outbox is looked into, beside when something is posted.
const EVERY: Duration = Duration::from_secs(5);
/// How long until what came of a mail is kept again, where the database would not take it.
const AGAIN: Duration = Duration::from_secs(1);
/// How long a reminder that waits is still worth sending: it is about a day.
const REMINDS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Said of a reminder that waited longer.
pub(super) const PASSED: &str = "It was about a day that has passed.";
/// Most texts that are wiped at once.
const WIPED_MOST: u64 = 500;
/// The end of Message-IDs of a desk without a server: a name that never resolves. Source: RFC 2606.
const NOWHERE: &str = "desk.invalid";

/// What a desk needs to send mail.
#[derive(Default)]
pub(super) struct Mailing {
    relay: Option<Relay>,
    /// The desk's own address, without a slash at its end.
    address: Option<String>,
    /// Held while a round is sent.
    turn: Mutex<Option<Turn>>,
    posted: Notify,
    ends: AtomicBool,
}

impl Office {
    /// The same office, with a server that takes its mail, and the address that mail leads back to.
    #[must_use]
    pub fn with_mail(mut self, relay: Option<Relay>, address: Option<String>) -> Self {
        self.mail.relay = relay;
        self.mail.address = address.map(|address| address.trim_end_matches('/').to_owned());
        self
    }

    /// Who writes the desk's mail, and through which server; none where mail stays in the outbox.
    pub fn writes_as(&self) -> Option<String> {
        self.mail.relay.as_ref().map(Relay::told)
    }

    /// The desk's own address, where it knows it.
    pub fn address(&self) -> Option<&str> {
        self.mail.address.as_deref()
    }

    /// A mail of this desk, to be posted with [`store::Writing::post`] in the transaction of what it
    /// tells. Call [`Self::has_posted`] once that is committed.
    ///
    /// # Errors
    /// [`Fault::Broken`] where the subject or the text is blank or too long.
    pub fn mail(
        &self,
        kind: Kind,
        key: String,
        to: Address,
        subject: &str,
        text: &str,
    ) -> Result<Mail, Fault> {
        let id = MailId(uuid::Uuid::now_v7());
        let domain = self.mail.relay.as_ref().map_or(NOWHERE, Relay::domain);
        Mail::new(id, domain, key, kind, to, subject, text)
            .map_err(|blame| incident::other("a mail could not be written", &blame))
    }

    /// Something may have been posted: it is sent now and not within seconds.
    pub fn has_posted(&self) {
        self.mail.posted.notify_one();
    }

    /// Begins no other mail.
    pub fn send_no_more(&self) {
        self.mail.ends.store(true, Ordering::SeqCst);
        self.mail.posted.notify_one();
    }

    /// Sends what is due, for as long as the desk runs.
    pub async fn keep_sending(self: Arc<Self>) {
        while !self.mail.ends.load(Ordering::SeqCst) {
            if let Err(error) = self.send_mail().await {
                // Told under its number; the next round tries again.
                incident::store(error);
            }
            let _ = tokio::time::timeout(EVERY, self.mail.posted.notified()).await;
        }
    }

    /// Sends everything that is due, if it is this process's turn. Answers how many mails were taken
    /// up.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn send_mail(&self) -> Result<u32, store::Error> {
        let Some(relay) = &self.mail.relay else {
            return Ok(0);
        };
        let mut turn = self.mail.turn.lock().await;
        let turn = match &mut *turn {
            Some(turn) => turn,
            none => none.insert(self.store.sending().await?),
        };
        let mut sent = 0;
        while !self.mail.ends.load(Ordering::SeqCst) && turn.has_come().await? {
            // Nobody but the one whose turn it is sends: whatever seems under way here was left behind.
            if self.store.mail_was_left_behind().await? {
                let mut writing = self.store.begin().await?;
                writing.take_over_mail(self.now()).await?;
                writing.commit().await?;
            }
            if !self.store.mail_is_due(self.now()).await? {
                break;
            }
            let mut writing = self.store.begin().await?;
            let claimed = writing.claim_mail(self.now()).await?;
            // Also where there is none: what could not be read was set aside.
            writing.commit().await?;
            let Some(mail) = claimed else { break };
            sent += 1;
            let fate = self.sent(relay, &mail).await;
            self.keep_fate(&mail, &fate).await;
        }
        Ok(sent)
    }

    /// One attempt, from the server's door to what it said in the end.
    async fn sent(&self, relay: &Relay, mail: &Posted) -> Fate {
        if has_passed(mail, self.now()) {
            let reply = PASSED.into();
            return Fate::Refused { reply };
        }
        let page = Page {
            to: mail.to.as_str(),
            subject: &mail.subject,
            text: mail.text.as_deref().unwrap_or_default(),
            message_id: &mail.message_id,
            date: mail.posted_at,
        };
        let sheet = match relay.write(&page) {
            Ok(sheet) => sheet,
            Err(unwritable) => {
                let reply = unwritable.to_string();
                return Fate::Refused { reply };
            }
        };
        let threshold = match relay.knock(&sheet).await {
            Ok(threshold) => threshold,
            Err(Trouble::Later(reply)) => return Fate::Later { reply },
            Err(Trouble::Refused(reply)) => return Fate::Refused { reply },
        };
        let threshold = match self.over(threshold, mail).await {
            Ok(threshold) => threshold,
            Err(fate) => return fate,
        };
        match threshold.hand_over(&sheet).await {
            Handed::Taken(reply) => Fate::Sent {
                reply,
                sha256: Digest(Sha256::digest(sheet.bytes()).into()),
            },
            Handed::Later(reply) => Fate::Later { reply },
            Handed::Refused(reply) => Fate::Refused { reply },
            Handed::Unknown(why) => Fate::Unknown { why },
        }
    }

    /// Lets the text go out once it is written down that it does; never where it could not be, nor
    /// where a rule forbids by now what it told of when it was posted.
    async fn over(&self, threshold: Threshold, mail: &Posted) -> Result<Threshold, Fate> {
        let written = async {
            let mut writing = self.store.begin().await?;
            if let Err(refusal) = notices::may_go_out(&mut writing, mail, self.now()).await? {
                return Ok(Err(refusal));
            }
            let may = writing
                .hand_over_mail(self.now(), mail.id, mail.attempt)
                .await?;
            writing.commit().await?;
            Ok::<_, store::Error>(Ok(may))
        };
        let unwritten = || Fate::Later {
            reply: "The desk could not write down that it would hand this over.".into(),
        };
        match written.await {
            Ok(Ok(true)) => Ok(threshold),
            Ok(Ok(false)) => Err(unwritten()),
            Ok(Err(refusal)) => Err(Fate::Refused {
                reply: refusal.to_string(),
            }),
            Err(error) => {
                incident::store(error);
                Err(unwritten())
            }
        }
    }

    /// Keeps what came of a mail, however long the database is away: nobody else knows it. Nothing
    /// else is sent meanwhile.
    async fn keep_fate(&self, mail: &Posted, fate: &Fate) {
        loop {
            let kept = async {
                let mut writing = self.store.begin().await?;
                let kept = writing.mail_came_to(self.now(), mail, fate).await?;
                writing.commit().await?;
                Ok::<_, store::Error>(kept)
            };
            match kept.await {
                Ok(true) => return,
                Ok(false) => {
                    // Another process took it over; what it found stands, and people settle it.
                    tracing::warn!(mail = %mail.id, "what came of a mail was no longer this process's to say");
                    return;
                }
                Err(error) => {
                    incident::store(error);
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }

    /// Wipes the texts of mails that were sent, or refused, long enough ago.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn wipe_mail(&self) -> Result<u64, store::Error> {
        let before = self.now() - TEXT_KEPT;
        if !self.store.mail_is_to_be_wiped(before).await? {
            return Ok(0);
        }
        let mut writing = self.store.begin().await?;
        let wiped = writing.wipe_mail(before, WIPED_MOST).await?;
        writing.commit().await?;
        Ok(wiped)
    }
}

/// Whether a mail is a reminder that waited too long to remind of anything.
pub(super) fn has_passed(mail: &Posted, now: Timestamp) -> bool {
    mail.kind == Kind::Escalation && now.duration_since(mail.posted_at) > REMINDS_FOR
}
