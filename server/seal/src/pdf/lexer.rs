//! As much of PDF's grammar as it takes to find where each value of a dictionary begins and ends.
//! Source: ISO 32000-1, 7.2 and 7.3.

/// How deep arrays and dictionaries may lie in each other; the press writes six.
const DEEPEST: u8 = 32;

pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                _ if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Steps over `word` if it stands here, after space.
    pub(super) fn takes(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let here = self.rest().starts_with(word);
        if here {
            self.at += word.len();
        }
        here
    }

    pub(super) fn integer(&mut self) -> Option<usize> {
        self.skip_space();
        let from = self.at;
        self.skip_while(|byte| byte.is_ascii_digit());
        let digits = self.bytes.get(from..self.at)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// `12 0 R`, answered as 12.
    pub(super) fn reference(&mut self) -> Option<usize> {
        let number = self.integer()?;
        (self.integer()? == 0 && self.takes(b"R")).then_some(number)
    }

    /// A name without its solidus, as written.
    pub(super) fn name(&mut self) -> Option<&'a [u8]> {
        if !self.takes(b"/") {
            return None;
        }
        let from = self.at;
        self.skip_while(is_regular);
        Some(&self.bytes[from..self.at])
    }

    /// Any value, as its bytes.
    pub(super) fn value(&mut self) -> Option<&'a [u8]> {
        self.skip_space();
        let from = self.at;
        self.step_over(0)?;
        Some(&self.bytes[from..self.at])
    }

    fn step_over(&mut self, depth: u8) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                while !self.takes(b">>") {
                    self.name()?;
                    self.step_over(depth + 1)?;
                }
            }
            b'<' => {
                self.skip_while(|byte| byte != b'>');
                self.takes(b">").then_some(())?;
            }
            b'[' => {
                self.at += 1;
                while !self.takes(b"]") {
                    self.step_over(depth + 1)?;
                }
            }
            b'(' => self.step_over_string()?,
            b'/' => {
                self.name()?;
            }
            byte if is_regular(byte) => {
                let from = self.at;
                if self.reference().is_none() {
                    self.at = from;
                    self.skip_while(is_regular);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn step_over_string(&mut self) -> Option<()> {
        let mut open = 0_u32;
        loop {
            match self.peek()? {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(());
            }
        }
    }
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}
