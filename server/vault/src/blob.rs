//! The name of a blob, and where it lies.

use std::{
    fmt,
    fs::{self, File},
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::{VaultError, error::Told};

/// Names one kept file. Random, so that it tells nothing about case, order or time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId([u8; 16]);

impl BlobId {
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Two levels of folders keep each one small: `ab/cd/abcd…`.
    pub(crate) fn path_in(self, root: &Path) -> PathBuf {
        let name = self.to_string();
        root.join(&name[..2]).join(&name[2..4]).join(name)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobId({self})")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of a blob is 32 lower-case hexadecimal digits")]
pub struct NotABlobId;

impl FromStr for BlobId {
    type Err = NotABlobId;

    fn from_str(name: &str) -> Result<Self, NotABlobId> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(name, &mut bytes).map_err(|_| NotABlobId)?;
        let id = Self(bytes);
        // A blob has one name: "AB…" and "ab…" are two files on most disks.
        (id.to_string() == name).then_some(id).ok_or(NotABlobId)
    }
}

/// Makes a rename or a removal in the folder of `path` durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), VaultError> {
    let folder = path.parent().unwrap_or(path);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .told("make a folder of the vault durable")
}

/// Every blob that lies in its own place under `root`. Anything else there is not ours.
pub(crate) fn all_in(root: &Path) -> Result<Vec<BlobId>, VaultError> {
    let mut blobs = Vec::new();
    for outer in folders_in(root)? {
        for inner in folders_in(&outer)? {
            for entry in fs::read_dir(inner).told("list the vault")? {
                let path = entry.told("list the vault")?.path();
                let name = path.file_name().and_then(|name| name.to_str());
                let blob = name.and_then(|name| name.parse::<BlobId>().ok());
                blobs.extend(blob.filter(|blob| blob.path_in(root) == path));
            }
        }
    }
    Ok(blobs)
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, VaultError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).told("list the vault")? {
        let entry = entry.told("list the vault")?;
        if entry.file_type().told("list the vault")?.is_dir() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_has_one_name() {
        let id = BlobId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("AB".repeat(16).parse::<BlobId>(), Err(NotABlobId));
        assert_eq!("../../etc/passwd".parse::<BlobId>(), Err(NotABlobId));
    }
}
