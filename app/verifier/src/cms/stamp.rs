//! A timestamp: an authority's signed word on when it saw a signature. Source: RFC 3161, 2.4.2.

use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Encode as _, Sequence, Tag, Tagged as _};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use spki::AlgorithmIdentifierOwned;

use super::certificate::{self, Certificate};
use super::proof::{self, Algorithm, Hash, Unproven};
use super::{ContentInfo, Fault, Stamp, ess, find, oids, strictly, value};

const MALFORMED: Fault = Fault::Stamp("is not spelled as a timestamp is");

#[derive(Sequence)]
struct Imprint {
    algorithm: AlgorithmIdentifierOwned,
    hash: OctetString,
}

/// Checks a token over a signature's value.
pub fn check(token: &[u8], stamped: &[u8]) -> Result<Stamp, Fault> {
    checked(token, stamped).map_err(|fault| match fault {
        Fault::Stamp(_) => fault,
        Fault::Malformed(_) | Fault::Digest => MALFORMED,
        Fault::Signature => Fault::Stamp("does not fit the key of its authority"),
    })
}

fn checked(token: &[u8], stamped: &[u8]) -> Result<Stamp, Fault> {
    let info: ContentInfo = strictly(token)?;
    let data = info.content;
    let content = data.content.content.ok_or(MALFORMED)?;
    if info.content_type != oids::SIGNED_DATA
        || data.version != 3
        || data.content.content_type != oids::TST_INFO
    {
        return Err(MALFORMED);
    }
    let [signer] = data.signers.as_slice() else {
        return Err(MALFORMED);
    };
    // A version tells which of the two ways names the certificate. Source: RFC 5652, 5.3.
    let version = if signer.signer.tag() == Tag::Sequence {
        1
    } else {
        3
    };
    // Nobody signs what is unsigned, so nothing may be.
    if signer.version != version || signer.unsigned.is_some() {
        return Err(MALFORMED);
    }
    let unknown = Fault::Stamp("is signed in a way that is not known here");
    let hash = Hash::of(&signer.digest).ok_or(unknown)?;
    if !data.digest_algorithms.iter().eq([&signer.digest]) {
        return Err(MALFORMED);
    }
    let certificates = Certificate::all(&data.certificates.unwrap_or_default())?;
    let certificate = find(&certificates, signer)?;
    if !certificate.stamps_time() {
        return Err(Fault::Stamp(
            "was made with a certificate that may not stamp time",
        ));
    }

    let attributes = signer.signed.as_ref().ok_or(MALFORMED)?;
    if *value(attributes, oids::CONTENT_TYPE)? != Any::encode_from(&oids::TST_INFO)? {
        return Err(MALFORMED);
    }
    let digest = OctetString::new(hash.digest(content.as_bytes()))?;
    if *value(attributes, oids::MESSAGE_DIGEST)? != Any::encode_from(&digest)? {
        return Err(Fault::Stamp("was changed after its authority signed it"));
    }
    let named = |oid| attributes.iter().any(|one| one.oid == oid);
    let (newer, older) = (
        named(oids::SIGNING_CERTIFICATE_V2),
        named(oids::SIGNING_CERTIFICATE),
    );
    if !newer && !older {
        return Err(Fault::Stamp("does not name its certificate"));
    }
    if newer {
        let value = value(attributes, oids::SIGNING_CERTIFICATE_V2)?;
        ess::second(value, certificate, &certificates)?;
    }
    if older {
        let value = value(attributes, oids::SIGNING_CERTIFICATE)?;
        ess::first(value, certificate, &certificates)?;
    }
    certificate::chain(certificate, &certificates)?;
    let algorithm = Algorithm::of(&signer.algorithm, Some(hash)).ok_or(unknown)?;
    let signature = signer.signature.as_bytes();
    match proof::check(
        certificate.key(),
        algorithm,
        &attributes.to_der()?,
        signature,
    ) {
        Ok(()) => {}
        Err(Unproven::Unknown) => return Err(unknown),
        Err(Unproven::False) => return Err(Fault::Signature),
    }
    Ok(Stamp {
        at: told(content.as_bytes(), stamped)?,
        by: certificate.name(),
        certificate: certificate.sha256(),
    })
}

/// The moment that a token's content tells, after asking that it is about this signature.
fn told(content: &[u8], stamped: &[u8]) -> Result<Timestamp, Fault> {
    let parts: Vec<Any> = strictly(content)?;
    let [version, policy, imprint, serial, at, ..] = parts.as_slice() else {
        return Err(MALFORMED);
    };
    let kinds = version.decode_as::<u8>() == Ok(1)
        && policy.decode_as::<ObjectIdentifier>().is_ok()
        && serial.tag() == Tag::Integer
        && at.tag() == Tag::GeneralizedTime;
    if !kinds {
        return Err(MALFORMED);
    }
    let imprint: Imprint = imprint.decode_as()?;
    let hash = Hash::of(&imprint.algorithm)
        .ok_or(Fault::Stamp("is about a digest that is not known here"))?;
    if hash.digest(stamped) != imprint.hash.as_bytes() {
        return Err(Fault::Stamp("is about another signature"));
    }
    moment(at.value()).ok_or(MALFORMED)
}

/// `20261123180201Z`, with or without a fraction. Source: RFC 3161, 2.4.2.
fn moment(raw: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(raw).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = match text.split_once('.') {
        Some((_, fraction)) if fraction.is_empty() || fraction.len() > 9 => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<i8>().ok();
    let nanos = format!("{fraction:0<9}").parse().ok()?;
    let civil = DateTime::new(
        whole.get(..4)?.parse().ok()?,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..14)?,
        nanos,
    );
    TimeZone::UTC.to_timestamp(civil.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_with_and_without_a_fraction() {
        let read = |text: &str| moment(text.as_bytes()).map(|at| at.to_string());
        assert_eq!(read("20261123180201Z"), Some("2026-11-23T18:02:01Z".into()));
        assert_eq!(
            read("20261123180201.5Z"),
            Some("2026-11-23T18:02:01.5Z".into())
        );
        for bad in [
            "20261123180201",
            "2026112318020Z",
            "20261323180201Z",
            "20261123180201.Z",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    const STAMPED: &[u8] = b"a signature to be stamped";
    /// How they were made is told beside them.
    const TOKENS: [&[u8]; 4] = [
        include_bytes!("../../tests/tokens/p256.der"),
        include_bytes!("../../tests/tokens/p384.der"),
        include_bytes!("../../tests/tokens/rsa.der"),
        include_bytes!("../../tests/tokens/rsa-sha512-ess1.der"),
    ];

    #[test]
    fn tokens_of_another_implementation_are_read() {
        for token in TOKENS {
            let stamp = check(token, STAMPED).unwrap();
            assert_eq!(stamp.by, "Example Time Stamping");
            assert_eq!(
                check(token, b"another"),
                Err(Fault::Stamp("is about another signature"))
            );
        }
    }

    #[test]
    fn no_byte_of_a_token_can_be_changed_unseen_but_who_issued_its_last_certificate() {
        for token in [TOKENS[0], TOKENS[3]] {
            // The issuer of the root is the first of three names that are told alike; changed, the
            // root is one that somebody else issued, and nobody here can say otherwise.
            let issuers: Vec<usize> = (0..token.len())
                .filter(|place| token[*place..].starts_with(b"Example Root"))
                .collect();
            for place in 0..token.len() {
                let mut changed = token.to_vec();
                changed[place] ^= 1;
                let issuer = issuers.iter().any(|at| (at - 11..at + 12).contains(&place));
                assert!(issuer || check(&changed, STAMPED).is_err(), "byte {place}");
                assert!(check(&token[..place], STAMPED).is_err(), "cut at {place}");
            }
        }
    }
}
