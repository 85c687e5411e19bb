//! A timestamp authority of this machine, by OpenSSL.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use seal::{Authority, Fault};

pub struct Stamps {
    folder: PathBuf,
}

impl Stamps {
    /// None, and a word about it, where OpenSSL is not installed.
    pub fn open(folder: &Path) -> Option<Self> {
        let stamps = Self {
            folder: folder.to_owned(),
        };
        match stamps.furnish() {
            Ok(()) => Some(stamps),
            Err(error) => {
                eprintln!("no timestamps: {error}");
                None
            }
        }
    }

    fn furnish(&self) -> Result<(), Box<dyn Error>> {
        fs::create_dir_all(&self.folder)?;
        let config = "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\n\
                      signer_key = tsa.key\ndefault_policy = 1.2.3.4.1\nsigner_digest = sha256\n\
                      digests = sha256\ntsa_name = yes\ness_cert_id_alg = sha256\n";
        fs::write(self.folder.join("tsa.cnf"), config)?;
        self.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout tsa.key -out tsa.pem \
             -days 900 -subj /CN=Authority -addext extendedKeyUsage=critical,timeStamping",
        )
    }

    fn openssl(&self, words: &str) -> Result<(), Box<dyn Error>> {
        let run = Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if run.success() {
            Ok(())
        } else {
            Err(format!("openssl {words} failed").into())
        }
    }

    fn answer(&self, imprint: &[u8; 32]) -> Result<Vec<u8>, Box<dyn Error>> {
        let digest = casework::order::Digest(*imprint);
        self.openssl(&format!(
            "ts -query -digest {digest} -sha256 -cert -no_nonce -out question"
        ))?;
        self.openssl("ts -reply -config tsa.cnf -queryfile question -token_out -out token")?;
        Ok(fs::read(self.folder.join("token"))?)
    }
}

impl Authority for Stamps {
    fn stamp(&self, imprint: &[u8; 32]) -> Result<Vec<u8>, Fault> {
        self.answer(imprint)
            .map_err(|error| Fault::Address(error.to_string()))
    }
}
