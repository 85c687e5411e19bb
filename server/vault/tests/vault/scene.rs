//! A vault in a folder of its own, and short ways to hand it files.

use std::{
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
};

use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt, stream};
use tempfile::TempDir;
use vault::{BlobId, Kept, MasterKey, Turned, Vault, VaultError};

pub const CASE: &[u8] = b"case 7 / order 1";
pub const CHUNK: usize = 64 * 1024;
pub const MIB: u64 = 1024 * 1024;

pub struct Scene {
    pub folder: TempDir,
    pub vault: Vault,
}

pub fn scene() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), MasterKey::random().unwrap()).unwrap();
    Scene { folder, vault }
}

/// A file that begins as a PDF and is `length` bytes long, no two chunks alike.
pub fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut number = 0_u32;
    while bytes.len() < length {
        bytes.extend_from_slice(&number.to_le_bytes());
        number += 1;
    }
    bytes.truncate(length);
    bytes
}

/// Arrives in pieces of an odd size, as from a network.
pub fn pieces(bytes: &[u8]) -> Vec<Result<Bytes, Infallible>> {
    let pieces = bytes.chunks(7_001).map(Bytes::copy_from_slice);
    pieces.map(Ok).collect()
}

impl Scene {
    pub async fn receive(&self, name: &str, bytes: &[u8]) -> Result<Kept, Turned> {
        let chunks = stream::iter(pieces(bytes));
        self.vault.receive(CASE, name, 10 * MIB, chunks).await
    }

    pub async fn keep(&self, bytes: &[u8]) -> Kept {
        self.receive("order.pdf", bytes).await.unwrap()
    }

    pub async fn read(&self, kept: &Kept) -> Result<Vec<u8>, VaultError> {
        let chunks = self
            .vault
            .read(kept.blob, &kept.wrapped_key, CASE)
            .await?
            .try_collect::<BytesMut>();
        Ok(chunks.await?.to_vec())
    }

    pub fn path_of(&self, blob: BlobId) -> PathBuf {
        let name = blob.to_string();
        let shard = self.folder.path().join(&name[..2]).join(&name[2..4]);
        shard.join(name)
    }

    /// Every file under the vault, blobs and leftovers alike.
    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, found);
                } else {
                    found.push(path);
                }
            }
        }
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found
    }
}
