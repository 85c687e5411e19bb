//! The checker: a WASM module that the page's own script loads, and what it is asked.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File,
    js_sys::{Array, Function, Promise, Reflect, Uint8Array},
};

use super::told::Told;

/// Where the page's script leaves the promise of the checker: [`crate::pages::verify_record`].
pub const PROMISED: &str = "checker";

/// `check(record, keys, kept)`, which answers in JSON.
#[derive(Clone)]
pub struct Checker(Function);

/// All that a check goes by, read into memory.
pub struct Evidence {
    record: Uint8Array,
    keys: String,
    kept: Array,
}

impl Checker {
    /// The checker, once it has come.
    pub async fn load() -> Option<Self> {
        let promise: Promise = Reflect::get(&window(), &PROMISED.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let check = JsFuture::from(promise).await.ok()?;
        Some(Self(check.dyn_into().ok()?))
    }

    /// What the record is worth.
    ///
    /// # Errors
    /// Why that could not be found out, for the reader.
    pub fn check(&self, evidence: &Evidence) -> Result<Told, String> {
        const FAILED: &str =
            "The check failed on this file. Try the command line, and tell whoever runs this desk.";
        let answer = self.0.call3(
            &JsValue::NULL,
            &evidence.record,
            &evidence.keys.as_str().into(),
            &evidence.kept,
        );
        match answer {
            Ok(json) => json
                .as_string()
                .and_then(|json| serde_json::from_str(&json).ok())
                .ok_or_else(|| FAILED.into()),
            // What is held could not be understood: the checker says so in words.
            Err(why) => Err(why.as_string().unwrap_or_else(|| FAILED.into())),
        }
    }
}

impl Evidence {
    /// Reads the files; none where one cannot be read.
    pub async fn read(record: &File, kept: &[File], keys: String) -> Option<Self> {
        let read = Array::new();
        for file in kept {
            let file: JsValue = bytes(file).await?.into();
            read.push(&file);
        }
        Some(Self {
            record: bytes(record).await?,
            keys,
            kept: read,
        })
    }
}

async fn bytes(file: &File) -> Option<Uint8Array> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer))
}
