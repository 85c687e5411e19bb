//! The server that takes the desk's mail.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
        response::{Response, Severity},
    },
};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::{Page, Sheet, Unwritable};

/// Longest that everything before the text may take.
const KNOCK: Duration = Duration::from_mins(2);
/// Longest that the server may think about the text. Source: RFC 5321, section 4.5.3.2.6.
const HAND_OVER: Duration = Duration::from_mins(10);

/// How the line to the server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// The line turns private with the command STARTTLS, or nothing is said on it.
    StartTls,
    /// The line is private from its first byte.
    Implicit,
    /// It is not: only to a server on this machine.
    Plain,
}

/// How the desk signs in to the server.
#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub password: Zeroizing<String>,
}

/// What a desk is told of its server.
#[derive(Clone)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    /// Who writes: an address, or a name and an address.
    pub from: String,
    pub tls: Tls,
    pub login: Option<Login>,
    /// Certificates in PEM that may vouch for the server, beside those everybody trusts.
    pub authority: Option<PathBuf>,
}

/// Why mail cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error(
        "{0} is not who a mail could come from; write desk@example.org or Desk <desk@example.org>"
    )]
    From(String),
    #[error("mail goes out unencrypted only to a server on this machine, and {0} may be another")]
    InTheClear(String),
    #[error("the certificates in {0} cannot be read")]
    Authority(PathBuf),
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// The server, and how to reach it.
#[derive(Clone)]
pub struct Relay {
    settings: Settings,
    from: Mailbox,
    name: ClientId,
    tls: Option<TlsParameters>,
}

/// Why nothing was sent. Nothing of the text went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may go another time.
    Later(String),
    /// The server will never take this mail.
    Refused(String),
}

/// What became of a text that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The server answers for it from here on.
    Taken(String),
    /// The server did not take it, and may another time.
    Later(String),
    /// The server did not take it and never will.
    Refused(String),
    /// Nobody here can know.
    Unknown(String),
}

impl Relay {
    /// Takes the settings, if mail can be sent with them.
    ///
    /// # Errors
    /// [`Unfit`] says what to change.
    pub fn new(settings: Settings) -> Result<Self, Unfit> {
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_| Unfit::From(settings.from.clone()))?;
        if settings.tls == Tls::Plain && !is_here(&settings.host) {
            return Err(Unfit::InTheClear(settings.host.clone()));
        }
        let tls = match settings.tls {
            Tls::Plain => None,
            Tls::StartTls | Tls::Implicit => Some(trust(&settings)?),
        };
        let name = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self {
            settings,
            from,
            name,
            tls,
        })
    }

    /// The domain of whoever writes: Message-IDs end with it.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Who writes, and over which server: for people who look after the desk.
    pub fn told(&self) -> String {
        let Settings { host, port, .. } = &self.settings;
        format!("{} through {host}:{port}", self.from)
    }

    /// Writes a message.
    ///
    /// # Errors
    /// Where the recipient's address is none.
    pub fn write(&self, page: &Page<'_>) -> Result<Sheet, Unwritable> {
        Sheet::write(&self.from, page)
    }

    /// Asks the server to take a message, up to where it says that it would.
    ///
    /// # Errors
    /// [`Trouble`]; nothing of the text went out.
    pub async fn knock(&self, sheet: &Sheet) -> Result<Threshold, Trouble> {
        match timeout(KNOCK, self.asked(sheet)).await {
            Ok(answer) => answer,
            Err(_) => Err(Trouble::Later("the server did not answer in time".into())),
        }
    }

    async fn asked(&self, sheet: &Sheet) -> Result<Threshold, Trouble> {
        let Settings { host, port, .. } = &self.settings;
        let implicit = self
            .tls
            .clone()
            .filter(|_| self.settings.tls == Tls::Implicit);
        let address = (host.as_str(), *port);
        let mut line =
            AsyncSmtpConnection::connect_tokio1(address, None, &self.name, implicit, None)
                .await
                .map_err(|error| later(&error))?;
        if let (Tls::StartTls, Some(tls)) = (self.settings.tls, self.tls.clone()) {
            line.starttls(tls, &self.name)
                .await
                .map_err(|error| later(&error))?;
        }
        if let Some(Login { user, password }) = &self.settings.login {
            let login = Credentials::new(user.clone(), password.to_string());
            line.auth(DEFAULT_MECHANISMS, &login)
                .await
                .map_err(|error| later(&error))?;
        }
        let from = sheet.envelope.from().cloned();
        // What the server holds against the desk itself is no fault of this mail.
        let answer = line.command(Mail::new(from, Vec::new())).await;
        done(&answer.map_err(|error| later(&error))?)?;
        for to in sheet.envelope.to() {
            let answer = line.command(Rcpt::new(to.clone(), Vec::new())).await;
            done(&answer.map_err(|error| said(&error))?)?;
        }
        let answer = line.command(Data).await.map_err(|error| said(&error))?;
        if !answer.has_code(354) {
            return Err(Trouble::Later(spelt(&answer)));
        }
        Ok(Threshold { line })
    }
}

/// A server that waits for a text. Dropped, it gets none and forgets the mail.
pub struct Threshold {
    line: AsyncSmtpConnection,
}

impl Threshold {
    /// Hands the text over.
    pub async fn hand_over(mut self, sheet: &Sheet) -> Handed {
        let Ok(answer) = timeout(HAND_OVER, self.line.message(sheet.bytes())).await else {
            return Handed::Unknown("The server did not answer in time.".into());
        };
        match answer {
            Ok(answer) if answer.code().severity == Severity::PositiveCompletion => {
                // What it says to a goodbye changes nothing.
                tokio::spawn(async move { self.line.quit().await });
                Handed::Taken(spelt(&answer))
            }
            Ok(answer) => Handed::Unknown(format!("The server answered {}", spelt(&answer))),
            Err(error) if error.is_permanent() => Handed::Refused(told(&error)),
            Err(error) if error.is_transient() => Handed::Later(told(&error)),
            Err(error) => Handed::Unknown(format!("The line broke: {error}")),
        }
    }
}

fn trust(settings: &Settings) -> Result<TlsParameters, Unfit> {
    let mut tls = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.authority {
        let odd = || Unfit::Authority(path.clone());
        let pem = std::fs::read(path).map_err(|_| odd())?;
        tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|_| odd())?);
    }
    tls.build_rustls()
        .map_err(|error| Unfit::Tls(error.to_string()))
}

/// Whether a host is this machine, by its name or number alone.
fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn done(answer: &Response) -> Result<(), Trouble> {
    if answer.code().severity == Severity::PositiveCompletion {
        Ok(())
    } else {
        Err(Trouble::Later(spelt(answer)))
    }
}

fn later(error: &lettre::transport::smtp::Error) -> Trouble {
    Trouble::Later(told(error))
}

fn said(error: &lettre::transport::smtp::Error) -> Trouble {
    if error.is_permanent() {
        Trouble::Refused(told(error))
    } else {
        later(error)
    }
}

/// A reply as the server spelt it: its number first, then its words in one line.
fn told(error: &lettre::transport::smtp::Error) -> String {
    match (error.status(), std::error::Error::source(error)) {
        (Some(code), Some(words)) => format!("{code} {words}").replace(['\r', '\n'], " "),
        (Some(code), None) => code.to_string(),
        (None, _) => error.to_string(),
    }
}

fn spelt(answer: &Response) -> String {
    let words: Vec<&str> = answer.message().collect();
    format!("{} {}", answer.code(), words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: &str, tls: Tls) -> Settings {
        Settings {
            host: host.into(),
            port: 25,
            from: "desk@desk.example".into(),
            tls,
            login: None,
            authority: None,
        }
    }

    #[test]
    fn mail_goes_out_in_the_clear_only_on_this_machine() {
        for here in ["localhost", "127.0.0.1", "::1"] {
            assert!(Relay::new(settings(here, Tls::Plain)).is_ok(), "{here}");
        }
        for other in ["mail.example", "10.0.0.1", "localhost.example"] {
            let unfit = Relay::new(settings(other, Tls::Plain)).err();
            assert!(matches!(unfit, Some(Unfit::InTheClear(_))), "{other}");
        }
    }

    #[test]
    fn nobody_writes_without_an_address() {
        let mut settings = settings("mail.example", Tls::StartTls);
        settings.from = "The desk".into();
        assert!(matches!(Relay::new(settings), Err(Unfit::From(_))));
    }
}
