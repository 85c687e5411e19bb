//! What failed. None of it crosses the desk: it is logged, and people are told that something
//! broke, or that the database cannot be reached just now.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, is full or too busy: worth trying again later.
    #[error("the database cannot be reached: {0}")]
    Gone(String),
    /// The disk did not confirm a write. What is on it is unknown until the database is opened
    /// again, so the process must end; trying the write once more could lose it silently.
    #[error("the disk did not confirm a write: {0}")]
    Unconfirmed(String),
    /// Somebody else changed the same thing first.
    #[error("it was changed by somebody else at the same time: {0}")]
    Conflict(String),
    /// What should be changed is not there.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// The tables hold what the desk never wrote there.
    #[error("the database holds what the desk never wrote: {0}")]
    Corrupt(String),
    /// The database lacks a guarantee that the desk gives its members.
    #[error("the database is not fit: {0}")]
    Unfit(String),
    /// The caller asked for what the store never does.
    #[error("the store does not do this: {0}")]
    Misused(&'static str),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Error {
    /// Whether trying again later may help: the answer is 503, not 500.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Gone(_))
    }
}

impl From<DbErr> for Error {
    fn from(err: DbErr) -> Self {
        let says = err.to_string();
        match err {
            DbErr::Conn(RuntimeErr::SqlxError(cause)) => match of_sqlx(&cause, says) {
                // Whatever keeps a connection from being made, the database is out of reach.
                Self::Other(says) => Self::Gone(says),
                known => known,
            },
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Gone(says),
            DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => of_sqlx(&cause, says),
            DbErr::TryIntoErr { .. } | DbErr::Type(_) | DbErr::Json(_) => Self::Corrupt(says),
            _ => Self::Other(says),
        }
    }
}

fn of_sqlx(cause: &sqlx::Error, says: String) -> Error {
    match cause {
        sqlx::Error::Database(told) => of_code(told.code().as_deref().unwrap_or_default(), says),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Error::Gone(says),
        sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Decode(_)
        | sqlx::Error::TypeNotFound { .. } => Error::Corrupt(says),
        _ => Error::Other(says),
    }
}

/// `PostgreSQL`'s codes have five characters (its manual, appendix A); `SQLite`'s are numbers, of which
/// the last byte is the kind (sqlite.org/rescode.html).
fn of_code(code: &str, says: String) -> Error {
    if code.len() == 5 {
        return match code {
            "23505" | "40001" | "40P01" => Error::Conflict(says),
            // A lock that was waited for too long, a statement cancelled for taking too long.
            "55P03" | "57014" => Error::Gone(says),
            _ => match &code[..2] {
                // Connection, resources, intervention by the operator, disk.
                "08" | "53" | "57" | "58" => Error::Gone(says),
                "XX" => Error::Corrupt(says),
                _ => Error::Other(says),
            },
        };
    }
    let code: i32 = code.parse().unwrap_or_default();
    match (code, code & 0xff) {
        // IOERR_FSYNC, IOERR_DIR_FSYNC.
        (1034 | 1290, _) => Error::Unconfirmed(says),
        // CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE, CONSTRAINT_ROWID.
        (1555 | 2067 | 2579, _) => Error::Conflict(says),
        // BUSY, LOCKED, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN.
        (_, 5 | 6 | 8 | 9 | 10 | 13 | 14) => Error::Gone(says),
        // CORRUPT, NOTADB.
        (_, 11 | 26) => Error::Corrupt(says),
        _ => Error::Other(says),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_worth_trying_again_and_a_failed_sync_is_not() {
        assert!(of_code("13", String::new()).is_gone());
        assert!(matches!(
            of_code("1034", String::new()),
            Error::Unconfirmed(_)
        ));
    }

    #[test]
    fn a_database_that_shuts_down_is_gone() {
        for code in ["08006", "57P01", "57P03", "53300", "53100", "55P03"] {
            assert!(of_code(code, String::new()).is_gone(), "{code}");
        }
    }
}
