//! Notices by mail: verifying holds the outbox against the events that tell of them.

use casework::{
    case::{CaseId, Step},
    mail::{Address, Kind, Mail, MailId},
    notice::{Notice, NoticeMeans},
};
use uuid::Uuid;

use crate::scene::{Scene, anna, line, monday, on_both, prose, rand};

const TO: &str = "sam@subject.example";
const TEXT: &str = "A court ordered us to disclose data about you.";

fn mail(case: CaseId, key: String) -> Mail {
    let to = Address::parse(TO).unwrap();
    let id = MailId(Uuid::from_u128(rand()));
    let kind = Kind::ServiceNotice;
    let mail = Mail::new(id, "desk.example", key, kind, to, "A notice", TEXT);
    mail.unwrap().of(case)
}

impl Scene {
    /// Tells the subject of a case by mail, as the office does. Answers the version of the event.
    async fn notifies(&self, case: CaseId, how: NoticeMeans) -> u32 {
        let notice = Notice {
            how,
            to: line(TO),
            sent: "2026-03-02T09:00:00+00:00[UTC]".parse().unwrap(),
            what: prose(TEXT),
        };
        let mut writing = self.store.begin().await.unwrap();
        let before = writing.case(case).await.unwrap().unwrap();
        let event = before
            .take(Step::Notify(notice), &anna(), monday())
            .unwrap();
        let version = event.version;
        Box::pin(writing.keep(&before.after(&event), event))
            .await
            .unwrap();
        if how == NoticeMeans::Outbox {
            let mail = mail(case, format!("notice/{case}/{version}"));
            assert!(writing.post(monday(), &mail).await.unwrap());
        }
        writing.commit().await.unwrap();
        version
    }

    /// Takes the guards off the outbox first, as somebody who holds the file can.
    async fn unguard_outbox(&self) {
        if self.is_sqlite() {
            for guard in ["no_delete", "no_other_message", "no_other_text"] {
                self.force(&format!("DROP TRIGGER outbox_{guard}"))
                    .await
                    .unwrap();
            }
            self.force("PRAGMA foreign_keys = OFF").await.unwrap();
        } else {
            self.force("ALTER TABLE outbox DISABLE TRIGGER ALL")
                .await
                .unwrap();
        }
    }

    /// Does something by the back door; answers what verifying finds then.
    async fn found_after(&self, sql: &str) -> Vec<String> {
        self.force(sql).await.unwrap();
        self.found().await
    }
}

on_both! {
    async fn a_notice_that_was_posted_with_its_event_holds(scene: &Scene) {
        let case = scene.in_review().await;
        scene.notifies(case, NoticeMeans::Elsewhere).await;
        scene.notifies(case, NoticeMeans::Outbox).await;
        scene.notifies(case, NoticeMeans::Outbox).await;
        assert_eq!(scene.found().await, [""; 0]);
        // What was wiped is gone for good; what stood there is in the ledger.
        let found = scene.found_after("UPDATE outbox SET state = 'sent', body = NULL").await;
        assert_eq!(found, [""; 0]);
    }

    async fn an_edited_notice_is_found(scene: &Scene) {
        let case = scene.in_review().await;
        let version = scene.notifies(case, NoticeMeans::Outbox).await;
        scene.unguard_outbox().await;
        let says = |what: &str| {
            [format!("The notice by mail that event {version} of DD-2026-00001 tells was edited: {what}.")]
        };
        let found = scene.found_after("UPDATE outbox SET recipient = 'mallory@subject.example'").await;
        assert_eq!(found, says("whom it goes to"));
        let found = scene.found_after("UPDATE outbox SET body = 'Nothing happened.'").await;
        assert_eq!(found, says("whom it goes to, its text"));
        let back = format!("UPDATE outbox SET recipient = '{TO}', body = '{TEXT}', posted_at = posted_at - 1");
        assert_eq!(scene.found_after(&back).await, says("when it was posted"));
    }

    async fn a_notice_that_was_taken_out_is_found(scene: &Scene) {
        let case = scene.in_review().await;
        let version = scene.notifies(case, NoticeMeans::Outbox).await;
        let missing = format!("The notice by mail that event {version} of DD-2026-00001 tells is not in the outbox.");
        scene.unguard_outbox().await;
        // As another kind of mail it would go out whatever forbids a notice.
        let found = scene.found_after("UPDATE outbox SET kind = 'test'").await;
        assert_eq!(found, [missing.as_str()]);
        let found = scene.found_after("UPDATE outbox SET kind = 'service_notice', case_id = NULL").await;
        assert_eq!(found, [missing.as_str(), "Notices are in the outbox of cases that are not."]);
        assert_eq!(scene.found_after("DELETE FROM outbox").await, [missing]);
    }

    async fn a_notice_that_no_event_tells_is_found(scene: &Scene) {
        let case = scene.in_review().await;
        let version = scene.notifies(case, NoticeMeans::Elsewhere).await;
        for key in [format!("notice/{case}/{version}"), format!("notice/{case}/99")] {
            let mail = mail(case, key);
            let mut writing = scene.store.begin().await.unwrap();
            assert!(writing.post(monday(), &mail).await.unwrap());
            writing.commit().await.unwrap();
            let untold = format!("Mail {} is a notice of DD-2026-00001 that no event tells.", mail.id);
            assert!(scene.found().await.contains(&untold));
        }
    }
}
