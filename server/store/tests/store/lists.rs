//! The list: every filter, every order, page by page; and the ledger's page.

use std::collections::BTreeSet;

use casework::{
    case::{Awaits, CaseId, Said, Stage, Step},
    form::Fields,
    ground::Ground,
    instrument::Instrument,
    list::{Ask, DueWithin, PAGE, Sort},
    policy::PolicyVersion,
};
use jiff::SignedDuration;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use store::LedgerAsk;

use crate::scene::{
    Scene, anna, approve, carla, classification, dev, monday, on_both, prose, request,
};

/// Every id of a list, page by page.
async fn all(scene: &Scene, ask: &Ask) -> Vec<CaseId> {
    let mut ask = ask.clone();
    let mut found = Vec::new();
    loop {
        let page = scene
            .store
            .list(&ask, monday(), &jiff::tz::TimeZone::UTC)
            .await
            .unwrap();
        assert!(page.cards.len() as u64 <= PAGE);
        found.extend(page.cards.iter().map(|card| card.id));
        match page.next {
            Some(next) => ask.after = Some(next),
            None => break,
        }
    }
    let once: BTreeSet<_> = found.iter().collect();
    assert_eq!(once.len(), found.len(), "a case stands on two pages");
    found
}

/// Cases in many states, oldest first.
async fn many(scene: &Scene) -> Vec<CaseId> {
    let mut ids = Vec::new();
    for turn in 0..130_i64 {
        let at = monday() + SignedDuration::from_secs(turn);
        let due = format!("2026-03-{:02}", 2 + turn % 20);
        let id = scene.open(request().with("due", due), at).await;
        if turn % 2 == 0 {
            scene
                .take(
                    id,
                    Step::File {
                        policy: PolicyVersion(1),
                    },
                    &anna(),
                    at,
                )
                .await
                .unwrap();
        }
        if turn % 4 == 0 {
            let instrument = if turn % 8 == 0 {
                Instrument::Subpoena
            } else {
                Instrument::EmergencyRequest
            };
            scene
                .take(id, Step::Classify(classification(instrument)), &anna(), at)
                .await
                .unwrap();
        }
        if turn % 5 == 0 {
            let said = Said {
                reasons: prose("Withdrawn by the requester."),
            };
            scene
                .take(id, Step::Withdraw(said), &anna(), at)
                .await
                .unwrap();
        }
        ids.push(id);
    }
    ids
}

on_both! {
    async fn every_filter_and_order_finds_what_the_cards_say(scene: &Scene) {
        let ids = many(scene).await;
        let mut cards = Vec::new();
        for id in &ids {
            cards.push(casework::list::Card::of(&scene.case(*id).await).unwrap());
        }
        let none = Ask::default();
        let asks = [
            none.clone(),
            Ask { stage: Some(Stage::Filed), ..none.clone() },
            Ask { stage: Some(Stage::Withdrawn), ..none.clone() },
            Ask { ground: Some(Ground::Emergency), ..none.clone() },
            Ask { instrument: Some(Instrument::Subpoena), ..none.clone() },
            Ask { awaits: Some(Awaits::Staff), ..none.clone() },
            Ask { awaits: Some(Awaits::Manager), ..none.clone() },
            Ask { awaits: Some(Awaits::Nobody), ..none.clone() },
            Ask { due: Some(DueWithin::Late), ..none.clone() },
            Ask { due: Some(DueWithin::Day), ..none.clone() },
            Ask { due: Some(DueWithin::ThreeDays), ..none.clone() },
            Ask { stage: Some(Stage::Filed), instrument: Some(Instrument::EmergencyRequest), ..none.clone() },
            Ask { stage: Some(Stage::Withdrawn), ground: Some(Ground::LegalDirective), due: Some(DueWithin::ThreeDays), ..none.clone() },
            Ask { text: "lakeside".into(), stage: Some(Stage::Draft), ..none.clone() },
        ];
        for ask in asks {
            for sort in Sort::ALL {
                let ask = Ask { sort: Some(*sort), ..ask.clone() };
                let mut expected: Vec<_> = cards.iter().enumerate().filter(|(_, card)| {
                    let within = |hours: i64| card.due.is_some_and(|due| due > monday() && due < monday() + SignedDuration::from_hours(hours));
                    ask.stage.is_none_or(|stage| card.stage == stage)
                        && ask.ground.is_none_or(|ground| card.ground == Some(ground))
                        && ask.instrument.is_none_or(|instrument| card.instrument == Some(instrument))
                        && ask.awaits.is_none_or(|awaits| card.awaits == awaits || (card.awaits == Awaits::Both && awaits != Awaits::Nobody))
                        && ask.due.is_none_or(|due| match due {
                            DueWithin::Late => card.due.is_some_and(|due| due <= monday()),
                            DueWithin::Day => within(24),
                            DueWithin::ThreeDays => within(72),
                        })
                }).collect();
                match sort {
                    Sort::Due => expected.sort_by_key(|(place, card)| (card.due.is_none(), card.due, *place)),
                    Sort::Newest => expected.reverse(),
                    Sort::Oldest => {}
                    Sort::Changed => expected.sort_by_key(|(place, card)| std::cmp::Reverse((card.changed_at, *place))),
                }
                let expected: Vec<_> = expected.into_iter().map(|(_, card)| card.id).collect();
                assert_eq!(all(scene, &ask).await, expected, "{ask:?}");
            }
        }
        let shown = scene.store.list(&Ask { sort: Some(Sort::Oldest), ..none }, monday(), &jiff::tz::TimeZone::UTC).await.unwrap();
        assert_eq!(shown.cards, cards[..50], "a card is read as it was made");
    }

    async fn an_emergency_that_was_released_awaits_both(scene: &Scene) {
        let id = scene.open(request(), monday()).await;
        let mut verified = crate::scene::verification();
        verified.remarks = Some(prose("Called back twice."));
        for (step, by) in [
            (Step::File { policy: PolicyVersion(1) }, anna()),
            (Step::Classify(classification(Instrument::EmergencyRequest)), anna()),
            (Step::Verify(verified), dev()),
            (Step::SUBMIT, anna()),
            (approve(), carla()),
        ] {
            scene.take(id, step, &by, monday()).await.unwrap();
        }
        for awaits in [Awaits::Staff, Awaits::Manager, Awaits::Both] {
            assert_eq!(all(scene, &Ask { awaits: Some(awaits), ..Ask::default() }).await, [id], "{awaits:?}");
        }
        assert_eq!(all(scene, &Ask { awaits: Some(Awaits::Nobody), ..Ask::default() }).await, []);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_hostile_place_begins_the_list_anew(scene: &Scene) {
        let id = scene.open(request(), monday()).await;
        for after in ["'; DROP TABLE case_file", "due.1", "newest.9.9", "due.x.y"] {
            let page = scene.store.list(&Ask { after: Some(after.into()), ..Ask::default() }, monday(), &jiff::tz::TimeZone::UTC).await.unwrap();
            assert_eq!(page.cards.len(), 1, "{after}");
            assert_eq!(page.cards[0].id, id);
        }
    }

    async fn the_ledger_is_narrowed_and_paged_newest_first(scene: &Scene) {
        let id = scene.in_review().await;
        scene.open(Fields::new(), monday()).await;
        let of_case = LedgerAsk { case: Some(id), ..LedgerAsk::default() };
        let rows = scene.store.ledger(&of_case, 100).await.unwrap();
        let seqs: Vec<_> = rows.iter().map(|row| row.leaf.seq).collect();
        assert_eq!(seqs.len(), 6);
        assert!(seqs.windows(2).all(|pair| pair[0] > pair[1]), "newest first");
        let before = LedgerAsk { before: Some(seqs[2]), ..of_case.clone() };
        assert_eq!(scene.store.ledger(&before, 2).await.unwrap(), rows[3..5]);
        let count = async |ask: LedgerAsk| scene.store.ledger(&ask, 100).await.unwrap().len();
        let none = LedgerAsk::default;
        assert_eq!(count(LedgerAsk { action: Some("case.draft".into()), ..none() }).await, 2);
        assert_eq!(count(LedgerAsk { action: Some("case".into()), ..none() }).await, 7);
        assert_eq!(count(LedgerAsk { action: Some("member".into()), actor: Some(anna().id), ..none() }).await, 0);
        assert_eq!(count(LedgerAsk { actor: Some(anna().id), ..none() }).await, 7);
        assert_eq!(count(LedgerAsk { case: Some(id), action: Some("case".into()), actor: Some(anna().id), ..none() }).await, 6);
        assert_eq!(count(LedgerAsk { case: Some(id), action: Some("case.draft".into()), actor: Some(dev().id), ..none() }).await, 0);
        assert_eq!(count(LedgerAsk { action: Some("' OR 1=1".into()), ..none() }).await, 0);
    }
}

/// Whatever narrows and sorts the list, `SQLite` follows one index and sorts nothing.
#[tokio::test]
async fn a_page_is_read_along_an_index() {
    let scene = Scene::sqlite().await;
    let filters = [
        "1 = 1",
        "stage = 'filed'",
        "ground = 'emergency'",
        "instrument = 'epoc'",
        "awaits_staff = 1",
        "awaits_manager = 1",
    ];
    let orders = [
        ("(due_at, serial) > (5, 5)", "due_at, serial"),
        (
            "(changed_at, serial) < (5, 5)",
            "changed_at DESC, serial DESC",
        ),
        ("serial < 5", "serial DESC"),
        ("serial > 5", "serial"),
    ];
    for filter in filters {
        for (place, order) in orders {
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT * FROM case_file WHERE {filter} AND {place} ORDER BY {order} LIMIT 51"
            );
            let plan = scene
                .raw
                .query_all_raw(Statement::from_string(DbBackend::Sqlite, &sql))
                .await
                .unwrap();
            let steps: Vec<String> = plan
                .iter()
                .map(|row| row.try_get("", "detail").unwrap())
                .collect();
            assert!(
                steps.len() == 1 && steps[0].starts_with("SEARCH"),
                "{sql}: {steps:?}"
            );
        }
    }
}

/// Whatever narrows the ledger, `SQLite` follows the index that leaves least.
#[tokio::test]
async fn a_page_of_the_ledger_is_read_along_an_index() {
    let scene = Scene::sqlite().await;
    let narrowed = "coalesce(area, area) = 'case' AND coalesce(actor, actor) = x'00'";
    for (filter, index) in [
        ("case_id = x'00'".to_owned(), "ledger_leaf_case "),
        (
            format!("case_id = x'00' AND {narrowed}"),
            "ledger_leaf_case ",
        ),
        (
            "case_id = x'00' AND action NOT IN ('case.read', 'case.refused')".into(),
            "ledger_leaf_case ",
        ),
        ("actor = x'00'".into(), "ledger_leaf_actor "),
        (
            "actor = x'00' AND action = 'case.read'".into(),
            "ledger_leaf_actor_action ",
        ),
        (
            "actor = x'00' AND area = 'case'".into(),
            "ledger_leaf_actor_area ",
        ),
        ("action = 'case.read'".into(), "ledger_leaf_action "),
        ("area = 'case'".into(), "ledger_leaf_area "),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM ledger_leaf WHERE {filter} AND seq < 9 ORDER BY seq DESC LIMIT 50"
        );
        let plan = scene
            .raw
            .query_all_raw(Statement::from_string(DbBackend::Sqlite, &sql))
            .await
            .unwrap();
        let steps: Vec<String> = plan
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .collect();
        assert!(
            steps.len() == 1 && steps[0].starts_with("SEARCH") && steps[0].contains(index),
            "{sql}: {steps:?}"
        );
    }
}
