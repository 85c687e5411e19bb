//! Reading PDF values, as pdf-writer and the seal spell them and no otherwise.
//!
//! Comments, escaped key names, a key told twice and nesting beyond reason are refused: each is a
//! way to show one reader something else than another.

use std::ops::Range;

use super::Misread;

/// Deepest nesting of arrays and dictionaries; records nest four deep.
const DEPTH_MOST: usize = 16;
/// Most values in one file: what is kept in memory stays bounded. A record of 175 pages has some
/// three hundred thousand.
const VALUES_MOST: u32 = 4_000_000;

/// A PDF value. Names stay as they are spelled, without the solidus.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real,
    Name(&'a [u8]),
    Text(Vec<u8>),
    Array(Vec<Value<'a>>),
    Dict(Dict<'a>),
    Ref(u32),
}

/// One key of a dictionary, its value, and where both stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    pub key: &'a [u8],
    pub value: Value<'a>,
    /// From the key's solidus to the end of the value.
    pub at: Range<usize>,
}

/// A dictionary, in the order it is written.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dict<'a>(pub Vec<Entry<'a>>);

impl<'a> Dict<'a> {
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.0.iter().find(|entry| entry.key == key.as_bytes())
    }

    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub fn int(&self, key: &str) -> Option<usize> {
        match self.get(key)? {
            Value::Int(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    pub fn name(&self, key: &str) -> Option<&'a [u8]> {
        match self.get(key)? {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn text(&self, key: &str) -> Option<&[u8]> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn dict(&self, key: &str) -> Option<&Dict<'a>> {
        match self.get(key)? {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn array(&self, key: &str) -> Option<&[Value<'a>]> {
        match self.get(key)? {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    pub fn reference(&self, key: &str) -> Option<u32> {
        match self.get(key)? {
            Value::Ref(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it holds these keys and no others, in any order.
    pub fn holds_only(&self, keys: &[&str]) -> bool {
        self.0
            .iter()
            .all(|entry| keys.iter().any(|key| key.as_bytes() == entry.key))
    }
}

/// Reads forward through bytes.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
    values_left: u32,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            values_left: VALUES_MOST,
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    pub fn fault(&self, says: &'static str) -> Misread {
        Misread { at: self.at, says }
    }

    /// Passes over exactly these bytes.
    pub fn expect(&mut self, wanted: &[u8], says: &'static str) -> Result<(), Misread> {
        if self.passes(wanted) {
            Ok(())
        } else {
            Err(self.fault(says))
        }
    }

    /// Passes over these bytes, if they are next.
    pub fn passes(&mut self, wanted: &[u8]) -> bool {
        let next = self.rest().starts_with(wanted);
        if next {
            self.at += wanted.len();
        }
        next
    }

    /// Passes over spaces and line feeds.
    pub fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n')) {
            self.at += 1;
        }
    }

    /// A number of at most ten digits.
    pub fn number(&mut self) -> Result<usize, Misread> {
        let digits = self.run(|byte| byte.is_ascii_digit());
        if digits.is_empty() || digits.len() > 10 {
            return Err(self.fault("a number is expected"));
        }
        std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| self.fault("a number is expected"))
    }

    fn run(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|byte| !wanted(*byte))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The next value.
    pub fn value(&mut self) -> Result<Value<'a>, Misread> {
        self.nested(DEPTH_MOST)
    }

    fn nested(&mut self, depth: usize) -> Result<Value<'a>, Misread> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(self.fault("values are nested too deeply"));
        };
        self.values_left = self
            .values_left
            .checked_sub(1)
            .ok_or_else(|| self.fault("there are too many values"))?;
        self.blank();
        let rest = self.rest();
        match rest {
            [b'<', b'<', ..] => self.dictionary(depth).map(Value::Dict),
            [b'<', ..] => self.hexadecimal().map(Value::Text),
            [b'(', ..] => self.literal().map(Value::Text),
            [b'/', ..] => self.key().map(Value::Name),
            [b'[', ..] => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.blank();
                    if self.passes(b"]") {
                        return Ok(Value::Array(items));
                    }
                    items.push(self.nested(depth)?);
                }
            }
            [b'0'..=b'9' | b'-' | b'.', ..] => self.numeric(),
            _ if self.word(b"true") => Ok(Value::Bool(true)),
            _ if self.word(b"false") => Ok(Value::Bool(false)),
            _ if self.word(b"null") => Ok(Value::Null),
            _ => Err(self.fault("a value is expected")),
        }
    }

    fn word(&mut self, wanted: &[u8]) -> bool {
        let ends = self
            .rest()
            .get(wanted.len())
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        ends && self.passes(wanted)
    }

    fn key(&mut self) -> Result<&'a [u8], Misread> {
        self.expect(b"/", "a name is expected")?;
        let name = self.run(|byte| byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(&byte));
        if name.is_empty() {
            return Err(self.fault("a name is empty"));
        }
        Ok(name)
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dict<'a>, Misread> {
        self.expect(b"<<", "a dictionary is expected")?;
        let mut dict = Dict::default();
        loop {
            self.blank();
            if self.passes(b">>") {
                // Sorted once instead of compared in pairs: the work stays bounded.
                let mut keys: Vec<_> = dict.0.iter().map(|entry| entry.key).collect();
                keys.sort_unstable();
                if keys.windows(2).any(|pair| pair[0] == pair[1]) {
                    return Err(self.fault("a dictionary tells one key twice"));
                }
                return Ok(dict);
            }
            let start = self.at;
            let key = self.key()?;
            if key.contains(&b'#') {
                return Err(self.fault("a key is spelled with an escape"));
            }
            let value = self.nested(depth)?;
            dict.0.push(Entry {
                key,
                value,
                at: start..self.at,
            });
        }
    }

    /// An integer, a real, or a reference `12 0 R`.
    fn numeric(&mut self) -> Result<Value<'a>, Misread> {
        let raw = self.run(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        let text = std::str::from_utf8(raw).unwrap_or_default();
        let Ok(number) = text.parse::<i64>() else {
            return text
                .parse::<f64>()
                .map(|_| Value::Real)
                .map_err(|_| self.fault("a number is expected"));
        };
        if let Ok(object) = u32::try_from(number) {
            let after = self.rest();
            let ends = after
                .get(4)
                .is_none_or(|byte| !byte.is_ascii_alphanumeric());
            if after.starts_with(b" 0 R") && ends {
                self.at += 4;
                return Ok(Value::Ref(object));
            }
        }
        Ok(Value::Int(number))
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, Misread> {
        self.expect(b"<", "a string is expected")?;
        let digits = self.run(|byte| byte.is_ascii_hexdigit());
        if !digits.len().is_multiple_of(2) {
            return Err(self.fault("a string has half a byte"));
        }
        let bytes = digits
            .chunks_exact(2)
            .map(|pair| nibble(pair[0]) << 4 | nibble(pair[1]));
        let bytes = bytes.collect();
        self.expect(b">", "a string does not end")?;
        Ok(bytes)
    }

    fn literal(&mut self) -> Result<Vec<u8>, Misread> {
        self.expect(b"(", "a string is expected")?;
        let mut bytes = Vec::new();
        let mut open = 1usize;
        loop {
            let Some(byte) = self.peek() else {
                return Err(self.fault("a string does not end"));
            };
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(bytes);
                    }
                }
                b'\\' => {
                    bytes.push(self.escaped()?);
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
    }

    fn escaped(&mut self) -> Result<u8, Misread> {
        let Some(byte) = self.peek() else {
            return Err(self.fault("a string does not end"));
        };
        self.at += 1;
        Ok(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'(' | b')' | b'\\' => byte,
            b'0'..=b'3' => {
                let digits = [Some(byte), self.octal(), self.octal()];
                let [Some(first), Some(second), Some(third)] = digits else {
                    return Err(self.fault("an escape has fewer than three digits"));
                };
                (first - b'0') << 6 | (second - b'0') << 3 | (third - b'0')
            }
            _ => return Err(self.fault("a string holds an escape that none needs")),
        })
    }

    fn octal(&mut self) -> Option<u8> {
        let byte = self.peek().filter(|byte| matches!(byte, b'0'..=b'7'))?;
        self.at += 1;
        Some(byte)
    }
}

/// The value of a hexadecimal digit; what is none counts as nothing and is refused before.
pub fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value<'_>, Misread> {
        Reader::new(text.as_bytes(), 0).value()
    }

    #[test]
    fn values_read_as_they_are_spelled() {
        assert_eq!(read("12 0 R"), Ok(Value::Ref(12)));
        assert_eq!(read("12 0 Rx"), Ok(Value::Int(12)));
        assert_eq!(read("-1.5"), Ok(Value::Real));
        assert_eq!(read("(a\\(b(c)\\101)"), Ok(Value::Text(b"a(b(c)A".into())));
        assert_eq!(read("<FEff>"), Ok(Value::Text(vec![0xfe, 0xff])));
        assert_eq!(read("/A#2FB "), Ok(Value::Name(b"A#2FB")));
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        for text in [
            "<< /A 1 /A 2 >>",
            "<< /#41 1 >>",
            "<< % hidden\n /A 1 >>",
            "<abc>",
            "(never ends",
            "1-2",
            "nullify",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
