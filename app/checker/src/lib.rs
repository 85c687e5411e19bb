//! The verifier as the verifying page loads it. It is handed bytes and answers in JSON: no network,
//! no storage, no clock, and nothing of the page.

use js_sys::Uint8Array;
use verifier::{Fault, Held};
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks a record against what is held: keys, one on a line, and files that were kept. Answers
/// with the report in JSON.
///
/// # Errors
/// A sentence about what is held, where that cannot be understood; nothing was judged then.
#[wasm_bindgen]
pub fn check(record: &[u8], keys: &str, kept: Vec<Uint8Array>) -> Result<String, String> {
    let mut held = Held::default();
    for key in keys.lines().filter(|line| !line.trim().is_empty()) {
        held.read_key(key)
            .map_err(|fault| format!("The ledger key cannot be read. {fault}"))?;
    }
    for file in kept {
        take(&mut held, &file.to_vec())
            .map_err(|fault| format!("A file of what you kept cannot be read. {fault}"))?;
    }
    serde_json::to_string(&verifier::verify(record, &held)).map_err(|error| error.to_string())
}

/// A file is known by how it begins: texts that were shown are JSON, and nothing else is.
fn take(held: &mut Held, file: &[u8]) -> Result<(), Fault> {
    if file.trim_ascii_start().starts_with(b"{") {
        held.read_unmasking(file)
    } else {
        held.read_kept(file)
    }
}
