//! Somebody at a browser.

use std::{str::FromStr, sync::Mutex};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Request, header},
};
use bytes::Bytes;
use casework::case::{CaseId, StepKind};
use futures_util::stream;
use tower::ServiceExt;

use super::{Answer, Desk, PASSWORD};

/// Name and value of each field, as a browser sends them.
pub type Sent<'a> = &'a [(&'a str, &'a str)];

/// Somebody at a browser, signed in or not. Keeps the cookie as browsers do.
pub struct Person<'a> {
    pub desk: &'a Desk,
    cookie: Mutex<Option<String>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Desk {
    /// Somebody nobody knows.
    pub fn nobody(&self) -> Person<'_> {
        Person {
            desk: self,
            cookie: Mutex::new(None),
            headers: Vec::new(),
        }
    }

    /// A member, with the proof that signing in is.
    pub async fn signed_in(&self, name: &str) -> Person<'_> {
        let person = self.nobody();
        person.signs_in(name, PASSWORD).await.goes_to("/");
        person
    }
}

impl<'a> Person<'a> {
    /// The same person, whose browser says this of every request.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_str(name).unwrap();
        self.headers
            .push((name, HeaderValue::from_str(value).unwrap()));
        self
    }

    /// The same person, as an island asks.
    pub fn by_island(self) -> Self {
        self.with("accept", "application/json")
    }

    /// Somebody who has a copy of this person's cookie.
    pub fn thief(&self) -> Person<'a> {
        let thief = self.desk.nobody();
        *thief.cookie.lock().unwrap() = self.cookie();
        thief
    }

    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    pub async fn signs_in(&self, name: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("sign_in", name), ("password", password)])
            .await
    }

    /// The request as this person's browser sends it.
    pub fn prepared(&self, mut request: Request<Body>) -> Request<Body> {
        let headers = request.headers_mut();
        headers.insert(header::HOST, HeaderValue::from_static("desk.example"));
        if let Some(cookie) = self.cookie() {
            headers.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        request
    }

    /// Sends a request as it is, and keeps the cookie that comes back.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let request = self.prepared(request);
        let response = self.desk.router().oneshot(request).await.unwrap();
        let answer = Answer::of(response).await;
        let set = answer.header(header::SET_COOKIE);
        if let Some((pair, _)) = set.split_once(';') {
            let kept = Some(pair.to_owned()).filter(|pair| !pair.ends_with('='));
            *self.cookie.lock().unwrap() = kept;
        }
        answer
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.ask("GET", address).await
    }

    pub async fn ask(&self, method: &str, address: &str) -> Answer {
        let request = Request::builder().method(method).uri(address);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form.
    pub async fn post(&self, address: &str, fields: Sent<'_>) -> Answer {
        self.send(form_post(address, fields)).await
    }

    /// Posts a form that is encoded already.
    pub async fn post_raw(&self, address: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Opens a page, fills in its form and sends it: each field that is filled in must be there.
    pub async fn fills(&self, page: &str, action: &str, typed: Sent<'_>) -> Answer {
        let shown = self.get(page).await.shows(200);
        let form = shown.form(action);
        for (name, _) in typed {
            let known = form.names.iter().any(|known| known == name);
            assert!(known, "{page} has no field {name}: {:?}", form.names);
        }
        let kept = form
            .sends
            .iter()
            .filter(|(name, _)| typed.iter().all(|(one, _)| one != name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = kept.chain(typed.iter().copied()).collect();
        self.post(action, &all).await
    }

    /// Takes a step on its page.
    pub async fn takes(&self, case: CaseId, step: StepKind, typed: Sent<'_>) -> Answer {
        let page = format!("/cases/{case}/{}", step.code());
        self.fills(&page, &page, typed).await
    }

    /// Posts a step's form without opening its page, as somebody would who may not see it.
    pub async fn forces(&self, case: CaseId, step: StepKind, typed: Sent<'_>) -> Answer {
        let seen = self.desk.case(case).await.version().to_string();
        let mut fields = vec![("seen", seen.as_str())];
        fields.extend(typed);
        let page = if step == StepKind::File {
            StepKind::Draft
        } else {
            step
        };
        self.post(&format!("/cases/{case}/{}", page.code()), &fields)
            .await
    }

    /// Sends files, each with its name and bytes.
    pub async fn uploads(&self, case: CaseId, files: &[(&str, &[u8])]) -> Answer {
        self.uploads_broken(case, multipart(files)).await
    }

    /// Sends the body of an upload as it is, in small pieces.
    pub async fn uploads_broken(&self, case: CaseId, body: Vec<u8>) -> Answer {
        let pieces: Vec<_> = body
            .chunks(16 * 1024)
            .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
            .collect();
        let request = Request::post(format!("/cases/{case}/attach")).header(
            header::CONTENT_TYPE,
            "multipart/form-data; boundary=between",
        );
        let body = Body::from_stream(stream::iter(pieces));
        self.send(request.body(body).unwrap()).await
    }
}

/// A form as a browser posts it.
pub fn form_post(address: &str, fields: Sent<'_>) -> Request<Body> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.finish()))
        .unwrap()
}

/// The body of an upload.
pub fn multipart(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--between\r\ncontent-disposition: form-data; name=\"orders\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--between--\r\n");
    body
}
