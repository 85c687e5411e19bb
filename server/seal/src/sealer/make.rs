//! A key of one's own, with a certificate that it signs itself.

use std::time::Duration;

use der::asn1::Utf8StringRef;
use der::{Any, DateTime, Decode as _, Encode as _, EncodePem as _};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::{EncodePrivateKey as _, LineEnding};
use ring::digest::{SHA256, digest};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoRef;
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

use crate::{Fault, key, oids};

/// Source: RFC 5280, Appendix A.1: `ub-common-name`.
const LONGEST_NAME: usize = 64;

pub(super) fn make(
    name: &str,
    from: Timestamp,
    years: i16,
) -> Result<(SigningKey, Certificate, Zeroizing<String>), Fault> {
    let subject = subject(name)?;
    let validity = validity(from, years)?;
    let key = new_key()?;
    let told = |error: x509_cert::builder::Error| Fault::Certificate(error.to_string());
    let certificate =
        CertificateBuilder::new(OwnSeal(subject), serial()?, validity, key::public(&key)?)
            .and_then(|builder| builder.build::<_, DerSignature>(&key))
            .map_err(told)?;

    let private = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| Fault::Certificate(error.to_string()))?;
    let public = certificate.to_pem(LineEnding::LF)?;
    // Never grown, so that no copy of the key is left behind unwiped.
    let mut pem = Zeroizing::new(String::with_capacity(private.len() + public.len()));
    pem.push_str(&private);
    pem.push_str(&public);
    Ok((key, certificate, pem))
}

fn subject(name: &str) -> Result<Name, Fault> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > LONGEST_NAME || name.contains(char::is_control) {
        return Err(Fault::Name);
    }
    let mut common_name = RelativeDistinguishedName::default();
    common_name.insert(AttributeTypeAndValue {
        oid: oids::COMMON_NAME,
        value: Any::encode_from(&Utf8StringRef::new(name)?)?,
    })?;
    let mut names = RdnSequence::default();
    names.push(common_name);
    Ok(Name::from_der(&names.to_der()?)?)
}

fn validity(from: Timestamp, years: i16) -> Result<Validity, Fault> {
    if years < 1 {
        return Err(Fault::Years);
    }
    let until = from
        .to_zoned_datetime(TimeZone::UTC)
        .checked_add(years.years())
        .map_err(|_| Fault::Years)?
        .timestamp();
    let time = |moment: Timestamp| {
        let seconds = u64::try_from(moment.as_second()).map_err(|_| Fault::Years)?;
        let date =
            DateTime::from_unix_duration(Duration::from_secs(seconds)).map_err(|_| Fault::Years)?;
        Ok::<_, Fault>(Time::from(date))
    };
    Ok(Validity::new(time(from)?, time(until)?))
}

fn new_key() -> Result<SigningKey, Fault> {
    loop {
        let mut scalar = Zeroizing::new([0; 32]);
        fill(scalar.as_mut_slice())?;
        // One in four thousand million is zero or beyond the order of the curve.
        if let Ok(key) = SigningKey::from_slice(scalar.as_slice()) {
            return Ok(key);
        }
    }
}

/// Source: RFC 5280, 4.1.2.2: positive, and at most 20 bytes; CA/Browser Forum: 64 bits of chance.
fn serial() -> Result<SerialNumber, Fault> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(SerialNumber::new(&bytes)?)
}

fn fill(bytes: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(bytes).map_err(|error| Fault::NoChance(error.to_string()))
}

/// Issued by whom it names, for signing and nothing else.
struct OwnSeal(Name);

impl BuilderProfile for OwnSeal {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        public: SubjectPublicKeyInfoRef<'_>,
        _issuer: SubjectPublicKeyInfoRef<'_>,
        told: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let constraints = BasicConstraints {
            ca: false,
            path_len_constraint: None,
        };
        let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
        // Source: RFC 7093, 2, method 1.
        let point = digest(&SHA256, public.subject_public_key.raw_bytes());
        let identifier = SubjectKeyIdentifier(der::asn1::OctetString::new(&point.as_ref()[..20])?);
        let subject = told.subject();
        Ok(vec![
            (true, &constraints).to_extension(subject, &[])?,
            (true, &usage).to_extension(subject, &[])?,
            (&identifier).to_extension(subject, &[])?,
        ])
    }
}
