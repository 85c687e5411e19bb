//! Keys: made, read, and refused with a sentence.

use std::fs;

use seal::Sealer;

use crate::office::OFFICE;
use crate::openssl::run;
use crate::{PRINTED, as_of};

fn refusal(bytes: &[u8], password: Option<&str>) -> String {
    Sealer::read(bytes, password).unwrap_err().to_string()
}

#[test]
fn a_made_key_is_read_again_and_seals_the_same() {
    let (made, pem) = Sealer::make("Zażółć & Søn, Ltd", as_of(), 10).unwrap();
    let read = Sealer::read(pem.as_bytes(), None).unwrap();
    assert_eq!(made.subject(), "CN=Zażółć & Søn, Ltd");
    assert_eq!(made.certificate(), read.certificate());
    assert_eq!(made.fingerprint(), read.fingerprint());
    let (from, until) = read.valid();
    assert_eq!(from.to_string(), "2026-11-23T18:02:01Z");
    assert_eq!(until.to_string(), "2036-11-23T18:02:01Z");
    assert!(made.seal(&PRINTED, as_of()).unwrap() == read.seal(&PRINTED, as_of()).unwrap());
}

#[test]
fn a_made_certificate_says_what_it_is_for() {
    let (_, pem) = Sealer::make("Example Ltd", as_of(), 3).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("made.pem"), pem.as_bytes()).unwrap();
    let told = run(folder.path(), "x509 -in made.pem -noout -text");
    let told = String::from_utf8(told).unwrap();
    for expected in [
        "Issuer: CN = Example Ltd",
        "Subject: CN = Example Ltd",
        "CA:FALSE",
        "X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation",
        "NIST CURVE: P-256",
        "Signature Algorithm: ecdsa-with-SHA256",
    ] {
        assert!(
            told.contains(expected),
            "“{expected}” is missing from\n{told}"
        );
    }
    let then = as_of().as_second();
    run(
        folder.path(),
        &format!("verify -attime {then} -CAfile made.pem -check_ss_sig made.pem"),
    );
}

#[test]
fn two_made_keys_differ() {
    let (one, _) = Sealer::make("Example", as_of(), 1).unwrap();
    let (other, _) = Sealer::make("Example", as_of(), 1).unwrap();
    assert_ne!(one.fingerprint(), other.fingerprint());
}

#[test]
fn a_certificate_without_a_name_or_a_year_is_not_made() {
    for name in ["", "  ", "a\nb", &"x".repeat(65)] {
        assert!(Sealer::make(name, as_of(), 1).is_err(), "{name:?}");
    }
    for years in [0, -1, 9000] {
        assert!(Sealer::make("Example", as_of(), years).is_err(), "{years}");
    }
}

#[test]
fn certificates_are_put_in_order() {
    for key in ["p256", "rsa"] {
        let (own, private) = (format!("{key}.pem"), format!("{key}.key"));
        let shuffled = OFFICE.together(&["root.pem", &private, &own, "middle.pem", "root.pem"]);
        let sorted = OFFICE.together(&[&private, &own, "middle.pem", "root.pem"]);
        let one = Sealer::read(&shuffled, None).unwrap();
        let other = Sealer::read(&sorted, None).unwrap();
        assert_eq!(one.subject(), "CN=Example, O=Example, C=GB");
        assert_eq!(one.certificate(), other.certificate());
        assert!(one.seal(&PRINTED, as_of()).unwrap() == other.seal(&PRINTED, as_of()).unwrap());
    }
}

#[test]
fn lines_may_end_as_on_windows_and_words_may_stand_between() {
    let file = OFFICE.together(&["p256.key", "p256.pem"]);
    let file = String::from_utf8(file).unwrap();
    let windows = format!("Bag Attributes: none\r\n{}", file.replace('\n', "\r\n"));
    let sealer = Sealer::read(windows.as_bytes(), None).unwrap();
    let same = Sealer::read(file.as_bytes(), None).unwrap();
    assert_eq!(sealer.fingerprint(), same.fingerprint());
}

#[test]
fn an_encrypted_key_opens_with_its_password_only() {
    run(
        OFFICE.path(),
        "pkcs8 -topk8 -in p256.key -passout pass:open -out locked.key",
    );
    let file = OFFICE.together(&["p256.pem", "locked.key"]);
    Sealer::read(&file, Some("open")).unwrap();
    assert_eq!(
        refusal(&file, None),
        "the private key is encrypted and no password was given"
    );
    assert_eq!(
        refusal(&file, Some("shut")),
        "the password does not open the file, or the file is damaged"
    );
}

#[test]
fn pkcs12_is_read_in_its_new_form_and_its_old() {
    for (key, form) in [
        ("p256", ""),
        ("rsa", ""),
        (
            "rsa",
            "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1",
        ),
    ] {
        let name = format!("{key}{}.p12", form.len());
        fs::write(
            OFFICE.path().join("above.pem"),
            OFFICE.together(&["root.pem", "middle.pem"]),
        )
        .unwrap();
        run(
            OFFICE.path(),
            &format!(
                "pkcs12 -export -inkey {key}.key -in {key}.pem -certfile above.pem -passout \
                 pass:open -out {name} {form}"
            ),
        );
        let file = OFFICE.file(&name);
        let sealer = Sealer::read(&file, Some("open")).unwrap();
        let pem = OFFICE.together(&[
            &format!("{key}.key"),
            &format!("{key}.pem"),
            "middle.pem",
            "root.pem",
        ]);
        let same = Sealer::read(&pem, None).unwrap();
        assert!(sealer.seal(&PRINTED, as_of()).unwrap() == same.seal(&PRINTED, as_of()).unwrap());
        assert_eq!(
            refusal(&file, None),
            "the private key is encrypted and no password was given"
        );
        assert_eq!(
            refusal(&file, Some("shut")),
            "the password does not open the file, or the file is damaged"
        );
    }
}

#[test]
fn what_cannot_seal_is_refused_with_its_reason() {
    let at = OFFICE.path();
    run(
        at,
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key",
    );
    run(at, "genpkey -algorithm ED25519 -out ed.key");
    run(
        at,
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out small.key",
    );
    run(at, "ec -in p256.key -out old.key");
    run(at, "pkey -in p256.key -out lock.key");
    OFFICE.certify("lock", "/CN=Lock", "root", "lock");
    for (files, expected) in [
        (vec!["p384.key", "p256.pem"], "(curve 1.3.132.0.34)"),
        (vec!["ed.key", "p256.pem"], "(algorithm 1.3.101.112)"),
        (vec!["small.key", "p256.pem"], "RSA of 2048 to 4096 bits"),
        (vec!["old.key", "p256.pem"], "openssl pkcs8 -topk8"),
        (vec!["p256.key"], "the file holds no certificate"),
        (vec!["p256.pem"], "the file holds no private key"),
        (
            vec!["p256.key", "rsa.key", "rsa.pem"],
            "holds 2 private keys",
        ),
        (
            vec!["rsa.key", "p256.pem", "root.pem"],
            "no certificate in the file belongs to its private key",
        ),
        (
            vec!["p256.key", "lock.pem"],
            "the certificate is not for signing",
        ),
        (vec!["leaf.ext"], "neither PEM nor PKCS#12"),
    ] {
        let said = refusal(&OFFICE.together(&files), None);
        assert!(said.contains(expected), "{files:?}: {said}");
    }
    assert!(refusal(b"", None).contains("neither PEM nor PKCS#12"));
    assert!(refusal(b"0\x82\x01\x00garbage", None).contains("neither PEM nor PKCS#12"));
    let cut = &OFFICE.file("p256.key")[..60];
    assert!(refusal(cut, None).contains("PRIVATE KEY does not end"));
}

#[test]
fn a_sealer_is_shown_without_its_key() {
    let sealer = Sealer::read(&OFFICE.together(&["rsa.key", "rsa.pem"]), None).unwrap();
    let shown = format!("{sealer:?}");
    assert!(
        shown.starts_with("Sealer { subject: \"CN=Example"),
        "{shown}"
    );
    assert!(shown.len() < 180, "{shown}");
}
