//! Questions and answers as they travel.
//! Source: RFC 3161, 2.4 and Appendix B.

use der::asn1::{BitString, Int, ObjectIdentifier, OctetString};
use der::{Any, Sequence, Tag, Tagged as _};
use jiff::civil::DateTime;
use x509_cert::ext::Extensions;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::key::plain;
use crate::oids;

#[derive(Debug, Sequence)]
pub(crate) struct Imprint {
    algorithm: AlgorithmIdentifierOwned,
    hash: OctetString,
}

impl Imprint {
    pub(crate) fn sha256(hash: &[u8; 32]) -> der::Result<Self> {
        Ok(Self {
            algorithm: plain(oids::SHA256),
            hash: OctetString::new(*hash)?,
        })
    }
}

/// Some authorities write the digest's absent parameters as NULL; it is the same digest.
/// Source: RFC 5754, 2.
impl PartialEq for Imprint {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm.oid == other.algorithm.oid && self.hash == other.hash
    }
}

#[derive(Sequence)]
pub(crate) struct Question {
    pub(crate) version: u8,
    pub(crate) imprint: Imprint,
    pub(crate) nonce: Int,
    /// `certReq`: without the authority's certificate a token cannot be proven.
    pub(crate) with_certificate: bool,
}

#[derive(Sequence)]
pub(crate) struct Answer {
    pub(crate) status: Status,
    #[asn1(optional = "true")]
    pub(crate) token: Option<Any>,
}

#[derive(Sequence)]
pub(crate) struct Status {
    code: u32,
    #[asn1(optional = "true")]
    words: Option<Vec<String>>,
    #[asn1(optional = "true")]
    failure: Option<BitString>,
}

impl Status {
    /// `granted` and `grantedWithMods`. What was modified shows in the token, which is checked.
    pub(crate) fn granted(&self) -> bool {
        self.code <= 1
    }

    /// Why an authority declined, in its words and in those of the standard.
    pub(crate) fn reasons(&self) -> String {
        let mut reasons: Vec<String> = self
            .words
            .iter()
            .flatten()
            .map(|words| words.replace(char::is_control, " "))
            .collect();
        let bits = self.failure.iter().flat_map(BitString::bits).enumerate();
        for (place, _) in bits.filter(|(_, set)| *set) {
            reasons.push(match place {
                0 => "the digest's algorithm is not known".to_owned(),
                2 => "the request is not permitted".to_owned(),
                5 => "the request is malformed".to_owned(),
                14 => "the source of time is not available".to_owned(),
                15 => "the policy asked for is not known".to_owned(),
                16 => "an extension asked for is not known".to_owned(),
                17 => "information asked for is not available".to_owned(),
                25 => "the system failed".to_owned(),
                other => format!("failure {other}"),
            });
        }
        if reasons.is_empty() {
            reasons.push(format!("status {}, without a reason", self.code));
        }
        reasons.join("; ")
    }
}

#[derive(Debug, Sequence)]
pub(crate) struct TstInfo {
    pub(crate) version: u8,
    policy: ObjectIdentifier,
    pub(crate) imprint: Imprint,
    serial: Int,
    /// A `GeneralizedTime` that may have fractions of a second, which the library's type has not.
    moment: Any,
    #[asn1(optional = "true")]
    accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    ordering: bool,
    #[asn1(optional = "true")]
    pub(crate) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    authority: Option<Any>,
    #[asn1(
        context_specific = "1",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    extensions: Option<Extensions>,
}

impl TstInfo {
    /// Source: RFC 3161, 2.4.2: `20261123180201.5Z`, always in UTC.
    pub(crate) fn tells_a_moment(&self) -> bool {
        self.moment.tag() == Tag::GeneralizedTime
            && std::str::from_utf8(self.moment.value())
                .is_ok_and(|told| DateTime::strptime("%Y%m%d%H%M%S%.fZ", told).is_ok())
    }
}

#[derive(Debug, Sequence)]
struct Accuracy {
    #[asn1(optional = "true")]
    seconds: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    millis: Option<Int>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    micros: Option<Int>,
}
