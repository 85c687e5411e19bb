//! Checks of other people's signatures, by ring.

use der::asn1::ObjectIdentifier;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::oids;

#[derive(Debug)]
pub(crate) enum Unproven {
    /// No word on whether it holds.
    Unknown,
    False,
}

/// Whether `signature` is one over `message`. `digest` tells the digest where the algorithm does not.
pub(crate) fn check(
    public: &SubjectPublicKeyInfoOwned,
    algorithm: ObjectIdentifier,
    digest: ObjectIdentifier,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Unproven> {
    let algorithm = find(public, algorithm, digest).ok_or(Unproven::Unknown)?;
    let key = public
        .subject_public_key
        .as_bytes()
        .ok_or(Unproven::Unknown)?;
    UnparsedPublicKey::new(algorithm, key)
        .verify(message, signature)
        .map_err(|_| Unproven::False)
}

fn find(
    public: &SubjectPublicKeyInfoOwned,
    algorithm: ObjectIdentifier,
    digest: ObjectIdentifier,
) -> Option<&'static dyn VerificationAlgorithm> {
    match public.algorithm.oid {
        oids::RSA => match (algorithm, digest) {
            (oids::SHA256_WITH_RSA, _) | (oids::RSA, oids::SHA256) => {
                Some(&RSA_PKCS1_2048_8192_SHA256)
            }
            (oids::SHA384_WITH_RSA, _) | (oids::RSA, oids::SHA384) => {
                Some(&RSA_PKCS1_2048_8192_SHA384)
            }
            (oids::SHA512_WITH_RSA, _) | (oids::RSA, oids::SHA512) => {
                Some(&RSA_PKCS1_2048_8192_SHA512)
            }
            _ => None,
        },
        oids::EC => {
            let curve: ObjectIdentifier = public.algorithm.parameters.as_ref()?.decode_as().ok()?;
            match (curve, algorithm) {
                (oids::P256, oids::ECDSA_WITH_SHA256) => Some(&ECDSA_P256_SHA256_ASN1),
                (oids::P256, oids::ECDSA_WITH_SHA384) => Some(&ECDSA_P256_SHA384_ASN1),
                (oids::P384, oids::ECDSA_WITH_SHA256) => Some(&ECDSA_P384_SHA256_ASN1),
                (oids::P384, oids::ECDSA_WITH_SHA384) => Some(&ECDSA_P384_SHA384_ASN1),
                _ => None,
            }
        }
        _ => None,
    }
}
