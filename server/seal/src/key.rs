//! The private key: ECDSA on P-256, or RSA.

use der::Decode as _;
use der::asn1::ObjectIdentifier;
use der::{Any, Encode as _};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use pkcs8::{DecodePrivateKey as _, PrivateKeyInfoRef};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use x509_cert::Certificate;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::{Fault, oids};

/// There is no `Debug` here, so that no key is ever printed.
pub(crate) enum Key {
    /// Wiped when dropped. Signs after RFC 6979, so the same message gets the same signature.
    P256(SigningKey),
    /// ring computes in constant time, and checks each signature before it hands it out. It does not
    /// wipe the key when dropped; the bytes it was read from are wiped.
    Rsa(Box<RsaKeyPair>),
}

impl Key {
    pub(crate) fn read(pkcs8: &[u8]) -> Result<Self, Fault> {
        let info = PrivateKeyInfoRef::from_der(pkcs8)
            .map_err(|_| Fault::Unreadable("its private key is not PKCS#8".to_owned()))?;
        if info.algorithm.oid == oids::RSA {
            return RsaKeyPair::from_pkcs8(pkcs8)
                .map(|pair| Self::Rsa(Box::new(pair)))
                .map_err(|rejected| Fault::KeyKind(format!("RSA, {rejected}")));
        }
        if info.algorithm.oid != oids::EC {
            return Err(Fault::KeyKind(format!("algorithm {}", info.algorithm.oid)));
        }
        match info.algorithm.parameters_oid() {
            Ok(oids::P256) => SigningKey::from_pkcs8_der(pkcs8)
                .map(Self::P256)
                .map_err(|_| Fault::Unreadable("its private key is damaged".to_owned())),
            Ok(curve) => Err(Fault::KeyKind(format!("curve {curve}"))),
            Err(_) => Err(Fault::KeyKind("a curve without a name".to_owned())),
        }
    }

    /// Whether this is the key that the certificate vouches for.
    pub(crate) fn fits(&self, certificate: &Certificate) -> bool {
        let public = certificate.tbs_certificate().subject_public_key_info();
        match self {
            Self::P256(key) => {
                public.algorithm.oid == oids::EC
                    && public
                        .to_der()
                        .ok()
                        .and_then(|der| read_public(&der))
                        .is_some_and(|theirs| theirs == *key.verifying_key())
            }
            Self::Rsa(pair) => {
                use ring::signature::KeyPair as _;
                public.algorithm.oid == oids::RSA
                    && public.subject_public_key.as_bytes() == Some(pair.public_key().as_ref())
            }
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        match self {
            Self::P256(key) => {
                let signature: Signature = key.try_sign(message).map_err(|_| Fault::NotSigned)?;
                // Of (r, s) and (r, n - s), which verify alike, only the one with the smaller s is
                // ours: a seal has one spelling.
                let signature = signature.normalize_s().to_der();
                Ok(signature.as_bytes().to_vec())
            }
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // The padding of PKCS#1 v1.5 takes no chance, so neither does the signature.
                pair.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    message,
                    &mut signature,
                )
                .map_err(|_| Fault::NotSigned)?;
                Ok(signature)
            }
        }
    }

    /// Source: RFC 5758, 3.2 (no parameters) and RFC 4055, 5 (NULL).
    pub(crate) fn algorithm(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::P256(_) => plain(oids::ECDSA_WITH_SHA256),
            Self::Rsa(_) => AlgorithmIdentifierOwned {
                oid: oids::SHA256_WITH_RSA,
                parameters: Some(Any::null()),
            },
        }
    }
}

fn read_public(spki: &[u8]) -> Option<p256::ecdsa::VerifyingKey> {
    use p256::pkcs8::DecodePublicKey as _;
    p256::ecdsa::VerifyingKey::from_public_key_der(spki).ok()
}

/// An algorithm without parameters.
pub(crate) fn plain(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}

/// The public key as certificates hold it.
pub(crate) fn public(key: &SigningKey) -> Result<SubjectPublicKeyInfoOwned, Fault> {
    SubjectPublicKeyInfoOwned::from_key(key.verifying_key())
        .map_err(|error| Fault::Certificate(error.to_string()))
}
