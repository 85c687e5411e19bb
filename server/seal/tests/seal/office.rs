//! A folder with keys as an office has them: its own authority, and a certificate from it.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::openssl::run;

pub struct Office {
    folder: TempDir,
}

/// Made once: RSA keys take their time.
pub static OFFICE: LazyLock<Office> = LazyLock::new(Office::furnish);

impl Office {
    fn furnish() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let p256 = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
        run(at, &format!("genpkey {p256} -out root.key"));
        run(at, &format!("genpkey {p256} -out middle.key"));
        run(at, &format!("genpkey {p256} -out p256.key"));
        run(
            at,
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key",
        );
        run(
            at,
            "req -x509 -new -key root.key -subj /O=Roots/CN=Root -days 3650 -out root.pem",
        );
        let ca = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n";
        fs::write(at.join("ca.ext"), ca).unwrap();
        let leaf = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n";
        fs::write(at.join("leaf.ext"), leaf).unwrap();
        let lock = "keyUsage=critical,keyEncipherment\n";
        fs::write(at.join("lock.ext"), lock).unwrap();
        let office = Self { folder };
        office.certify("middle", "/O=Roots/CN=Middle", "root", "ca");
        office.certify("p256", "/C=GB/O=Example/CN=Example", "middle", "leaf");
        office.certify("rsa", "/C=GB/O=Example/CN=Example", "middle", "leaf");
        office
    }

    /// A certificate for `who.key` from `issuer`, as `who.pem`. Its number comes from a file of its
    /// own: the issuer's would be written by several tests at once.
    pub fn certify(&self, who: &str, subject: &str, issuer: &str, extensions: &str) {
        let at = self.path();
        run(
            at,
            &format!("req -new -key {who}.key -subj {subject} -out {who}.csr"),
        );
        run(
            at,
            &format!(
                "x509 -req -in {who}.csr -CA {issuer}.pem -CAkey {issuer}.key \
                 -CAserial {who}.srl -CAcreateserial -extfile {extensions}.ext -days 900 -out {who}.pem"
            ),
        );
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    /// Files one after the other, as they come in one PEM.
    pub fn together(&self, names: &[&str]) -> Vec<u8> {
        names.iter().flat_map(|name| self.file(name)).collect()
    }
}
