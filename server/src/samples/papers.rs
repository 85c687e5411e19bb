//! Sample orders, typeset by the desk itself, and plainly marked as samples.

use anyhow::anyhow;
use jiff::Timestamp;
use record::{
    FontBook,
    setting::{Compositor, Imprint, Running},
};

/// A sample order as a PDF.
pub fn order(
    faces: &FontBook,
    court: &str,
    title: &str,
    written: Timestamp,
    text: &[&str],
) -> anyhow::Result<Vec<u8>> {
    let mut page = Compositor::new(
        faces,
        &Imprint {
            title,
            subject: "Sample order, not a real one",
            author: court,
            language: "en",
            written,
            draft: false,
        },
    );
    page.title(court);
    let section = page.section(title);
    for paragraph in text {
        page.text(section, paragraph);
    }
    page.text(
        section,
        "SAMPLE. This paper was made to try a disclosure desk with. No court issued it.",
    );
    let running = Running {
        left: court.into(),
        right: title.into(),
        checkpoint: ["Sample order, not a real one".into(), String::new()],
        symbol: String::new(),
        state: "Sample".into(),
        draft: None,
    };
    record::press::press(&page.finish(&running), faces)
        .map_err(|flaws| anyhow!("a sample order could not be set: {flaws:?}"))
}
