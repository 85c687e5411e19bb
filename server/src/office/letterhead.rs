//! What an attached message says of its own way: the domains in its head, read while the message
//! streams by.
//!
//! Only the head is parsed, by a library, and only domains are kept: addresses stay in the order.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use casework::{directory::Domain, order::Mail, words::Line};
use futures_util::{Stream, StreamExt};
use mail_parser::{Address, HeaderValue, MessageParser};

/// Longest head that is looked at: real ones are a few kilobytes.
const HEAD_MOST: usize = 256 * 1024;

/// The beginning of a file as it streams by.
pub type Head = Arc<Mutex<Vec<u8>>>;

/// The same stream, with the beginning of a message kept aside.
pub fn overheard<E>(
    name: &str,
    chunks: impl Stream<Item = Result<Bytes, E>> + Send,
) -> (impl Stream<Item = Result<Bytes, E>> + Send, Head) {
    let head = Head::default();
    let kept = Arc::clone(&head);
    let message = name.to_lowercase().ends_with(".eml");
    let chunks = chunks.inspect(move |chunk| {
        if let (true, Ok(chunk)) = (message, chunk) {
            let mut head = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let room = HEAD_MOST.saturating_sub(head.len()).min(chunk.len());
            head.extend_from_slice(&chunk[..room]);
        }
    });
    (chunks, head)
}

/// The domains in a message's head; none where it names no sender and nobody to answer.
pub fn read(head: &Head) -> Option<Mail> {
    let head = head.lock().unwrap_or_else(PoisonError::into_inner);
    let message = MessageParser::new()
        .with_address_headers()
        .with_message_ids()
        .parse_headers(head.as_slice())?;
    let line = |domain: Option<Domain>| Line::parse(domain?.as_str()).ok();
    let of = |address: Option<&Address<'_>>| line(Domain::of_email(address?.first()?.address()?));
    let return_path = message.header("Return-Path").and_then(text);
    let mail = Mail {
        from: of(message.from()),
        reply_to: of(message.reply_to()),
        return_path: return_path.and_then(|path| line(Domain::of_email(&path))),
        message_id: message
            .message_id()
            .and_then(|id| line(Domain::of_email(id))),
    };
    (mail != Mail::default()).then_some(mail)
}

fn text(value: &HeaderValue<'_>) -> Option<String> {
    match value {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::TextList(all) => all.first().map(ToString::to_string),
        HeaderValue::Address(address) => address
            .first()
            .and_then(|first| first.address())
            .map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Arc::new(Mutex::new(text.replace('\n', "\r\n").into_bytes()))
    }

    fn line(text: &str) -> Option<Line> {
        Line::parse(text).ok()
    }

    #[test]
    fn the_domains_of_a_message_are_read_from_its_head() {
        let mail = read(&head(
            "Return-Path: <bounce@mailer.test>\nFrom: \"Det. Lopez, Maria\" <mlopez@Police.Lakeside.EXAMPLE>\nReply-To: <desk@cases.test>\nMessage-ID: <1@mx.police.lakeside.example>\nSubject: Emergency\n\nFrom: nobody@else.test\n",
        ));
        assert_eq!(
            mail,
            Some(Mail {
                from: line("police.lakeside.example"),
                reply_to: line("cases.test"),
                return_path: line("mailer.test"),
                message_id: line("mx.police.lakeside.example"),
            })
        );
    }

    #[test]
    fn what_has_no_sender_tells_nothing() {
        assert_eq!(read(&head("Subject: hello\n\nbody\n")), None);
        assert_eq!(read(&head("")), None);
        assert_eq!(read(&Head::new(Mutex::new(vec![0xff; 4_000]))), None);
    }
}
