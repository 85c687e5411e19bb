//! What is on a request's path is found along an index: nothing of it costs more in a longer ledger.

use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};

use crate::scene::Scene;

/// Each with the index that `SQLite` follows. `PostgreSQL` has the same ones, and chooses among them by
/// what the tables hold.
const QUERIES: &[(&str, &str)] = &[
    (
        "SELECT seq FROM ledger_leaf WHERE seq < 9 AND case_id = {id} AND coalesce(area, area) = 'case' AND action <> 'case.read' ORDER BY seq",
        "INDEX ledger_leaf_case ",
    ),
    // Of a batch of cases, while verifying; the few that are found are sorted afterwards.
    (
        "SELECT * FROM ledger_leaf WHERE case_id IN ({id}, {other}) AND coalesce(action, action) = 'record.issue'",
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
        "SELECT ends_at FROM case_clock WHERE kind = 'review' AND state IN ('due', 'quiet') LIMIT 100",
        "INDEX case_clock_kind ",
    ),
    (
        "SELECT ends_at FROM case_clock WHERE kind = 'notice' AND state = 'due' AND ends_at < 2 LIMIT 100",
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
        "SELECT * FROM authority WHERE listed = {yes} AND (folded, id) > ('a', {id}) ORDER BY folded, id LIMIT 51",
        "INDEX authority_listed ",
    ),
    (
        "SELECT id FROM authority WHERE stands_for = {id} LIMIT 100",
        "INDEX authority_stands_for ",
    ),
    (
        "SELECT serial FROM case_authority WHERE authority_id = {id} AND serial < 9 ORDER BY serial DESC LIMIT 21",
        "INDEX case_authority_authority ",
    ),
    (
        "SELECT serial, confirmed_at FROM case_authority WHERE authority_id = {id} AND confirmed_at IS NOT NULL ORDER BY confirmed_at DESC, serial DESC LIMIT 10",
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
        "SELECT * FROM issued_record WHERE case_id IN ({id}) ORDER BY issued_at, id",
        "INDEX issued_record_case ",
    ),
    (
        "SELECT * FROM issued_record WHERE case_id IN ({id}) AND sha256 = {bytes} ORDER BY issued_at, id LIMIT 1",
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
        "SELECT * FROM outbox WHERE case_id = {id} ORDER BY posted_at DESC, id DESC LIMIT 9",
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
    (
        "SELECT id, number_year, number_count FROM case_file WHERE id IN ({id}, {other})",
        "INDEX sqlite_autoindex_case_file_",
    ),
    ("SELECT * FROM outbox WHERE id = {id}", "PRIMARY KEY"),
    (
        "SELECT * FROM calendar_feed WHERE token_hash = {bytes}",
        "INDEX sqlite_autoindex_calendar_feed_",
    ),
    (
        "SELECT authority_id FROM authority_trace WHERE kind = 'word' AND trace = 'a' LIMIT 501",
        "PRIMARY KEY",
    ),
    (
        "SELECT * FROM authority WHERE id IN ({id}, {other})",
        "INDEX sqlite_autoindex_authority_",
    ),
    (
        "SELECT * FROM case_disclosure WHERE policy = 1 AND ground = 'emergency' AND seq < 9 ORDER BY seq DESC LIMIT 9",
        "INDEX case_disclosure_policy ",
    ),
    (
        "SELECT * FROM case_disclosure WHERE policy = 1 AND ground = 'emergency' AND ill = {yes} AND seq < 9 ORDER BY seq DESC LIMIT 9",
        "INDEX case_disclosure_ill ",
    ),
    (
        "SELECT * FROM letter_template WHERE kind = 'notice' AND language = 'en' ORDER BY version DESC",
        "PRIMARY KEY",
    ),
    (
        "SELECT * FROM letter_blob WHERE letter_id = {id}",
        "PRIMARY KEY",
    ),
    // Whether something lies in a blob.
    (
        "SELECT * FROM order_blob WHERE blob = 'x' LIMIT 1",
        "INDEX sqlite_autoindex_order_blob_",
    ),
    (
        "SELECT * FROM letter_blob WHERE blob = 'x' LIMIT 1",
        "INDEX sqlite_autoindex_letter_blob_",
    ),
    (
        "SELECT * FROM issued_record WHERE blob = 'x' LIMIT 1",
        "INDEX sqlite_autoindex_issued_record_",
    ),
];

/// Where a number or a wording was met: the walk from one agency to the next.
const WALK: &str = "WITH RECURSIVE asked (start, stop) AS (VALUES ('a', 'b'), ('c', 'd')), \
    walk (stop, trace, agencies) AS (\
    SELECT asked.stop, (SELECT t.trace FROM case_trace t WHERE t.kind = 'phone' AND t.trace >= asked.start AND t.trace < asked.stop ORDER BY t.trace LIMIT 1), 1 FROM asked \
    UNION ALL \
    SELECT walk.stop, (SELECT t.trace FROM case_trace t WHERE t.kind = 'phone' AND t.trace > walk.trace AND t.trace < walk.stop ORDER BY t.trace LIMIT 1), walk.agencies + 1 \
    FROM walk WHERE walk.trace IS NOT NULL AND walk.agencies < 12), \
    newest (trace, serial) AS MATERIALIZED (SELECT walk.trace, (SELECT t.serial FROM case_trace t WHERE t.kind = 'phone' AND t.trace = walk.trace AND t.serial <> 7 ORDER BY t.serial DESC LIMIT 1) FROM walk) \
    SELECT newest.trace, f.id, f.number_year, f.number_count, f.authority AS name, a.stands_for \
    FROM newest JOIN case_file f ON f.serial = newest.serial \
    LEFT JOIN case_authority c ON c.serial = f.serial \
    LEFT JOIN authority a ON a.id = c.authority_id ORDER BY newest.trace";

/// The steps of a plan, as `SQLite` tells them.
async fn steps(scene: &Scene, sql: &str) -> Vec<String> {
    let plan = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let plan = scene.raw.query_all_raw(plan).await.unwrap();
    plan.iter()
        .map(|row| row.try_get("", "detail").unwrap())
        .collect()
}

/// The lines of a plan, as `PostgreSQL` tells them where it reads no table as a whole if it need not:
/// one that is all but empty it would.
async fn lines(scene: &Scene, sql: &str) -> Vec<String> {
    let asking = scene.raw.begin().await.unwrap();
    for off in ["seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"] {
        let off = format!("SET LOCAL enable_{off} = off");
        asking.execute_unprepared(&off).await.unwrap();
    }
    let plan = Statement::from_string(DbBackend::Postgres, format!("EXPLAIN (COSTS OFF) {sql}"));
    let plan = asking.query_all_raw(plan).await.unwrap();
    plan.iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap().trim().to_owned())
        .collect()
}

/// What of such a plan is not found along an index: tables read as a whole, indexes read as a whole,
/// and rows put in order.
fn strays(plan: &[String]) -> Vec<&String> {
    let is_bound = |at: usize| {
        plan.get(at + 1)
            .is_some_and(|line| line.starts_with("Index Cond"))
    };
    let strays = plan.iter().enumerate().filter(|(at, line)| {
        let along = line.contains("Index Scan") || line.contains("Index Only Scan");
        line.contains("Seq Scan") || line.contains("Sort") || (along && !is_bound(*at))
    });
    strays.map(|(_, line)| line).collect()
}

/// A query in the words of one database.
fn spoken(sql: &str, words: [(&str, &str); 4]) -> String {
    words
        .into_iter()
        .fold(sql.to_owned(), |sql, (name, word)| sql.replace(name, word))
}

#[tokio::test]
async fn everything_on_a_request_is_found_along_an_index() {
    let scene = Scene::sqlite().await;
    let mut faults = Vec::new();
    for (sql, index) in QUERIES {
        let sql = spoken(
            sql,
            [
                ("{id}", "x'00'"),
                ("{other}", "x'01'"),
                ("{bytes}", "x'00'"),
                ("{yes}", "1"),
            ],
        );
        let mut steps = steps(&scene, &sql).await;
        // What it has answered already it remembers, and it answers no more than its limit.
        steps.retain(|step| {
            !step.starts_with("MULTI-INDEX OR")
                && !step.starts_with("INDEX ")
                && step != "USE TEMP B-TREE FOR DISTINCT"
        });
        let along = |step: &String| step.starts_with("SEARCH") && step.contains(index);
        if steps.is_empty() || !steps.iter().all(along) {
            faults.push(format!("{sql}: {steps:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn so_it_is_on_postgres() {
    let Some(scene) = Scene::postgres().await else {
        return;
    };
    let mut faults = Vec::new();
    for (sql, _) in QUERIES {
        let sql = spoken(
            sql,
            [
                ("{id}", "'00000000-0000-0000-0000-000000000000'"),
                ("{other}", "'00000000-0000-0000-0000-000000000001'"),
                ("{bytes}", "'\\x00'"),
                ("{yes}", "true"),
            ],
        );
        let plan = lines(&scene, &sql).await;
        if plan.is_empty() || !strays(&plan).is_empty() {
            faults.push(format!("{sql}: {plan:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    scene.clear().await;
}

#[tokio::test]
async fn who_was_met_before_is_found_along_an_index() {
    let sqlite = Scene::sqlite().await;
    let steps = steps(&sqlite, WALK).await;
    let whole = |step: &&String| step.starts_with("SCAN");
    let walked: Vec<&String> = steps.iter().filter(whole).collect();
    // Only what was asked, and what was found of it, is gone through.
    let own = [
        "SCAN 2 CONSTANT ROWS",
        "SCAN asked",
        "SCAN walk",
        "SCAN newest",
    ];
    assert!(
        walked.iter().all(|step| own.contains(&step.as_str())),
        "{steps:#?}"
    );
    if let Some(postgres) = Scene::postgres().await {
        let plan = lines(&postgres, WALK).await;
        // The few that were met are put in order.
        let strays = strays(&plan);
        assert!(
            strays.iter().all(|line| line.starts_with("Sort")),
            "{plan:#?}"
        );
        postgres.clear().await;
    }
}
