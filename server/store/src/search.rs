//! Text search: FTS5 on `SQLite`, lexemes with a GIN index on `PostgreSQL`. Both are given the same
//! folded words and are asked for whole words, the last one for its beginning.

use casework::{
    case::Case,
    list::MATCHES_MOST,
    search::{QUERY_WORDS_MOST, of_case, words},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::Error;

/// Most bytes of words kept for one case; `PostgreSQL` keeps no more than a mebibyte of lexemes.
const WORDS_MOST: usize = 400_000;
/// A shorter beginning would match most words; it is looked for as a whole word.
const BEGINNING_LEAST: usize = 2;

/// The newest matches of a search.
pub(crate) struct Matches {
    /// At most [`MATCHES_MOST`], newest first.
    pub serials: Vec<i64>,
    /// Whether there were more.
    pub cut: bool,
}

/// The words a case is found by, as the index keeps them.
pub(crate) fn words_of(case: &Case) -> String {
    let mut kept = String::new();
    for word in of_case(case).split(' ') {
        if kept.len() + word.len() >= WORDS_MOST {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

/// Keeps the words of a case; `anew` where it had some before.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    serial: i64,
    words: &str,
    anew: bool,
) -> Result<(), Error> {
    let sql = match (db.get_database_backend(), anew) {
        (DbBackend::Sqlite, true) => "UPDATE case_search SET words = $1 WHERE rowid = $2",
        (DbBackend::Sqlite, false) => "INSERT INTO case_search (words, rowid) VALUES ($1, $2)",
        (_, true) => "UPDATE case_search SET words = $1 WHERE serial = $2",
        (_, false) => "INSERT INTO case_search (words, serial) VALUES ($1, $2)",
    };
    run(db, sql, [words.into(), serial.into()]).await
}

/// The words kept for a case.
pub(crate) async fn kept(db: &impl ConnectionTrait, serial: i64) -> Result<Option<String>, Error> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT words FROM case_search WHERE rowid = $1",
        _ => "SELECT words FROM case_search WHERE serial = $1",
    };
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [serial.into()]);
    let row = db.query_one_raw(asked).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// The newest cases that hold every word of a text; `None` where the text has no word.
pub(crate) async fn matches(
    db: &impl ConnectionTrait,
    text: &str,
) -> Result<Option<Matches>, Error> {
    let asked: Vec<String> = words(text).take(QUERY_WORDS_MOST).collect();
    if asked.is_empty() {
        return Ok(None);
    }
    let backend = db.get_database_backend();
    let (sql, query) = match backend {
        DbBackend::Sqlite => (
            "SELECT rowid FROM case_search WHERE case_search MATCH $1 ORDER BY rowid DESC LIMIT $2",
            for_fts5(&asked),
        ),
        _ => (
            "SELECT serial FROM case_search WHERE lexemes @@ CAST($1 AS tsquery) ORDER BY serial DESC LIMIT $2",
            for_postgres(&asked),
        ),
    };
    let most = usize::try_from(MATCHES_MOST).unwrap_or(usize::MAX);
    let values = [
        query.into(),
        i64::try_from(MATCHES_MOST)
            .unwrap_or(i64::MAX)
            .saturating_add(1)
            .into(),
    ];
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    let mut serials = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<Vec<i64>, _>>()?;
    let cut = serials.len() > most;
    serials.truncate(most);
    Ok(Some(Matches { serials, cut }))
}

/// `"jane" AND "ro" *`. The words are letters and digits, so nothing in them ends a quote.
fn for_fts5(asked: &[String]) -> String {
    joined(asked, " AND ", |word| format!("\"{word}\""), " *")
}

/// `'jane' & 'ro':*`.
fn for_postgres(asked: &[String]) -> String {
    joined(asked, " & ", |word| format!("'{word}'"), ":*")
}

fn joined(asked: &[String], and: &str, quote: impl Fn(&str) -> String, beginning: &str) -> String {
    let mut query = asked
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(and);
    if asked
        .last()
        .is_some_and(|last| last.chars().count() >= BEGINNING_LEAST)
    {
        query.push_str(beginning);
    }
    query
}

async fn run<const N: usize>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: [Value; N],
) -> Result<(), Error> {
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fall_away_and_letters_stay() {
        let folded: Vec<_> = words("Müller-Łódź ÅNGSTRÖM Ελένη").collect();
        assert_eq!(folded, ["muller", "łodz", "angstrom", "ελενη"]);
    }

    #[test]
    fn whatever_was_typed_only_words_reach_the_database() {
        let asked: Vec<_> = words("x' OR \"1\"=1 -- NEAR(a*) {col}:^b").collect();
        assert_eq!(
            for_fts5(&asked),
            r#""x" AND "or" AND "1" AND "1" AND "near" AND "a" AND "col" AND "b""#
        );
        assert_eq!(
            for_postgres(&["jane".into(), "ro".into()]),
            "'jane' & 'ro':*"
        );
    }
}
