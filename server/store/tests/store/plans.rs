//! What proves a case is found along an index: nothing of it costs more in a longer ledger.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::scene::Scene;

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "every query on a request's path, one after the other"
)]
async fn what_proves_a_case_is_found_along_an_index() {
    let scene = Scene::sqlite().await;
    for (sql, index) in [
        (
            "SELECT seq FROM ledger_leaf WHERE seq < 9 AND case_id = x'00' AND coalesce(area, area) = 'case' AND action <> 'case.read' ORDER BY seq",
            "INDEX ledger_leaf_case ",
        ),
        // Of a batch of cases, while verifying; the few that are found are sorted afterwards.
        (
            "SELECT * FROM ledger_leaf WHERE case_id IN (x'00', x'01') AND coalesce(action, action) = 'record.issue'",
            "INDEX ledger_leaf_case ",
        ),
        (
            "SELECT seq FROM ledger_leaf WHERE seq < 9 AND action = 'seal.name' ORDER BY seq DESC LIMIT 1",
            "INDEX ledger_leaf_action ",
        ),
        // What falls due in a span; the few that are found are sorted afterwards.
        (
            "SELECT * FROM case_clock WHERE state IN ('due', 'quiet') AND ends_at >= 1 AND ends_at < 2",
            "INDEX case_clock_ends ",
        ),
        (
            "SELECT * FROM case_clock WHERE state = 'due' AND told IN (0, 1) AND ends_at < 2",
            "INDEX case_clock_told ",
        ),
        (
            "SELECT count(*) FROM case_clock WHERE kind = 'review' AND state IN ('due', 'quiet')",
            "INDEX case_clock_kind ",
        ),
        (
            "SELECT * FROM ledger_leaf WHERE seq IN (1, 2)",
            "PRIMARY KEY",
        ),
        (
            "SELECT seq, leaf FROM ledger_leaf WHERE seq >= 1 AND seq < 2 ORDER BY seq",
            "PRIMARY KEY",
        ),
        (
            "SELECT * FROM ledger_node WHERE (level = 0 AND idx IN (1, 2)) OR (level = 1 AND idx IN (3)) OR (level = 7 AND idx IN (0))",
            "PRIMARY KEY",
        ),
        (
            "SELECT * FROM ledger_node WHERE level = 0 AND idx >= 1 AND idx < 9 ORDER BY idx",
            "PRIMARY KEY",
        ),
        (
            "SELECT * FROM ledger_checkpoint WHERE size < 9 ORDER BY size DESC LIMIT 1",
            "PRIMARY KEY",
        ),
        (
            "SELECT size FROM ledger_cosignature WHERE size <= 9 ORDER BY size DESC LIMIT 1",
            "PRIMARY KEY",
        ),
        (
            "SELECT DISTINCT authority_id FROM authority_trace WHERE kind = 'near' AND trace IN ('a', 'b') LIMIT 20",
            "PRIMARY KEY",
        ),
        (
            "SELECT authority_id FROM authority_trace WHERE kind = 'word' AND trace >= 'a' AND trace < 'b' LIMIT 501",
            "PRIMARY KEY",
        ),
        (
            "SELECT * FROM authority WHERE listed = 1 AND (folded, id) > ('a', x'00') ORDER BY folded, id LIMIT 51",
            "INDEX authority_listed ",
        ),
        (
            "SELECT id FROM authority WHERE stands_for = x'00' LIMIT 100",
            "INDEX authority_stands_for ",
        ),
        (
            "SELECT serial FROM case_authority WHERE authority_id = x'00' AND serial < 9 ORDER BY serial DESC LIMIT 21",
            "INDEX case_authority_authority ",
        ),
        (
            "SELECT serial, confirmed_at FROM case_authority WHERE authority_id = x'00' AND confirmed_at IS NOT NULL ORDER BY confirmed_at DESC, serial DESC LIMIT 10",
            "INDEX case_authority_confirmed ",
        ),
        (
            "SELECT trace FROM case_trace WHERE kind = 'phone' AND trace > 'a' AND trace < 'b' ORDER BY trace LIMIT 1",
            "PRIMARY KEY",
        ),
        (
            "SELECT serial FROM case_trace WHERE kind = 'phone' AND trace = 'a' ORDER BY serial DESC LIMIT 2",
            "PRIMARY KEY",
        ),
        (
            "SELECT * FROM issued_record WHERE case_id IN (x'00') ORDER BY issued_at, id",
            "INDEX issued_record_case ",
        ),
        (
            "SELECT * FROM issued_record WHERE case_id IN (x'00') AND sha256 = x'00' ORDER BY issued_at, id LIMIT 1",
            "INDEX issued_record_case ",
        ),
        (
            "SELECT * FROM outbox WHERE state = 'waiting' AND due_at <= 9 ORDER BY due_at, id LIMIT 1",
            "INDEX outbox_due ",
        ),
        (
            "SELECT id FROM outbox WHERE state IN ('claimed', 'handing_over') LIMIT 1",
            "INDEX outbox_",
        ),
        (
            "SELECT * FROM outbox WHERE state = 'sent' ORDER BY changed_at DESC, id DESC LIMIT 9",
            "INDEX outbox_changed ",
        ),
        (
            "SELECT * FROM outbox WHERE case_id = x'00' ORDER BY posted_at DESC, id DESC LIMIT 9",
            "INDEX outbox_case ",
        ),
        (
            "SELECT id FROM outbox WHERE body IS NOT NULL AND state IN ('sent', 'refused') AND changed_at < 9 LIMIT 9",
            "INDEX outbox_wipe ",
        ),
        (
            "SELECT id FROM outbox WHERE post_key = 'x'",
            "INDEX sqlite_autoindex_outbox_",
        ),
    ] {
        let plan = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
        let plan = scene.raw.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = plan
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .filter(|step: &String| {
                // What it has answered already it remembers, and it answers no more than its limit.
                !step.starts_with("MULTI-INDEX OR")
                    && !step.starts_with("INDEX ")
                    && step != "USE TEMP B-TREE FOR DISTINCT"
            })
            .collect();
        assert!(
            steps
                .iter()
                .all(|step| step.starts_with("SEARCH") && step.contains(index)),
            "{sql}: {steps:?}"
        );
    }
}
