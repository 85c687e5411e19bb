//! Members, sessions, policies and the organisation; whatever changes seals its entry.

use casework::{
    clock,
    member::{Member, MemberId, Role},
};
use store::{Error, LedgerAsk, NewMember};
use uuid::Uuid;

use crate::scene::{ada, anna, carla, line, monday, on_both, policy};

on_both! {
    async fn every_change_of_a_member_seals_its_entry(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        let eve = Member { id: MemberId(Uuid::from_u128(9)), name: line("Eve Stone"), role: Role::Staff };
        let new = NewMember { member: eve.clone(), sign_in: " Eve@Desk.example ".into(), password_hash: "h".into(), must_change_password: true };
        let (at, by) = (monday(), ada().id);
        writing.add_member(at, Some(by), &new).await.unwrap();
        writing.rename(at, by, eve.id, &line("Eve Flint")).await.unwrap();
        writing.set_role(at, by, eve.id, Role::Auditor).await.unwrap();
        writing.set_password(at, Some(eve.id), eve.id, "h2", false).await.unwrap();
        writing.set_password(at, Some(by), eve.id, "h3", true).await.unwrap();
        writing.set_disabled(at, by, eve.id, true).await.unwrap();
        writing.name_organisation(at, Some(by), &line("Example Web")).await.unwrap();
        writing.name_organisation(at, Some(by), &line("Example Web Ltd.")).await.unwrap();
        writing.publish_policy(at, Some(by), &policy(2, "2026-04-01")).await.unwrap();
        writing.commit().await.unwrap();
        let row = scene.store.member_by_sign_in("EVE@desk.example").await.unwrap().unwrap();
        assert_eq!((row.member.name.as_str(), row.member.role, row.disabled), ("Eve Flint", Role::Auditor, true));
        assert_eq!((row.password_hash.as_str(), row.must_change_password), ("h3", true));
        assert_eq!(scene.store.organisation().await.unwrap(), Some(line("Example Web Ltd.")));
        assert_eq!(scene.store.policies().await.unwrap(), [policy(1, "2020-01-01"), policy(2, "2026-04-01")]);
        let rows = scene.store.ledger(&LedgerAsk::default(), 9).await.unwrap();
        let told: Vec<_> = rows.iter().rev().map(|row| row.leaf.action.as_str()).collect();
        assert_eq!(told, [
            "member.add", "member.rename", "member.role", "password.change", "password.reset", "member.disable",
            "organisation.name", "organisation.name", "policy.publish",
        ]);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_name_to_sign_in_with_is_given_once(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        let twin = Member { id: MemberId(Uuid::from_u128(9)), name: line("Anna Berg"), role: Role::Staff };
        let new = NewMember { member: twin, sign_in: "ANNA.berg".into(), password_hash: "h".into(), must_change_password: true };
        let odd = writing.add_member(monday(), Some(ada().id), &new).await;
        assert!(matches!(odd, Err(Error::Conflict(_))), "{odd:?}");
    }

    async fn a_role_counts_from_the_next_request_on(scene: &Scene) {
        let token = [1; 32];
        let mut writing = scene.store.begin().await.unwrap();
        writing.begin_session(monday(), &token, anna().id, "Firefox").await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(scene.store.session(&token).await.unwrap().unwrap().member.role, Role::Staff);
        let mut writing = scene.store.begin().await.unwrap();
        writing.set_role(monday(), ada().id, anna().id, Role::Auditor).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(scene.store.session(&token).await.unwrap().unwrap().member.role, Role::Auditor);
    }

    async fn sessions_are_proved_touched_and_ended(scene: &Scene) {
        let (later, tokens) = (monday() + jiff::SignedDuration::from_secs(60), [[1; 32], [2; 32], [3; 32]]);
        let mut writing = scene.store.begin().await.unwrap();
        for token in &tokens {
            writing.begin_session(monday(), token, anna().id, "Firefox").await.unwrap();
        }
        assert!(writing.prove_session(&tokens[0], &[4; 32], later).await.unwrap());
        assert!(!writing.prove_session(&tokens[0], &[5; 32], later).await.unwrap(), "the old token is worth nothing");
        writing.commit().await.unwrap();
        scene.store.touch_session(&tokens[1], later).await.unwrap();
        assert_eq!(scene.store.session(&tokens[0]).await.unwrap(), None);
        assert_eq!(scene.store.session(&[4; 32]).await.unwrap().unwrap().proved_at, later);
        let touched = scene.store.session(&tokens[1]).await.unwrap().unwrap();
        assert_eq!((touched.seen_at, touched.proved_at), (later, monday()));

        let mut writing = scene.store.begin().await.unwrap();
        assert!(writing.end_session(later, &tokens[1]).await.unwrap());
        assert!(!writing.end_session(later, &tokens[1]).await.unwrap());
        assert_eq!(writing.end_sessions_of(later, Some(anna().id), anna().id, Some(&[4; 32])).await.unwrap(), 1);
        writing.commit().await.unwrap();
        assert_eq!(scene.store.sessions_of(anna().id).await.unwrap().len(), 1);
    }

    async fn whoever_is_shut_out_has_no_session(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        writing.begin_session(monday(), &[1; 32], carla().id, "Firefox").await.unwrap();
        writing.set_disabled(monday(), ada().id, carla().id, true).await.unwrap();
        writing.set_disabled(monday(), ada().id, carla().id, false).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(scene.store.session(&[1; 32]).await.unwrap(), None);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_calendar_feed_ends_with_the_password_the_membership_and_the_role(scene: &Scene) {
        let (at, by, anna) = (monday(), ada().id, anna().id);
        for change in ["reset", "own password", "shut out", "role", "manager"] {
            let mut writing = scene.store.begin().await.unwrap();
            writing.open_feed(at, anna, &[1; 32]).await.unwrap();
            match change {
                "reset" => writing.set_password(at, Some(by), anna, "h", true).await,
                "own password" => writing.set_password(at, Some(anna), anna, "h", false).await,
                "shut out" => writing.set_disabled(at, by, anna, true).await,
                "role" => writing.set_role(at, by, anna, Role::Administrator).await,
                _ => writing.set_role(at, by, anna, Role::Manager).await,
            }
            .unwrap();
            if change == "shut out" {
                writing.set_disabled(at, by, anna, false).await.unwrap();
            }
            writing.commit().await.unwrap();
            let open = scene.store.feed_of(anna).await.unwrap().is_some();
            assert_eq!(open, change == "manager", "{change}");
            assert_eq!(scene.found().await, [""; 0], "{change}");
        }
        let ask = LedgerAsk { action: Some("feed.close".into()), ..LedgerAsk::default() };
        let told = scene.store.ledger(&ask, 9).await.unwrap();
        let by_whom: Vec<_> = told.iter().rev().map(|row| row.leaf.actor).collect();
        assert_eq!(by_whom, [by, anna, by, by].map(Some));
    }

    async fn somebody_elses_feed_is_closed_by_administrators_only(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        writing.open_feed(monday(), anna().id, &[1; 32]).await.unwrap();
        writing.close_feed(monday(), Some(carla().id), anna().id).await.unwrap();
        writing.commit().await.unwrap();
        let found = scene.found().await;
        assert!(found.len() == 1 && found[0].contains("or an administrator's to close"), "{found:?}");
    }

    async fn wrong_passwords_are_counted_by_the_day(scene: &Scene) {
        let tomorrow = monday() + jiff::SignedDuration::from_hours(24);
        let mut writing = scene.store.begin().await.unwrap();
        assert_eq!(writing.count_wrong_password(monday(), anna().id).await.unwrap(), 1);
        assert_eq!(writing.count_wrong_password(monday(), anna().id).await.unwrap(), 2);
        let row = writing.member(anna().id).await.unwrap().unwrap();
        assert_eq!((row.wrong_passwords(clock::day(monday())), row.wrong_passwords(clock::day(tomorrow))), (2, 0));
        assert_eq!(writing.count_wrong_password(tomorrow, anna().id).await.unwrap(), 1);
        writing.set_password(tomorrow, Some(ada().id), anna().id, "h", true).await.unwrap();
        assert_eq!(writing.member(anna().id).await.unwrap().unwrap().wrong_passwords(clock::day(tomorrow)), 0);
    }
}
