//! Timestamp tokens: what they say, and the proof that they say it.
//! Source: RFC 3161, 2.4.2, with RFC 5816.

pub(crate) mod wire;

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode as _};
use ring::digest::{SHA256, SHA384, SHA512, digest};
use x509_cert::Certificate;
use x509_cert::attr::Attributes;
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};

use crate::ess::{SigningCertificate, SigningCertificateV2};
use crate::proof::{self, Unproven};
use crate::{Fault, oids};
use wire::{Imprint, TstInfo};

/// A token whose signature holds. Who vouches for its authority is not asked here.
#[derive(Debug)]
pub(crate) struct Token {
    info: TstInfo,
}

impl Token {
    /// Reads and proves a token. Only strict DER is taken, because a seal holds nothing else.
    pub(crate) fn read(token: &[u8]) -> Result<Self, Fault> {
        let shape = || unusable("it is no timestamp token in strict DER");
        let content = ContentInfo::from_der(token).map_err(|_| shape())?;
        if content.content_type != oids::SIGNED_DATA {
            return Err(shape());
        }
        let data: SignedData = content.content.decode_as().map_err(|_| shape())?;
        if data.encap_content_info.econtent_type != oids::TST_INFO {
            return Err(unusable("what it signs is not a time"));
        }
        let stated: OctetString = data
            .encap_content_info
            .econtent
            .as_ref()
            .and_then(|content| content.decode_as().ok())
            .ok_or_else(shape)?;
        let info = TstInfo::from_der(stated.as_bytes()).map_err(|_| shape())?;
        if info.version != 1 || !info.tells_a_moment() {
            return Err(unusable("the time in it cannot be read"));
        }
        let [signer] = data.signer_infos.0.as_slice() else {
            return Err(unusable("it is not signed by exactly one authority"));
        };
        prove(&data, signer, stated.as_bytes())?;
        Ok(Self { info })
    }

    pub(crate) fn stamps(&self, imprint: &[u8; 32]) -> Result<(), Fault> {
        if self.info.imprint == Imprint::sha256(imprint)? {
            Ok(())
        } else {
            Err(unusable("it stamps something else than what was asked"))
        }
    }

    pub(crate) fn answers(&self, nonce: &der::asn1::Int) -> Result<(), Fault> {
        if self.info.nonce.as_ref() == Some(nonce) {
            Ok(())
        } else {
            Err(unusable(
                "its nonce is not the one that was asked with, so it may be an old answer",
            ))
        }
    }
}

/// Source: RFC 5652, 5.4 and 5.6; RFC 5035, 3; RFC 3161, 2.3.
fn prove(data: &SignedData, signer: &SignerInfo, stated: &[u8]) -> Result<(), Fault> {
    let certificate =
        find(data, &signer.sid).ok_or_else(|| unusable("it lacks its signer's certificate"))?;
    let attributes = signer
        .signed_attrs
        .as_ref()
        .ok_or_else(|| unusable("it lacks signed attributes"))?;
    if attribute::<ObjectIdentifier>(attributes, oids::CONTENT_TYPE) != Some(oids::TST_INFO) {
        return Err(unusable("its signature is for another kind of content"));
    }
    let algorithm = match signer.digest_alg.oid {
        oids::SHA256 => &SHA256,
        oids::SHA384 => &SHA384,
        oids::SHA512 => &SHA512,
        other => return Err(unknown(other)),
    };
    let told: Option<OctetString> = attribute(attributes, oids::MESSAGE_DIGEST);
    if told.is_none_or(|told| told.as_bytes() != digest(algorithm, stated).as_ref()) {
        return Err(unusable("its time is not the one that was signed"));
    }

    let written = certificate.to_der()?;
    let newer: Option<SigningCertificateV2> = attribute(attributes, oids::SIGNING_CERTIFICATE_V2);
    let older: Option<SigningCertificate> = attribute(attributes, oids::SIGNING_CERTIFICATE);
    let named = match (newer, older) {
        (Some(newer), _) => newer.names(&written),
        (None, Some(older)) => older.names(&written),
        (None, None) => false,
    };
    if !named {
        return Err(unusable("it does not name its signer's certificate"));
    }
    let purposes = certificate
        .tbs_certificate()
        .get_extension::<ExtendedKeyUsage>();
    if !matches!(purposes, Ok(Some((true, purposes))) if purposes.0 == [oids::TIME_STAMPING]) {
        return Err(unusable("its signer's certificate is not for timestamps"));
    }

    let public = certificate.tbs_certificate().subject_public_key_info();
    proof::check(
        public,
        signer.signature_algorithm.oid,
        signer.digest_alg.oid,
        &attributes.to_der()?,
        signer.signature.as_bytes(),
    )
    .map_err(|unproven| match unproven {
        Unproven::False => unusable("its signature does not hold"),
        Unproven::Unknown => unknown(signer.signature_algorithm.oid),
    })
}

fn find<'a>(data: &'a SignedData, signer: &SignerIdentifier) -> Option<&'a Certificate> {
    let certificates = data.certificates.as_ref()?;
    certificates
        .0
        .iter()
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        })
        .find(|certificate| {
            let told = certificate.tbs_certificate();
            match signer {
                SignerIdentifier::IssuerAndSerialNumber(one) => {
                    one.issuer == *told.issuer() && one.serial_number == *told.serial_number()
                }
                SignerIdentifier::SubjectKeyIdentifier(one) => told
                    .get_extension::<SubjectKeyIdentifier>()
                    .is_ok_and(|found| found.is_some_and(|(_, found)| found == *one)),
            }
        })
}

/// The one value of the one attribute of a kind.
fn attribute<'a, T>(attributes: &'a Attributes, kind: ObjectIdentifier) -> Option<T>
where
    T: der::Choice<'a> + der::DecodeValue<'a>,
{
    let mut found = attributes
        .iter()
        .filter(|attribute| attribute.oid == kind)
        .flat_map(|attribute| attribute.values.iter());
    let value: &Any = found.next()?;
    found.next().is_none().then(|| value.decode_as().ok())?
}

fn unusable(why: &str) -> Fault {
    Fault::Token(why.to_owned())
}

fn unknown(algorithm: ObjectIdentifier) -> Fault {
    Fault::Token(format!(
        "it is signed with an algorithm that is not checked here ({algorithm}); RSA and ECDSA on \
         P-256 or P-384, with SHA-256, SHA-384 or for RSA SHA-512, are"
    ))
}
