//! Certificates, as they lie in a signature.

use der::asn1::{BitString, OctetString};
use der::{Any, Decode as _, Encode as _, Sequence, Tag, Tagged as _};
use sha2::{Digest as _, Sha256};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;

use super::proof::{self, Algorithm};
use super::{Fault, oids};

/// Most certificates beside one signature.
const MOST: usize = 10;

/// A certificate: its exact bytes, and what they tell.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    /// The exact bytes that its issuer signed.
    signed: Vec<u8>,
    told: x509_cert::Certificate,
}

/// A certificate's three parts.
#[derive(Sequence)]
struct Parts {
    signed: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Certificate {
    /// Reads every certificate of a signature. One that stands there twice is refused.
    pub fn all(told: &[Any]) -> Result<Vec<Self>, Fault> {
        if told.len() > MOST {
            return Err(Fault::Malformed("there are too many certificates"));
        }
        let mut all: Vec<Self> = Vec::new();
        for one in told {
            let der = one.to_der()?;
            let parts = Parts::from_der(&der)?;
            let read = Self {
                told: x509_cert::Certificate::from_der(&der)?,
                signed: parts.signed.to_der()?,
                der,
            };
            let agrees = *read.told.tbs_certificate().signature() == parts.algorithm
                && parts.signature.as_bytes().is_some();
            if !agrees || all.iter().any(|other| other.der == read.der) {
                return Err(Fault::Malformed("a certificate is misspelled"));
            }
            all.push(read);
        }
        Ok(all)
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    pub fn key(&self) -> &SubjectPublicKeyInfoOwned {
        self.told.tbs_certificate().subject_public_key_info()
    }

    pub fn issuer(&self) -> &Name {
        self.told.tbs_certificate().issuer()
    }

    pub fn serial(&self) -> &SerialNumber {
        self.told.tbs_certificate().serial_number()
    }

    fn subject(&self) -> &Name {
        self.told.tbs_certificate().subject()
    }

    /// The common name, or the whole name where there is none; without control characters.
    pub fn name(&self) -> String {
        let name = self
            .subject()
            .iter()
            .find(|part| part.oid == oids::COMMON_NAME)
            .map_or_else(
                || self.subject().to_string(),
                |part| match part.value.tag() {
                    Tag::BmpString => String::from_utf16_lossy(
                        &part
                            .value
                            .value()
                            .chunks_exact(2)
                            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                            .collect::<Vec<_>>(),
                    ),
                    _ => String::from_utf8_lossy(part.value.value()).into_owned(),
                },
            );
        name.replace(char::is_control, "\u{fffd}")
    }

    /// Whether a signer's identifier names this certificate. Source: RFC 5652, 5.3.
    pub fn is_named_by(&self, signer: &Any) -> bool {
        #[derive(Sequence)]
        struct IssuerAndSerial {
            issuer: Name,
            serial: SerialNumber,
        }
        if signer.tag() == Tag::Sequence {
            return signer.decode_as::<IssuerAndSerial>().is_ok_and(|named| {
                named.issuer == *self.issuer() && named.serial == *self.serial()
            });
        }
        let key_id = self
            .told
            .tbs_certificate()
            .get_extension::<SubjectKeyIdentifier>();
        let Ok(Some((_, SubjectKeyIdentifier(key_id)))) = key_id else {
            return false;
        };
        signer.tag().number() == der::TagNumber(0)
            && signer.tag().class() == der::Class::ContextSpecific
            && OctetString::new(signer.value()).is_ok_and(|named| named == key_id)
    }

    /// Whether it may stamp time and nothing else. Source: RFC 3161, 2.3.
    pub fn stamps_time(&self) -> bool {
        let usage = self
            .told
            .tbs_certificate()
            .get_extension::<ExtendedKeyUsage>();
        matches!(usage, Ok(Some((true, usage))) if usage.0 == [oids::TIME_STAMPING])
    }

    /// Whether the key of another certificate signed this one.
    fn is_vouched_for_by(&self, issuer: &Self) -> bool {
        let algorithm = Algorithm::of(self.told.signature_algorithm(), None);
        let signature = self.told.signature().as_bytes();
        let (Some(algorithm), Some(signature)) = (algorithm, signature) else {
            return false;
        };
        self.issuer() == issuer.subject()
            && proof::check(issuer.key(), algorithm, &self.signed, signature).is_ok()
    }
}

/// Asks that all certificates are one chain: each but the last vouched for by the next.
///
/// The last may be vouched for by nobody here: authorities leave their root out. What such a
/// certificate tells beside its key and its name is then protected by nothing in the file, unless
/// the signature names it; whom to trust is for those who hold it from elsewhere.
pub fn chain(signer: &Certificate, all: &[Certificate]) -> Result<(), Fault> {
    let stray = Fault::Malformed("a certificate beside the signature vouches for nobody");
    let mut rest: Vec<&Certificate> = all.iter().filter(|one| one.der != signer.der).collect();
    let mut last = signer;
    while !rest.is_empty() {
        let next = rest.iter().position(|one| last.is_vouched_for_by(one));
        last = rest.swap_remove(next.ok_or(stray)?);
    }
    if last.issuer() == last.subject() && !last.is_vouched_for_by(last) {
        return Err(Fault::Malformed("a certificate does not fit its own key"));
    }
    Ok(())
}
