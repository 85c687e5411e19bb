//! How the chunks of a blob are sealed: STREAM over XChaCha20-Poly1305.
//!
//! The nonce of a chunk is a random prefix, the chunk's number and whether it is the last, so a
//! chunk opens only in its own place and a shortened blob has no last chunk.
//! Source: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its
//! Nonce-Reuse Misuse-Resistance", 2015, section 7.

use aead_stream::{NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

use crate::{BlobId, VaultError, key::FileKey};

/// Plaintext bytes in every chunk but the last, which has between one and as many.
pub(crate) const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// A chunk as it lies on the disk.
pub(crate) const SEALED: usize = CHUNK + TAG;

const MAGIC: [u8; 5] = *b"DDV1\n";
const PREFIX: usize = 19;
pub(crate) const HEADER: usize = MAGIC.len() + PREFIX;

/// Closes and opens the chunks of one blob.
pub(crate) struct Seal {
    blob: BlobId,
    stream: StreamBE32<XChaCha20Poly1305>,
    header: [u8; HEADER],
    associated: Vec<u8>,
}

/// Where a chunk stands in its blob.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) number: u64,
    pub(crate) last: bool,
}

impl Seal {
    /// A seal for a new blob.
    pub(crate) fn new(key: &FileKey, blob: BlobId, bound_to: &[u8]) -> Result<Self, VaultError> {
        let mut header = [0; HEADER];
        let (magic, prefix) = header.split_at_mut(MAGIC.len());
        magic.copy_from_slice(&MAGIC);
        getrandom::fill(prefix)?;
        Ok(Self::over(header, key, blob, bound_to))
    }

    /// The seal of a blob that begins with `header`.
    pub(crate) fn of(
        header: [u8; HEADER],
        key: &FileKey,
        blob: BlobId,
        bound_to: &[u8],
    ) -> Result<Self, VaultError> {
        if !header.starts_with(&MAGIC) {
            return Err(VaultError::Tampered(blob));
        }
        Ok(Self::over(header, key, blob, bound_to))
    }

    fn over(header: [u8; HEADER], key: &FileKey, blob: BlobId, bound_to: &[u8]) -> Self {
        let mut prefix = [0; PREFIX];
        prefix.copy_from_slice(&header[MAGIC.len()..]);
        let cipher = XChaCha20Poly1305::new((&*key.0).into());
        Self {
            blob,
            stream: StreamBE32::from_aead(cipher, &prefix.into()),
            header,
            associated: [&header[..], blob.as_bytes(), bound_to].concat(),
        }
    }

    pub(crate) fn header(&self) -> &[u8; HEADER] {
        &self.header
    }

    /// Turns plaintext into a sealed chunk, in its own memory.
    pub(crate) fn close(&self, place: Place, chunk: &mut Vec<u8>) -> Result<(), VaultError> {
        let fault = || VaultError::Unsealable(self.blob);
        let number = u32::try_from(place.number).map_err(|_| fault())?;
        self.stream
            .encrypt_in_place(number, place.last, &self.associated, chunk)
            .map_err(|_| fault())
    }

    /// Turns a sealed chunk into plaintext, or says that it is not the chunk of this place.
    pub(crate) fn open(&self, place: Place, chunk: &mut Vec<u8>) -> Result<(), VaultError> {
        let fault = || VaultError::Tampered(self.blob);
        let number = u32::try_from(place.number).map_err(|_| fault())?;
        self.stream
            .decrypt_in_place(number, place.last, &self.associated, chunk)
            .map_err(|_| fault())
    }
}
