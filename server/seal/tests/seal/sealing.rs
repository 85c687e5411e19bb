//! The sealed file, and the files that are not sealed.

use std::fs;
use std::sync::LazyLock;

use seal::Sealer;

use crate::office::OFFICE;
use crate::openssl::{attempt, run};
use crate::{PRINTED, as_of};

static P256: LazyLock<Sealer> = LazyLock::new(|| {
    let file = OFFICE.together(&["p256.key", "p256.pem", "middle.pem"]);
    Sealer::read(&file, None).unwrap()
});

static RSA: LazyLock<Sealer> = LazyLock::new(|| {
    let file = OFFICE.together(&["rsa.key", "rsa.pem", "middle.pem"]);
    Sealer::read(&file, None).unwrap()
});

/// What a seal covers, and what it holds.
pub struct Opened {
    pub covered: Vec<u8>,
    pub signature: Vec<u8>,
}

/// Opens a seal as one who knows only the standard would: by `/ByteRange`.
pub fn open(sealed: &[u8]) -> Opened {
    let mark = b"/ByteRange [";
    let at = sealed.windows(mark.len()).rposition(|w| w == mark).unwrap() + mark.len();
    let end = at + sealed[at..].iter().position(|byte| *byte == b']').unwrap();
    let range: Vec<usize> = std::str::from_utf8(&sealed[at..end])
        .unwrap()
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let [0, gap, after, rest] = range[..] else {
        panic!("{range:?}")
    };
    assert_eq!(after + rest, sealed.len(), "the whole file is covered");
    assert_eq!((sealed[gap], sealed[after - 1]), (b'<', b'>'));
    let digits = &sealed[gap + 1..after - 1];
    assert!(
        digits
            .iter()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    );
    let padded = hex::decode(digits).unwrap();
    // SEQUENCE with a length of two bytes.
    assert_eq!(padded[..2], [0x30, 0x82]);
    let length = 4 + usize::from(padded[2]) * 256 + usize::from(padded[3]);
    assert!(padded[length..].iter().all(|byte| *byte == 0));
    Opened {
        covered: [&sealed[..gap], &sealed[after..]].concat(),
        signature: padded[..length].to_vec(),
    }
}

#[test]
fn openssl_agrees_with_the_seal_and_not_after_a_change() {
    for sealer in [&*P256, &*RSA] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let mut opened = open(&sealer.seal(&PRINTED, as_of()).unwrap());
        fs::write(at.join("root.pem"), OFFICE.file("root.pem")).unwrap();
        fs::write(at.join("signature"), &opened.signature).unwrap();
        fs::write(at.join("covered"), &opened.covered).unwrap();
        // With -cades the certificate named in the signed attributes is compared too.
        let verify = "cms -verify -cades -binary -inform DER -in signature -content covered \
                      -CAfile root.pem -purpose any -out /dev/null";
        run(at, verify);
        opened.covered[100] ^= 1;
        fs::write(at.join("covered"), &opened.covered).unwrap();
        assert!(!attempt(at, verify).0);
    }
}

#[test]
fn the_same_file_gets_the_same_seal() {
    for sealer in [&*P256, &*RSA] {
        let once = sealer.seal(&PRINTED, as_of()).unwrap();
        assert!(once == sealer.seal(&PRINTED, as_of()).unwrap());
        let later = as_of() + jiff::SignedDuration::from_secs(1);
        assert!(once != sealer.seal(&PRINTED, later).unwrap());
    }
}

#[test]
fn what_was_printed_stays_byte_for_byte() {
    let sealed = P256.seal(&PRINTED, as_of()).unwrap();
    assert!(sealed.starts_with(&PRINTED));
    assert!(sealed.ends_with(b"%%EOF\n"));
    let without_newline = PRINTED.strip_suffix(b"\n").unwrap_or(&PRINTED);
    assert!(
        P256.seal(without_newline, as_of())
            .unwrap()
            .starts_with(without_newline)
    );
}

#[test]
fn the_update_says_what_a_seal_must() {
    let sealed = P256.seal(&PRINTED, as_of()).unwrap();
    let update = String::from_utf8_lossy(&sealed[PRINTED.len()..]).into_owned();
    for said in [
        "/SubFilter /ETSI.CAdES.detached",
        "/M (D:20261123180201Z)",
        "/TransformMethod /DocMDP",
        "/P 1\n",
        "/Perms",
        "/F 132",
        "/Rect [-1 -1 -1 -1]",
        "/TU <FEFF",
        "/SigFlags 3",
        "/Tabs /S",
        "/Prev ",
    ] {
        assert!(update.contains(said), "“{said}” is missing from\n{update}");
    }
    // The attribute signing-time, which EN 319 142-1 forbids.
    let signing_time = hex::encode([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05]);
    assert!(!update.contains(&signing_time));
}

#[test]
fn a_record_is_sealed_once() {
    let sealed = P256.seal(&PRINTED, as_of()).unwrap();
    assert_eq!(
        RSA.seal(&sealed, as_of()).unwrap_err().to_string(),
        "this file was added to after it was printed, perhaps sealed; a record is sealed once"
    );
}

#[test]
fn only_what_the_press_printed_is_sealed() {
    let with = |from: &str, to: &str| {
        let (from, to) = (from.as_bytes(), to.as_bytes());
        assert_eq!(from.len(), to.len());
        let at = PRINTED
            .windows(from.len())
            .rposition(|w| w == from)
            .unwrap();
        let mut bytes = PRINTED.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    for (bytes, expected) in [
        (Vec::new(), "does not begin as a PDF"),
        (b"%PDF-1.7".to_vec(), "does not end with the place"),
        (
            PRINTED[..PRINTED.len() - 9].to_vec(),
            "does not end with the place",
        ),
        (
            [&PRINTED[..], b"\nmore"].concat(),
            "does not end with the place",
        ),
        (
            with("xref\n0 ", "10 0 ob"),
            "no classic cross-reference table",
        ),
        (with("/Size", "/Prev"), "added to after it was printed"),
        (with("/Root", "/Boot"), "names no catalog"),
        (with("/ID", "/IE"), "no identifier"),
        (with("/Kids", "/Cats"), "first page cannot be found"),
        (
            with("/StructParents 0", "/Annots       []"),
            "holds annotations",
        ),
        (
            with("/Tabs /S", "/Tabs /R"),
            "not tabbed in structure order",
        ),
    ] {
        let said = P256.seal(&bytes, as_of()).unwrap_err().to_string();
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn damaged_files_are_refused_or_sealed_but_never_end_the_process() {
    for length in (0..PRINTED.len()).step_by(97) {
        assert!(P256.seal(&PRINTED[..length], as_of()).is_err());
    }
    // Chance that is the same each time (xorshift).
    let mut dice = 0x00d1_5c10_5e00_4711_u64;
    for _ in 0..400 {
        let mut bytes = PRINTED.clone();
        for _ in 0..3 {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            // Half of the blows fall on the table and the trailer.
            let reach = if dice & 1 == 0 { bytes.len() } else { 1500 };
            let place = bytes.len() - 1 - usize::try_from(dice >> 8).unwrap() % reach;
            bytes[place] = dice.to_le_bytes()[7];
        }
        let _ = P256.seal(&bytes, as_of());
    }
}

#[test]
fn a_chain_that_is_too_long_is_refused_with_its_size() {
    let at = OFFICE.path();
    let p256 = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
    let (mut issuer, mut files) = ("root".to_owned(), Vec::new());
    for storey in 0..16 {
        let name = format!("storey{storey}");
        run(at, &format!("genpkey {p256} -out {name}.key"));
        let ext = if storey == 15 { "leaf" } else { "ca" };
        OFFICE.certify(
            &name,
            &format!("/O={}/CN={name}", "o".repeat(60)),
            &issuer,
            ext,
        );
        files.push(format!("{name}.pem"));
        issuer = name;
    }
    files.push(format!("{issuer}.key"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let sealer = Sealer::read(&OFFICE.together(&files), None).unwrap();
    let said = sealer.seal(&PRINTED, as_of()).unwrap_err().to_string();
    assert!(said.contains("its room is 8192"), "{said}");
}
