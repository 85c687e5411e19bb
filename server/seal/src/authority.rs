//! Timestamp authorities: who attests that a seal existed at a moment.

use std::net::IpAddr;
use std::time::Duration;

use der::asn1::Int;
use der::{Decode as _, Encode as _};
use ureq::Agent;
use ureq::http::Uri;

use crate::Fault;
use crate::token::Token;
use crate::token::wire::{Answer, Imprint, Question};

/// Answers with a `TimeStampToken` in DER over a SHA-256 imprint.
pub trait Authority: Send + Sync {
    fn stamp(&self, imprint: &[u8; 32]) -> Result<Vec<u8>, Fault>;
}

const ASKS: &str = "application/timestamp-query";
const ANSWERS: &str = "application/timestamp-reply";

/// Tokens hold a few certificates: five kilobytes are usual.
const LONGEST: u64 = 64 * 1024;

/// An authority over HTTP or HTTPS. Tokens are signed, so that HTTP, which most authorities offer
/// alone, takes nothing from them. Redirects are not followed.
/// Source: RFC 3161, 3.4.
#[derive(Debug)]
pub struct OverHttp {
    agent: Agent,
    url: String,
    timeout: Duration,
}

impl OverHttp {
    /// `timeout` is for the whole exchange. A proxy named by the environment is used, as everywhere,
    /// but not for an authority on this machine.
    pub fn new(url: &str, timeout: Duration) -> Result<Self, Fault> {
        let address = || Fault::Address(url.to_owned());
        let uri: Uri = url.parse().map_err(|_| address())?;
        let (Some("http" | "https"), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return Err(address());
        };
        let mut config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .http_status_as_error(false);
        if is_this_machine(host) {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            url: url.to_owned(),
            timeout,
        })
    }

    fn ask(&self, question: &[u8]) -> Result<Vec<u8>, Fault> {
        let told = |error| self.told(error);
        let mut response = self
            .agent
            .post(&self.url)
            .header("Content-Type", ASKS)
            .header("Accept", ANSWERS)
            .send(question)
            .map_err(told)?;
        let status = response.status();
        if status != 200 {
            return Err(Fault::Answered(format!("HTTP {status}")));
        }
        let kind = response.body().mime_type().unwrap_or("nothing named");
        if !kind.eq_ignore_ascii_case(ANSWERS) {
            return Err(Fault::Answered(kind.replace(char::is_control, " ")));
        }
        response
            .body_mut()
            .with_config()
            .limit(LONGEST)
            .read_to_vec()
            .map_err(told)
    }

    fn told(&self, error: ureq::Error) -> Fault {
        match error {
            ureq::Error::Timeout(_) => Fault::TooSlow(self.timeout),
            ureq::Error::BodyExceedsLimit(limit) => Fault::TooLong(limit),
            other => Fault::Unreached(other.to_string()),
        }
    }
}

impl Authority for OverHttp {
    fn stamp(&self, imprint: &[u8; 32]) -> Result<Vec<u8>, Fault> {
        let nonce = nonce()?;
        let question = Question {
            version: 1,
            imprint: Imprint::sha256(imprint)?,
            nonce: nonce.clone(),
            with_certificate: true,
        };
        let answer = self.ask(&question.to_der()?)?;
        let answer = Answer::from_der(&answer)
            .map_err(|_| Fault::Answered("something that cannot be read".to_owned()))?;
        if !answer.status.granted() {
            return Err(Fault::Declined(answer.status.reasons()));
        }
        let Some(token) = answer.token else {
            return Err(Fault::Token(
                "it says granted and holds no token".to_owned(),
            ));
        };
        let token = token.to_der()?;
        let read = Token::read(&token)?;
        read.stamps(imprint)?;
        read.answers(&nonce)?;
        Ok(token)
    }
}

/// A positive number of 64 bits, the first of them set, so that it is never written shorter.
fn nonce() -> Result<Int, Fault> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Fault::NoChance(error.to_string()))?;
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(Int::new(&bytes)?)
}

/// Whether a host, as an address names it, is the machine that asks.
pub fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
