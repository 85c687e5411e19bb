//! One leaf: version, sequence, time, actor, action, case, object, commitment.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::{case::CaseId, member::MemberId, order::Digest};

/// The first line of every leaf of this version.
const HEAD: &str = "disclosure-desk/leaf/v1";

/// The random salt a payload is committed with: 32 bytes.
pub type Salt = [u8; 32];

/// What a leaf tells. Its bytes are eight lines of `name value`, each ended by a line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Counted from 0.
    pub seq: u64,
    /// UTC.
    pub at: Timestamp,
    /// None: the desk itself, or somebody not signed in.
    pub actor: Option<MemberId>,
    /// What was done: `case.decide`, `order.read`.
    pub action: String,
    pub case: Option<CaseId>,
    /// What it was done to, beside the case: an order's id, a policy version.
    pub object: Option<String>,
    /// HMAC-SHA256 over the payload, keyed by its salt.
    pub commitment: Digest,
}

impl Leaf {
    /// The bytes to seal.
    pub fn to_bytes(&self) -> Vec<u8> {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
        format!(
            "{HEAD}\nseq {}\nat {}\nactor {}\naction {}\ncase {}\nobject {}\ncommitment {}\n",
            self.seq,
            self.at,
            or_dash(self.actor.map(|id| id.to_string())),
            self.action,
            or_dash(self.case.map(|id| id.to_string())),
            or_dash(self.object.clone()),
            self.commitment,
        )
        .into_bytes()
    }

    /// Reads sealed bytes. `None` where they are not a leaf of this version, byte for byte.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEAD {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let leaf = Self {
            seq: value("seq")?.parse().ok()?,
            at: value("at")?.parse().ok()?,
            actor: maybe(value("actor")?)?,
            action: value("action")?.to_owned(),
            case: maybe(value("case")?)?,
            object: maybe(value("object")?)?,
            commitment: Digest::parse(value("commitment")?).ok()?,
        };
        // One leaf has one spelling: what does not write itself back is not one.
        (lines.next().is_none() && leaf.to_bytes() == bytes).then_some(leaf)
    }
}

#[expect(
    clippy::option_option,
    reason = "unreadable, read as none, and read are three things"
)]
fn maybe<T: std::str::FromStr>(raw: &str) -> Option<Option<T>> {
    if raw == "-" {
        Some(None)
    } else {
        raw.parse().ok().map(Some)
    }
}

/// Commits to a payload: HMAC-SHA256 keyed by the salt. Without the salt nothing can be guessed
/// from it, and with it nothing else fits.
pub fn commit(salt: &Salt, payload: &[u8]) -> Digest {
    // An HMAC takes a key of any length.
    let mut mac =
        <Hmac<Sha256>>::new_from_slice(salt).unwrap_or_else(|_| unreachable!("32 bytes are a key"));
    mac.update(payload);
    Digest(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            seq: 7,
            at: "2026-03-02T09:00:00.123Z".parse().unwrap(),
            actor: Some(MemberId(uuid::Uuid::from_u128(1))),
            action: "case.decide".into(),
            case: Some(CaseId(uuid::Uuid::from_u128(2))),
            object: None,
            commitment: commit(&[7; 32], b"payload"),
        }
    }

    #[test]
    fn a_leaf_reads_what_it_wrote() {
        assert_eq!(Leaf::parse(&leaf().to_bytes()), Some(leaf()));
    }

    #[test]
    fn a_leaf_spelled_otherwise_is_none() {
        let text = String::from_utf8(leaf().to_bytes()).unwrap();
        for bad in [
            text.replace("seq 7", "seq 07"),
            text.replace("v1", "v2"),
            format!("{text}\n"),
            text.trim_end().to_owned(),
            text.replace("case.decide", "case\ndecide"),
        ] {
            assert_eq!(Leaf::parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_commitment_fits_one_payload_and_one_salt() {
        assert_ne!(commit(&[1; 32], b"a"), commit(&[2; 32], b"a"));
        assert_ne!(commit(&[1; 32], b"a"), commit(&[1; 32], b"b"));
    }
}
