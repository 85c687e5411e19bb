//! What a seal promises, from outside. `openssl` is needed: it makes the keys, answers as the
//! timestamp authority, and checks the signatures.

#![expect(clippy::unwrap_used, reason = "in a test the panic is the failure")]

mod keys;
mod office;
mod openssl;
mod sealing;
mod stamping;

use std::sync::LazyLock;

use record::FontBook;
use record::setting::{Compositor, Imprint, Running};

/// A small document, printed once by the press.
static PRINTED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let book = FontBook::load(None).expect("the embedded faces load");
    let mut page = Compositor::new(
        &book,
        &Imprint {
            title: "A document to seal",
            subject: "Sealed in tests",
            author: "Nobody",
            language: "en",
            written: AS_OF.parse().unwrap(),
            draft: false,
        },
    );
    page.title("A document to seal");
    let section = page.section("Words");
    page.text(section, "What is sealed stays as it was printed.");
    let sheets = page.finish(&Running {
        left: "Left".into(),
        right: "Right".into(),
        checkpoint: ["Ledger size 1".into(), "root 00".into()],
        symbol: "1 00".into(),
        state: "State".into(),
        draft: None,
    });
    record::press::press(&sheets, &book).expect("the document conforms")
});

const AS_OF: &str = "2026-11-23T18:02:01.123Z";

fn as_of() -> jiff::Timestamp {
    AS_OF.parse().unwrap()
}
