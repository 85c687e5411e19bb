//! Whether a signature fits a key.

use der::Any;
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode as _, Sequence};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BoxedUint, Pkcs1v15Sign, PublicKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::oids;

/// Largest RSA key that is tried: work stays bounded.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Largest public exponent that is tried, in bytes; all that are in use have three.
const EXPONENT_MOST: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// Of a kind that is not known here.
    Unknown,
    False,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// Parameters may be absent or NULL. Source: RFC 5754, 2.
    pub fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        absent_or_null(algorithm).then_some(())?;
        match algorithm.oid {
            oids::SHA256 => Some(Self::Sha256),
            oids::SHA384 => Some(Self::Sha384),
            oids::SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// A way to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Ecdsa(Hash),
    /// PKCS#1 v1.5.
    Rsa(Hash),
}

impl Algorithm {
    /// The two ways to seal a record, each with its one spelling.
    /// Source: RFC 5758, 3.2 (no parameters) and RFC 4055, 5 (NULL).
    pub fn of_seal(told: &AlgorithmIdentifierOwned) -> Option<Self> {
        match told.oid {
            oids::ECDSA_WITH_SHA256 if told.parameters.is_none() => Some(Self::Ecdsa(Hash::Sha256)),
            oids::SHA256_WITH_RSA if told.parameters == Some(Any::null()) => {
                Some(Self::Rsa(Hash::Sha256))
            }
            _ => None,
        }
    }

    /// The ways that authorities sign; `digest` is told beside it and has to agree.
    pub fn of(told: &AlgorithmIdentifierOwned, digest: Option<Hash>) -> Option<Self> {
        absent_or_null(told).then_some(())?;
        let (found, hash) = match told.oid {
            oids::RSA => (Self::Rsa(digest?), digest?),
            oids::SHA256_WITH_RSA => (Self::Rsa(Hash::Sha256), Hash::Sha256),
            oids::SHA384_WITH_RSA => (Self::Rsa(Hash::Sha384), Hash::Sha384),
            oids::SHA512_WITH_RSA => (Self::Rsa(Hash::Sha512), Hash::Sha512),
            oids::ECDSA_WITH_SHA256 => (Self::Ecdsa(Hash::Sha256), Hash::Sha256),
            oids::ECDSA_WITH_SHA384 => (Self::Ecdsa(Hash::Sha384), Hash::Sha384),
            oids::ECDSA_WITH_SHA512 => (Self::Ecdsa(Hash::Sha512), Hash::Sha512),
            _ => return None,
        };
        (digest.is_none_or(|digest| digest == hash)).then_some(found)
    }
}

fn absent_or_null(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm
        .parameters
        .as_ref()
        .is_none_or(|parameters| *parameters == Any::null())
}

/// An algorithm without parameters.
pub fn plain(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}

/// Whether a signature on P-256 is the one of its two spellings that a seal has: (r, s) and
/// (r, n - s) verify alike, and only the smaller s is ours.
pub fn is_low(signature: &[u8]) -> bool {
    p256::ecdsa::Signature::from_der(signature).is_ok_and(|read| read == read.normalize_s())
}

#[derive(Sequence)]
struct RsaKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// Checks a signature over a message.
pub fn check(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Unproven> {
    let public = key.subject_public_key.as_bytes().ok_or(Unproven::Unknown)?;
    match algorithm {
        Algorithm::Ecdsa(hash) => {
            let curve = key.algorithm.parameters.as_ref();
            let curve = curve.and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
            if key.algorithm.oid != oids::EC {
                return Err(Unproven::Unknown);
            }
            let digest = hash.digest(message);
            match curve {
                Some(oids::P256) => {
                    use p256::ecdsa::{DerSignature, VerifyingKey};
                    let key = VerifyingKey::from_sec1_bytes(public).map_err(|_| Unproven::False)?;
                    let signature =
                        DerSignature::from_bytes(signature).map_err(|_| Unproven::False)?;
                    key.verify_prehash(&digest, &signature)
                        .map_err(|_| Unproven::False)
                }
                Some(oids::P384) => {
                    use p384::ecdsa::{DerSignature, VerifyingKey};
                    let key = VerifyingKey::from_sec1_bytes(public).map_err(|_| Unproven::False)?;
                    let signature =
                        DerSignature::from_bytes(signature).map_err(|_| Unproven::False)?;
                    key.verify_prehash(&digest, &signature)
                        .map_err(|_| Unproven::False)
                }
                _ => Err(Unproven::Unknown),
            }
        }
        Algorithm::Rsa(hash) => {
            if key.algorithm.oid != oids::RSA {
                return Err(Unproven::Unknown);
            }
            let key = rsa_key(public).ok_or(Unproven::Unknown)?;
            let scheme = match hash {
                Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            };
            key.verify(scheme, &hash.digest(message), signature)
                .map_err(|_| Unproven::False)
        }
    }
}

fn rsa_key(public: &[u8]) -> Option<PublicKey> {
    let told = RsaKey::from_der(public).ok()?;
    let (modulus, exponent) = (told.modulus.as_bytes(), told.exponent.as_bytes());
    if modulus.len() * 8 > *RSA_BITS.end() || exponent.len() > EXPONENT_MOST {
        return None;
    }
    let number = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
    PublicKey::new_with_size_limits(number(modulus), number(exponent), RSA_BITS).ok()
}
