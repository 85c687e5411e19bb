//! Which characters a face draws, one bit each: asked for every character of every record.

use std::fmt;

const BITS: usize = 0x0011_0000 / 64;

pub(crate) struct Coverage(Box<[u64]>);

impl Default for Coverage {
    fn default() -> Self {
        Self(vec![0; BITS].into_boxed_slice())
    }
}

impl Coverage {
    pub(crate) fn add(&mut self, c: char) {
        let code = u32::from(c) as usize;
        self.0[code / 64] |= 1 << (code % 64);
    }

    pub(crate) fn holds(&self, c: char) -> bool {
        let code = u32::from(c) as usize;
        self.0[code / 64] & (1 << (code % 64)) != 0
    }
}

impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drawn: u32 = self.0.iter().map(|word| word.count_ones()).sum();
        write!(f, "Coverage({drawn} characters)")
    }
}
