//! Checkpoints as signed notes, and the keys that sign them.
//! Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature.

mod key;

use std::{fmt, str::FromStr};

use base64ct::{Base64, Encoding};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Hash;
use key::cosigned;
pub use key::{Signature, SigningKey, Use, VerifyingKey};

/// Most bytes of a note that is read, signatures included.
pub const NOTE_MOST: usize = 64 * 1024;
/// What is wrong with something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    #[error("This is not a key: a key is written name+id+base64.")]
    Key,
    #[error("This is not a signed note.")]
    Note,
    #[error(
        "This note is not a checkpoint: one has an origin, a size and a root on its first three lines."
    )]
    Checkpoint,
    #[error("This is not a consistency proof.")]
    Consistency,
}

/// A log's size and root, under the log's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\n{}\n{}",
            self.origin,
            self.size,
            Base64::encode_string(&self.root)
        )
    }
}

/// A signed checkpoint, exactly as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SignedNote {
    text: String,
    checkpoint: Checkpoint,
    signatures: Vec<Signature>,
}

impl SignedNote {
    /// A checkpoint that nobody signed yet.
    pub fn of(checkpoint: Checkpoint) -> Self {
        Self {
            text: checkpoint.to_string(),
            checkpoint,
            signatures: Vec::new(),
        }
    }

    /// With one more signature; `at` is what a witness tells.
    #[must_use]
    pub fn signed_by(mut self, key: &SigningKey, at: Timestamp) -> Self {
        let signature = key.sign(&self.text, at);
        self.signatures.push(signature);
        self
    }

    /// With a signature that was made elsewhere.
    #[must_use]
    pub fn with(mut self, signature: Signature) -> Self {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
        self
    }

    /// What is signed: the checkpoint, and whatever lines follow it.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Whether this key signed it.
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        key.used() == Use::Log
            && self
                .made_by(key)
                .any(|signature| key.signed(self.text.as_bytes(), &signature.bytes[4..]))
    }

    /// When this witness cosigned it, if it did.
    pub fn cosigned_by(&self, key: &VerifyingKey) -> Option<Timestamp> {
        if key.used() != Use::Witness {
            return None;
        }
        self.made_by(key).find_map(|signature| {
            let (seconds, signature) = signature.bytes[4..].split_first_chunk::<8>()?;
            let seconds = u64::from_be_bytes(*seconds);
            key.signed(cosigned(seconds, &self.text).as_bytes(), signature)
                .then_some(())?;
            Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
        })
    }

    fn made_by<'a>(&'a self, key: &'a VerifyingKey) -> impl Iterator<Item = &'a Signature> {
        let id = key.id();
        self.signatures
            .iter()
            .filter(move |signature| signature.name == key.name() && signature.id() == id)
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for SignedNote {
    type Err = Misread;
    fn from_str(raw: &str) -> Result<Self, Misread> {
        if raw.len() > NOTE_MOST || raw.contains(|c: char| c.is_control() && c != '\n') {
            return Err(Misread::Note);
        }
        // The last empty line ends the text: the text itself may hold others.
        let split = raw.rfind("\n\n").ok_or(Misread::Note)?;
        let (text, signatures) = (&raw[..=split], &raw[split + 2..]);
        let signatures = signatures
            .strip_suffix('\n')
            .ok_or(Misread::Note)?
            .split('\n')
            .map(Signature::parse)
            .collect::<Option<Vec<_>>>()
            .ok_or(Misread::Note)?;
        let note = Self {
            checkpoint: checkpoint(text).ok_or(Misread::Checkpoint)?,
            text: text.to_owned(),
            signatures,
        };
        // One note has one spelling.
        if note.to_string() == raw {
            Ok(note)
        } else {
            Err(Misread::Note)
        }
    }
}

fn checkpoint(text: &str) -> Option<Checkpoint> {
    let mut lines = text.split('\n');
    let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
    let read = Checkpoint {
        origin: (!origin.is_empty()).then(|| origin.to_owned())?,
        size: size.parse().ok()?,
        root: Base64::decode_vec(root).ok()?.try_into().ok()?,
    };
    text.starts_with(&read.to_string()).then_some(read)
}

impl TryFrom<String> for SignedNote {
    type Error = Misread;
    fn try_from(raw: String) -> Result<Self, Misread> {
        raw.parse()
    }
}

impl From<SignedNote> for String {
    fn from(note: SignedNote) -> Self {
        note.to_string()
    }
}

/// Begins the file of a consistency proof.
pub const CONSISTENCY: &str = "disclosure-desk/consistency/v1";

/// A proof that one size of a log continues another, as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    pub origin: String,
    pub from: u64,
    pub to: u64,
    pub proof: Vec<Hash>,
}

impl fmt::Display for Consistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{CONSISTENCY}\norigin {}\nfrom {}\nto {}",
            self.origin, self.from, self.to
        )?;
        self.proof
            .iter()
            .try_for_each(|hash| writeln!(f, "{}", Base64::encode_string(hash)))
    }
}

impl FromStr for Consistency {
    type Err = Misread;
    fn from_str(raw: &str) -> Result<Self, Misread> {
        let read = || {
            let mut lines = raw.strip_suffix('\n')?.split('\n');
            if lines.next()? != CONSISTENCY {
                return None;
            }
            let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
            let (origin, from, to) = (value("origin")?, value("from")?, value("to")?);
            Some(Self {
                origin: origin.to_owned(),
                from: from.parse().ok()?,
                to: to.parse().ok()?,
                proof: lines
                    .map(|line| Base64::decode_vec(line).ok()?.try_into().ok())
                    .collect::<Option<_>>()?,
            })
        };
        if raw.len() > NOTE_MOST {
            return Err(Misread::Consistency);
        }
        read().ok_or(Misread::Consistency)
    }
}
