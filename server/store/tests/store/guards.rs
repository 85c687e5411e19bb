//! The databases themselves refuse to rewrite the ledger.

use casework::case::CaseId;
use sea_orm::DbBackend;

use crate::{
    checkpoints::{cosign, sign},
    issued::issue,
    scene::{Scene, on_both},
};

/// A record of the one case, under a checkpoint that a witness cosigned.
async fn signed_and_issued(scene: &Scene) {
    let signed = sign(scene).await;
    cosign(scene, &signed).await;
    let case = CaseId(scene.uuid("SELECT id FROM case_file").await);
    issue(scene, case).await;
}

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
        signed_and_issued(scene).await;
        for table in ["ledger_checkpoint", "ledger_cosignature", "issued_record"] {
            refuses(scene, &format!("UPDATE {table} SET size = size")).await;
            refuses(scene, &format!("DELETE FROM {table}")).await;
        }
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
        signed_and_issued(scene).await;
        refuses(scene, &format!("{insert} INTO ledger_checkpoint SELECT * FROM ledger_checkpoint {conflict}")).await;
        refuses(scene, "INSERT INTO ledger_checkpoint SELECT size - 1, note, at FROM ledger_checkpoint").await;
        if insert == "INSERT OR REPLACE" {
            refuses(scene, "INSERT OR REPLACE INTO ledger_cosignature SELECT * FROM ledger_cosignature").await;
            refuses(scene, "INSERT OR REPLACE INTO issued_record SELECT * FROM issued_record").await;
            refuses(scene, "INSERT OR REPLACE INTO issued_record SELECT x'00', case_id, version, edition, enclosed, masked, sha256, size, under, blob, wrapped_key, issued_at, issued_by FROM issued_record").await;
        }
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
        "ledger_checkpoint, ledger_cosignature",
        "ledger_cosignature",
        "issued_record",
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
