//! What the desk signs with: the ledger's key and the records' seal. Both lie in files, apart from
//! the database, and are made at the first start.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use casework::ledger::{SigningKey, VerifyingKey, note::Use};
use jiff::Timestamp;
use seal::{Authority, OverHttp, Sealer};
use zeroize::Zeroizing;

use crate::config::Config;

/// How long a certificate of our own making lasts, in years. Records sealed with it stay provable
/// by the ledger after it ends.
const YEARS: i16 = 10;
/// Longest that a timestamp authority may take.
const AUTHORITY_PATIENCE: Duration = Duration::from_secs(10);

/// What the office signs with.
pub struct Keys {
    /// Signs the ledger's checkpoints.
    pub ledger: SigningKey,
    /// Seals records.
    pub sealer: Sealer,
    /// Tells when a record was sealed, where one is configured.
    pub authority: Option<Box<dyn Authority>>,
}

impl Keys {
    /// Reads the keys, and makes those that are not there yet.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn open(config: &Config, now: Timestamp) -> anyhow::Result<Self> {
        Ok(Self {
            ledger: ledger_key(config)?,
            sealer: sealer(config, now)?,
            authority: match &config.timestamp_url {
                Some(url) => Some(Box::new(
                    OverHttp::new(url, AUTHORITY_PATIENCE).context("the timestamp authority")?,
                )),
                None => None,
            },
        })
    }
}

fn ledger_key(config: &Config) -> anyhow::Result<SigningKey> {
    let path = config.ledger_key_file();
    match read(&path)? {
        Some(secret) => read_key(&path, &secret, Use::Log),
        None => make_key(&path, &origin(config)?, Use::Log),
    }
}

fn origin(config: &Config) -> anyhow::Result<String> {
    if let Some(origin) = &config.ledger_origin {
        return Ok(origin.clone());
    }
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes)?;
    Ok(format!("disclosure-desk/{}", hex::encode(bytes)))
}

/// Reads a private key of a ledger or a witness.
///
/// # Errors
/// A sentence that names the file.
pub fn read_key(path: &Path, secret: &str, used: Use) -> anyhow::Result<SigningKey> {
    let key = SigningKey::from_secret(secret).with_context(|| path.display().to_string())?;
    if key.verifying().used() != used {
        bail!("{}: this is a key of another kind", path.display());
    }
    Ok(key)
}

/// Makes a private key in a file that only its owner may read.
///
/// # Errors
/// A sentence that names the file.
pub fn make_key(path: &Path, name: &str, used: Use) -> anyhow::Result<SigningKey> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed)?;
    let key = SigningKey::make(name, used, &seed)
        .with_context(|| format!("{name:?} cannot be the name of a key"))?;
    let secret = Zeroizing::new(format!("{}\n", *key.to_secret()));
    keep(path, secret.as_bytes())?;
    Ok(key)
}

fn sealer(config: &Config, now: Timestamp) -> anyhow::Result<Sealer> {
    let path = config.seal_file();
    let told = || path.display().to_string();
    let password = config
        .seal_password_file
        .as_deref()
        .map(|path| read(path)?.with_context(|| format!("{} is not there", path.display())))
        .transpose()?;
    match fs::read(&path).map(Zeroizing::new) {
        Ok(bytes) => {
            let password = password
                .as_deref()
                .map(|text| text.trim_end_matches(['\r', '\n']));
            Sealer::read(&bytes, password).with_context(told)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let ledger = ledger_key(config)?;
            let origin = ledger.verifying().name();
            // The origin tells this desk from another before anybody has given it a name.
            let short = origin.strip_prefix("disclosure-desk/").unwrap_or(origin);
            let name = format!("Disclosure Desk {short}");
            let (sealer, pem) = Sealer::make(&name, now, YEARS).with_context(told)?;
            keep(&path, pem.as_bytes())?;
            Ok(sealer)
        }
        Err(error) => Err(error).with_context(told),
    }
}

fn read(path: &Path) -> anyhow::Result<Option<Zeroizing<String>>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Writes a secret where nothing stands yet, durably, for its owner alone.
fn keep(path: &Path, secret: &[u8]) -> anyhow::Result<()> {
    let told = || path.display().to_string();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(told)?;
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(told)?;
    file.write_all(secret).with_context(told)?;
    file.sync_all().with_context(told)?;
    sync_folder(path)
}

fn sync_folder(path: &Path) -> anyhow::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))
        .and_then(|folder| folder.sync_all())
        .with_context(|| path.display().to_string())
}

/// Where the key that follows lies until the ledger has named it.
fn next_of(path: &Path) -> PathBuf {
    path.with_extension("next")
}

/// Makes the key that follows this one, beside it. The old one stays until [`succeed`].
///
/// # Errors
/// A sentence that names the file.
pub fn successor(path: &Path, of: &SigningKey) -> anyhow::Result<SigningKey> {
    let next = next_of(path);
    match read(&next)? {
        // An earlier attempt was broken off: its key is as good as another.
        Some(secret) => read_key(&next, &secret, Use::Log),
        None => make_key(&next, of.verifying().name(), Use::Log),
    }
}

/// A key in the ledger's own name. A start without the file made one in a name of chance, which
/// never signed anything: it is replaced.
///
/// # Errors
/// A sentence that names the file.
pub fn of_ledger(
    path: &Path,
    key: SigningKey,
    named: Option<String>,
) -> anyhow::Result<SigningKey> {
    let Some(named) = named else { return Ok(key) };
    let named: VerifyingKey = named.parse().context("the key that the ledger names")?;
    if key.verifying().name() == named.name() {
        return Ok(key);
    }
    fs::remove_file(path).with_context(|| path.display().to_string())?;
    make_key(path, named.name(), Use::Log)
}

/// Puts the key that follows in the place of the old one.
///
/// # Errors
/// A sentence that names the file.
pub fn succeed(path: &Path) -> anyhow::Result<()> {
    fs::rename(next_of(path), path).with_context(|| path.display().to_string())?;
    sync_folder(path)
}
