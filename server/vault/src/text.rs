//! Telling text and messages from other bytes.

/// Watches whether what passes is UTF-8 text without controls.
#[derive(Default)]
pub(crate) struct TextWatch {
    /// The first bytes of a character that the chunk before cut in two.
    cut: Vec<u8>,
}

impl TextWatch {
    pub(crate) fn stays_text(&mut self, chunk: &[u8]) -> bool {
        let mut joined = std::mem::take(&mut self.cut);
        joined.extend_from_slice(chunk);
        let text = match std::str::from_utf8(&joined) {
            Ok(text) => text,
            Err(fault) if fault.error_len().is_some() => return false,
            Err(fault) => {
                let (whole, cut) = joined.split_at(fault.valid_up_to());
                self.cut = cut.to_vec();
                std::str::from_utf8(whole).unwrap_or_default()
            }
        };
        !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c'))
    }

    pub(crate) fn ended_whole(&self) -> bool {
        self.cut.is_empty()
    }
}

/// Whether these bytes open with header fields that a mail message has.
/// Source: RFC 5322, section 2.2 (field name, colon, body; folded lines begin with a blank)
/// and 3.6 (`Date` and `From` are required; transports prepend others).
pub(crate) fn begins_like_a_message(first: &[u8]) -> bool {
    const TELLING: [&str; 9] = [
        "date",
        "from",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "subject",
        "to",
        "delivered-to",
    ];
    let (mut fields, mut telling) = (0, 0);
    for line in first.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if fields == 0 {
                return false;
            }
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            // The head of a long message may be cut in the middle of a line; prose has no colon.
            break;
        };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        fields += 1;
        let name = name.to_ascii_lowercase();
        telling += usize::from(TELLING.iter().any(|field| field.as_bytes() == name));
    }
    telling >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_text(chunks: &[&[u8]]) -> bool {
        let mut watch = TextWatch::default();
        chunks.iter().all(|chunk| watch.stays_text(chunk)) && watch.ended_whole()
    }

    #[test]
    fn a_character_cut_between_chunks_is_still_text() {
        assert!(is_text(&[b"caf\xc3", b"\xa9"]));
        assert!(is_text(&[b"\xf0\x9f", b"\x93", b"\x84 page\x0c"]));
    }

    #[test]
    fn broken_utf8_and_controls_are_not_text() {
        assert!(!is_text(&[b"caf\xc3", b"x"]));
        assert!(!is_text(&[b"ends in a half character \xc3"]));
        assert!(!is_text(&[b"bell\x07"]));
        assert!(!is_text(&[b"zero\0"]));
        assert!(!is_text(&["next line \u{85}".as_bytes()]));
    }

    #[test]
    fn a_message_begins_with_its_header() {
        let message = b"Received: from mx\r\n\tby mail\r\nFrom: a@example\r\n\r\nHello";
        assert!(begins_like_a_message(message));
        assert!(!begins_like_a_message(
            b"Dear Sir,\r\nSubject: x\r\nFrom: y"
        ));
        assert!(!begins_like_a_message(b" From: a\nTo: b\n"));
        assert!(!begins_like_a_message(b"note: one colon is no message\n"));
    }
}
