//! Opening, being ready, and being away for a while.

use store::{Error, Store};

use crate::scene::{Scene, begun, monday, on_both, request};

on_both! {
    async fn a_database_is_opened_again_with_all_it_holds(scene: &Scene) {
        let id = scene.open(request(), monday()).await;
        let again = Store::open_for_tests(&scene.url).await.unwrap();
        again.ready().await.unwrap();
        assert_eq!(again.case(id).await.unwrap(), scene.store.case(id).await.unwrap());
    }

    async fn a_writer_that_waits_too_long_is_told_to_come_back(scene: &Scene) {
        let held = scene.store.begin().await.unwrap();
        let says = scene.store.begin().await.unwrap_err();
        assert!(says.is_gone(), "{says}");
        drop(held);
        scene.store.begin().await.unwrap();
    }

    async fn an_order_of_two_desks_on_one_database_is_kept(scene: &Scene) {
        let other = Store::open_for_tests(&scene.url).await.unwrap();
        let mut opening = tokio::task::JoinSet::new();
        for turn in 0..10 {
            let store = if turn % 2 == 0 { scene.store.clone() } else { other.clone() };
            opening.spawn(async move {
                let mut writing = begun(&store).await;
                let number = writing.next_number(2026).await.unwrap();
                let case = casework::case::Case::new(casework::case::CaseId(uuid::Uuid::from_u128(number.count.into())), number);
                let event = case.take(casework::case::Step::Draft { fields: request() }, &crate::scene::anna(), monday()).unwrap();
                writing.keep(&case.after(&event), event).await.unwrap();
                writing.commit().await.unwrap();
            });
        }
        opening.join_all().await;
        assert_eq!(scene.found().await, [""; 0]);
    }
}

#[tokio::test]
async fn a_database_that_cut_every_connection_is_used_again() {
    let Some(scene) = Scene::postgres().await else {
        return;
    };
    let id = scene.open(request(), monday()).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'disclosure-desk'";
    scene.force(cut).await.unwrap();
    scene.store.ready().await.unwrap();
    assert!(scene.store.case(id).await.unwrap().is_some());
    scene.open(request(), monday()).await;
    scene.clear().await;
}

#[tokio::test]
async fn a_database_that_is_not_there_is_gone() {
    let says = Store::open("postgres://nobody@127.0.0.1:1/none")
        .await
        .unwrap_err();
    assert!(says.is_gone(), "{says}");
}

#[tokio::test]
async fn a_database_in_memory_is_refused() {
    assert!(matches!(
        Store::open("sqlite::memory:").await,
        Err(Error::Unfit(_))
    ));
}

#[tokio::test]
async fn postgres_that_may_lose_what_it_acknowledged_is_refused_outside_tests() {
    let Some(scene) = Scene::postgres().await else {
        return;
    };
    Store::open(&scene.url).await.unwrap();
    let (_, name) = scene.url.rsplit_once('/').unwrap();
    let off = format!("ALTER DATABASE {name} SET synchronous_commit = off");
    scene.force(&off).await.unwrap();
    let opened = Store::open(&scene.url).await;
    let Err(Error::Unfit(says)) = &opened else {
        panic!("{opened:?}");
    };
    assert!(says.contains("synchronous_commit is off"), "{says}");
    Store::open_for_tests(&scene.url).await.unwrap();
    scene.clear().await;
}
