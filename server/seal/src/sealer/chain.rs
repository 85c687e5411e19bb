//! Certificates in order: the signer's own, then each the issuer of the one before.

use std::cmp::Reverse;

use der::{Decode as _, Encode as _};
use x509_cert::Certificate;
use x509_cert::ext::pkix::KeyUsage;

use crate::Fault;
use crate::key::Key;
use crate::proof::{self, Unproven};

pub(super) fn chain(key: &Key, certificates: &[Vec<u8>]) -> Result<Vec<Certificate>, Fault> {
    if certificates.is_empty() {
        return Err(Fault::NoCertificate);
    }
    let mut others = certificates
        .iter()
        .map(|der| read(der))
        .collect::<Result<Vec<_>, _>>()?;
    // A renewed certificate for the same key stands in for the one that ends sooner.
    others.sort_by_key(|one| {
        Reverse(
            one.tbs_certificate()
                .validity()
                .not_after
                .to_unix_duration(),
        )
    });
    let own = others
        .iter()
        .position(|one| key.fits(one))
        .ok_or(Fault::Strangers)?;
    let own = others.remove(own);
    may_sign(&own)?;

    let mut chain = vec![own];
    while let Some(last) = chain.last() {
        if last.tbs_certificate().issuer() == last.tbs_certificate().subject() {
            break;
        }
        let Some(next) = others.iter().position(|other| issued(other, last)) else {
            break;
        };
        let next = others.remove(next);
        chain.push(next);
    }
    Ok(chain)
}

fn read(der: &[u8]) -> Result<Certificate, Fault> {
    let certificate =
        Certificate::from_der(der).map_err(|error| Fault::Certificate(error.to_string()))?;
    // Its digest is signed and published, so it must be embedded as it was issued.
    if certificate.to_der()? != der {
        return Err(Fault::Certificate(
            "it is not written as RFC 5280 asks, and would not be embedded as it was issued"
                .to_owned(),
        ));
    }
    Ok(certificate)
}

/// Source: RFC 5280, 4.2.1.3: without the extension every use is allowed.
fn may_sign(certificate: &Certificate) -> Result<(), Fault> {
    match certificate.tbs_certificate().get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) if !usage.digital_signature() && !usage.non_repudiation() => {
            Err(Fault::NotForSigning)
        }
        Ok(_) => Ok(()),
        Err(error) => Err(Fault::Certificate(error.to_string())),
    }
}

/// Whether `above` issued `below`: by name, and by signature where it can be checked here.
fn issued(above: &Certificate, below: &Certificate) -> bool {
    let (above, told) = (above.tbs_certificate(), below.tbs_certificate());
    let Ok(message) = told.to_der() else {
        return false;
    };
    let algorithm = below.signature_algorithm().oid;
    let Some(signature) = below.signature().as_bytes() else {
        return false;
    };
    above.subject() == told.issuer()
        && !matches!(
            proof::check(
                above.subject_public_key_info(),
                algorithm,
                algorithm,
                &message,
                signature
            ),
            Err(Unproven::False)
        )
}
