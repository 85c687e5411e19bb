//! Cases and their entries are kept together or not at all.

use casework::{
    case::{Case, CaseId, Stage, Step},
    form::Fields,
    ledger::{Entry, root_of},
};
use store::{Error, Store};
use uuid::Uuid;

use crate::scene::{
    anna, approve, attached, begun, carla, dev, monday, number, on_both, rand, read, request,
};

on_both! {
    async fn a_case_comes_back_as_it_was_kept(scene: &Scene) {
        let id = scene.in_review().await;
        let case = scene.case(id).await;
        assert_eq!((case.stage(), case.version(), case.number()), (Stage::InReview, 6, number(1)));
        assert_eq!(case.verifications().len(), 1);
        let rows = scene.store.timeline(id, 100).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| row.leaf.action.as_str()).collect();
        assert_eq!(told, ["case.draft", "case.attach", "case.file", "case.classify", "case.verify", "case.submit"]);
        assert!(rows.iter().all(|row| row.actor.as_ref() == Some(&anna().name) && row.entry.is_some()));
    }

    async fn dropped_writing_leaves_nothing(scene: &Scene) {
        let before = scene.store.head().await.unwrap();
        let id = CaseId(Uuid::from_u128(rand()));
        {
            let mut writing = scene.store.begin().await.unwrap();
            let case = Case::new(id, writing.next_number(2026).await.unwrap());
            let event = case.take(Step::Draft { fields: request() }, &anna(), monday()).unwrap();
            writing.keep(&case.after(&event), event).await.unwrap();
            writing.seal(monday(), Some(anna().id), &read(id)).await.unwrap();
        }
        assert_eq!(scene.store.case(id).await.unwrap(), None);
        assert_eq!(scene.store.head().await.unwrap(), before);
        assert_eq!(scene.number("SELECT count(*) FROM case_search").await, 0);
        scene.open(request(), monday()).await;
        assert_eq!(scene.number("SELECT max(number_count) FROM case_file").await, 1, "its number was not used up");
    }

    async fn a_case_is_kept_only_as_its_event_makes_it(scene: &Scene) {
        let id = scene.open(request(), monday()).await;
        let case = scene.case(id).await;
        let event = case.take(Step::Draft { fields: Fields::new() }, &anna(), monday()).unwrap();
        let mut writing = scene.store.begin().await.unwrap();
        let odd = writing.keep(&case, event.clone()).await;
        assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
        writing.keep(&case.clone().after(&event), event.clone()).await.unwrap();
        let stale = writing.keep(&case.after(&event), event).await;
        assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    }

    async fn a_change_cannot_be_sealed_without_being_made(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        let entry = Entry::RoleChanged { member: anna().id, role: carla().role };
        let odd = writing.seal(monday(), Some(carla().id), &entry).await;
        assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
    }

    async fn an_order_is_not_attached_before_its_bytes_are_kept(scene: &Scene) {
        let id = scene.open(request(), monday()).await;
        let says = scene.take(id, Step::Attach(attached()), &anna(), monday()).await.unwrap_err();
        assert!(says.contains("bytes are kept before"), "{says}");
    }

    async fn a_moment_finer_than_a_millisecond_is_refused(scene: &Scene) {
        let mut writing = scene.store.begin().await.unwrap();
        let at = "2026-03-02T09:00:00.0001Z".parse().unwrap();
        let odd = writing.seal(at, None, &read(CaseId(Uuid::nil()))).await;
        assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
    }

    async fn events_since_a_version_are_those_that_followed(scene: &Scene) {
        let id = scene.in_review().await;
        let mut writing = scene.store.begin().await.unwrap();
        let since: Vec<u32> = writing.events_since(id, 4).await.unwrap().iter().map(|event| event.version).collect();
        assert_eq!(since, [5, 6]);
    }

    async fn the_head_is_the_root_over_all_leaves(scene: &Scene) {
        let id = scene.in_review().await;
        let mut seen = Vec::new();
        for _ in 0..40 {
            let mut writing = scene.store.begin().await.unwrap();
            writing.seal(monday(), Some(carla().id), &read(id)).await.unwrap();
            writing.commit().await.unwrap();
            seen.push(scene.store.head().await.unwrap());
        }
        let mut leaves = Vec::new();
        let size = seen.last().unwrap().size;
        for seq in 0..size {
            leaves.push(scene.store.leaf_bytes(seq).await.unwrap().unwrap());
        }
        for head in seen {
            let upto = usize::try_from(head.size).unwrap();
            assert_eq!(head.root, root_of(leaves[..upto].iter().map(Vec::as_slice)));
            assert_eq!(scene.store.head_at(head.size).await.unwrap(), head);
        }
        assert!(matches!(scene.store.head_at(size + 1).await, Err(Error::Missing(_))));
    }

    async fn fifty_writers_at_once_open_fifty_numbers(scene: &Scene) {
        let mut opening = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let store = scene.store.clone();
            opening.spawn(async move { open_one(&store).await });
        }
        let mut numbers: Vec<u32> = opening.join_all().await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn of_twenty_decisions_at_once_one_stands(scene: &Scene) {
        let id = scene.in_review().await;
        let mut deciding = tokio::task::JoinSet::new();
        for turn in 0..20 {
            let store = scene.store.clone();
            let by = if turn % 2 == 0 { carla() } else { dev() };
            deciding.spawn(async move {
                let mut writing = begun(&store).await;
                let case = writing.case(id).await.unwrap().unwrap();
                let Ok(event) = case.take(approve(), &by, monday()) else { return 0 };
                writing.keep(&case.after(&event), event).await.unwrap();
                writing.commit().await.unwrap();
                1
            });
        }
        assert_eq!(deciding.join_all().await.into_iter().sum::<i32>(), 1);
        assert_eq!(scene.case(id).await.decisions().len(), 1);
        assert_eq!(scene.number("SELECT count(*) FROM ledger_leaf WHERE action = 'case.decide'").await, 1);
    }
}

async fn open_one(store: &Store) -> u32 {
    let mut writing = begun(store).await;
    let number = writing.next_number(2026).await.unwrap();
    let case = Case::new(CaseId(Uuid::from_u128(rand())), number);
    let event = case
        .take(Step::Draft { fields: request() }, &anna(), monday())
        .unwrap();
    writing.keep(&case.after(&event), event).await.unwrap();
    writing.commit().await.unwrap();
    number.count
}

on_both! {
    async fn nothing_is_kept_of_a_writing_in_which_anything_failed(scene: &Scene) {
        let before = scene.store.head().await.unwrap();
        let mut writing = scene.store.begin().await.unwrap();
        writing.seal(monday(), Some(carla().id), &read(CaseId(Uuid::nil()))).await.unwrap();
        let twice = writing.publish_policy(monday(), None, &crate::scene::policy(1, "2020-01-01")).await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
        assert!(writing.seal(monday(), None, &read(CaseId(Uuid::nil()))).await.is_err());
        assert!(writing.commit().await.is_err(), "whoever overlooks a failure is told");
        assert_eq!(scene.store.head().await.unwrap(), before);
        scene.open(request(), monday()).await;
        assert_eq!(scene.found().await, [""; 0]);
    }
}
