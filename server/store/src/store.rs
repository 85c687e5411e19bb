//! Opens the database and asserts what the desk promises of it.

use std::{fmt, sync::Arc, time::Duration};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
    sqlx::{
        Connection as _,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use tokio::time::timeout;

use crate::{Error, Writing, clocks, made};

/// How long anyone waits for a connection, or for the writer before them.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections that only read.
const READERS: u32 = 8;
/// Earlier versions can corrupt a database when the write-ahead log is reset. Source: trust, Storage.
const SQLITE_LEAST: [u32; 3] = [3, 51, 3];
/// Source: trust, Storage.
const POSTGRES_LEAST: i64 = 15;

/// The database. Cheap to clone; all clones share the same connections.
#[derive(Clone, Debug)]
pub struct Store {
    connections: Arc<Connections>,
}

struct Connections {
    readers: DatabaseConnection,
    /// One connection, so that writers queue here in the order they came.
    writer: DatabaseConnection,
    /// Where it is, for whoever needs a session of their own.
    url: String,
}

// By hand: a database's URL holds a password.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

/// Whether a database that may lose what it acknowledged will do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    Promised,
    Waived,
}

impl Store {
    /// Connects, brings the tables up to date and asserts every guarantee.
    ///
    /// # Errors
    /// [`Error::Unfit`] names the guarantee that is missing.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::opened(url, Durability::Promised).await
    }

    /// As [`Self::open`], but lets `PostgreSQL` run without `fsync`: what it acknowledges may be lost
    /// with the machine, which only a test can bear.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_for_tests(url: &str) -> Result<Self, Error> {
        Self::opened(url, Durability::Waived).await
    }

    async fn opened(url: &str, durability: Durability) -> Result<Self, Error> {
        if url.starts_with("sqlite:") && (url.contains(":memory:") || url.contains("mode=memory")) {
            return Err(Error::Unfit(
                "a database in memory keeps nothing; name a file".into(),
            ));
        }
        let writer = Database::connect(options(url, 1, false)).await?;
        assert_guarantees(&writer, durability).await?;
        // Under the writer's lock, so that two desks which start at once do not both migrate.
        let mut writing = Writing::begin(&writer).await?;
        Migrator::up(writing.bare(), None).await?;
        made::derive(writing.connection()).await?;
        writing.trace_cases().await?;
        writing.commit().await?;
        clocks::fill(&writer).await?;
        let readers = Database::connect(options(url, READERS, true)).await?;
        Ok(Self {
            connections: Arc::new(Connections {
                readers,
                writer,
                url: url.to_owned(),
            }),
        })
    }

    /// Whether the database answers, and in time: what readiness asks.
    ///
    /// # Errors
    /// [`Error::Gone`] where it does not.
    pub async fn ready(&self) -> Result<(), Error> {
        let asked = self.readers().execute_unprepared("SELECT 1");
        match timeout(PATIENCE, asked).await {
            Ok(answer) => Ok(answer.map(drop)?),
            Err(_) => Err(Error::Gone("it does not answer".into())),
        }
    }

    /// Waits for the writer before and begins to write.
    ///
    /// # Errors
    /// [`Error::Gone`] where the one before does not finish in time.
    pub async fn begin(&self) -> Result<Writing, Error> {
        Writing::begin(&self.connections.writer).await
    }

    pub(crate) fn url(&self) -> &str {
        &self.connections.url
    }

    pub(crate) fn readers(&self) -> &DatabaseConnection {
        &self.connections.readers
    }
}

/// Lost connections are noticed before use and replaced, so the desk heals when its database does.
fn options(url: &str, most: u32, only_reads: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(most)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .test_before_acquire(true)
        .sqlx_logging(false)
        .set_application_name("disclosure-desk")
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(!only_reads)
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL loses acknowledged commits with the power. Source: trust, first promise.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("trusted_schema", "OFF")
                .pragma("secure_delete", "ON")
                .pragma("recursive_triggers", "ON")
                .pragma("query_only", if only_reads { "ON" } else { "OFF" })
        })
        // Where SQLite undid a transaction by itself, sqlx still counts it as begun, and the next one
        // would be a savepoint that is released and never committed.
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
        .map_sqlx_postgres_opts(move |postgres| {
            let patience = format!("{}ms", PATIENCE.as_millis());
            let postgres = postgres.options([
                ("lock_timeout", patience.as_str()),
                (
                    "default_transaction_read_only",
                    if only_reads { "on" } else { "off" },
                ),
                // A desk that vanished with its machine is noticed and lets go of the writers' lock.
                ("tcp_keepalives_idle", "20"),
                ("tcp_keepalives_interval", "5"),
                ("tcp_keepalives_count", "3"),
            ]);
            if only_reads {
                postgres
            } else {
                postgres.options([("idle_in_transaction_session_timeout", "30s")])
            }
        });
    options
}

async fn assert_guarantees(db: &DatabaseConnection, durability: Durability) -> Result<(), Error> {
    match db.get_database_backend() {
        DbBackend::Sqlite => assert_sqlite(db).await,
        DbBackend::Postgres => assert_postgres(db, durability).await,
        other => Err(Error::Unfit(format!(
            "{other:?} is neither SQLite nor PostgreSQL"
        ))),
    }
}

async fn assert_sqlite(db: &DatabaseConnection) -> Result<(), Error> {
    let version = told(db, "SELECT sqlite_version()").await?;
    let parts: Vec<u32> = version
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    if parts.as_slice() < SQLITE_LEAST.as_slice() {
        return Err(Error::Unfit(format!(
            "SQLite {version} is older than 3.51.3"
        )));
    }
    for (pragma, wanted) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("secure_delete", "1"),
        ("recursive_triggers", "1"),
    ] {
        let has = told(
            db,
            &format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"),
        )
        .await?;
        if has != wanted {
            return Err(Error::Unfit(format!(
                "PRAGMA {pragma} is {has} and must be {wanted}"
            )));
        }
    }
    Ok(())
}

async fn assert_postgres(db: &DatabaseConnection, durability: Durability) -> Result<(), Error> {
    let version = told(db, "SHOW server_version_num").await?;
    if version.parse::<i64>().unwrap_or_default() / 10_000 < POSTGRES_LEAST {
        return Err(Error::Unfit(format!(
            "PostgreSQL {version} is older than {POSTGRES_LEAST}"
        )));
    }
    if durability == Durability::Waived {
        return Ok(());
    }
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let has = told(db, &format!("SHOW {setting}")).await?;
        // `remote_apply` and its kin wait for more than the own disk, not for less.
        let fits =
            has == "on" || (setting == "synchronous_commit" && has.starts_with("remote_apply"));
        if !fits {
            return Err(Error::Unfit(format!(
                "PostgreSQL's {setting} is {has} and must be on"
            )));
        }
    }
    Ok(())
}

async fn told(db: &DatabaseConnection, sql: &str) -> Result<String, Error> {
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let row = db
        .query_one_raw(asked)
        .await?
        .ok_or_else(|| Error::Other(format!("no answer to {sql}")))?;
    Ok(row.try_get_by_index(0)?)
}
