//! The signed word on which certificate a signature was made with.
//! Source: RFC 5035, 3 to 5, and RFC 2634, 5.4, for the older form with SHA-1.

use der::asn1::OctetString;
use der::{Any, Encode as _, Sequence};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::oids;

#[derive(Sequence)]
pub(crate) struct SigningCertificateV2 {
    certificates: Vec<CertificateIdV2>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

#[derive(Sequence)]
struct CertificateIdV2 {
    /// Absent for SHA-256, as DER leaves defaults out.
    #[asn1(optional = "true")]
    algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

#[derive(Sequence)]
pub(crate) struct SigningCertificate {
    certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

#[derive(Sequence)]
struct IssuerSerial {
    issuer: Vec<GeneralName>,
    serial: SerialNumber,
}

impl SigningCertificateV2 {
    /// Names every certificate of the chain, the signer's first, so that the signature covers all of
    /// them: what an issuer's certificate tells cannot be changed unseen either.
    pub(crate) fn of(chain: &[Certificate]) -> der::Result<Self> {
        Ok(Self {
            certificates: chain
                .iter()
                .map(CertificateIdV2::of)
                .collect::<der::Result<_>>()?,
            policies: None,
        })
    }

    /// Whether the first certificate named, which is the signer's, is this one.
    pub(crate) fn names(&self, certificate: &[u8]) -> bool {
        let Some(id) = self.certificates.first() else {
            return false;
        };
        let algorithm = match id.algorithm.as_ref().map(|algorithm| algorithm.oid) {
            None | Some(oids::SHA256) => &SHA256,
            Some(oids::SHA384) => &SHA384,
            Some(oids::SHA512) => &SHA512,
            Some(_) => return false,
        };
        digest(algorithm, certificate).as_ref() == id.hash.as_bytes()
    }
}

impl CertificateIdV2 {
    fn of(certificate: &Certificate) -> der::Result<Self> {
        let told = certificate.tbs_certificate();
        let hash = digest(&SHA256, &certificate.to_der()?);
        Ok(Self {
            algorithm: None,
            hash: OctetString::new(hash.as_ref())?,
            issuer_serial: Some(IssuerSerial {
                issuer: vec![GeneralName::DirectoryName(told.issuer().clone())],
                serial: told.serial_number().clone(),
            }),
        })
    }
}

impl SigningCertificate {
    pub(crate) fn names(&self, certificate: &[u8]) -> bool {
        self.certificates.first().is_some_and(|id| {
            digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate).as_ref() == id.hash.as_bytes()
        })
    }
}
