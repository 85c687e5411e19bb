//! What the environment and the command line say. Every setting has a default that is safe.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use post::{Login, Relay, Settings, Tls};
use zeroize::Zeroizing;

/// Settings of a desk. Each is an option and an environment variable.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where the desk keeps its database, its attachments and its key.
    #[arg(long, env = "DESK_DATA", default_value = "data")]
    pub data: PathBuf,

    /// SQLite or PostgreSQL, as a URL; by default SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// File with the key that wraps the attachments' keys; made at the first start.
    #[arg(long, env = "DESK_KEY_FILE")]
    pub key_file: Option<PathBuf>,

    /// File with the private key that signs the ledger's checkpoints; made at the first start.
    #[arg(long, env = "DESK_LEDGER_KEY_FILE")]
    pub ledger_key_file: Option<PathBuf>,

    /// The ledger's name, used when its key is made: an address of yours without the scheme, such
    /// as desk.example/log. By default a random one.
    #[arg(long, env = "DESK_LEDGER_ORIGIN")]
    pub ledger_origin: Option<String>,

    /// File with the private key and the certificates that seal records, as PEM or PKCS#12; made at
    /// the first start.
    #[arg(long, env = "DESK_SEAL_FILE")]
    pub seal_file: Option<PathBuf>,

    /// File with the password of the seal's file.
    #[arg(long, env = "DESK_SEAL_PASSWORD_FILE")]
    pub seal_password_file: Option<PathBuf>,

    /// A timestamp authority (RFC 3161), as a URL: each record then tells when it was sealed.
    #[arg(long, env = "DESK_TIMESTAMP_URL")]
    pub timestamp_url: Option<String>,

    /// The desk's own address as people type it, such as `https://desk.example`: mail leads back to it.
    #[arg(long, env = "DESK_ADDRESS")]
    pub address: Option<String>,

    /// How mail leaves the house.
    #[command(flatten)]
    pub mail: MailConfig,

    /// Address to listen on.
    #[arg(long, env = "DESK_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The built browser files.
    #[arg(long, env = "DESK_SITE", default_value = "target/site")]
    pub site: PathBuf,

    /// A font for Chinese, Japanese and Korean in records, as a path to a TrueType or OpenType file.
    #[arg(long, env = "DESK_CJK_FONT")]
    pub cjk_font: Option<PathBuf>,
}

/// The server that takes the desk's mail. Without a host, mail stays in the outbox.
#[derive(Args, Clone, Debug, Default)]
pub struct MailConfig {
    /// The server's name.
    #[arg(long = "mail-host", env = "DESK_MAIL_HOST")]
    pub host: Option<String>,

    /// Its port; by default 587, or 465 with implicit TLS, or 25 with none.
    #[arg(long = "mail-port", env = "DESK_MAIL_PORT")]
    pub port: Option<u16>,

    /// Who writes: desk@example.org, or Desk <desk@example.org>.
    #[arg(long = "mail-from", env = "DESK_MAIL_FROM")]
    pub from: Option<String>,

    /// Who the desk signs in as, if the server asks.
    #[arg(long = "mail-user", env = "DESK_MAIL_USER")]
    pub user: Option<String>,

    /// File with the password to that.
    #[arg(long = "mail-password-file", env = "DESK_MAIL_PASSWORD_FILE")]
    pub password_file: Option<PathBuf>,

    /// How the line is encrypted; not at all only to a server on this machine.
    #[arg(
        long = "mail-tls",
        env = "DESK_MAIL_TLS",
        value_enum,
        default_value = "starttls"
    )]
    pub tls: MailTls,

    /// File with certificates (PEM) that may vouch for the server, beside those everybody trusts.
    #[arg(long = "mail-ca-file", env = "DESK_MAIL_CA_FILE")]
    pub ca_file: Option<PathBuf>,
}

/// How the line to the mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MailTls {
    #[default]
    Starttls,
    Implicit,
    Plain,
}

impl MailConfig {
    /// The server, if one is named.
    ///
    /// # Errors
    /// Where what is named cannot work.
    pub fn relay(&self) -> anyhow::Result<Option<Relay>> {
        let Some(host) = self.host.clone() else {
            return Ok(None);
        };
        let from = self
            .from
            .clone()
            .context("name who writes the mail: DESK_MAIL_FROM")?;
        let (tls, usual) = match self.tls {
            MailTls::Starttls => (Tls::StartTls, 587),
            MailTls::Implicit => (Tls::Implicit, 465),
            MailTls::Plain => (Tls::Plain, 25),
        };
        let login = match (&self.user, &self.password_file) {
            (None, None) => None,
            (Some(user), Some(path)) => {
                let password = Zeroizing::new(
                    std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
                );
                Some(Login {
                    user: user.clone(),
                    password: Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned()),
                })
            }
            _ => anyhow::bail!("DESK_MAIL_USER and DESK_MAIL_PASSWORD_FILE belong together"),
        };
        let relay = Relay::new(Settings {
            host,
            port: self.port.unwrap_or(usual),
            from,
            tls,
            login,
            authority: self.ca_file.clone(),
        })?;
        Ok(Some(relay))
    }
}

impl Config {
    /// A desk that keeps everything in one folder and listens on any free port.
    pub fn in_folder(data: PathBuf) -> Self {
        Self {
            site: data.clone(),
            data,
            database_url: None,
            key_file: None,
            ledger_key_file: None,
            ledger_origin: None,
            seal_file: None,
            seal_password_file: None,
            timestamp_url: None,
            address: None,
            mail: MailConfig::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            cjk_font: None,
        }
    }

    /// The database's URL.
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", self.data.join("desk.db").display()))
    }

    /// Where attachments lie.
    pub fn orders(&self) -> PathBuf {
        self.data.join("orders")
    }

    /// Where the ledger's key lies.
    pub fn ledger_key_file(&self) -> PathBuf {
        self.ledger_key_file
            .clone()
            .unwrap_or_else(|| self.data.join("ledger.key"))
    }

    /// Where the seal lies.
    pub fn seal_file(&self) -> PathBuf {
        self.seal_file
            .clone()
            .unwrap_or_else(|| self.data.join("seal.pem"))
    }

    /// Where the key lies.
    pub fn key_file(&self) -> PathBuf {
        self.key_file
            .clone()
            .unwrap_or_else(|| self.data.join("key"))
    }
}
