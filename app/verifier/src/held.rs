//! What the one who verifies holds: keys, checkpoints kept from before, proofs, and texts that were
//! unmasked. None of it comes from the record.

mod blocks;

use base64ct::{Base64, Encoding as _};
use serde::Deserialize;

pub use casework::ledger::Consistency;
use casework::ledger::sealed::{Opening, Place};
use casework::ledger::{SignedNote, VerifyingKey};

use crate::checks::data;
use crate::pdf::Pdf;

/// Most bytes of a file of checkpoints, proofs or openings.
const TEXT_MOST: usize = 4 * 1024 * 1024;

/// What is known beside the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub keys: Vec<VerifyingKey>,
    pub checkpoints: Vec<Kept>,
    pub consistency: Vec<Consistency>,
    pub openings: Vec<Unmasking>,
}

/// A checkpoint that somebody kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub note: SignedNote,
}

/// A text that a redacted edition leaves out, with the salt that shows it is the one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmasking {
    /// The entry of the ledger that told it.
    pub seq: u64,
    pub place: Place,
    pub opening: Opening,
}

/// Why something that was given could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("This is not a key: a key is written name+id+base64, on one line.")]
    Key,
    #[error(
        "This holds neither a checkpoint, nor a proof of consistency, nor a record with a checkpoint in it."
    )]
    Kept,
    #[error("This is not a list of unmasked texts.")]
    Unmasking,
    #[error("This is too large for what it should be.")]
    TooLarge,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unmaskings {
    format: UnmaskingFormat,
    openings: Vec<RawUnmasking>,
}

#[derive(Deserialize)]
enum UnmaskingFormat {
    #[serde(rename = "disclosure-desk/unmasking/v1")]
    V1,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnmasking {
    seq: u64,
    place: Place,
    salt: String,
    value: String,
}

impl Held {
    /// Reads checkpoints that were kept: signed notes, a proof of consistency, several of both in
    /// one file, or another record.
    ///
    /// # Errors
    /// [`Fault`] where there is nothing of the kind in it, and then nothing is held of it.
    pub fn read_kept(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if bytes.starts_with(b"%PDF") {
            return self.read_record(bytes);
        }
        if bytes.len() > TEXT_MOST {
            return Err(Fault::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::Kept)?;
        // A file that went through a mailbox or an editor of another system.
        let text = text.replace("\r\n", "\n");
        let (notes, proofs) = blocks::read(&text).ok_or(Fault::Kept)?;
        self.checkpoints
            .extend(notes.into_iter().map(|note| Kept { note }));
        self.consistency.extend(proofs);
        Ok(())
    }

    /// Another record's checkpoint, and the proofs it carries that it continues earlier ones.
    fn read_record(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let pdf = Pdf::read(bytes).map_err(|_| Fault::Kept)?;
        let json = data::of(&pdf).map_err(|_| Fault::Kept)?;
        let ledger = data::read(&json).map_err(|_| Fault::Kept)?.ledger;
        let head = ledger.checkpoint.checkpoint();
        self.consistency
            .extend(ledger.earlier.iter().map(|earlier| Consistency {
                origin: head.origin.clone(),
                from: earlier.checkpoint.checkpoint().size,
                to: head.size,
                proof: earlier.proof.clone(),
            }));
        self.checkpoints.push(Kept {
            note: ledger.checkpoint,
        });
        Ok(())
    }

    /// Reads a key: `name+id+base64`, as the ledger's own pages print it.
    ///
    /// # Errors
    /// [`Fault::Key`].
    pub fn read_key(&mut self, vkey: &str) -> Result<(), Fault> {
        let key = vkey.trim().parse().map_err(|_| Fault::Key)?;
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
        Ok(())
    }

    /// Reads texts that were unmasked.
    ///
    /// # Errors
    /// [`Fault::Unmasking`], and then nothing is held of it.
    pub fn read_unmasking(&mut self, json: &[u8]) -> Result<(), Fault> {
        if json.len() > TEXT_MOST {
            return Err(Fault::TooLarge);
        }
        let Unmaskings {
            format: UnmaskingFormat::V1,
            openings,
        } = serde_json::from_slice(json).map_err(|_| Fault::Unmasking)?;
        let read = openings
            .into_iter()
            .map(|raw| {
                let salt = Base64::decode_vec(&raw.salt).ok()?.try_into().ok()?;
                Some(Unmasking {
                    seq: raw.seq,
                    place: raw.place,
                    opening: Opening {
                        salt,
                        value: raw.value,
                    },
                })
            })
            .collect::<Option<Vec<_>>>();
        self.openings.extend(read.ok_or(Fault::Unmasking)?);
        Ok(())
    }
}
