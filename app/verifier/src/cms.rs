//! The signature inside a seal: CMS with the attributes of a PAdES baseline signature, and the
//! timestamp that may stand beside it. Source: RFC 5652, 5; EN 319 142-1, 6.3; RFC 3161.
//!
//! DER has one spelling for one meaning, and whatever does not write itself back byte for byte is
//! refused. What CMS leaves open (sets of digests, attributes that need not be there, certificates
//! that vouch for nobody) is closed: each would be a byte that somebody could change unseen.

mod certificate;
mod ess;
mod oids;
mod proof;
mod stamp;

use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode as _, DecodeValue, Encode as _, EncodeValue, FixedTag, Sequence, ValueOrd};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use certificate::Certificate;
use proof::{Algorithm, Unproven};

/// Why a signature does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Malformed(&'static str),
    /// The signature is whole, but what it signs has another digest.
    #[error("the sealed bytes have another digest than the one that was signed")]
    Digest,
    #[error("the signature does not fit the key of its certificate")]
    Signature,
    #[error("the timestamp {0}")]
    Stamp(&'static str),
}

impl From<der::Error> for Fault {
    fn from(_: der::Error) -> Self {
        Self::Malformed("the signature is not spelled as DER is")
    }
}

impl From<Unproven> for Fault {
    fn from(_: Unproven) -> Self {
        Self::Signature
    }
}

/// Who made a signature, and when an authority saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The name in the certificate.
    pub by: String,
    /// The SHA-256 of the certificate's DER bytes.
    pub certificate: [u8; 32],
    pub stamp: Option<Stamp>,
}

/// What a timestamp authority told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub at: Timestamp,
    pub by: String,
    pub certificate: [u8; 32],
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct ContentInfo {
    content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    content: SignedData,
}

/// There is no place here for revocation lists: nothing signs them into the record.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SignedData {
    version: u8,
    digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    content: Encapsulated,
    #[asn1(
        context_specific = "0",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    certificates: Option<Vec<Any>>,
    signers: SetOfVec<SignerInfo>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct Encapsulated {
    content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    content: Option<OctetString>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence, ValueOrd)]
struct SignerInfo {
    version: u8,
    signer: Any,
    digest: AlgorithmIdentifierOwned,
    #[asn1(
        context_specific = "0",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    signed: Option<SetOfVec<Attribute>>,
    algorithm: AlgorithmIdentifierOwned,
    signature: OctetString,
    #[asn1(
        context_specific = "1",
        tag_mode = "IMPLICIT",
        constructed = "true",
        optional = "true"
    )]
    unsigned: Option<SetOfVec<Attribute>>,
}

/// The room that the desk leaves in a seal without a timestamp, in bytes, and in one with. What is
/// sealed tells where the room ends, so it tells too whether a timestamp belongs there: nobody signs
/// the place that one stands in, and it could be taken out or put in.
const ROOM: usize = 8192;
const ROOM_FOR_STAMP: usize = 16384;

fn fits_room(room: usize, stamped: bool) -> Result<(), Fault> {
    match (room, stamped) {
        (ROOM, true) => Err(Fault::Stamp("was put in after the record was sealed")),
        (ROOM_FOR_STAMP, false) => Err(Fault::Stamp("that the record was sealed with is gone")),
        _ => Ok(()),
    }
}

/// Splits what a seal holds into its signature and the noughts that pad it.
fn unpadded(contents: &[u8]) -> Result<&[u8], Fault> {
    let malformed = Fault::Malformed("the signature is not spelled as DER is");
    let length = match contents {
        [0x30, length @ ..=0x7f, ..] => usize::from(*length) + 2,
        [0x30, 0x81, length, ..] => usize::from(*length) + 3,
        [0x30, 0x82, high, low, ..] => (usize::from(*high) << 8 | usize::from(*low)) + 4,
        _ => return Err(malformed),
    };
    let (signature, padding) = contents.split_at_checked(length).ok_or(malformed)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(Fault::Malformed("something stands behind the signature"));
    }
    Ok(signature)
}

/// Reads DER that writes itself back.
fn strictly<'a, T>(der: &'a [u8]) -> Result<T, Fault>
where
    T: FixedTag + DecodeValue<'a, Error = der::Error> + EncodeValue + 'a,
{
    let read = T::from_der(der)?;
    if read.to_der()? == der {
        Ok(read)
    } else {
        Err(Fault::Malformed("the signature is not spelled as DER is"))
    }
}

/// Checks the signature of a seal over what it covers. The digest is asked last, so that
/// [`Fault::Digest`] means that the signature itself is whole.
pub fn check(contents: &[u8], covered: [&[u8]; 2]) -> Result<Signed, (Fault, Option<String>)> {
    let mut by = None;
    checked(contents, covered, &mut by).map_err(|fault| (fault, by))
}

fn checked(contents: &[u8], covered: [&[u8]; 2], by: &mut Option<String>) -> Result<Signed, Fault> {
    let info: ContentInfo = strictly(unpadded(contents)?)?;
    let data = info.content;
    let sha256 = proof::plain(oids::SHA256);
    let shaped = info.content_type == oids::SIGNED_DATA
        && data.version == 1
        && data.digest_algorithms.iter().eq([&sha256])
        && data.content.content_type == oids::DATA
        && data.content.content.is_none();
    if !shaped {
        return Err(Fault::Malformed(
            "the signature is of another kind than a seal's",
        ));
    }
    let [signer] = data.signers.as_slice() else {
        return Err(Fault::Malformed("the seal has not exactly one signer"));
    };
    if signer.version != 1 || signer.digest != sha256 {
        return Err(Fault::Malformed(
            "the signature is of another kind than a seal's",
        ));
    }
    let told = data.certificates.unwrap_or_default();
    if !told.windows(2).all(sorted) {
        return Err(Fault::Malformed(
            "the certificates are not in the order of DER",
        ));
    }
    let certificates = Certificate::all(&told)?;
    let certificate = find(&certificates, signer)?;
    *by = Some(certificate.name());

    let attributes = signer
        .signed
        .as_ref()
        .filter(|attributes| attributes.len() == 3)
        .ok_or(Fault::Malformed(
            "the seal signs other attributes than a seal does",
        ))?;
    let data_type = Any::encode_from(&oids::DATA)?;
    if value(attributes, oids::CONTENT_TYPE)? != &data_type {
        return Err(Fault::Malformed("the seal signs another kind of content"));
    }
    let ess = value(attributes, oids::SIGNING_CERTIFICATE_V2)?;
    ess::second(ess, certificate, &certificates)?;
    certificate::chain(certificate, &certificates)?;
    let algorithm = Algorithm::of_seal(&signer.algorithm).ok_or(Fault::Malformed(
        "the signature is of a kind that seals no record",
    ))?;
    let signature = signer.signature.as_bytes();
    if matches!(algorithm, Algorithm::Ecdsa(_)) && !proof::is_low(signature) {
        return Err(Fault::Malformed(
            "the signature is spelled otherwise than a seal's is",
        ));
    }
    proof::check(
        certificate.key(),
        algorithm,
        &attributes.to_der()?,
        signature,
    )?;

    let stamp = match &signer.unsigned {
        None => None,
        Some(unsigned) => match unsigned.as_slice() {
            [one] if one.oid == oids::TIME_STAMP_TOKEN && one.values.len() == 1 => {
                let token = value(unsigned, oids::TIME_STAMP_TOKEN)?.to_der()?;
                Some(stamp::check(&token, signature)?)
            }
            _ => {
                return Err(Fault::Malformed(
                    "the seal carries attributes that nobody signed",
                ));
            }
        },
    };

    fits_room(contents.len(), stamp.is_some())?;

    let mut digest = Sha256::new();
    for bytes in covered {
        digest.update(bytes);
    }
    let digest = OctetString::new(&digest.finalize()[..])?;
    if value(attributes, oids::MESSAGE_DIGEST)? != &Any::encode_from(&digest)? {
        return Err(Fault::Digest);
    }
    Ok(Signed {
        by: certificate.name(),
        certificate: certificate.sha256(),
        stamp,
    })
}

fn sorted(pair: &[Any]) -> bool {
    match (pair[0].to_der(), pair[1].to_der()) {
        (Ok(first), Ok(second)) => first < second,
        _ => false,
    }
}

/// The one value of an attribute that stands there once.
fn value(attributes: &SetOfVec<Attribute>, oid: ObjectIdentifier) -> Result<&Any, Fault> {
    let mut found = attributes.iter().filter(|one| one.oid == oid);
    match (found.next(), found.next()) {
        (Some(one), None) => match one.values.as_slice() {
            [value] => Ok(value),
            _ => Err(Fault::Malformed("an attribute has not exactly one value")),
        },
        _ => Err(Fault::Malformed(
            "an attribute that has to be signed is not there",
        )),
    }
}

/// The certificate that a signer names.
fn find<'c>(
    certificates: &'c [Certificate],
    signer: &SignerInfo,
) -> Result<&'c Certificate, Fault> {
    let mut found = certificates
        .iter()
        .filter(|certificate| certificate.is_named_by(&signer.signer));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Fault::Malformed(
            "the certificate of the signature is not there",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_neither_put_in_nor_taken_out_unseen() {
        assert_eq!(fits_room(ROOM, false), Ok(()));
        assert_eq!(fits_room(ROOM_FOR_STAMP, true), Ok(()));
        assert!(fits_room(ROOM, true).is_err());
        assert!(fits_room(ROOM_FOR_STAMP, false).is_err());
    }

    #[test]
    fn a_signature_is_padded_by_noughts_and_by_nothing_else() {
        assert_eq!(unpadded(&[0x30, 1, 7, 0, 0]), Ok(&[0x30, 1, 7][..]));
        for bad in [
            &[0x30, 1, 7, 1][..],
            &[0x30, 5, 7],
            &[0x31, 1, 7],
            &[],
            &[0x30],
        ] {
            assert!(unpadded(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_signature_of_a_curve_has_one_spelling() {
        use p256::ecdsa::signature::Signer as _;
        use p256::ecdsa::{DerSignature, SigningKey};
        let key = SigningKey::from_slice(&[7; 32]).unwrap();
        let signature: DerSignature = key.sign(b"message");
        let spelled = signature.as_bytes().to_vec();
        assert!(DerSignature::from_bytes(&spelled).is_ok());
        let longer = [&spelled[..], &[0]].concat();
        assert!(DerSignature::from_bytes(&longer).is_err());
        for place in 0..4 {
            let mut other = spelled.clone();
            other[place] ^= 0x80;
            assert!(DerSignature::from_bytes(&other).is_err(), "byte {place}");
        }
    }
}
