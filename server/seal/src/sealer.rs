//! Who seals: a private key, and the certificates that say whose it is.

mod chain;
mod make;
mod read;

use std::fmt;

use der::Encode as _;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use x509_cert::Certificate;
use x509_cert::time::Time;
use zeroize::Zeroizing;

use crate::key::Key;
use crate::pdf::Unsealed;
use crate::{Authority, Fault, signed, subject};

/// The room for a signature: three certificates of 2 KiB and what a signature says.
const ROOM: usize = 8192;

/// With a timestamp, whose authority has its own chain.
const ROOM_FOR_STAMP: usize = 16384;

/// A private key and the chain of its certificate, the signer's own first.
pub struct Sealer {
    key: Key,
    chain: Vec<Certificate>,
    certificate: Vec<u8>,
    subject: String,
}

impl Sealer {
    /// Makes a key on P-256 and a certificate for it that it signs itself, with the PEM of both: a
    /// PKCS#8 key, then the certificate.
    pub fn make(
        name: &str,
        from: Timestamp,
        years: i16,
    ) -> Result<(Self, Zeroizing<String>), Fault> {
        let (key, certificate, pem) = make::make(name, from, years)?;
        Ok((Self::of(Key::P256(key), vec![certificate])?, pem))
    }

    /// Reads PEM or PKCS#12, told apart by their content: one private key, on P-256 or RSA of 2048
    /// to 4096 bits, and certificates in any order. Those that do not lead from the key's
    /// certificate to its root are left out.
    ///
    /// In PEM the key is PKCS#8, encrypted or not; other keys are refused.
    pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Self, Fault> {
        let found = read::read(bytes, password)?;
        let key = Key::read(&found.key)?;
        let chain = chain::chain(&key, &found.certificates)?;
        Self::of(key, chain)
    }

    fn of(key: Key, chain: Vec<Certificate>) -> Result<Self, Fault> {
        let signer = chain.first().ok_or(Fault::NoCertificate)?;
        Ok(Self {
            certificate: signer.to_der()?,
            subject: subject::readable(signer.tbs_certificate().subject()),
            key,
            chain,
        })
    }

    /// The signer's certificate in DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// SHA-256 of the signer's certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut fingerprint = [0; 32];
        fingerprint.copy_from_slice(digest(&SHA256, &self.certificate).as_ref());
        fingerprint
    }

    /// Whom the certificate names, to be read: `CN=Example Ltd, C=GB`.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// From when until when the certificate is in force, both included.
    pub fn valid(&self) -> (Timestamp, Timestamp) {
        // The chain is never empty.
        self.chain.first().map_or_else(Default::default, |signer| {
            let validity = signer.tbs_certificate().validity();
            (moment(&validity.not_before), moment(&validity.not_after))
        })
    }

    /// Seals what the press printed, at baseline B-B. The same file gives the same bytes.
    pub fn seal(&self, pdf: &[u8], as_of: Timestamp) -> Result<Vec<u8>, Fault> {
        self.put(pdf, as_of, ROOM, None)
    }

    /// Seals at baseline B-T: the authority attests when.
    pub fn seal_and_stamp(
        &self,
        pdf: &[u8],
        as_of: Timestamp,
        authority: &dyn Authority,
    ) -> Result<Vec<u8>, Fault> {
        self.put(pdf, as_of, ROOM_FOR_STAMP, Some(authority))
    }

    fn put(
        &self,
        pdf: &[u8],
        as_of: Timestamp,
        room: usize,
        authority: Option<&dyn Authority>,
    ) -> Result<Vec<u8>, Fault> {
        let name = self
            .chain
            .first()
            .map(|signer| subject::signer(signer.tbs_certificate().subject()))
            .unwrap_or_default();
        let unsealed = Unsealed::over(pdf, &name, as_of, room)?;
        let signature = signed::sign(&self.key, &self.chain, unsealed.digest(), authority)?;
        unsealed.close(&signature)
    }
}

/// Without the key.
impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("subject", &self.subject)
            .field("fingerprint", &hex::encode(self.fingerprint()))
            .finish_non_exhaustive()
    }
}

fn moment(time: &Time) -> Timestamp {
    // A certificate's years end at 9999, as do these.
    i64::try_from(time.to_unix_duration().as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}
