//! What the desk answered, and what a person would read in it.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode, header},
};
use bytes::Bytes;

use super::page::{self, Form};

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    /// Whether the body came to its end.
    pub whole: bool,
}

impl Answer {
    pub async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let read = axum::body::to_bytes(body, usize::MAX).await;
        Self {
            status: parts.status,
            headers: parts.headers,
            whole: read.is_ok(),
            bytes: read.unwrap_or_default(),
        }
    }

    /// The body as it was sent.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as it is read: without the marks between texts, and with entities resolved.
    pub fn text(&self) -> String {
        page::plain(&self.raw())
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn shows(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// A person reads this on the page.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let text = self.text();
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
        self
    }

    /// This stands in the body as it was sent.
    #[track_caller]
    pub fn holds(self, markup: &str) -> Self {
        let raw = self.raw();
        assert!(raw.contains(markup), "{markup:?} is not in:\n{raw}");
        self
    }

    #[track_caller]
    pub fn lacks(self, words: &str) -> Self {
        let raw = self.raw();
        assert!(!raw.contains(words), "{words:?} is in:\n{raw}");
        self
    }

    /// A form was taken: the browser is sent on to an address that begins like this.
    #[track_caller]
    pub fn goes_to(&self, address: &str) -> String {
        let to = self.header(header::LOCATION);
        let (status, text) = (self.status, self.text());
        assert_eq!(status, StatusCode::SEE_OTHER, "to {to:?}: {text}");
        assert!(to.starts_with(address), "went to {to:?}, not {address:?}");
        to.to_owned()
    }

    /// The fault stands beside its field, and the field says so to those who hear the page.
    #[track_caller]
    pub fn faults(self, field: &str, words: &str) -> Self {
        let raw = self.raw();
        let id = format!("f-{}-fault", field.replace(['.', '/'], "-"));
        let says = page::text_of(&raw, &id);
        let says = says.unwrap_or_else(|| panic!("no fault beside {field}:\n{}", self.text()));
        assert!(says.contains(words), "{field}: {says:?}, not {words:?}");
        let described = page::tags(&raw)
            .filter_map(|mut tag| tag.remove("aria-describedby"))
            .any(|ids| ids.split(' ').any(|one| one == id));
        assert!(described, "nothing is described by {id}");
        self
    }

    /// The number under which the log tells more of what broke.
    #[track_caller]
    pub fn incident(&self) -> String {
        let told = self.text();
        let (_, rest) = told
            .split_once("Incident ")
            .unwrap_or_else(|| panic!("{told}"));
        let digits = rest.chars().take_while(char::is_ascii_hexdigit);
        let incident: String = digits.collect();
        assert_eq!(incident.len(), 10, "{told}");
        incident
    }

    /// The form that is posted there, as a browser would send it.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let raw = self.raw();
        let mut forms = page::forms(&raw);
        let found = forms.iter().position(|form| form.action == action);
        let found = found.unwrap_or_else(|| panic!("no form for {action} in:\n{}", self.text()));
        forms.swap_remove(found)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}", self.raw()))
    }
}
