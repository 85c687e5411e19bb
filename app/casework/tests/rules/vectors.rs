//! What every verifier must answer alike: the vectors that the second one, in another language,
//! made from the standards and is held to as well.

use std::path::Path;

use base64ct::{Base64, Encoding};
use casework::ledger::{
    Hash, Leaf, SignedNote, VerifyingKey, continues,
    evidence::{Sealed, Unsound},
    includes, leaf_hash,
    note::Use,
    root_of,
    sealed::Unopened,
};
use casework::order::Digest;
use serde::Deserialize;
use serde_json::Value;

/// The cases of one file.
pub fn cases(file: &str) -> Vec<Value> {
    #[derive(Deserialize)]
    struct File {
        cases: Vec<Value>,
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end/vectors");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let cases = serde_json::from_str::<File>(&text).unwrap().cases;
    assert!(!cases.is_empty());
    cases
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap()
}

fn number(case: &Value, name: &str) -> u64 {
    case[name].as_u64().unwrap()
}

fn holds(case: &Value) -> bool {
    case["holds"].as_bool().unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

fn hex(hash: Hash) -> String {
    Digest(hash).to_string()
}

fn hash(case: &Value, name: &str) -> Hash {
    bytes(text(case, name)).try_into().unwrap()
}

/// A proof with a hash of another length is none.
fn proof(case: &Value) -> Option<Vec<Hash>> {
    let all = case["proof"].as_array().unwrap().iter();
    all.map(|one| {
        Base64::decode_vec(one.as_str().unwrap())
            .ok()?
            .try_into()
            .ok()
    })
    .collect()
}

#[test]
fn roots() {
    for case in cases("roots.json") {
        let leaves: Vec<Vec<u8>> = case["leaves"]
            .as_array()
            .unwrap()
            .iter()
            .map(|leaf| bytes(leaf.as_str().unwrap()))
            .collect();
        let root = root_of(leaves.iter().map(Vec::as_slice));
        assert_eq!(hex(root), text(&case, "root"), "{}", case["name"]);
    }
}

#[test]
fn inclusion() {
    for case in cases("inclusion.json") {
        let leaf = leaf_hash(&bytes(text(&case, "leaf")));
        let (index, size) = (number(&case, "index"), number(&case, "size"));
        let root = hash(&case, "root");
        let shown = proof(&case).is_some_and(|proof| includes(&leaf, index, size, &proof, &root));
        assert_eq!(shown, holds(&case), "{}", case["name"]);
    }
}

#[test]
fn consistency() {
    for case in cases("consistency.json") {
        let old = (number(&case, "from"), &hash(&case, "from_root"));
        let new = (number(&case, "to"), &hash(&case, "to_root"));
        let shown = proof(&case).is_some_and(|proof| continues(old, new, &proof));
        assert_eq!(shown, holds(&case), "{}", case["name"]);
    }
}

#[test]
fn keys() {
    for case in cases("vkeys.json") {
        let read = text(&case, "vkey").parse::<VerifyingKey>();
        assert_eq!(read.is_ok(), holds(&case), "{}", case["name"]);
        if let Ok(key) = read {
            assert_eq!(key.name(), text(&case, "key_name"));
            assert_eq!(key.id().as_slice(), bytes(text(&case, "id")));
            assert_eq!(key.used() as u64, number(&case, "kind"));
        }
    }
}

#[test]
fn notes() {
    for case in cases("notes.json") {
        let (name, expect) = (&case["name"], text(&case, "expect"));
        let key: VerifyingKey = text(&case, "vkey").parse().unwrap();
        let Ok(note) = text(&case, "note").parse::<SignedNote>() else {
            assert_eq!(expect, "malformed", "{name}");
            continue;
        };
        assert_ne!(expect, "malformed", "{name}");
        let told = note.checkpoint();
        assert_eq!(told.origin, text(&case, "origin"));
        assert_eq!(
            (told.size, told.root),
            (number(&case, "size"), hash(&case, "root"))
        );
        let signed = match key.used() {
            Use::Log => note.is_signed_by(&key),
            Use::Witness => note.cosigned_by(&key).is_some(),
        };
        assert_eq!(signed, expect == "signed", "{name}");
    }
}

#[test]
fn leaves() {
    for case in cases("leaves.json") {
        let sealed = text(&case, "leaf");
        let read = Leaf::parse(sealed.as_bytes());
        assert_eq!(read.is_some(), holds(&case), "{}", case["name"]);
        if let Some(leaf) = read {
            assert_eq!(hex(leaf_hash(sealed.as_bytes())), text(&case, "hash"));
            assert_eq!(leaf.seq, number(&case, "seq"));
            assert_eq!(leaf.action, text(&case, "action"));
            assert_eq!(leaf.commitment.to_string(), text(&case, "commitment"));
        }
    }
}

#[test]
fn openings() {
    for case in cases("openings.json") {
        let name = &case["name"];
        let sealed = serde_json::from_value::<Sealed>(case["sealed"].clone());
        // The vectors' payloads are no steps of any case; that is asked last, when all else fits.
        let fits = match sealed.as_ref().map(Sealed::open) {
            Ok(Ok(_) | Err(Unsound::Unopened(Unopened::NoEntry(_)))) => true,
            Ok(Err(_)) | Err(_) => false,
        };
        assert_eq!(fits, holds(&case), "{name}");
        if let (true, Ok(sealed)) = (fits, sealed) {
            assert_eq!(
                sealed.openings.len() as u64,
                number(&case, "opened"),
                "{name}"
            );
        }
    }
}
