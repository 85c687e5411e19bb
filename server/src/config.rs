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

    /// Where the key lies.
    pub fn key_file(&self) -> PathBuf {
        self.key_file
            .clone()
            .unwrap_or_else(|| self.data.join("key"))
    }
}
