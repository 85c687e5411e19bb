//! The server that takes the desk's mail.

use std::time::Duration;

use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
        response::{Response, Severity},
    },
};
use tokio::time::timeout;

use crate::{Login, Page, Settings, Sheet, Unfit, Unwritable, line::ByLine, settings::Privacy};

/// Longest that everything before the text may take.
const KNOCK: Duration = Duration::from_mins(2);
/// Longest that the server may think about the text. Source: RFC 5321, section 4.5.3.2.6.
const HAND_OVER: Duration = Duration::from_mins(10);

/// The server, and how to reach it.
#[derive(Clone)]
pub struct Relay {
    settings: Settings,
    from: Mailbox,
    name: ClientId,
    privacy: Privacy,
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
        let from = settings.mailbox()?;
        let privacy = settings.privacy()?;
        let name = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self {
            settings,
            from,
            name,
            privacy,
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
        let mut line = self.line().await?;
        if let Some(login) = &self.settings.login {
            sign_in(&mut line, login).await?;
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

    /// A line to the server, as private as it has to be.
    async fn line(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let tls = match &self.privacy {
            Privacy::StartTls(tls) => return self.turned(tls.clone()).await,
            Privacy::Implicit(tls) => Some(tls.clone()),
            Privacy::Plain => None,
        };
        let Settings { host, port, .. } = &self.settings;
        let address = (host.as_str(), *port);
        AsyncSmtpConnection::connect_tokio1(address, None, &self.name, tls, None)
            .await
            .map_err(|error| later(&error))
    }

    /// A line that turned private with STARTTLS.
    async fn turned(&self, tls: TlsParameters) -> Result<AsyncSmtpConnection, Trouble> {
        let Settings { host, port, .. } = &self.settings;
        let open = ByLine::to(host, *port)
            .await
            .map_err(|error| Trouble::Later(format!("Connection error: {error}")))?;
        let mut line = AsyncSmtpConnection::connect_with_transport(Box::new(open), &self.name)
            .await
            .map_err(|error| later(&error))?;
        line.starttls(tls, &self.name)
            .await
            .map_err(|error| later(&error))?;
        Ok(line)
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

/// Says who the desk is, on a line that is private.
async fn sign_in(line: &mut AsyncSmtpConnection, login: &Login) -> Result<(), Trouble> {
    let says = Credentials::new(login.user.clone(), login.password.to_string());
    let Err(error) = line.auth(DEFAULT_MECHANISMS, &says).await else {
        return Ok(());
    };
    // A reply is kept and shown; of one that repeats the secret, only the number is.
    let reply = told(&error);
    Err(Trouble::Later(match error.status() {
        _ if !login.is_told_by(&reply) => reply,
        Some(code) => code.to_string(),
        None => "the server repeated the password".into(),
    }))
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
