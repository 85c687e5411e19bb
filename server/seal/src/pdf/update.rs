//! Objects appended to a file, and the cross-reference section that tells where they are.
//! Source: ISO 32000-1, 7.5.4 to 7.5.6.

use std::fmt::Arguments;

use sha2::{Digest, Sha256};

use super::printed::Printed;
use crate::Fault;

pub(super) struct Update {
    bytes: Vec<u8>,
    from: usize,
    places: Vec<(usize, usize)>,
}

impl Update {
    pub(super) fn after(pdf: &[u8], room: usize) -> Self {
        let mut bytes = Vec::with_capacity(pdf.len() + 2 * room + 8192);
        bytes.extend_from_slice(pdf);
        if !pdf.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let from = bytes.len();
        Self {
            bytes,
            from,
            places: Vec::new(),
        }
    }

    /// Writes an object and answers where its body begins.
    pub(super) fn object(&mut self, number: usize, body: &[u8]) -> usize {
        self.places.push((number, self.bytes.len()));
        self.say(format_args!("{number} 0 obj\n"));
        let at = self.bytes.len();
        self.bytes.extend_from_slice(body);
        self.say(format_args!("\nendobj\n"));
        at
    }

    /// Writes the cross-reference section and the trailer.
    pub(super) fn close(mut self, printed: &Printed<'_>, top: usize) -> Result<Vec<u8>, Fault> {
        let first = printed.identifier()?;
        // Source: ISO 32000-1, 14.4: the second half of the identifier changes with each update. The
        // places in this one follow from what was printed, as the first half does.
        let second = Sha256::new()
            .chain_update(&first)
            .chain_update(&self.bytes[self.from..])
            .finalize();

        let table = self.bytes.len();
        self.say(format_args!("xref\n"));
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable();
        for run in places.chunk_by(|one, next| one.0 + 1 == next.0) {
            self.say(format_args!("{} {}\n", run[0].0, run.len()));
            for (_, place) in run {
                self.say(format_args!("{place:010} 00000 n\r\n"));
            }
        }
        let (size, previous) = (printed.size() + 2, printed.table);
        self.say(format_args!(
            "trailer\n<<\n  /Size {size}\n  /Root {top} 0 R\n  /Prev {previous}\n"
        ));
        if let Some(info) = printed.info() {
            self.say(format_args!("  /Info {info} 0 R\n"));
        }
        self.say(format_args!("  /ID ["));
        self.bytes.extend_from_slice(&first);
        let second = hex::encode_upper(&second[..16]);
        self.say(format_args!(
            " <{second}>]\n>>\nstartxref\n{table}\n%%EOF\n"
        ));
        Ok(self.bytes)
    }

    fn say(&mut self, words: Arguments<'_>) {
        self.bytes.extend_from_slice(words.to_string().as_bytes());
    }
}
