//! Why a file was turned away, and what can break.

use std::io;

use crate::{BlobId, FileKind, Found};

/// A file that was not taken in. Each says what the person at the form can do.
#[derive(Debug, thiserror::Error)]
pub enum Turned {
    #[error("This file is empty; choose the file that holds the document.")]
    Empty,
    #[error("This file is larger than {}, the most one attachment may be; split it or scan it at a lower resolution.", Size(*.limit))]
    TooLarge { limit: u64 },
    #[error(
        "This file's name has no ending that tells its type; rename it to end in {}.",
        FileKind::ENDINGS
    )]
    Nameless,
    #[error(
        "Files ending in .{ending} are not accepted; attach {}.",
        FileKind::WORDS
    )]
    NotAccepted { ending: String },
    #[error("{}", mismatch(ending, *wanted, *found))]
    Mismatch {
        ending: String,
        wanted: FileKind,
        found: Found,
    },
    #[error("The upload broke off before the whole file had arrived; send it again.")]
    BrokenOff(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Nothing the sender did: a machine failed.
    #[error(transparent)]
    Failed(#[from] VaultError),
}

fn mismatch(ending: &str, wanted: FileKind, found: Found) -> String {
    let advice = match found {
        Found::Kind(_) => "rename it or attach",
        Found::Utf16 => "save it as UTF-8 and attach",
        _ => "attach",
    };
    let wanted = wanted.word();
    format!("This file is named .{ending} but its content is {found}; {advice} the {wanted}.")
}

/// A limit as a person reads it: whole mebibytes where it is one.
struct Size(u64);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
        for (unit, word) in UNITS {
            if self.0 >= unit && self.0.is_multiple_of(unit) {
                return write!(f, "{} {word}", self.0 / unit);
            }
        }
        write!(f, "{} bytes", self.0)
    }
}

/// What broke. Not for the person at the form: the office logs it with an incident number.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("could not {what}")]
    Io {
        what: &'static str,
        #[source]
        source: io::Error,
    },
    #[error("attachment {0} is not in the vault")]
    Missing(BlobId),
    #[error(
        "attachment {0} does not open: it, its key or what it is bound to is not what was kept"
    )]
    Tampered(BlobId),
    #[error("attachment {0} is locked with another master key than the one this desk was given")]
    OtherMasterKey(BlobId),
    #[error("the system gave no random bytes: {0}")]
    Randomness(#[from] getrandom::Error),
    /// Cannot happen below 256 TiB, and limits stand far below.
    #[error("attachment {0} could not be sealed")]
    Unsealable(BlobId),
}

impl VaultError {
    /// The disk is full: the caller answers "try again later", not "broken".
    pub fn is_out_of_room(&self) -> bool {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        matches!(self, Self::Io { source, .. }
            if matches!(source.kind(), StorageFull | QuotaExceeded))
    }
}

/// Says what was being done when a system call failed.
pub(crate) trait Told<T> {
    fn told(self, what: &'static str) -> Result<T, VaultError>;
}

impl<T> Told<T> for io::Result<T> {
    fn told(self, what: &'static str) -> Result<T, VaultError> {
        self.map_err(|source| VaultError::Io { what, source })
    }
}

/// Runs blocking file work beside the async threads.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)
        .told("finish work on the vault")?
}
