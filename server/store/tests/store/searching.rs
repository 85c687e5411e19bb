//! Text search finds alike in both databases.

use casework::list::{Ask, MATCHES_MOST};

use crate::scene::{Scene, monday, on_both, request};

async fn hits(scene: &Scene, text: &str) -> usize {
    let ask = Ask {
        text: text.into(),
        ..Ask::default()
    };
    scene
        .store
        .list(&ask, monday(), &jiff::tz::TimeZone::UTC)
        .await
        .unwrap()
        .cards
        .len()
}

on_both! {
    async fn a_case_is_found_by_what_people_remember(scene: &Scene) {
        scene.in_review().await;
        scene.open(request().with("authority", "Comté de Łódź, Präfektur").with("email", "x@y.example").with("reference", "1:26-cr-00042"), monday()).await;
        for (text, count) in [
            ("lakeside", 1),
            ("LAKES", 1),
            ("lake police", 0),
            ("police lake", 1),
            ("sam.müller@subject.example", 2),
            ("sam muller subj", 2),
            ("DD-2026-00001", 1),
            ("1:26-cr-00042", 1),
            ("prafektur łódź", 1),
            ("comte", 1),
            ("warrant.pdf", 1),
            ("Anna Berg", 2),
            ("anna bergman", 0),
            ("abababababababab", 1),
            ("nowhere", 0),
            ("  ", 2),
            ("@@@", 2),
        ] {
            assert_eq!(hits(scene, text).await, count, "{text}");
        }
    }

    async fn a_hostile_text_is_only_words(scene: &Scene) {
        scene.open(request(), monday()).await;
        for text in [
            "\"", "'", "\\", "lakeside\" OR \"x", "lakeside OR nothing", "NEAR(lakeside police)", "words:lakeside", "^lakeside",
            "lakeside*", "*", "-lakeside", "{words}: x", "'; DROP TABLE case_search; --", "lakeside & !police", "a:* | b", "\0", "\u{202e}",
            "%", "_", "(((((", "\u{0301}\u{0301}",
        ] {
            let found = hits(scene, text).await;
            assert!(found <= 1, "{text}");
        }
        assert_eq!(hits(scene, "lakeside OR nothing").await, 0, "OR is a word like any other");
        assert_eq!(hits(scene, "lakeside*").await, 1);
    }

    async fn words_follow_the_case(scene: &Scene) {
        let id = scene.open(request().with("authority", "Oldtown"), monday()).await;
        assert_eq!((hits(scene, "oldtown").await, hits(scene, "newtown").await), (1, 0));
        let step = casework::case::Step::Draft { fields: request().with("authority", "Newtown") };
        scene.take(id, step, &crate::scene::anna(), monday()).await.unwrap();
        assert_eq!((hits(scene, "oldtown").await, hits(scene, "newtown").await), (0, 1));
    }

    async fn a_search_that_finds_too_much_says_so(scene: &Scene) {
        scene.open(request(), monday()).await;
        let most = MATCHES_MOST;
        // Rows of the index alone are enough to be too many.
        let fill = match sea_orm::ConnectionTrait::get_database_backend(&scene.raw) {
            sea_orm::DbBackend::Sqlite => format!(
                "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) INSERT INTO case_search (rowid, words) SELECT i, 'lakeside' FROM n"
            ),
            _ => format!("INSERT INTO case_search (serial, words) SELECT i, 'lakeside' FROM generate_series(2, {most}) AS i"),
        };
        scene.force(&fill).await.unwrap();
        let ask = Ask { text: "lakeside".into(), ..Ask::default() };
        assert!(!scene.store.list(&ask, monday(), &jiff::tz::TimeZone::UTC).await.unwrap().cut);
        let id = if fill.contains("rowid") { "rowid" } else { "serial" };
        scene.force(&format!("INSERT INTO case_search ({id}, words) VALUES (9999, 'lakeside')")).await.unwrap();
        let page = scene.store.list(&ask, monday(), &jiff::tz::TimeZone::UTC).await.unwrap();
        assert!(page.cut);
    }
}
