//! Timestamps, from an authority of this machine that is honest or is not.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use seal::{Authority, Fault, OverHttp, Sealer};

use crate::office::OFFICE;
use crate::openssl::run;
use crate::sealing::open;
use crate::{PRINTED, as_of};

/// What comes of a question.
#[derive(Clone, Copy)]
enum Mood {
    Honest(Hand),
    AnswersAnother,
    StampsAnother,
    Refuses,
    Babbles,
    Html,
    Missing,
    Redirects,
    Overflows,
    Forges,
    Bare,
}

const GRANTED_WITHOUT_TOKEN: &[u8] = b"\x30\x05\x30\x03\x02\x01\x00";

/// `rejection`, “no”, `timeNotAvailable`.
const REJECTED: &[u8] = b"\x30\x10\x30\x0e\x02\x01\x02\x30\x04\x0c\x02no\x03\x03\x01\x00\x02";

/// Answers one request, and is then gone. Its keys are made before anybody waits for it.
fn authority(mood: Mood) -> OverHttp {
    LazyLock::force(&CERTIFIED);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let question = question(&mut stream);
        let mut say = |status: &str, kind: &str, body: &[u8]| {
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nLocation: http://127.0.0.1:9/\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            // The desk may have hung up.
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body);
        };
        let mut reply = |body: &[u8]| say("200 OK", "application/timestamp-reply", body);
        match mood {
            Mood::Honest(hand) => reply(&answer(&question, hand)),
            Mood::AnswersAnother => {
                let imprint = hex::encode(imprint(&question));
                reply(&answer(&ask_openssl(&imprint), RSA));
            }
            Mood::StampsAnother => reply(&answer(&ask_openssl(&"00".repeat(32)), RSA)),
            Mood::Refuses => reply(REJECTED),
            Mood::Bare => reply(GRANTED_WITHOUT_TOKEN),
            Mood::Babbles => reply(b"0 is not DER"),
            Mood::Html => say("200 OK", "text/html", b"<p>Sign in</p>"),
            Mood::Missing => say("404 Not Found", "text/plain", b""),
            Mood::Redirects => say("307 Temporary Redirect", "text/plain", b""),
            Mood::Overflows => reply(&vec![0; 70_000]),
            Mood::Forges => {
                // The signature is what a token ends with.
                let mut forged = answer(&question, RSA);
                *forged.last_mut().unwrap() ^= 1;
                reply(&forged);
            }
        }
    });
    OverHttp::new(&url, Duration::from_mins(2)).unwrap()
}

/// The body of a POST.
fn question(stream: &mut TcpStream) -> Vec<u8> {
    let (mut read, mut piece) = (Vec::new(), [0; 1024]);
    loop {
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "the desk hung up before it had asked");
        read.extend_from_slice(&piece[..count]);
        let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        assert!(head.starts_with("post /tsa http/1.1"), "{head}");
        assert!(
            head.contains("content-type: application/timestamp-query"),
            "{head}"
        );
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap()
            .parse()
            .unwrap();
        if read.len() >= end + 4 + length {
            return read[end + 4..].to_vec();
        }
    }
}

/// The 32 bytes after the tag and the length of an OCTET STRING.
fn imprint(question: &[u8]) -> &[u8] {
    let at = question.windows(2).position(|w| w == [4, 32]).unwrap() + 2;
    &question[at..at + 32]
}

fn ask_openssl(imprint: &str) -> Vec<u8> {
    run(
        OFFICE.path(),
        &format!("ts -query -digest {imprint} -sha256 -cert"),
    )
}

/// How an authority of OpenSSL signs.
#[derive(Clone, Copy)]
struct Hand {
    key: &'static str,
    names_itself_by: &'static str,
}

const RSA: Hand = Hand {
    key: "tsa-rsa",
    names_itself_by: "sha256",
};

/// What `openssl ts` answers.
fn answer(question: &[u8], hand: Hand) -> Vec<u8> {
    LazyLock::force(&CERTIFIED);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (key, office) = (hand.key, OFFICE.path().display());
    let config = format!(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = {office}/{key}.pem\n\
         signer_key = {office}/{key}.key\ndefault_policy = 1.2.3.4.1\nsigner_digest = sha256\n\
         digests = sha256\naccuracy = secs:1, millisecs:500\nclock_precision_digits = 3\n\
         tsa_name = yes\ness_cert_id_alg = {}\n",
        hand.names_itself_by
    );
    fs::write(at.join("tsa.cnf"), config).unwrap();
    fs::write(at.join("question"), question).unwrap();
    run(
        at,
        "ts -reply -config tsa.cnf -queryfile question -out answer",
    );
    fs::read(at.join("answer")).unwrap()
}

/// The keys of the authorities and their certificates.
static CERTIFIED: LazyLock<()> = LazyLock::new(|| {
    let at = OFFICE.path();
    for (name, kind) in [
        ("tsa-rsa", "rsa:2048"),
        ("tsa-p256", "ec -pkeyopt ec_paramgen_curve:P-256"),
        ("tsa-p384", "ec -pkeyopt ec_paramgen_curve:P-384"),
    ] {
        run(
            at,
            &format!(
                "req -x509 -newkey {kind} -noenc -keyout {name}.key -out {name}.pem -days 9 -subj \
                 /CN={name} -addext extendedKeyUsage=critical,timeStamping"
            ),
        );
    }
});

fn sealer() -> Sealer {
    Sealer::read(
        &OFFICE.together(&["p256.key", "p256.pem", "middle.pem"]),
        None,
    )
    .unwrap()
}

fn refusal(mood: Mood) -> String {
    sealer()
        .seal_and_stamp(&PRINTED, as_of(), &authority(mood))
        .unwrap_err()
        .to_string()
}

#[test]
fn an_honest_authority_stamps_and_openssl_agrees() {
    for hand in [
        RSA,
        Hand {
            key: "tsa-p256",
            names_itself_by: "sha256",
        },
        Hand {
            key: "tsa-p384",
            names_itself_by: "sha256",
        },
        // The older form, in which a certificate is named by SHA-1, is still met.
        Hand {
            key: "tsa-rsa",
            names_itself_by: "sha1",
        },
    ] {
        let token = authority(Mood::Honest(hand)).stamp(&[7; 32]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("token"), token).unwrap();
        let (office, key, imprint) = (OFFICE.path().display(), hand.key, "07".repeat(32));
        run(
            folder.path(),
            &format!("ts -verify -token_in -in token -digest {imprint} -CAfile {office}/{key}.pem"),
        );
    }
}

#[test]
fn a_stamped_seal_holds_the_token_over_its_signature() {
    let stamped = sealer()
        .seal_and_stamp(&PRINTED, as_of(), &authority(Mood::Honest(RSA)))
        .unwrap();
    let plain = sealer().seal(&PRINTED, as_of()).unwrap();
    assert!(stamped.len() - plain.len() >= 16384);
    let opened = open(&stamped);
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("signature"), &opened.signature).unwrap();
    fs::write(at.path().join("covered"), &opened.covered).unwrap();
    let told = run(
        at.path(),
        "cms -cmsout -print -noout -inform DER -in signature",
    );
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(told.contains("id-smime-aa-timeStampToken"), "{told}");
    run(
        at.path(),
        &format!(
            "cms -verify -cades -binary -inform DER -in signature -content covered -CAfile \
             {}/root.pem -purpose any -out /dev/null",
            OFFICE.path().display()
        ),
    );
}

#[test]
fn each_refusal_has_its_sentence() {
    let unusable = "the timestamp authority's answer cannot be used: ";
    for (mood, expected) in [
        (
            Mood::AnswersAnother,
            format!(
                "{unusable}its nonce is not the one that was asked with, so it may be an old answer"
            ),
        ),
        (
            Mood::StampsAnother,
            format!("{unusable}it stamps something else than what was asked"),
        ),
        (
            Mood::Refuses,
            "the timestamp authority refused: no; the source of time is not available".to_owned(),
        ),
        (
            Mood::Bare,
            format!("{unusable}it says granted and holds no token"),
        ),
        (
            Mood::Forges,
            format!("{unusable}its signature does not hold"),
        ),
        (
            Mood::Babbles,
            "the timestamp authority answered something that cannot be read instead of a timestamp"
                .to_owned(),
        ),
        (
            Mood::Html,
            "the timestamp authority answered text/html instead of a timestamp".to_owned(),
        ),
        (
            Mood::Missing,
            "the timestamp authority answered HTTP 404 Not Found instead of a timestamp".to_owned(),
        ),
        (
            Mood::Redirects,
            "the timestamp authority answered HTTP 307 Temporary Redirect instead of a timestamp"
                .to_owned(),
        ),
        (
            Mood::Overflows,
            "the timestamp authority's answer is longer than 65536 bytes".to_owned(),
        ),
    ] {
        assert_eq!(refusal(mood), expected);
    }
}

#[test]
fn an_authority_that_keeps_silent_is_left_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    let silent = OverHttp::new(&url, Duration::from_millis(300)).unwrap();
    let from = Instant::now();
    let fault = silent.stamp(&[7; 32]).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "the timestamp authority did not answer within 300ms"
    );
    assert!(from.elapsed() < Duration::from_mins(1));
}

#[test]
fn an_authority_that_is_not_there_is_named_unreached() {
    // Nobody listens there, and no other test is given it meanwhile.
    let gone = OverHttp::new("http://127.0.0.1:1", Duration::from_mins(1)).unwrap();
    assert!(matches!(gone.stamp(&[7; 32]), Err(Fault::Unreached(_))));
}

#[test]
fn only_addresses_of_the_web_are_asked() {
    for url in [
        "",
        "tsa.example",
        "ftp://tsa.example",
        "file:///tsa",
        "http://",
    ] {
        let fault = OverHttp::new(url, Duration::from_secs(1)).unwrap_err();
        assert!(matches!(fault, Fault::Address(_)), "{url}: {fault}");
    }
    OverHttp::new("https://tsa.example/tsr", Duration::from_secs(1)).unwrap();
}

/// An authority that is not asked over HTTP, and hands out whatever it was given.
struct Hands<F>(F);

impl<F: Fn(&[u8; 32]) -> Vec<u8> + Send + Sync> Authority for Hands<F> {
    fn stamp(&self, imprint: &[u8; 32]) -> Result<Vec<u8>, Fault> {
        Ok((self.0)(imprint))
    }
}

/// A token over `imprint`, signed anew by another hand.
fn signed_by(signer: &str, imprint: &[u8; 32]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let reply = answer(&ask_openssl(&hex::encode(imprint)), RSA);
    fs::write(at.join("answer"), reply).unwrap();
    run(at, "ts -reply -in answer -token_out -out token");
    run(
        at,
        "cms -verify -noverify -binary -inform DER -in token -out stated",
    );
    let office = OFFICE.path().display();
    run(
        at,
        &format!(
            "cms -sign -binary -nodetach -cades -econtent_type id-smime-ct-TSTInfo -outform DER \
             -md sha256 -signer {office}/{signer}.pem -inkey {office}/{signer}.key -in stated -out token"
        ),
    );
    fs::read(at.join("token")).unwrap()
}

#[test]
fn a_token_is_proven_whoever_fetched_it() {
    let seal = |authority: &dyn Authority| sealer().seal_and_stamp(&PRINTED, as_of(), authority);
    seal(&Hands(|imprint: &[u8; 32]| signed_by("tsa-rsa", imprint))).unwrap();
    let refused = |authority: &dyn Authority| seal(authority).unwrap_err().to_string();
    for (said, expected) in [
        (
            refused(&Hands(|imprint: &[u8; 32]| signed_by("p256", imprint))),
            "its signer's certificate is not for timestamps",
        ),
        (
            refused(&Hands(|_: &[u8; 32]| signed_by("tsa-rsa", &[0; 32]))),
            "it stamps something else than what was asked",
        ),
        (
            refused(&Hands(|_: &[u8; 32]| b"garbage".to_vec())),
            "it is no timestamp token in strict DER",
        ),
        (
            refused(&Hands(|imprint: &[u8; 32]| {
                [signed_by("tsa-rsa", imprint), vec![0]].concat()
            })),
            "it is no timestamp token in strict DER",
        ),
    ] {
        assert!(said.ends_with(expected), "{said}");
    }
}
