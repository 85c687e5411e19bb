//! The databases themselves refuse to rewrite the ledger.

use sea_orm::DbBackend;

use crate::scene::{Scene, on_both};

async fn refuses(scene: &Scene, sql: &str) {
    let says = scene.force(sql).await.expect_err(sql).to_string();
    assert!(
        says.contains("append-only") || says.contains("does not change"),
        "{sql}: {says}"
    );
}

on_both! {
    async fn nothing_sealed_is_updated_or_deleted(scene: &Scene) {
        scene.in_review().await;
        refuses(scene, "UPDATE ledger_leaf SET action = 'case.read'").await;
        refuses(scene, "DELETE FROM ledger_leaf WHERE seq = 3").await;
        refuses(scene, "UPDATE ledger_payload SET payload = salt").await;
        refuses(scene, "DELETE FROM ledger_payload").await;
        refuses(scene, "UPDATE ledger_node SET hash = hash").await;
        refuses(scene, "DELETE FROM ledger_node").await;
        refuses(scene, "UPDATE policy SET body = ''").await;
        refuses(scene, "DELETE FROM policy").await;
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn nothing_is_slipped_in_between_or_over(scene: &Scene) {
        scene.in_review().await;
        let replace = match scene.raw.get_database_backend() {
            DbBackend::Sqlite => ["INSERT OR REPLACE", ""],
            _ => ["INSERT", "ON CONFLICT DO NOTHING"],
        };
        let [insert, conflict] = replace;
        refuses(scene, &format!("{insert} INTO ledger_leaf SELECT * FROM ledger_leaf WHERE seq = 2 {conflict}")).await;
        refuses(scene, &format!("{insert} INTO ledger_payload SELECT * FROM ledger_payload WHERE seq = 2 {conflict}")).await;
        refuses(scene, &format!("{insert} INTO ledger_node SELECT * FROM ledger_node WHERE idx = 0 {conflict}")).await;
        refuses(scene, "INSERT INTO ledger_leaf SELECT seq + 1000, leaf, at, action, area, actor, case_id FROM ledger_leaf WHERE seq = 2").await;
        assert_eq!(scene.found().await, [""; 0]);
    }
}

#[tokio::test]
async fn postgres_is_not_truncated_nor_passed_by_a_replica() {
    let Some(scene) = Scene::postgres().await else {
        return;
    };
    for table in [
        "ledger_leaf, ledger_payload",
        "ledger_payload",
        "ledger_node",
        "policy",
    ] {
        refuses(&scene, &format!("TRUNCATE {table}")).await;
    }
    refuses(
        &scene,
        "SET session_replication_role = replica; DELETE FROM ledger_node",
    )
    .await;
    scene.clear().await;
}
