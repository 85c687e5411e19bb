//! A blob on its way in.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use crate::{
    BlobId, FileKind, Turned, VaultError, blob,
    error::{Told, aside},
    kind::Examiner,
    seal::{CHUNK, Place, SEALED, Seal},
};

/// Removes itself when it is dropped before it was kept.
pub(crate) struct Incoming {
    file: tokio::fs::File,
    path: TempPath,
    seal: Seal,
    examiner: Examiner,
    /// Plaintext of the chunk being filled. It is sealed in place, so that this is the only
    /// copy the vault makes.
    chunk: Vec<u8>,
    number: u64,
    sha256: Sha256,
    size: u64,
}

impl Incoming {
    pub(crate) async fn begin(
        folder: &Path,
        seal: Seal,
        examiner: Examiner,
    ) -> Result<Self, VaultError> {
        let folder = folder.to_owned();
        let (file, path) = aside(move || {
            let made = tempfile::Builder::new().tempfile_in(folder);
            let (file, path) = made.told("begin an attachment")?.into_parts();
            // Tells the sweep of a desk that starts meanwhile that somebody is writing here.
            file.try_lock()
                .map_err(io::Error::from)
                .told("begin an attachment")?;
            Ok((file, path))
        })
        .await?;
        let mut file = tokio::fs::File::from_std(file);
        file.write_all(seal.header())
            .await
            .told("write an attachment")?;
        Ok(Self {
            file,
            path,
            seal,
            examiner,
            chunk: Vec::with_capacity(SEALED),
            number: 0,
            sha256: Sha256::new(),
            size: 0,
        })
    }

    pub(crate) async fn take(&mut self, mut bytes: &[u8], limit: u64) -> Result<(), Turned> {
        self.size += bytes.len() as u64;
        if self.size > limit {
            return Err(Turned::TooLarge { limit });
        }
        while !bytes.is_empty() {
            // A full chunk is sealed only once a further byte shows that it is not the last.
            if self.chunk.len() == CHUNK {
                self.seal_chunk(false).await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Seals the last chunk and gives the blob its name; durable when this returns.
    pub(crate) async fn keep_as(
        mut self,
        root: &Path,
        blob: BlobId,
    ) -> Result<(FileKind, [u8; 32], u64), Turned> {
        if self.size == 0 {
            return Err(Turned::Empty);
        }
        self.seal_chunk(true).await?;
        let kind = self.examiner.conclude()?;
        self.file.flush().await.told("write an attachment")?;
        let file = self.file.into_std().await;
        let (path, root) = (self.path, root.to_owned());
        aside(move || settle(&file, path, &root, blob)).await?;
        Ok((kind, self.sha256.finalize().into(), self.size))
    }

    async fn seal_chunk(&mut self, last: bool) -> Result<(), Turned> {
        self.examiner.look(&self.chunk)?;
        self.sha256.update(&self.chunk);
        let number = self.number;
        self.seal.close(Place { number, last }, &mut self.chunk)?;
        let written = self.file.write_all(&self.chunk).await;
        written.told("write an attachment")?;
        self.chunk.clear();
        self.number += 1;
        Ok(())
    }
}

fn settle(file: &File, path: TempPath, root: &Path, blob: BlobId) -> Result<(), VaultError> {
    file.sync_all().told("make an attachment durable")?;
    let place = blob.path_in(root);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).told("make a folder of the vault")?;
    }
    path.persist_noclobber(&place)
        .map_err(|taken| taken.error)
        .told("give an attachment its name")?;
    // The blob's folder, and both above it: who made them is unknown, so all three are synced.
    for level in place.ancestors().take(3) {
        blob::sync_folder(level)?;
    }
    Ok(())
}

/// Removes what a desk that died left behind. A file that is locked is being written by a desk
/// that lives.
pub(crate) fn sweep(folder: &Path) -> Result<(), VaultError> {
    const SWEEP: &str = "sweep half-received attachments";
    for entry in fs::read_dir(folder).told(SWEEP)? {
        let path = entry.told(SWEEP)?.path();
        let left_behind = match File::open(&path) {
            Ok(file) => file.try_lock().is_ok(),
            // Its writer has just finished or given up.
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => false,
            Err(fault) => return Err(fault).told(SWEEP),
        };
        if left_behind {
            fs::remove_file(&path).told(SWEEP)?;
        }
    }
    Ok(())
}
