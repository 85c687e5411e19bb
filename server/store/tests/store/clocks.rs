//! What falls due is found along an index, and follows from the cases.

use casework::{
    case::{CaseId, Step},
    clock::ClockKind,
    instrument::Instrument,
};
use jiff::{Timestamp, ToSpan};
use store::{Store, Told};

use crate::scene::{Scene, anna, approve, carla, classification, monday, on_both, prose, request};

fn days(count: i64) -> Timestamp {
    monday().checked_add((count * 24).hours()).unwrap()
}

async fn filed(scene: &Scene) -> CaseId {
    let id = scene.open(request(), monday()).await;
    let file = Step::File {
        policy: casework::policy::PolicyVersion(1),
    };
    scene.take(id, file, &anna(), monday()).await.unwrap();
    id
}

async fn told(scene: &Scene, level: Told, before: Timestamp) -> usize {
    scene
        .store
        .clocks_untold(level, before, 10)
        .await
        .unwrap()
        .len()
}

on_both! {
    async fn what_ends_in_a_span_is_found_with_its_case(scene: &Scene) {
        let id = filed(scene).await;
        let found = scene.store.clocks_ending(monday(), days(30), 10).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].card.id, found[0].kind), (id, ClockKind::Due));
        // The tenth of March runs to its end in New York.
        assert_eq!(found[0].at.to_string(), "2026-03-11T03:59:59Z");
        assert!(!found[0].stopped && !found[0].quiet);
        assert!(scene.store.clocks_ending(days(10), days(30), 10).await.unwrap().is_empty());
    }

    async fn a_clock_is_late_once_its_end_has_passed(scene: &Scene) {
        filed(scene).await;
        let end = "2026-03-11T03:59:59Z".parse::<Timestamp>().unwrap();
        assert!(scene.store.clocks_late(end, 10).await.unwrap().is_empty());
        let after = end.checked_add(1.second()).unwrap();
        assert_eq!(scene.store.clocks_late(after, 10).await.unwrap().len(), 1);
    }

    async fn what_was_answered_is_late_no_more_and_stays_in_its_month(scene: &Scene) {
        let id = filed(scene).await;
        let withdraw = Step::Withdraw(casework::case::Said { reasons: prose("They took it back.") });
        scene.take(id, withdraw, &anna(), days(1)).await.unwrap();
        assert!(scene.store.clocks_late(days(30), 10).await.unwrap().is_empty());
        assert!(scene.store.clocks_running(monday(), days(30), 10).await.unwrap().is_empty());
        let month = scene.store.clocks_ending(monday(), days(30), 10).await.unwrap();
        assert!(month[0].stopped);
    }

    async fn a_release_that_nobody_reviewed_is_counted(scene: &Scene) {
        let id = filed(scene).await;
        scene.take(id, Step::Classify(classification(Instrument::EmergencyRequest)), &anna(), monday()).await.unwrap();
        assert_eq!(scene.store.count_running(ClockKind::Review, 100).await.unwrap(), 0);
        scene.take(id, Step::Verify(crate::scene::verification()), &crate::scene::dev(), monday()).await.unwrap();
        scene.take(id, Step::SUBMIT, &anna(), monday()).await.unwrap();
        scene.take(id, approve(), &carla(), monday()).await.unwrap();
        assert_eq!(scene.store.count_running(ClockKind::Review, 100).await.unwrap(), 1);
        assert_eq!(scene.store.clocks_of(ClockKind::Review, 10).await.unwrap()[0].card.id, id);
    }

    async fn an_end_is_announced_once_at_each_level(scene: &Scene) {
        let id = filed(scene).await;
        let end = "2026-03-11T03:59:59Z".parse::<Timestamp>().unwrap();
        assert_eq!(told(scene, Told::Soon, days(5)).await, 0);
        assert_eq!(told(scene, Told::Soon, days(10)).await, 1);
        let mut writing = scene.store.begin().await.unwrap();
        assert!(writing.clock_told(id, ClockKind::Due, end, Told::Soon).await.unwrap());
        assert!(!writing.clock_told(id, ClockKind::Due, end, Told::Soon).await.unwrap());
        writing.commit().await.unwrap();
        assert_eq!(told(scene, Told::Soon, days(10)).await, 0);
        assert_eq!(told(scene, Told::Late, days(10)).await, 1);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn an_end_that_moves_is_announced_anew(scene: &Scene) {
        let id = filed(scene).await;
        let end = "2026-03-11T03:59:59Z".parse::<Timestamp>().unwrap();
        let mut writing = scene.store.begin().await.unwrap();
        assert!(writing.clock_told(id, ClockKind::Due, end, Told::Late).await.unwrap());
        writing.commit().await.unwrap();
        // Another step leaves the end where it is, and what was announced stays announced.
        scene.take(id, Step::Classify(classification(Instrument::Epoc)), &anna(), monday()).await.unwrap();
        assert_eq!(told(scene, Told::Late, days(10)).await, 1, "the clock that is new");
        let fields = request().without("due").with("due", "2026-03-09");
        scene.take(id, Step::Edit { fields, policy: None }, &anna(), monday()).await.unwrap();
        assert_eq!(told(scene, Told::Late, days(10)).await, 2);
    }

    async fn a_clock_that_was_edited_is_found(scene: &Scene) {
        let id = filed(scene).await;
        assert_eq!(scene.found().await, [""; 0]);
        let number = scene.case(id).await.number();
        for sql in [
            "UPDATE case_clock SET ends_at = ends_at + 86400000",
            "UPDATE case_clock SET ends_at = ends_at - 86400000, state = 'stopped'",
            "DELETE FROM case_clock",
        ] {
            scene.force(sql).await.unwrap();
            assert_eq!(scene.found().await, [format!("The clocks of {number} are not those that its steps set.")]);
        }
    }

    async fn a_case_that_cannot_be_read_silences_no_other(scene: &Scene) {
        let (bad, good) = (filed(scene).await, filed(scene).await);
        let bad = scene.case(bad).await.number().count;
        let only_good = async |what: &str| {
            let (from, until) = (monday(), days(30));
            let store = &scene.store;
            for found in [
                store.clocks_ending(from, until, 10).await.unwrap(),
                store.clocks_running(from, until, 10).await.unwrap(),
                store.clocks_late(until, 10).await.unwrap(),
                store.clocks_of(ClockKind::Due, 10).await.unwrap(),
                store.clocks_untold(Told::Late, until, 10).await.unwrap(),
            ] {
                let found: Vec<_> = found.iter().map(|one| one.card.id).collect();
                assert_eq!(found, [good], "{what}");
            }
        };
        let edit = |column: &str, value: &str| format!("UPDATE case_file SET {column} = '{value}' WHERE number_count = {bad}");
        scene.force(&edit("awaits", "godot")).await.unwrap();
        only_good("what its list shows").await;
        scene.force(&edit("awaits", "staff")).await.unwrap();
        scene.force(&format!("UPDATE case_clock SET kind = 'cuckoo' WHERE case_id = (SELECT id FROM case_file WHERE number_count = {bad})")).await.unwrap();
        let found = scene.store.clocks_ending(monday(), days(30), 10).await.unwrap();
        assert_eq!(found.len(), 1, "the clock itself");
    }

    async fn clocks_from_before_the_table_are_computed_when_the_desk_opens(scene: &Scene) {
        for _ in 0..3 {
            filed(scene).await;
        }
        scene.force("DELETE FROM case_clock").await.unwrap();
        scene.force("UPDATE case_clock_filled SET rules = 0, serial = 0").await.unwrap();
        let store = Store::open_for_tests(&scene.url).await.unwrap();
        assert_eq!(store.clocks_running(monday(), days(30), 10).await.unwrap().len(), 3);
        assert_eq!(scene.found().await, [""; 0]);
        // Once only: a desk that is up to date reads no case when it opens.
        scene.force("DELETE FROM case_clock").await.unwrap();
        let store = Store::open_for_tests(&scene.url).await.unwrap();
        assert!(store.clocks_running(monday(), days(30), 10).await.unwrap().is_empty());
    }
}
