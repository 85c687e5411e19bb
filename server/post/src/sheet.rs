//! A message as it goes out.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

/// What is written on a message.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    /// Without its brackets.
    pub message_id: &'a str,
    pub date: Timestamp,
}

/// A message ready to go: the same page from the same sender always makes the same bytes.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub(crate) envelope: Envelope,
    bytes: Vec<u8>,
}

/// The address is none that a server could be asked for.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no address that mail can be sent to")]
pub struct Unwritable(String);

impl Sheet {
    /// Writes a message.
    ///
    /// # Errors
    /// Where the recipient's address is none.
    pub fn write(from: &Mailbox, page: &Page<'_>) -> Result<Self, Unwritable> {
        let unwritable = || Unwritable(page.to.to_owned());
        let to: Address = page.to.parse().map_err(|_| unwritable())?;
        let envelope =
            Envelope::new(Some(from.email.clone()), vec![to.clone()]).map_err(|_| unwritable())?;
        let seconds = page.date.as_second().unsigned_abs();
        let text = Body::new_with_encoding(
            page.text.to_owned() + "\n",
            ContentTransferEncoding::QuotedPrintable,
        )
        .map_err(|_| unwritable())?;
        let message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(page.subject)
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{}>", page.message_id)))
            // No vacation notice answers this. Source: RFC 3834, section 5.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".into(),
            ))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|_| unwritable())?;
        Ok(Self {
            envelope,
            bytes: message.formatted(),
        })
    }

    /// The message, without what the protocol adds.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page<'static> = Page {
        to: "anna@example.org",
        subject: "Fällig: 2026-0007",
        text: "Die Frist läuft ab.\n.\nEine Zeile für sich = mehr.",
        message_id: "0192@desk.example",
        date: Timestamp::UNIX_EPOCH,
    };

    fn desk() -> Mailbox {
        "Example Web Ltd. <desk@desk.example>".parse().unwrap()
    }

    #[test]
    fn the_same_page_makes_the_same_bytes() {
        let once = Sheet::write(&desk(), &PAGE).unwrap();
        let again = Sheet::write(&desk(), &PAGE).unwrap();
        assert_eq!(once.bytes(), again.bytes());
    }

    #[test]
    fn any_server_can_carry_it() {
        let sheet = Sheet::write(&desk(), &PAGE).unwrap();
        let text = String::from_utf8(sheet.bytes().to_vec()).unwrap();
        assert!(text.is_ascii(), "{text}");
        assert!(text.lines().all(|line| line.len() <= 78), "{text}");
        for head in [
            "From: \"Example Web Ltd.\" <desk@desk.example>\r\n",
            "To: anna@example.org\r\n",
            "Message-ID: <0192@desk.example>\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
        ] {
            assert!(text.contains(head), "{head} in {text}");
        }
        assert!(text.contains("l=C3=A4uft"), "{text}");
    }

    #[test]
    fn a_subject_or_an_address_brings_no_header_of_its_own() {
        let forged = Page {
            subject: "Due\r\nBcc: mallory@example.org",
            ..PAGE
        };
        let sheet = Sheet::write(&desk(), &forged).unwrap();
        let text = String::from_utf8_lossy(sheet.bytes()).into_owned();
        assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
        let forged = Page {
            to: "anna@example.org>\r\nRCPT TO:<mallory@example.org",
            ..PAGE
        };
        assert!(Sheet::write(&desk(), &forged).is_err());
    }
}
