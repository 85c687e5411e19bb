//! A private key and certificates out of a file: PEM, or PKCS#12.

use der::pem;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error as Pkcs12Error;
use pkcs8::EncryptedPrivateKeyInfoRef;
use zeroize::Zeroizing;

use crate::Fault;

pub(super) struct Found {
    /// In PKCS#8.
    pub(super) key: Zeroizing<Vec<u8>>,
    pub(super) certificates: Vec<Vec<u8>>,
}

pub(super) fn read(bytes: &[u8], password: Option<&str>) -> Result<Found, Fault> {
    let (mut keys, certificates) = match std::str::from_utf8(bytes) {
        Ok(text) if text.contains(BEGIN) => from_pem(text, password)?,
        // DER begins with a SEQUENCE.
        _ if bytes.first() == Some(&0x30) => from_pkcs12(bytes, password)?,
        _ => {
            return Err(Fault::Unreadable(
                "it begins like neither of them".to_owned(),
            ));
        }
    };
    let key = keys.pop().ok_or(Fault::NoKey)?;
    if !keys.is_empty() {
        return Err(Fault::ManyKeys(keys.len() + 1));
    }
    Ok(Found { key, certificates })
}

type Parts = (Vec<Zeroizing<Vec<u8>>>, Vec<Vec<u8>>);

const BEGIN: &str = "-----BEGIN ";

/// Source: RFC 7468. What stands between the blocks is a comment.
fn from_pem(text: &str, password: Option<&str>) -> Result<Parts, Fault> {
    let (mut keys, mut certificates) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(begin) = rest.find(BEGIN) {
        rest = &rest[begin..];
        let label = rest[BEGIN.len()..]
            .split("-----")
            .next()
            .unwrap_or_default();
        let end = format!("-----END {label}-----");
        let length = rest
            .find(&end)
            .map(|at| at + end.len())
            .ok_or_else(|| Fault::Unreadable(format!("its block {label} does not end")))?;
        let (block, after) = rest.split_at(length);
        rest = after;
        match label {
            "CERTIFICATE" => certificates.push(decode(block, label)?.to_vec()),
            "PRIVATE KEY" => keys.push(decode(block, label)?),
            "ENCRYPTED PRIVATE KEY" => keys.push(decrypt(&decode(block, label)?, password)?),
            other if other.ends_with("PRIVATE KEY") => {
                return Err(Fault::OldForm(format!("BEGIN {other}")));
            }
            // The parameters of a curve, a public key, a list of revocations.
            _ => {}
        }
    }
    Ok((keys, certificates))
}

fn decode(block: &str, label: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    match pem::decode_vec(block.as_bytes()) {
        Ok((_, der)) => Ok(Zeroizing::new(der)),
        Err(error) => Err(Fault::Unreadable(format!("its block {label}: {error}"))),
    }
}

fn decrypt(der: &[u8], password: Option<&str>) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let encrypted = EncryptedPrivateKeyInfoRef::try_from(der)
        .map_err(|error| Fault::Unreadable(format!("its encrypted key: {error}")))?;
    let password = password.ok_or(Fault::NoPassword)?;
    encrypted
        .decrypt(password)
        .map(|key| key.to_bytes())
        .map_err(|_| Fault::WrongPassword)
}

/// The library does not wipe its own copy of the key.
/// Source: RFC 7292. Without a password, the empty one is tried, as exports often have it.
fn from_pkcs12(bytes: &[u8], password: Option<&str>) -> Result<Parts, Fault> {
    let archive = Pkcs12Archive::from_pkcs12(bytes, password.unwrap_or_default()).map_err(
        |error| match (error, password) {
            (Pkcs12Error::MacError(_), None) => Fault::NoPassword,
            (Pkcs12Error::MacError(_), Some(_)) => Fault::WrongPassword,
            (other, _) => Fault::Unreadable(format!("as PKCS#12, {other}")),
        },
    )?;
    let keys = archive
        .keys
        .iter()
        .map(|bag| Zeroizing::new(bag.key.as_der().to_vec()))
        .collect();
    let certificates = archive
        .certs
        .iter()
        .map(|bag| bag.cert.as_der().to_vec())
        .collect();
    Ok((keys, certificates))
}
