//! Verifying finds what somebody with the file, or with the database's password, changed.

use casework::{
    case::{CaseId, Event, Stage},
    ledger::{Entry, Frontier, Leaf, commit, leaf_hash, root_of},
    member::{Member, Role},
    tables::{Tables, TablesVersion},
};
use sea_orm::DbBackend;
use store::{Finding, Head, Kept};

use crate::scene::{Scene, ada, anna, approve, carla, monday, on_both, read, request};

/// Appends an entry as somebody would who knows how the ledger hashes.
pub async fn forge(scene: &Scene, entry: &Entry, actor: &Member) {
    let mut leaves = Vec::new();
    while let Some(leaf) = scene.store.leaf_bytes(leaves.len() as u64).await.unwrap() {
        leaves.push(leaf);
    }
    let mut frontier = Frontier::default();
    for leaf in &leaves {
        frontier.append(leaf_hash(leaf));
    }
    let (seq, salt, payload) = (frontier.size(), [3; 32], serde_json::to_vec(entry).unwrap());
    let leaf = Leaf {
        seq,
        at: monday(),
        actor: Some(actor.id),
        action: entry.action().into(),
        case: entry.case(),
        object: entry.object(),
        commitment: commit(&salt, &payload),
    };
    let area = leaf.action.split('.').next().unwrap().to_owned();
    let seq = i64::try_from(seq).unwrap();
    scene.put("INSERT INTO ledger_leaf (seq, leaf, at, action, area, actor, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            seq.into(),
            leaf.to_bytes().into(),
            monday().as_millisecond().into(),
            leaf.action.clone().into(),
            area.into(),
            actor.id.0.into(),
            leaf.case.map(|case| case.0).into(),
        ],
    )
    .await;
    scene
        .put(
            "INSERT INTO ledger_payload (seq, salt, payload) VALUES ($1, $2, $3)",
            vec![seq.into(), salt.to_vec().into(), payload.into()],
        )
        .await;
    for (place, hash) in frontier.append(leaf_hash(&leaf.to_bytes())) {
        let (level, index) = (i32::from(place.level), i64::try_from(place.index).unwrap());
        scene
            .put(
                "INSERT INTO ledger_node (level, idx, hash) VALUES ($1, $2, $3)",
                vec![level.into(), index.into(), hash.to_vec().into()],
            )
            .await;
    }
}

/// Writes a case's row as its events would have it, as an intruder would who forged an event.
async fn rewrite_row(scene: &Scene, id: CaseId, event: &Event) {
    let after = scene.case(id).await.after(event);
    scene.put("UPDATE case_file SET body = $1, version = $2, stage = $3, awaits = $4, awaits_staff = $5, awaits_manager = $6 WHERE id = $7",
        vec![
            serde_json::to_string(&after).unwrap().into(),
            i64::from(after.version()).into(),
            after.stage().code().into(),
            after.awaits().code().into(),
            true.into(),
            false.into(),
            id.0.into(),
        ],
    )
    .await;
}

fn decision(scene_case: &casework::case::Case, by: Member) -> Event {
    Event {
        case: scene_case.id(),
        number: scene_case.number(),
        version: scene_case.version() + 1,
        at: monday(),
        by,
        step: approve(),
    }
}

on_both! {
    async fn an_honest_desk_holds_and_hands_over_its_orders(scene: &Scene) {
        let id = scene.in_review().await;
        scene.take(id, approve(), &carla(), monday()).await.unwrap();
        let mut orders = Vec::new();
        let hand_over = |kept| {
            if let Kept::Bytes(bytes) = kept {
                orders.push(bytes);
            }
        };
        let findings = scene.store.verify(&[scene.store.head().await.unwrap()], hand_over).await.unwrap();
        assert!(findings.holds(), "{:?}", findings.findings);
        assert_eq!((findings.records, findings.checkpoints), (0, 0));
        assert_eq!((findings.cases, findings.orders, findings.head), (1, 1, scene.store.head().await.unwrap()));
        assert_eq!((orders[0].case, orders[0].sha256.0, orders[0].wrapped_key.as_slice()), (id, [0xab; 32], [7; 72].as_slice()));
    }

    async fn an_empty_desk_holds(scene: &Scene) {
        assert!(scene.store.verify(&[], |_| {}).await.unwrap().holds());
    }

    async fn an_edited_row_is_found(scene: &Scene) {
        let id = scene.in_review().await;
        scene.force("UPDATE case_file SET stage = 'approved', due_at = 7").await.unwrap();
        assert_eq!(scene.found().await, ["The row of DD-2026-00001 was edited: stage, deadline."]);
        assert_eq!(scene.case(id).await.stage(), Stage::InReview);
    }

    async fn an_edited_body_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.force("UPDATE case_file SET body = replace(body, 'Lakeside', 'Seaside')").await.unwrap();
        assert_eq!(scene.found().await, ["The row of DD-2026-00001 was edited: body."]);
    }

    async fn a_row_removed_or_made_up_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.open(request(), monday()).await;
        scene.unguard().await;
        for beside in ["order_blob", "case_clock", "case_trace", "case_authority", "case_disclosure"] {
            scene.force(&format!("DELETE FROM {beside}")).await.unwrap();
        }
        scene.force("DELETE FROM case_file WHERE serial = 1").await.unwrap();
        scene.force("INSERT INTO case_file SELECT 3, order_id, 2026, 77, version, stage, ground, instrument, authority, reference, subject, received_on, due_at, due_kind, awaits, awaits_staff, awaits_manager, changed_at, test, body FROM case_file, (SELECT actor AS order_id FROM ledger_leaf WHERE seq = 1) AS other").await.unwrap();
        let found = scene.found().await;
        assert!(found.contains(&"DD-2026-00001 has entries in the ledger and no row.".into()), "{found:?}");
        assert!(found.contains(&"DD-2026-00077 has a row and no entries in the ledger.".into()), "{found:?}");
    }

    async fn words_taken_from_the_index_are_found(scene: &Scene) {
        scene.in_review().await;
        scene.force("UPDATE case_search SET words = 'nothing'").await.unwrap();
        assert_eq!(scene.found().await, ["The search index of DD-2026-00001 does not hold its words."]);
    }

    async fn an_edited_leaf_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        let leaf = String::from_utf8(scene.store.leaf_bytes(6).await.unwrap().unwrap()).unwrap();
        let other = leaf.replace("2026-03-02T09", "2026-03-02T08");
        assert_ne!(leaf, other);
        scene.put("UPDATE ledger_leaf SET leaf = $1 WHERE seq = 6", vec![other.into_bytes().into()]).await;
        let found = scene.found().await;
        assert!(found.contains(&"Entry 6 of the ledger was edited: its hash is another.".into()), "{found:?}");
        assert!(found.iter().all(|says| !says.contains("tree")), "one edited leaf accuses no node: {found:?}");
    }

    async fn an_edited_column_beside_a_leaf_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        scene.force("UPDATE ledger_leaf SET action = 'case.read', area = 'case' WHERE action = 'case.draft'").await.unwrap();
        let found = scene.found().await;
        assert!(found.iter().any(|says| says.contains("the columns beside it tell something else")), "{found:?}");
    }

    async fn an_edited_payload_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        scene.put("UPDATE ledger_payload SET payload = $1 WHERE seq = 6", vec![b"{}".to_vec().into()]).await;
        let found = scene.found().await;
        assert!(found[0].contains("The payload of entry 6 of the ledger was edited"), "{found:?}");
    }

    async fn a_deleted_leaf_is_found_wherever_it_stood(scene: &Scene) {
        let id = scene.in_review().await;
        let mut writing = scene.store.begin().await.unwrap();
        let last = writing.seal(monday(), Some(carla().id), &read(id)).await.unwrap();
        writing.commit().await.unwrap();
        scene.unguard().await;
        for seq in [4, last] {
            scene.force(&format!("DELETE FROM ledger_payload WHERE seq = {seq}")).await.unwrap();
            scene.force(&format!("DELETE FROM ledger_leaf WHERE seq = {seq}")).await.unwrap();
            let found = scene.found().await;
            assert!(found.contains(&format!("Entry {seq} of the ledger is missing.")), "{found:?}");
        }
    }

    async fn an_edited_or_stray_node_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        scene.put("UPDATE ledger_node SET hash = $1 WHERE level = 1 AND idx = 2", vec![vec![0_u8; 32].into()]).await;
        assert_eq!(scene.found().await, ["Hash 2 of level 1 of the ledger's tree is missing or was edited."]);
        scene.put("INSERT INTO ledger_node (level, idx, hash) VALUES (9, 9, $1)", vec![vec![0_u8; 32].into()]).await;
        assert_eq!(scene.found().await.len(), 2);
    }

    async fn an_end_cut_off_cleanly_is_found_by_a_checkpoint(scene: &Scene) {
        let id = scene.in_review().await;
        let mut writing = scene.store.begin().await.unwrap();
        for _ in 0..3 {
            writing.seal(monday(), Some(carla().id), &read(id)).await.unwrap();
        }
        writing.commit().await.unwrap();
        let kept = scene.store.head().await.unwrap();
        let size = i64::try_from(kept.size).unwrap() - 3;
        scene.unguard().await;
        for sql in [
            format!("DELETE FROM ledger_payload WHERE seq >= {size}"),
            format!("DELETE FROM ledger_leaf WHERE seq >= {size}"),
            format!("DELETE FROM ledger_node WHERE ((idx + 1) << level) > {size}"),
        ] {
            scene.force(&sql).await.unwrap();
        }
        assert_eq!(scene.found().await, [""; 0], "the hashes alone cannot tell");
        let findings = scene.store.verify(&[kept], |_| {}).await.unwrap().findings;
        assert_eq!(findings, [Finding::Shortened { has: kept.size - 3, had: kept.size }]);
    }

    async fn a_rewritten_beginning_is_found_by_a_checkpoint(scene: &Scene) {
        scene.in_review().await;
        let kept = Head { size: 5, root: root_of([b"another past".as_slice()]) };
        let findings = scene.store.verify(&[kept], |_| {}).await.unwrap().findings;
        assert_eq!(findings, [Finding::Rewritten { size: 5 }]);
    }

    async fn a_forged_approval_by_the_member_who_filed_is_found(scene: &Scene) {
        let id = scene.in_review().await;
        let as_manager = Member { role: Role::Manager, ..anna() };
        let event = decision(&scene.case(id).await, as_manager.clone());
        forge(scene, &Entry::Step { event: event.clone() }, &as_manager).await;
        rewrite_row(scene, id, &event).await;
        let found = scene.found().await;
        let of_role = "Event 7 of DD-2026-00001 breaks a rule: Anna Berg signed as Manager, and was Legal staff.";
        let of_duty = "Event 7 of DD-2026-00001 breaks a rule: You filed this case, so you may not decide it. Another manager must.";
        assert!(found.contains(&of_role.into()) && found.contains(&of_duty.into()), "{found:?}");
        assert!(found.iter().all(|says| !says.contains("Entry") && !says.contains("tree")), "the hashes fit: {found:?}");
    }

    async fn a_promotion_nobody_made_is_found(scene: &Scene) {
        scene.force("UPDATE member SET role = 'manager' WHERE name = 'Anna Berg'").await.unwrap();
        assert_eq!(scene.found().await, [format!("Member {} was edited: role.", anna().id)]);
        forge(scene, &Entry::RoleChanged { member: anna().id, role: Role::Manager }, &anna()).await;
        assert_eq!(scene.found().await, ["Entry 5 of the ledger was not theirs to make: only administrators administer."]);
    }

    async fn a_sign_in_name_given_to_somebody_else_is_found(scene: &Scene) {
        scene.force("UPDATE member SET sign_in = 'mallory' WHERE name = 'Anna Berg'").await.unwrap();
        assert_eq!(scene.found().await, [format!("Member {} was edited: what they sign in with.", anna().id)]);
    }

    async fn an_order_without_its_bytes_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.force("DELETE FROM order_blob").await.unwrap();
        let found = scene.found().await;
        assert!(found.len() == 1 && found[0].contains("of DD-2026-00001 have no place on record"), "{found:?}");
    }

    async fn a_version_of_the_tables_given_another_day_or_author_is_found(scene: &Scene) {
        let tables = Tables::delivered();
        let tables = Tables { version: TablesVersion(1), ..tables };
        let mut writing = scene.store.begin().await.unwrap();
        writing.publish_tables(monday(), Some(ada().id), &tables).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(scene.found().await, [""; 0]);
        if scene.is_sqlite() {
            scene.force("DROP TRIGGER tables_version_no_update").await.unwrap();
            scene.force("DROP TRIGGER tables_version_no_delete").await.unwrap();
        } else {
            scene.force("ALTER TABLE tables_version DISABLE TRIGGER ALL").await.unwrap();
        }
        for edit in ["published_at = published_at - 1", "published_by = NULL", "body = '{}'"] {
            scene.force("CREATE TABLE kept AS SELECT * FROM tables_version").await.unwrap();
            scene.force(&format!("UPDATE tables_version SET {edit}")).await.unwrap();
            let found = scene.found().await;
            assert!(found.len() == 1 && found[0].starts_with("The tables' version 1 was edited"), "{edit}: {found:?}");
            scene.force("DELETE FROM tables_version").await.unwrap();
            scene.force("INSERT INTO tables_version SELECT * FROM kept").await.unwrap();
            scene.force("DROP TABLE kept").await.unwrap();
        }
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_name_given_to_the_organisation_by_the_back_door_is_found(scene: &Scene) {
        scene.force("INSERT INTO organisation (id, name) VALUES (1, 'Other Ltd.')").await.unwrap();
        assert_eq!(scene.found().await, ["The organisation's name was edited."]);
    }
}

#[tokio::test]
async fn verifying_sees_one_state_while_others_write() {
    let scene = Scene::sqlite().await;
    assert_eq!(scene.raw.get_database_backend(), DbBackend::Sqlite);
    let writing = tokio::spawn({
        let store = scene.store.clone();
        async move {
            for _ in 0..200 {
                let mut writing = store.begin().await.unwrap();
                writing
                    .seal(monday(), None, &read(CaseId(uuid::Uuid::nil())))
                    .await
                    .unwrap();
                writing.commit().await.unwrap();
            }
        }
    });
    for _ in 0..10 {
        assert_eq!(scene.found().await, [""; 0]);
    }
    writing.await.unwrap();
}
