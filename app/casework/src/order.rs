//! The attached legal document.

use serde::{Deserialize, Serialize};

use crate::words::{Line, Reasons};

crate::id! {
    /// Names an attached order for good.
    OrderId
}

/// A SHA-256, printed as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Reads 64 hexadecimal digits, in either case; spaces between them are passed over, for
    /// people copy digests from printed paper.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        const SAYS: &str = "A SHA-256 is 64 hexadecimal digits (0 to 9, a to f).";
        let digits: Vec<u8> = raw
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()
            .ok_or(SAYS)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, d| byte << 4 | d))
            .collect();
        match (digits.len(), <[u8; 32]>::try_from(bytes)) {
            (64, Ok(bytes)) => Ok(Self(bytes)),
            _ => Err(SAYS),
        }
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// An order as it was attached. Its bytes lie in the vault; the digest of its plain bytes is
/// sealed into the ledger with this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    /// The name the file came with.
    pub name: Line,
    /// Media type, as its content shows.
    pub media_type: Line,
    /// Length of the plain bytes.
    pub size: u64,
    pub sha256: Digest,
    /// What it says of its own way, where it is a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
}

/// The domains in the head of an attached message: where it says it comes from, and where answers
/// go. The addresses themselves stay in the order. They are lines, so that a history that leaves
/// them out replays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_path: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<Line>,
}

/// An order that was attached by mistake: struck, never removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strike {
    pub order: OrderId,
    pub reasons: Reasons,
}

/// An order on the case, struck or standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderOnCase {
    pub attached: crate::member::Signed<Order>,
    pub struck: Option<crate::member::Signed<Strike>>,
}

impl OrderOnCase {
    /// The order itself.
    pub fn order(&self) -> &Order {
        &self.attached.what
    }

    /// Whether it counts: attached and not struck.
    pub fn stands(&self) -> bool {
        self.struck.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_what_it_prints_and_what_paper_shows() {
        let digest = Digest([0xab; 32]);
        assert_eq!(Digest::parse(&digest.to_string()), Ok(digest));
        assert_eq!(Digest::parse(&"AB ".repeat(32)), Ok(digest));
        assert!(Digest::parse("abc").is_err());
        assert!(Digest::parse(&"g".repeat(64)).is_err());
        assert!(Digest::parse(&"a".repeat(63)).is_err());
        assert!(Digest::parse(&"é".repeat(64)).is_err());
    }
}
