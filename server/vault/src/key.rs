//! The master key, and the file keys it wraps.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{BlobId, VaultError};

const KEY: usize = 32;
const MARK: usize = 8;
const NONCE: usize = 24;
/// The first byte of a wrapped key, so that the way of wrapping can change one day.
const WRAPPING: u8 = 1;

/// Wraps the keys of all blobs. Lives in a file or the environment, never in the database
/// or a backup of it.
pub struct MasterKey(Zeroizing<[u8; KEY]>);

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error("the master key {path} cannot be read or made: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("the master key {path} can be read by others; make it private: chmod 600 {path}")]
    NotPrivate { path: PathBuf },
    #[error("a master key is 64 hexadecimal digits; {0} holds something else")]
    NotAKey(String),
    #[error("the master key {path} exists already and is not replaced")]
    Exists { path: PathBuf },
    #[error("the system gave no random bytes: {0}")]
    Randomness(#[from] getrandom::Error),
}

impl MasterKey {
    /// Reads a key file: 64 hexadecimal digits, readable by its owner only.
    pub fn from_file(path: &Path) -> Result<Self, KeyFault> {
        let fault = at(path);
        let file = File::open(path).map_err(&fault)?;
        let mode = file.metadata().map_err(&fault)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyFault::NotPrivate { path: path.into() });
        }
        // One byte more than a key and its line end: longer files are not read whole.
        let mut text = Zeroizing::new(String::with_capacity(2 * KEY + 3));
        file.take(2 * KEY as u64 + 3)
            .read_to_string(&mut text)
            .map_err(&fault)?;
        Self::parse(&text).ok_or_else(|| KeyFault::NotAKey(path.display().to_string()))
    }

    /// Reads a key from 64 hexadecimal digits, as an environment variable carries it.
    pub fn from_hex(text: &str) -> Result<Self, KeyFault> {
        Self::parse(text).ok_or_else(|| KeyFault::NotAKey("the text given".into()))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; KEY]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    pub fn random() -> Result<Self, KeyFault> {
        let mut bytes = Zeroizing::new([0; KEY]);
        getrandom::fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// Makes a new key file, private and durable before it appears under its name.
    /// A key that exists is never replaced: everything it locked would be lost.
    pub fn create_file(path: &Path) -> Result<Self, KeyFault> {
        let fault = at(path);
        let key = Self::random()?;
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(&fault)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(&fault)?;
        let mut text = Zeroizing::new(vec![0; 2 * KEY + 1]);
        hex::encode_to_slice(key.0.as_slice(), &mut text[..2 * KEY])
            .map_err(|wrong| fault(io::Error::other(wrong)))?;
        text[2 * KEY] = b'\n';
        file.write_all(&text).map_err(&fault)?;
        file.as_file().sync_all().map_err(&fault)?;
        file.persist_noclobber(path)
            .map_err(|taken| match taken.error.kind() {
                io::ErrorKind::AlreadyExists => KeyFault::Exists { path: path.into() },
                _ => fault(taken.error),
            })?;
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(&fault)?;
        Ok(key)
    }

    /// Tells keys apart without telling the key: for logs, and for finding what a change of
    /// key has not re-wrapped yet.
    pub fn mark(&self) -> [u8; MARK] {
        let digest = Sha256::new()
            .chain_update(b"disclosure-desk master key mark v1")
            .chain_update(self.0.as_slice())
            .finalize();
        let mut mark = [0; MARK];
        mark.copy_from_slice(&digest[..MARK]);
        mark
    }

    /// Whether this is the key that wrapped `wrapped_key`.
    pub fn has_wrapped(&self, wrapped_key: &[u8]) -> bool {
        wrapped_key.get(1..=MARK) == Some(self.mark().as_slice())
    }

    /// `version | mark of the master key | nonce | file key and tag`.
    pub(crate) fn wrap(
        &self,
        key: &FileKey,
        blob: BlobId,
        bound_to: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let associated = associated(blob, bound_to);
        let payload = Payload {
            msg: key.0.as_slice(),
            aad: &associated,
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::Unsealable(blob))?;
        Ok([&[WRAPPING][..], &self.mark(), &nonce, &sealed].concat())
    }

    pub(crate) fn unwrap_key(
        &self,
        wrapped_key: &[u8],
        blob: BlobId,
        bound_to: &[u8],
    ) -> Result<FileKey, VaultError> {
        let tampered = || VaultError::Tampered(blob);
        let rest = wrapped_key.strip_prefix(&[WRAPPING]).ok_or_else(tampered)?;
        let (mark, rest) = rest.split_first_chunk::<MARK>().ok_or_else(tampered)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(tampered)?;
        if *mark != self.mark() {
            return Err(VaultError::OtherMasterKey(blob));
        }
        let associated = associated(blob, bound_to);
        let payload = Payload {
            msg: sealed,
            aad: &associated,
        };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        let opened = Zeroizing::new(opened.map_err(|_| tampered())?);
        let mut key = Zeroizing::new([0; KEY]);
        if opened.len() != KEY {
            return Err(tampered());
        }
        key.copy_from_slice(&opened);
        Ok(FileKey(key))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", hex::encode(self.mark()))
    }
}

/// Seals one blob, and nothing else.
pub(crate) struct FileKey(pub(crate) Zeroizing<[u8; KEY]>);

impl FileKey {
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; KEY]);
        getrandom::fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }
}

fn associated(blob: BlobId, bound_to: &[u8]) -> Vec<u8> {
    [
        b"disclosure-desk file key v1",
        &blob.as_bytes()[..],
        bound_to,
    ]
    .concat()
}

fn at(path: &Path) -> impl Fn(io::Error) -> KeyFault {
    move |source| KeyFault::Io {
        path: path.into(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOB: BlobId = BlobId::from_bytes([7; 16]);

    #[test]
    fn a_made_key_file_is_private_and_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/master.key");
        let made = MasterKey::create_file(&path).unwrap();
        let bits = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(bits & 0o777, 0o600);
        assert_eq!(MasterKey::from_file(&path).unwrap().mark(), made.mark());
    }

    #[test]
    fn a_key_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let first = MasterKey::create_file(&path).unwrap();
        let again = MasterKey::create_file(&path);
        assert!(matches!(again, Err(KeyFault::Exists { .. })));
        assert_eq!(MasterKey::from_file(&path).unwrap().mark(), first.mark());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_file_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::create_file(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = MasterKey::from_file(&path).unwrap_err().to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }

    #[test]
    fn what_is_not_64_digits_is_no_key() {
        for text in ["", "abc", &"g".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
            assert!(MasterKey::from_hex(text).is_err(), "{text}");
        }
        assert!(MasterKey::from_hex(&format!("{}\n", "a".repeat(64))).is_ok());
    }

    #[test]
    fn a_key_is_not_shown_when_it_is_debugged() {
        let key = MasterKey::from_hex(&"ab".repeat(32)).unwrap();
        assert!(!format!("{key:?}").contains("abab"));
    }

    #[test]
    fn one_flipped_byte_of_a_wrapped_key_does_not_unwrap() {
        let master = MasterKey::random().unwrap();
        let wrapped = master
            .wrap(&FileKey::random().unwrap(), BLOB, b"case 1")
            .unwrap();
        for at in 0..wrapped.len() {
            let mut bent = wrapped.clone();
            bent[at] ^= 1;
            assert!(master.unwrap_key(&bent, BLOB, b"case 1").is_err(), "{at}");
        }
        for cut in 0..wrapped.len() {
            assert!(master.unwrap_key(&wrapped[..cut], BLOB, b"case 1").is_err());
        }
        assert!(master.unwrap_key(&wrapped, BLOB, b"case 2").is_err());
        assert!(master.unwrap_key(&wrapped, BLOB, b"case 1").is_ok());
    }

    #[test]
    fn another_master_key_is_named_as_such() {
        let (one, other) = (MasterKey::random().unwrap(), MasterKey::random().unwrap());
        let wrapped = one.wrap(&FileKey::random().unwrap(), BLOB, b"").unwrap();
        assert!(one.has_wrapped(&wrapped) && !other.has_wrapped(&wrapped));
        let refused = other.unwrap_key(&wrapped, BLOB, b"").err();
        assert!(matches!(refused, Some(VaultError::OtherMasterKey(_))));
    }
}
