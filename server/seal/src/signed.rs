//! The signature itself: CMS with the attributes of a PAdES baseline signature.
//! Source: RFC 5652, 5, and ETSI EN 319 142-1, 6.3.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode as _, Encode as _};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;

use crate::ess::SigningCertificateV2;
use crate::key::{Key, plain};
use crate::{Authority, Fault, oids, token};

/// Signs a digest with the key of the first certificate. With an authority, the signature is stamped.
pub(crate) fn sign(
    key: &Key,
    chain: &[Certificate],
    digest: [u8; 32],
    authority: Option<&dyn Authority>,
) -> Result<Vec<u8>, Fault> {
    let signer = chain.first().ok_or(Fault::NoCertificate)?;
    let attributes = SetOfVec::try_from(vec![
        attribute(oids::CONTENT_TYPE, Any::encode_from(&oids::DATA)?)?,
        attribute(
            oids::MESSAGE_DIGEST,
            Any::encode_from(&OctetString::new(digest)?)?,
        )?,
        attribute(
            oids::SIGNING_CERTIFICATE_V2,
            Any::encode_from(&SigningCertificateV2::of(chain)?)?,
        )?,
    ])?;
    // Signed as a SET OF, whatever tag they carry below.
    let signature = key.sign(&attributes.to_der()?)?;
    let stamps = match authority {
        Some(authority) => Some(SetOfVec::try_from(vec![stamp(authority, &signature)?])?),
        None => None,
    };

    let told = signer.tbs_certificate();
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: told.issuer().clone(),
            serial_number: told.serial_number().clone(),
        }),
        digest_alg: plain(oids::SHA256),
        signed_attrs: Some(attributes),
        signature_algorithm: key.algorithm(),
        signature: OctetString::new(signature)?,
        unsigned_attrs: stamps,
    };
    let certificates: Vec<CertificateChoices> = chain
        .iter()
        .cloned()
        .map(CertificateChoices::Certificate)
        .collect();
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![plain(oids::SHA256)])?,
        // Detached: what is signed is the file around the signature.
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: oids::DATA,
            econtent: None,
        },
        certificates: Some(CertificateSet(SetOfVec::try_from(certificates)?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    let content = ContentInfo {
        content_type: oids::SIGNED_DATA,
        content: Any::encode_from(&data)?,
    };
    Ok(content.to_der()?)
}

/// The timestamp over the signature's value, proven whoever fetched it.
/// Source: RFC 3161, Appendix A.
fn stamp(authority: &dyn Authority, signature: &[u8]) -> Result<Attribute, Fault> {
    let imprint: [u8; 32] = Sha256::digest(signature).into();
    let token = authority.stamp(&imprint)?;
    token::Token::read(&token)?.stamps(&imprint)?;
    Ok(attribute(oids::TIME_STAMP_TOKEN, Any::from_der(&token)?)?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}
