//! A dictionary whose values are kept as written, so that what is not ours to change stays as it was.

use super::lexer::Lexer;

pub(super) struct Dict<'a> {
    entries: Vec<(&'a [u8], Vec<u8>)>,
}

impl<'a> Dict<'a> {
    /// Reads `<< … >>`.
    pub(super) fn read(lexer: &mut Lexer<'a>) -> Option<Self> {
        let mut entries = Vec::new();
        if !lexer.takes(b"<<") {
            return None;
        }
        while !lexer.takes(b">>") {
            entries.push((lexer.name()?, lexer.value()?.to_vec()));
        }
        Some(Self { entries })
    }

    pub(super) fn get(&self, key: &str) -> Option<&[u8]> {
        self.entries
            .iter()
            .find(|(name, _)| *name == key.as_bytes())
            .map(|(_, value)| value.as_slice())
    }

    pub(super) fn reference(&self, key: &str) -> Option<usize> {
        Lexer::new(self.get(key)?, 0).reference()
    }

    /// Adds what is not there yet; the callers have looked.
    pub(super) fn add(&mut self, key: &'a str, value: impl Into<Vec<u8>>) {
        self.entries.push((key.as_bytes(), value.into()));
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut written = b"<<\n".to_vec();
        for (name, value) in &self.entries {
            written.extend_from_slice(b"  /");
            written.extend_from_slice(name);
            written.push(b' ');
            written.extend_from_slice(value);
            written.push(b'\n');
        }
        written.extend_from_slice(b">>");
        written
    }
}
