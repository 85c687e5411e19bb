//! What the environment and the command line say. Every setting has a default that is safe.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

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
