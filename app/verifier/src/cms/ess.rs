//! The signed word on which certificate a signature was made with, so that no other certificate of
//! the same key can be put in its place. Source: RFC 5035, 3 to 5; RFC 2634, 5.4, with SHA-1.

use der::asn1::OctetString;
use der::{Any, Encode as _, Sequence, Tagged as _};
use sha1::{Digest as _, Sha1};
use spki::AlgorithmIdentifierOwned;
use x509_cert::serial_number::SerialNumber;

use super::Fault;
use super::certificate::Certificate;
use super::proof::Hash;

#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// Both versions: the older has no algorithm, for it is always SHA-1.
#[derive(Sequence)]
struct CertificateId {
    #[asn1(optional = "true")]
    algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

#[derive(Sequence)]
struct IssuerSerial {
    issuer: Vec<Any>,
    serial: SerialNumber,
}

const UNFIT: Fault = Fault::Malformed("the certificate is not the one that was signed with");

/// Version 2: any hash, SHA-256 where none is told.
pub fn second(value: &Any, signer: &Certificate, all: &[Certificate]) -> Result<(), Fault> {
    fits(value, signer, all, |id, certificate| {
        let hash = match &id.algorithm {
            None => Hash::Sha256,
            Some(algorithm) => Hash::of(algorithm)?,
        };
        Some(hash.digest(certificate.der()))
    })
}

/// Version 1: always SHA-1, which old authorities still write.
pub fn first(value: &Any, signer: &Certificate, all: &[Certificate]) -> Result<(), Fault> {
    fits(value, signer, all, |id, certificate| {
        let old = id.algorithm.is_none();
        old.then(|| Sha1::digest(certificate.der()).to_vec())
    })
}

/// The first certificate named is the signer's; each further one has to be among those that lie
/// beside the signature, and is by that signed too.
fn fits(
    value: &Any,
    signer: &Certificate,
    all: &[Certificate],
    hash: impl Fn(&CertificateId, &Certificate) -> Option<Vec<u8>>,
) -> Result<(), Fault> {
    let named: SigningCertificate = value.decode_as()?;
    if Any::encode_from(&named)? != *value {
        return Err(UNFIT);
    }
    let is = |id: &CertificateId, certificate: &Certificate| {
        let issued = match &id.issuer_serial {
            None => true,
            Some(told) => {
                told.serial == *certificate.serial() && is_name(&told.issuer, certificate)
            }
        };
        issued && hash(id, certificate).as_deref() == Some(id.hash.as_bytes())
    };
    let mut ids = named.certificates.iter();
    let first = ids.next().ok_or(UNFIT)?;
    if is(first, signer) && ids.all(|id| all.iter().any(|one| is(id, one))) {
        Ok(())
    } else {
        Err(UNFIT)
    }
}

/// One directory name: `[4] EXPLICIT Name`. Source: RFC 5280, 4.2.1.6.
fn is_name(issuer: &[Any], certificate: &Certificate) -> bool {
    let [one] = issuer else { return false };
    one.tag().class() == der::Class::ContextSpecific
        && one.tag().number() == der::TagNumber(4)
        && certificate
            .issuer()
            .to_der()
            .is_ok_and(|name| name == one.value())
}
