//! Attachments at rest.
//!
//! A file is encrypted while it arrives, so that no plaintext ever touches the disk:
//!
//! ```text
//! root/incoming/…          being received; swept at the next start if the desk dies
//! root/ab/cd/abcd…         one blob: a header, then sealed chunks of 64 KiB
//! ```
//!
//! Invariants:
//! - **Each blob has its own random key**, wrapped by the [`MasterKey`]; turning the master key
//!   re-wraps those keys and leaves the blobs alone.
//! - **A blob opens only where it belongs.** Its id and what it is bound to (the case and the
//!   order) are authenticated with every chunk, so a blob moved to another case does not open.
//! - **No plaintext without proof.** A chunk is handed out only after its tag was checked; a
//!   missing, added, swapped or changed chunk is an error.
//! - **Whole or not at all.** A blob appears under its name by a rename, after it was synced;
//!   a failed sync is never retried, the blob is dropped.
//!
//! Deliberately absent: deduplication (it would tell that two cases hold the same file),
//! compression, and any knowledge of cases, members or tables.

mod blob;
mod error;
mod incoming;
mod key;
mod kind;
mod outgoing;
mod seal;
mod text;

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    pin::pin,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

pub use blob::BlobId;
pub use error::{Turned, VaultError};
pub use key::{KeyFault, MasterKey};
pub use kind::{FileKind, Found};

use error::Told;
use incoming::Incoming;
use key::FileKey;
use kind::Examiner;
use seal::Seal;

const INCOMING: &str = "incoming";

/// Where attachments are kept, and the key that opens them.
#[derive(Debug)]
pub struct Vault {
    root: PathBuf,
    master: MasterKey,
}

/// What the desk must remember about a file it took in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub blob: BlobId,
    /// The blob's key, wrapped by the master key. Useless without it.
    pub wrapped_key: Vec<u8>,
    /// SHA-256 of the plaintext: what the ledger seals and the record prints.
    pub sha256: [u8; 32],
    /// Length of the plaintext in bytes.
    pub size: u64,
    pub kind: FileKind,
}

impl Vault {
    /// Opens the vault under `root`, making it if it is not there, and sweeps away what an
    /// earlier desk left half received.
    pub fn open(root: &Path, master: MasterKey) -> Result<Self, VaultError> {
        let incoming = root.join(INCOMING);
        fs::create_dir_all(&incoming).told("make the folder of the vault")?;
        incoming::sweep(&incoming)?;
        Ok(Self {
            root: root.to_owned(),
            master,
        })
    }

    /// Takes in a file: examines, hashes and encrypts it while it arrives.
    ///
    /// `bound_to` names the case and the order; only who names the same may read the blob.
    /// When this returns the blob is durable. When it fails, or the caller walks away,
    /// nothing of the file is left.
    pub async fn receive<E>(
        &self,
        bound_to: &[u8],
        file_name: &str,
        limit: u64,
        chunks: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Kept, Turned>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let examiner = Examiner::of(file_name)?;
        let blob = BlobId::random()?;
        let key = FileKey::random()?;
        let wrapped_key = self.master.wrap(&key, blob, bound_to)?;
        let seal = Seal::new(&key, blob, bound_to)?;
        let mut incoming = Incoming::begin(&self.root.join(INCOMING), seal, examiner).await?;
        let mut chunks = pin!(chunks);
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|broken| Turned::BrokenOff(broken.into()))?;
            incoming.take(&chunk, limit).await?;
        }
        let (kind, sha256, size) = incoming.keep_as(&self.root, blob).await?;
        Ok(Kept {
            blob,
            wrapped_key,
            sha256,
            size,
            kind,
        })
    }

    /// Opens a blob for reading. Its first chunk is already proven when this returns, so a
    /// blob that does not open is an error before any answer has begun.
    pub async fn read(
        &self,
        blob: BlobId,
        wrapped_key: &[u8],
        bound_to: &[u8],
    ) -> Result<impl Stream<Item = Result<Bytes, VaultError>> + Send + use<>, VaultError> {
        let key = self.master.unwrap_key(wrapped_key, blob, bound_to)?;
        outgoing::open(&blob.path_in(&self.root), blob, &key, bound_to).await
    }

    /// Reads a whole blob and tells its SHA-256 and size, for the verifier to compare.
    pub async fn digest(
        &self,
        blob: BlobId,
        wrapped_key: &[u8],
        bound_to: &[u8],
    ) -> Result<([u8; 32], u64), VaultError> {
        let mut chunks = pin!(self.read(blob, wrapped_key, bound_to).await?);
        let (mut sha256, mut size) = (Sha256::new(), 0);
        while let Some(chunk) = chunks.try_next().await? {
            sha256.update(&chunk);
            size += chunk.len() as u64;
        }
        Ok((sha256.finalize().into(), size))
    }

    /// Destroys a blob. One that is already gone is no fault, so that a purge can be repeated.
    pub async fn discard(&self, blob: BlobId) -> Result<(), VaultError> {
        let path = blob.path_in(&self.root);
        error::aside(move || match fs::remove_file(&path) {
            Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => {
                done.told("remove an attachment")?;
                blob::sync_folder(&path)
            }
        })
        .await
    }

    /// Blobs that nobody knows: received by a desk that died before its database row was kept.
    ///
    /// Ask only while nothing is being received, at start: between a blob's rename and its
    /// row's commit a good blob looks like a stray.
    pub async fn strays(&self, known: &HashSet<BlobId>) -> Result<Vec<BlobId>, VaultError> {
        let root = self.root.clone();
        let mut found = error::aside(move || blob::all_in(&root)).await?;
        found.retain(|blob| !known.contains(blob));
        Ok(found)
    }

    /// Wraps a blob's key for a new master key; the blob itself stays as it is.
    pub fn rewrap(
        &self,
        blob: BlobId,
        wrapped_key: &[u8],
        bound_to: &[u8],
        new: &MasterKey,
    ) -> Result<Vec<u8>, VaultError> {
        let key = self.master.unwrap_key(wrapped_key, blob, bound_to)?;
        new.wrap(&key, blob, bound_to)
    }
}
