//! Checkpoints, signed notes and their keys.

use casework::ledger::{
    Checkpoint, SignedNote, SigningKey, VerifyingKey,
    note::{Misread, Signature, Use},
};
use jiff::Timestamp;

fn key(used: Use, seed: u8) -> SigningKey {
    SigningKey::make("desk.example/ledger", used, &[seed; 32]).unwrap()
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: "desk.example/ledger".into(),
        size: 18_342,
        root: [7; 32],
    }
}

fn at() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

#[test]
fn a_note_and_a_key_read_what_they_wrote() {
    let note = SignedNote::of(checkpoint())
        .signed_by(&key(Use::Log, 1), at())
        .signed_by(&key(Use::Witness, 2), at());
    assert_eq!(note.to_string().parse(), Ok(note.clone()));
    for key in [key(Use::Log, 1), key(Use::Witness, 2)] {
        let vkey = key.verifying();
        assert_eq!(vkey.to_string().parse().as_ref(), Ok(vkey));
        let again = SigningKey::from_secret(&key.to_secret()).unwrap();
        assert_eq!(again.verifying(), vkey);
        assert!(!format!("{key:?}").contains("PRIVATE"));
    }
}

#[test]
fn a_signature_is_by_one_key_over_one_text() {
    let note = SignedNote::of(checkpoint()).signed_by(&key(Use::Log, 1), at());
    assert!(note.is_signed_by(key(Use::Log, 1).verifying()));
    assert!(!note.is_signed_by(key(Use::Log, 2).verifying()));
    let line = note.signatures()[0].clone();
    let other = SignedNote::of(Checkpoint {
        size: 18_343,
        ..checkpoint()
    })
    .with(line);
    assert!(!other.is_signed_by(key(Use::Log, 1).verifying()));
}

#[test]
fn a_witness_says_when_and_its_time_is_signed() {
    let witness = key(Use::Witness, 2);
    let note = SignedNote::of(checkpoint()).signed_by(&witness, at());
    assert_eq!(note.cosigned_by(witness.verifying()), Some(at()));
    assert!(!note.is_signed_by(witness.verifying()));
    let later: Timestamp = "2026-03-02T09:00:01Z".parse().unwrap();
    let line = SignedNote::of(checkpoint())
        .signed_by(&witness, later)
        .signatures()[0]
        .to_string();
    // The first four characters of base64 hold the id; the time stands behind them.
    let (honest, other) = (note.signatures()[0].to_string(), line);
    let spliced = format!(
        "{}{}",
        &other[..other.len() - 84],
        &honest[honest.len() - 84..]
    );
    if let Some(signature) = Signature::parse(&spliced) {
        let forged = SignedNote::of(checkpoint()).with(signature);
        assert_eq!(forged.cosigned_by(witness.verifying()), None);
    }
}

#[test]
fn a_note_spelled_otherwise_is_none() {
    let good = SignedNote::of(checkpoint())
        .signed_by(&key(Use::Log, 1), at())
        .to_string();
    for bad in [
        String::new(),
        good.trim_end().to_owned(),
        good.replace('\n', "\r\n"),
        good.replace("18342", "018342"),
        good.replace('\u{2014}', "-"),
        format!("{good}\n"),
        good.replace("desk.example/ledger\n1", "\n1"),
        good.split("\n\n").next().unwrap().to_owned(),
    ] {
        assert!(bad.parse::<SignedNote>().is_err(), "{bad:?}");
    }
}

#[test]
fn a_key_that_was_typed_wrong_is_none() {
    let good = key(Use::Log, 1).verifying().to_string();
    let (name, rest) = good.split_once('+').unwrap();
    for bad in [
        format!("another{name}+{rest}"),
        good.replace("+AY", "+BY"),
        good.replacen("+c", "+d", 1),
        name.to_owned(),
        "a b+00000000+AAAA".into(),
    ] {
        assert_eq!(bad.parse::<VerifyingKey>(), Err(Misread::Key), "{bad}");
    }
    assert!(SigningKey::make("two words", Use::Log, &[1; 32]).is_err());
}

/// `signed_note` is another implementation, kept by the operator of public logs.
#[test]
fn another_implementation_reads_our_keys_and_notes() {
    use signed_note::{Note, StandardVerifier, VerifierList};
    let ours = key(Use::Log, 1);
    let note = SignedNote::of(checkpoint())
        .signed_by(&ours, at())
        .to_string();
    let verifier = StandardVerifier::new(&ours.verifying().to_string()).unwrap();
    let list = VerifierList::new(vec![Box::new(verifier)]);
    let read = Note::from_bytes(note.as_bytes()).unwrap();
    assert!(read.verify(&list).is_ok());
    let theirs = tlog_tiles::Checkpoint::from_bytes(read.text()).unwrap();
    assert_eq!((theirs.size(), theirs.hash().0), (18_342, [7; 32]));
}
