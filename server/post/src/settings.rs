//! What a desk is told of its server, and whether mail can be sent with it.

use std::{fmt, net::IpAddr, path::PathBuf};

use base64ct::{Base64, Encoding as _};
use lettre::{
    address::AddressError,
    message::Mailbox,
    transport::smtp::client::{Certificate, TlsParameters},
};
use zeroize::Zeroizing;

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

impl Login {
    /// Whether a text holds the password, as it is or as it is said on the line.
    /// Source: RFC 4616, section 2, in base64 as RFC 4954 has it.
    pub(crate) fn is_told_by(&self, text: &str) -> bool {
        let Self { user, password } = self;
        let plain = Zeroizing::new(format!("\0{user}\0{}", **password));
        let said = [plain.as_bytes(), password.as_bytes()].map(Base64::encode_string);
        let secrets = [password.as_str(), &said[0], &said[1]];
        secrets.iter().any(|secret| text.contains(secret))
    }
}

/// Without the password, whoever prints the settings.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut login = f.debug_struct("Login");
        login.field("user", &self.user).finish_non_exhaustive()
    }
}

/// What a desk is told of its server.
#[derive(Clone, Debug)]
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
    #[error(
        "a password is said on an encrypted line only; encrypt the line to {0}, or do not sign in"
    )]
    PasswordInTheClear(String),
    #[error("the certificates in {0} cannot be read")]
    Authority(PathBuf),
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// How private the line becomes, and who has to vouch for the server.
#[derive(Clone)]
pub(crate) enum Privacy {
    StartTls(TlsParameters),
    Implicit(TlsParameters),
    Plain,
}

impl Settings {
    pub(crate) fn mailbox(&self) -> Result<Mailbox, Unfit> {
        let odd = |_: AddressError| Unfit::From(self.from.clone());
        self.from.parse().map_err(odd)
    }

    pub(crate) fn privacy(&self) -> Result<Privacy, Unfit> {
        match self.tls {
            Tls::Plain if !is_here(&self.host) => Err(Unfit::InTheClear(self.host.clone())),
            // Even here another program may have taken the server's port.
            Tls::Plain if self.login.is_some() => Err(Unfit::PasswordInTheClear(self.host.clone())),
            Tls::Plain => Ok(Privacy::Plain),
            Tls::StartTls => Ok(Privacy::StartTls(self.trust()?)),
            Tls::Implicit => Ok(Privacy::Implicit(self.trust()?)),
        }
    }

    fn trust(&self) -> Result<TlsParameters, Unfit> {
        let mut tls = TlsParameters::builder(self.host.clone());
        if let Some(path) = &self.authority {
            let odd = || Unfit::Authority(path.clone());
            let pem = std::fs::read(path).map_err(|_| odd())?;
            // A file without any certificate reads without a fault, and would vouch for nobody.
            let some = b"-----BEGIN CERTIFICATE-----";
            if !pem.windows(some.len()).any(|here| here == some) {
                return Err(odd());
            }
            tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|_| odd())?);
        }
        tls.build_rustls()
            .map_err(|error| Unfit::Tls(error.to_string()))
    }
}

/// Whether a host is this machine, by its name or number alone.
fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Relay;

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

    fn login() -> Login {
        Login {
            user: "desk".into(),
            password: Zeroizing::new("violin gravel".into()),
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
    fn a_password_goes_out_in_the_clear_nowhere() {
        for host in ["localhost", "mail.example"] {
            let mut settings = settings(host, Tls::Plain);
            settings.login = Some(login());
            assert!(Relay::new(settings).is_err(), "{host}");
        }
    }

    #[test]
    fn nobody_writes_without_an_address() {
        let mut settings = settings("mail.example", Tls::StartTls);
        settings.from = "The desk".into();
        assert!(matches!(Relay::new(settings), Err(Unfit::From(_))));
    }

    #[test]
    fn settings_are_shown_without_the_password() {
        let mut settings = settings("mail.example", Tls::StartTls);
        settings.login = Some(login());
        let shown = format!("{settings:?} {settings:#?}");
        assert!(
            shown.contains("desk") && !shown.contains("violin"),
            "{shown}"
        );
    }

    #[test]
    fn a_reply_that_repeats_the_password_is_known() {
        let login = login();
        for reply in [
            "535 not violin gravel",
            "500 AUTH PLAIN AGRlc2sAdmlvbGluIGdyYXZlbA==",
            "500 dmlvbGluIGdyYXZlbA==",
        ] {
            assert!(login.is_told_by(reply), "{reply}");
        }
        assert!(!login.is_told_by("535 5.7.8 wrong, desk"));
    }

    #[test]
    fn a_file_that_vouches_for_nobody_is_refused() {
        let folder = env!("CARGO_MANIFEST_DIR");
        for file in ["Cargo.toml", "src", "not there"] {
            let mut settings = settings("mail.example", Tls::StartTls);
            settings.authority = Some(PathBuf::from(folder).join(file));
            let unfit = Relay::new(settings).err();
            assert!(matches!(unfit, Some(Unfit::Authority(_))), "{file}");
        }
    }
}
