//! Keys of ledgers and witnesses, and what they sign with. Source: C2SP signed-note, tlog-cosignature.

use std::{fmt, str::FromStr};

use base64ct::{Base64, Encoding};
use ed25519_dalek::Signer;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Misread;

/// Begins every line of a signature. Source: C2SP signed-note.
const DASH: &str = "\u{2014} ";

/// What a key is for. Source: C2SP signed-note, signature types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Signs the checkpoints of a log.
    Log = 0x01,
    /// Cosigns checkpoints, with the time.
    Witness = 0x04,
}

impl Use {
    fn of(byte: u8) -> Option<Self> {
        [Self::Log, Self::Witness]
            .into_iter()
            .find(|one| *one as u8 == byte)
    }
}

/// The public half of a key, as others hold it: `name+id+base64`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerifyingKey {
    name: String,
    used: Use,
    key: [u8; 32],
}

impl VerifyingKey {
    /// Whose it is: for a ledger's key, the ledger's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    pub fn used(&self) -> Use {
        self.used
    }

    /// Four bytes that find a key among several.
    pub fn id(&self) -> [u8; 4] {
        let hash = Sha256::new_with_prefix(self.name.as_bytes())
            .chain_update([b'\n', self.used as u8])
            .chain_update(self.key)
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let (Ok(key), Ok(signature)) = (
            ed25519_dalek::VerifyingKey::from_bytes(&self.key),
            ed25519_dalek::Signature::from_slice(signature),
        ) else {
            return false;
        };
        key.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.used as u8][..], &self.key].concat();
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            u32::from_be_bytes(self.id()),
            Base64::encode_string(&key)
        )
    }
}

impl FromStr for VerifyingKey {
    type Err = Misread;
    fn from_str(raw: &str) -> Result<Self, Misread> {
        let read = || {
            let (name, rest) = raw.trim().split_once('+')?;
            let (_, encoded) = rest.split_once('+')?;
            let bytes = Base64::decode_vec(encoded).ok()?;
            let (used, key) = bytes.split_first()?;
            let read = Self {
                name: named(name)?.to_owned(),
                used: Use::of(*used)?,
                key: key.try_into().ok()?,
            };
            // The id is computed, so one that was typed wrong is found by writing it back.
            (read.to_string() == raw.trim()).then_some(read)
        };
        read().ok_or(Misread::Key)
    }
}

impl TryFrom<String> for VerifyingKey {
    type Error = Misread;
    fn try_from(raw: String) -> Result<Self, Misread> {
        raw.parse()
    }
}

impl From<VerifyingKey> for String {
    fn from(key: VerifyingKey) -> Self {
        key.to_string()
    }
}

/// A name that a key may have: not empty, without spaces and without plus signs.
fn named(name: &str) -> Option<&str> {
    (!name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+')).then_some(name)
}

/// The private half of a key. It is never shown; [`Self::to_secret`] is for the file it lies in.
#[derive(Clone)]
pub struct SigningKey {
    verifying: VerifyingKey,
    secret: ed25519_dalek::SigningKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifying)
    }
}

impl SigningKey {
    /// A key made from 32 random bytes.
    ///
    /// # Errors
    /// [`Misread::Key`] for a name with spaces or plus signs.
    pub fn make(name: &str, used: Use, seed: &[u8; 32]) -> Result<Self, Misread> {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(Self {
            verifying: VerifyingKey {
                name: named(name).ok_or(Misread::Key)?.to_owned(),
                used,
                key: secret.verifying_key().to_bytes(),
            },
            secret,
        })
    }

    /// The public half.
    pub fn verifying(&self) -> &VerifyingKey {
        &self.verifying
    }

    /// `PRIVATE+KEY+name+id+base64`, as the note tools of others write it.
    pub fn to_secret(&self) -> Zeroizing<String> {
        let key =
            Zeroizing::new([&[self.verifying.used as u8][..], &self.secret.to_bytes()].concat());
        let encoded = Zeroizing::new(Base64::encode_string(&key));
        Zeroizing::new(format!(
            "PRIVATE+KEY+{}+{:08x}+{}",
            self.verifying.name,
            u32::from_be_bytes(self.verifying.id()),
            *encoded
        ))
    }

    /// Reads what [`Self::to_secret`] wrote.
    ///
    /// # Errors
    /// [`Misread::Key`].
    pub fn from_secret(raw: &str) -> Result<Self, Misread> {
        let read = || {
            let (name, rest) = raw.trim().strip_prefix("PRIVATE+KEY+")?.split_once('+')?;
            let (_, encoded) = rest.split_once('+')?;
            let bytes = Zeroizing::new(Base64::decode_vec(encoded).ok()?);
            let (used, seed) = bytes.split_first()?;
            let seed = Zeroizing::new(<[u8; 32]>::try_from(seed).ok()?);
            let key = Self::make(name, Use::of(*used)?, &seed).ok()?;
            (key.to_secret().as_str() == raw.trim()).then_some(key)
        };
        read().ok_or(Misread::Key)
    }

    /// Signs the text of a note; a witness says when.
    pub(super) fn sign(&self, text: &str, at: Timestamp) -> Signature {
        let mut bytes = self.verifying.id().to_vec();
        match self.verifying.used {
            Use::Log => bytes.extend(self.secret.sign(text.as_bytes()).to_bytes()),
            Use::Witness => {
                let seconds = u64::try_from(at.as_second()).unwrap_or(0);
                bytes.extend(seconds.to_be_bytes());
                bytes.extend(
                    self.secret
                        .sign(cosigned(seconds, text).as_bytes())
                        .to_bytes(),
                );
            }
        }
        Signature {
            name: self.verifying.name.clone(),
            bytes,
        }
    }
}

/// What a cosignature signs. Source: C2SP tlog-cosignature, version 1.
pub(super) fn cosigned(seconds: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

/// One line of a note's signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub name: String,
    /// The key's id, then what it signed with.
    pub(super) bytes: Vec<u8>,
}

impl Signature {
    /// The id of the key that made it.
    pub fn id(&self) -> [u8; 4] {
        [self.bytes[0], self.bytes[1], self.bytes[2], self.bytes[3]]
    }

    /// Reads one line.
    pub fn parse(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = Base64::decode_vec(encoded).ok()?;
        let read = Self {
            name: named(name)?.to_owned(),
            bytes,
        };
        (read.bytes.len() > 4).then_some(read)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{DASH}{} {}",
            self.name,
            Base64::encode_string(&self.bytes)
        )
    }
}
