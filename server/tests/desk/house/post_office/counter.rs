//! Serves one desk: lets it in, and writes down what it brings.

use std::{
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use mailin::{Handler, Response, response};

use super::{Known, Received};

/// A counter of the post office.
#[derive(Clone)]
pub struct Counter {
    login: Option<Known>,
    written: Arc<Mutex<(String, String, Vec<u8>)>>,
}

impl Counter {
    pub fn new(login: Option<Known>) -> Self {
        Self {
            login,
            written: Arc::default(),
        }
    }

    /// The message that came last.
    pub fn taken(&self) -> Received {
        let written = self.written.lock().unwrap();
        Received {
            from: written.0.clone(),
            to: written.1.clone(),
            message: String::from_utf8(written.2.clone()).unwrap(),
        }
    }
}

impl Handler for Counter {
    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        self.auth_login(user, password)
    }

    fn auth_login(&mut self, user: &str, password: &str) -> Response {
        match &self.login {
            Some(known) if (user, password) == (known.user, known.password) => response::AUTH_OK,
            _ => response::INVALID_CREDENTIALS,
        }
    }

    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        from.clone_into(&mut self.written.lock().unwrap().0);
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        to.clone_into(&mut self.written.lock().unwrap().1);
        response::OK
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.written.lock().unwrap().2.clear();
        response::START_DATA
    }

    fn data(&mut self, piece: &[u8]) -> io::Result<()> {
        self.written.lock().unwrap().2.extend_from_slice(piece);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        response::OK
    }
}
