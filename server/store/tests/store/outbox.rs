//! The outbox keeps its laws on both databases, whoever writes to it.

use casework::{
    mail::{Address, Fate, Kind, Mail, MailId, State, TEXT_KEPT},
    order::Digest,
};
use jiff::{SignedDuration, Timestamp};
use store::{MailBox, Posted};
use uuid::Uuid;

use crate::scene::{Scene, anna, monday, on_both, rand};

fn mail(key: &str) -> Mail {
    Mail::new(
        MailId(Uuid::from_u128(rand())),
        "desk.example",
        key.into(),
        Kind::Test,
        Address::parse("anna@example.org").unwrap(),
        "Due today: 2026-0007",
        "The answer to 2026-0007 is due today.",
    )
    .unwrap()
}

impl Scene {
    async fn posts(&self, mail: &Mail) -> bool {
        let mut writing = self.store.begin().await.unwrap();
        let new = writing.post(monday(), mail).await.unwrap();
        writing.commit().await.unwrap();
        new
    }

    async fn claims(&self, at: Timestamp) -> Option<Posted> {
        let mut writing = self.store.begin().await.unwrap();
        let claimed = writing.claim_mail(at).await.unwrap();
        writing.commit().await.unwrap();
        claimed
    }

    async fn hands_over(&self, mail: &Posted) -> bool {
        let mut writing = self.store.begin().await.unwrap();
        let may = writing.hand_over_mail(monday(), mail.id, mail.attempt);
        let may = may.await.unwrap();
        writing.commit().await.unwrap();
        may
    }

    async fn comes_to(&self, mail: &Posted, at: Timestamp, fate: &Fate) -> bool {
        let mut writing = self.store.begin().await.unwrap();
        let kept = writing.mail_came_to(at, mail, fate).await.unwrap();
        writing.commit().await.unwrap();
        kept
    }

    async fn is_taken_over(&self) {
        let mut writing = self.store.begin().await.unwrap();
        writing.take_over_mail(monday()).await.unwrap();
        writing.commit().await.unwrap();
    }

    async fn mail_now(&self, id: MailId) -> Posted {
        self.store.mail(id).await.unwrap().unwrap()
    }
}

fn taken() -> Fate {
    Fate::Sent {
        reply: "250 taken".into(),
        sha256: Digest([7; 32]),
    }
}

on_both! {
    async fn what_is_posted_under_a_key_is_posted_once(scene: &Scene) {
        assert!(scene.posts(&mail("clock/1")).await);
        assert!(!scene.posts(&mail("clock/1")).await);
        assert!(scene.posts(&mail("clock/2")).await);
        let waiting = scene.store.mails(MailBox::State(State::Waiting), 9).await.unwrap();
        assert_eq!(waiting.len(), 2);
    }

    async fn what_was_not_committed_was_not_posted(scene: &Scene) {
        let mail = mail("clock/1");
        let mut writing = scene.store.begin().await.unwrap();
        assert!(writing.post(monday(), &mail).await.unwrap());
        drop(writing);
        assert_eq!(scene.store.mail(mail.id).await.unwrap(), None);
        assert!(scene.claims(monday()).await.is_none());
    }

    async fn a_mail_left_behind_waits_again_or_is_uncertain(scene: &Scene) {
        for key in ["one", "two"] {
            scene.posts(&mail(key)).await;
        }
        let (one, two) = (scene.claims(monday()).await.unwrap(), scene.claims(monday()).await.unwrap());
        assert!(scene.claims(monday()).await.is_none(), "a mail is taken up by one");
        assert!(scene.hands_over(&two).await);
        assert!(scene.store.mail_was_left_behind().await.unwrap());
        scene.is_taken_over().await;
        assert_eq!(scene.mail_now(one.id).await.state, State::Waiting);
        assert_eq!(scene.mail_now(two.id).await.state, State::Unknown);
        assert!(!scene.store.mail_was_left_behind().await.unwrap());
        let again = scene.claims(monday()).await.unwrap();
        assert_eq!((again.id, again.attempt), (one.id, 2));
        assert!(scene.claims(monday()).await.is_none(), "what is uncertain is not tried again");
    }

    async fn who_was_taken_over_hands_nothing_over(scene: &Scene) {
        scene.posts(&mail("one")).await;
        let slow = scene.claims(monday()).await.unwrap();
        scene.is_taken_over().await;
        assert!(!scene.hands_over(&slow).await, "it waits, and is nobody's");
        let quick = scene.claims(monday()).await.unwrap();
        assert!(!scene.hands_over(&slow).await, "it is another's");
        assert!(scene.hands_over(&quick).await);
        assert!(!scene.hands_over(&quick).await, "once");
        assert!(!scene.comes_to(&slow, monday(), &taken()).await);
        assert!(scene.comes_to(&quick, monday(), &taken()).await);
        let sent = scene.mail_now(quick.id).await;
        assert_eq!((sent.state, sent.reply.as_deref()), (State::Sent, Some("250 taken")));
        assert_eq!(sent.sha256, Some(Digest([7; 32])));
    }

    async fn who_listened_on_may_still_tell_what_the_server_said(scene: &Scene) {
        scene.posts(&mail("one")).await;
        let slow = scene.claims(monday()).await.unwrap();
        assert!(scene.hands_over(&slow).await);
        scene.is_taken_over().await;
        assert!(scene.comes_to(&slow, monday(), &taken()).await);
        assert_eq!(scene.mail_now(slow.id).await.state, State::Sent);
    }

    async fn what_is_not_taken_now_is_tried_later_and_given_up_after_five_days(scene: &Scene) {
        scene.posts(&mail("one")).await;
        let later = Fate::Later { reply: "451 come back".into() };
        let first = scene.claims(monday()).await.unwrap();
        scene.comes_to(&first, monday(), &later).await;
        assert!(scene.claims(monday() + SignedDuration::from_secs(59)).await.is_none());
        let late = monday() + SignedDuration::from_hours(6 * 24);
        let last = scene.claims(late).await.unwrap();
        scene.comes_to(&last, late, &later).await;
        let mail = scene.mail_now(last.id).await;
        assert_eq!(mail.state, State::Refused);
        assert_eq!(mail.reply.as_deref(), Some("Given up after five days. Last: 451 come back"));
    }

    async fn members_settle_what_is_uncertain_and_the_ledger_tells_it(scene: &Scene) {
        for key in ["arrived", "again"] {
            scene.posts(&mail(key)).await;
            let claimed = scene.claims(monday()).await.unwrap();
            let mut writing = scene.store.begin().await.unwrap();
            let early = writing.settle_mail(monday(), anna().id, claimed.id, true).await;
            assert!(early.is_err(), "it is under way");
            drop(writing);
            scene.hands_over(&claimed).await;
            scene.is_taken_over().await;
            let mut writing = scene.store.begin().await.unwrap();
            let arrived = key == "arrived";
            writing.settle_mail(monday(), anna().id, claimed.id, arrived).await.unwrap();
            writing.commit().await.unwrap();
            let settled = scene.mail_now(claimed.id).await;
            let state = if arrived { State::Sent } else { State::Waiting };
            assert_eq!(settled.state, state);
            assert_eq!(settled.settled.map(|settled| settled.by), Some(anna().id));
            if !arrived {
                let again = scene.claims(monday()).await.unwrap();
                assert_eq!(again.message_id, claimed.message_id);
            }
        }
        assert_eq!(scene.found().await, [""; 0]);
        scene.force("UPDATE outbox SET settled_at = settled_at + 1 WHERE post_key = 'arrived'").await.unwrap();
        let found = scene.found().await;
        assert!(found.len() == 1 && found[0].starts_with("What a member said became of mail"), "{found:?}");
    }

    async fn a_posted_mail_neither_goes_nor_changes(scene: &Scene) {
        scene.posts(&mail("one")).await;
        for sql in [
            "DELETE FROM outbox",
            "UPDATE outbox SET recipient = 'mallory@example.org'",
            "UPDATE outbox SET body = 'Something else.'",
            "UPDATE outbox SET body = NULL",
            "UPDATE outbox SET message_id = 'x@y'",
        ] {
            assert!(scene.force(sql).await.is_err(), "{sql}");
        }
    }

    async fn a_mail_that_cannot_be_read_stops_no_other(scene: &Scene) {
        for key in ["bad", "good"] {
            scene.posts(&mail(key)).await;
        }
        if scene.is_sqlite() {
            scene.force("DROP TRIGGER outbox_no_other_message").await.unwrap();
        } else {
            scene.force("ALTER TABLE outbox DISABLE TRIGGER ALL").await.unwrap();
        }
        // The first in turn.
        scene.force("UPDATE outbox SET recipient = 'nowhere', due_at = 0 WHERE post_key = 'bad'").await.unwrap();
        let waiting = scene.store.mails(MailBox::State(State::Waiting), 9).await.unwrap();
        assert_eq!(waiting.len(), 1);
        let claimed = scene.claims(monday()).await.unwrap();
        assert_eq!(claimed.id, waiting[0].id);
        // It stands as refused, so that it is not the first in turn for ever.
        assert!(!scene.store.mail_is_due(monday()).await.unwrap());
        assert_eq!(scene.number("SELECT count(*) FROM outbox WHERE post_key = 'bad' AND state = 'refused'").await, 1);
        assert!(scene.store.mails(MailBox::State(State::Refused), 9).await.unwrap().is_empty());
    }

    async fn how_far_a_mail_has_come_is_known_by_its_key(scene: &Scene) {
        scene.posts(&mail("one")).await;
        let mut writing = scene.store.begin().await.unwrap();
        assert_eq!(writing.fate_of("one").await.unwrap(), Some((State::Waiting, monday())));
        assert_eq!(writing.fate_of("two").await.unwrap(), None);
    }

    async fn a_text_is_wiped_a_month_after_it_was_sent(scene: &Scene) {
        scene.posts(&mail("sent")).await;
        let claimed = scene.claims(monday()).await.unwrap();
        scene.hands_over(&claimed).await;
        scene.comes_to(&claimed, monday(), &taken()).await;
        scene.posts(&mail("waiting")).await;
        let now = monday() + TEXT_KEPT;
        let later = now + SignedDuration::from_secs(1);
        for (before, wiped) in [(now, 0), (later, 1), (later, 0)].map(|(at, wiped)| (at - TEXT_KEPT, wiped)) {
            assert_eq!(scene.store.mail_is_to_be_wiped(before).await.unwrap(), wiped > 0);
            let mut writing = scene.store.begin().await.unwrap();
            assert_eq!(writing.wipe_mail(before, 9).await.unwrap(), wiped);
            writing.commit().await.unwrap();
        }
        assert_eq!(scene.mail_now(claimed.id).await.text, None);
        let waiting = scene.store.mails(MailBox::State(State::Waiting), 9).await.unwrap();
        assert!(waiting.iter().all(|mail| mail.text.is_some()));
    }

    async fn one_process_sends_and_the_next_once_it_is_gone(scene: &Scene) {
        let (mut one, mut two) = (scene.store.sending().await.unwrap(), scene.store.sending().await.unwrap());
        assert!(one.has_come().await.unwrap());
        assert!(!two.has_come().await.unwrap());
        assert!(one.has_come().await.unwrap(), "it stays theirs");
        drop(one);
        let mut tries = 0;
        while !two.has_come().await.unwrap() {
            tries += 1;
            assert!(tries < 6_000, "the turn does not come");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
}
