//! Whose turn it is to send: one process of all that share the database.
//!
//! There is no time in it. The kernel, or the database, lets go of a process's turn the moment the
//! process is gone, so a desk that was killed and started again sends at once, and one that only
//! hangs loses nothing to another.

use std::{fs::File, io, path::PathBuf, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use crate::{Error, Store};

/// Any number would do that is not the writers'.
const LOCK: &str = "SELECT pg_try_advisory_lock(5236411987001338)";
/// The file beside `SQLite`'s database that the sender holds.
const SUFFIX: &str = "-outbox";

/// A place in the queue of senders.
#[derive(Debug)]
pub struct Turn {
    held: Held,
}

#[derive(Debug)]
enum Held {
    File {
        path: PathBuf,
        lock: Option<File>,
    },
    /// A connection of its own: the lock belongs to the session, and goes with it.
    Session(DatabaseConnection),
}

impl Store {
    /// Stands in the queue of those who would send.
    ///
    /// # Errors
    /// Where the database cannot be reached.
    pub async fn sending(&self) -> Result<Turn, Error> {
        let held = if self.readers().get_database_backend() == DbBackend::Sqlite {
            let ask = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let ask = Statement::from_string(DbBackend::Sqlite, ask);
            let row = self.readers().query_one_raw(ask).await?;
            let row = row.ok_or_else(|| Error::Other("SQLite names no file".into()))?;
            let file: String = row.try_get_by_index(0)?;
            Held::File {
                path: PathBuf::from(file + SUFFIX),
                lock: None,
            }
        } else {
            let mut options = ConnectOptions::new(self.url());
            options
                .max_connections(1)
                .min_connections(0)
                .idle_timeout(None::<Duration>)
                .max_lifetime(None::<Duration>)
                .test_before_acquire(true)
                .sqlx_logging(false)
                .set_application_name("disclosure-desk outbox");
            Held::Session(Database::connect(options).await?)
        };
        Ok(Turn { held })
    }
}

impl Turn {
    /// Whether it is this process's turn. Once it is, it stays so until the process ends or loses its
    /// line to the database.
    ///
    /// # Errors
    /// Where that cannot be told.
    pub async fn has_come(&mut self) -> Result<bool, Error> {
        match &mut self.held {
            Held::File { lock: Some(_), .. } => Ok(true),
            Held::File { path, lock } => {
                let told = |error: io::Error| Error::Gone(format!("{}: {error}", path.display()));
                let file = File::create(&*path).map_err(told)?;
                match file.try_lock() {
                    Ok(()) => {
                        *lock = Some(file);
                        Ok(true)
                    }
                    Err(std::fs::TryLockError::WouldBlock) => Ok(false),
                    Err(std::fs::TryLockError::Error(error)) => Err(told(error)),
                }
            }
            // Asked again of a session that holds it, the answer is yes once more; a session that was
            // replaced has to win it anew.
            Held::Session(session) => {
                let ask = Statement::from_string(DbBackend::Postgres, LOCK);
                let row = session.query_one_raw(ask).await?;
                let row = row.ok_or_else(|| Error::Other("no answer to a lock".into()))?;
                Ok(row.try_get_by_index(0)?)
            }
        }
    }
}
