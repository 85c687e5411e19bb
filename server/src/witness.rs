//! A witness: another machine that follows a desk's ledger over HTTP, cosigns each checkpoint that
//! continues the last, and keeps the evidence where one does not.
//!
//! It holds no secrets of the desk and sees no case: hashes only. What it saw is written down
//! before it signs, so that it never signs two histories, whenever it is stopped.
//! Source: C2SP tlog-cosignature, tlog-tiles.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt, fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use casework::ledger::{
    Hash, NodeAt, Recipe, SignedNote, SigningKey, VerifyingKey, continues, node_hash,
    note::{NOTE_MOST, Use},
};
use clap::Args;
use jiff::Timestamp;

use crate::keys;

/// Longest that one request may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Hashes in a full tile. Source: C2SP tlog-tiles.
const WIDTH: u64 = 256;

/// Which desk to follow, and where to keep what was seen.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Where the desk serves its ledger: <https://desk.example/log>
    #[arg(long)]
    pub desk: String,

    /// The ledger's key, as the desk's ledger page shows it. Several, where it was changed.
    #[arg(long, required = true)]
    pub key: Vec<VerifyingKey>,

    /// Where the witness keeps its own key, what it saw last, and evidence.
    #[arg(long, default_value = "witness")]
    pub data: PathBuf,

    /// The witness's name, used when its key is made; by default one that ends in random digits.
    #[arg(long)]
    pub name: Option<String>,

    /// Seconds between two looks.
    #[arg(long, default_value_t = 60)]
    pub every: u64,

    /// Look once and end.
    #[arg(long)]
    pub once: bool,
}

/// What a look came to.
#[derive(Debug)]
pub enum Look {
    /// The ledger is as it was.
    Same { size: u64 },
    /// It grew, honestly, and was cosigned.
    Cosigned { from: u64, to: u64 },
    /// It is not the ledger that was seen before; the evidence lies there.
    Rewritten { says: String, evidence: PathBuf },
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same { size } => write!(f, "The ledger has {size} entries, as it had."),
            Self::Cosigned { from: 0, to } => {
                write!(
                    f,
                    "Seen for the first time, with {to} entries, and cosigned."
                )
            }
            Self::Cosigned { from, to } => write!(
                f,
                "The ledger grew from {from} to {to} entries, continues what was seen, and was cosigned."
            ),
            Self::Rewritten { says, evidence } => write!(
                f,
                "NOT COSIGNED: {says} The evidence is in {}.",
                evidence.display()
            ),
        }
    }
}

/// A witness of one desk.
pub struct Witness {
    desk: String,
    keys: Vec<VerifyingKey>,
    data: PathBuf,
    own: SigningKey,
    web: ureq::Agent,
}

impl Witness {
    /// Reads the witness's key, or makes it.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn open(options: &Options) -> anyhow::Result<Self> {
        fs::create_dir_all(&options.data).with_context(|| options.data.display().to_string())?;
        let path = options.data.join("witness.key");
        let own = match fs::read_to_string(&path) {
            Ok(secret) => keys::read_key(&path, &secret, Use::Witness)?,
            Err(_) if path.exists() => anyhow::bail!("{} cannot be read", path.display()),
            Err(_) => {
                let mut bytes = [0; 4];
                getrandom::fill(&mut bytes)?;
                let name = options
                    .name
                    .clone()
                    .unwrap_or_else(|| format!("witness/{}", hex::encode(bytes)));
                keys::make_key(&path, &name, Use::Witness)?
            }
        };
        let desk = options.desk.trim_end_matches('/').to_owned();
        let mut config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0);
        // A proxy that the environment names does not reach a desk on this machine.
        if is_here(&desk) {
            config = config.proxy(None);
        }
        Ok(Self {
            desk,
            keys: options.key.clone(),
            data: options.data.clone(),
            own,
            web: config.build().into(),
        })
    }

    /// The public half of the witness's key, for the desk's administrator.
    pub fn key(&self) -> &VerifyingKey {
        self.own.verifying()
    }

    /// Looks at the ledger once.
    ///
    /// # Errors
    /// Where the desk cannot be reached or answers what is no checkpoint: nothing is known then.
    pub fn look(&self, now: Timestamp) -> anyhow::Result<Look> {
        let raw = self.fetched("checkpoint", NOTE_MOST)?;
        let note: SignedNote = String::from_utf8(raw)
            .context("the desk's checkpoint is no text")?
            .parse()
            .context("what the desk answers is no checkpoint")?;
        if !self
            .keys
            .iter()
            .any(|key| note.is_signed_by(key) && key.name() == note.checkpoint().origin)
        {
            anyhow::bail!(
                "the desk's checkpoint is signed by none of the keys this witness was given"
            );
        }
        let seen = self.seen()?;
        let (size, root) = (note.checkpoint().size, note.checkpoint().root);
        let Some(seen) = seen else {
            return self.cosign(note, 0, now);
        };
        let (had, was) = (seen.checkpoint().size, seen.checkpoint().root);
        if size < had {
            let says = format!("the ledger had {had} entries and now has {size}.");
            return self.refuse(&says, &seen, &note, &[], now);
        }
        if size == had {
            if root == was {
                return Ok(Look::Same { size });
            }
            let says = format!("the ledger's {size} entries are not those that were seen.");
            return self.refuse(&says, &seen, &note, &[], now);
        }
        let proof = self.proof(had, size)?;
        if had == 0 || continues((had, &was), (size, &root), &proof) {
            self.cosign(note, had, now)
        } else {
            let says = format!(
                "the ledger of {size} entries does not continue the one of {had} that was seen."
            );
            self.refuse(&says, &seen, &note, &proof, now)
        }
    }

    fn cosign(&self, note: SignedNote, from: u64, now: Timestamp) -> anyhow::Result<Look> {
        let to = note.checkpoint().size;
        let note = note.signed_by(&self.own, now);
        self.remember(&note)?;
        let answer = self
            .web
            .post(format!("{}/cosignatures", self.desk))
            .content_type("text/plain; charset=utf-8")
            .send(note.to_string());
        if let Err(error) = answer {
            // It was seen and is written down; the next look sends nothing older.
            eprintln!("disclosure-desk witness: the desk did not take the cosignature: {error}");
        }
        Ok(Look::Cosigned { from, to })
    }

    fn refuse(
        &self,
        says: &str,
        seen: &SignedNote,
        note: &SignedNote,
        proof: &[Hash],
        now: Timestamp,
    ) -> anyhow::Result<Look> {
        let folder = self
            .data
            .join(format!("evidence-{}", now.strftime("%Y%m%dT%H%M%SZ")));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        keep(&folder.join("seen.txt"), &seen.to_string())?;
        keep(&folder.join("shown.txt"), &note.to_string())?;
        let consistency = casework::ledger::Consistency {
            origin: note.checkpoint().origin.clone(),
            from: seen.checkpoint().size,
            to: note.checkpoint().size,
            proof: proof.to_vec(),
        };
        keep(&folder.join("consistency.txt"), &consistency.to_string())?;
        Ok(Look::Rewritten {
            says: says.to_owned(),
            evidence: folder,
        })
    }

    fn seen(&self) -> anyhow::Result<Option<SignedNote>> {
        let path = self.data.join("seen.txt");
        if !path.exists() {
            return Ok(None);
        }
        let told = || path.display().to_string();
        let raw = fs::read_to_string(&path).with_context(told)?;
        Ok(Some(raw.parse().with_context(told)?))
    }

    fn remember(&self, note: &SignedNote) -> anyhow::Result<()> {
        let (new, path) = (self.data.join("seen.new"), self.data.join("seen.txt"));
        keep(&new, &note.to_string())?;
        fs::rename(&new, &path).with_context(|| path.display().to_string())?;
        fs::File::open(&self.data)?.sync_all()?;
        Ok(())
    }

    /// The consistency proof, put together from the desk's tiles.
    fn proof(&self, old: u64, new: u64) -> anyhow::Result<Vec<Hash>> {
        let Some(recipe) = Recipe::consistency(old, new) else {
            return Ok(Vec::new());
        };
        let mut tiles = BTreeMap::new();
        let mut nodes = BTreeMap::new();
        for place in recipe.places() {
            nodes.insert(place, self.node(place, new, &mut tiles)?);
        }
        recipe
            .prove(|place| nodes.get(&place).copied())
            .context("the proof cannot be put together")
    }

    /// A node of the tree: the root over some of the hashes of one tile.
    fn node(
        &self,
        place: NodeAt,
        size: u64,
        tiles: &mut BTreeMap<(u8, u64), Vec<Hash>>,
    ) -> anyhow::Result<Hash> {
        let (level, above) = (place.level / 8, place.level % 8);
        let first = place.index << above;
        let (index, offset) = (first / WIDTH, first % WIDTH);
        let tile = match tiles.entry((level, index)) {
            Entry::Occupied(fetched) => fetched.into_mut(),
            Entry::Vacant(place) => {
                let width = ((size >> (level * 8)) - index * WIDTH).min(WIDTH);
                place.insert(self.tile(level, index, width)?)
            }
        };
        let (offset, count) = (usize::try_from(offset)?, 1usize << above);
        let hashes = tile
            .get(offset..offset + count)
            .context("a tile is too short")?;
        let mut hashes = hashes.to_vec();
        while hashes.len() > 1 {
            hashes = hashes
                .chunks_exact(2)
                .map(|pair| node_hash(&pair[0], &pair[1]))
                .collect();
        }
        hashes.first().copied().context("a tile is empty")
    }

    fn tile(&self, level: u8, index: u64, width: u64) -> anyhow::Result<Vec<Hash>> {
        let path = path_of(level, index, width);
        let bytes = self.fetched(&path, usize::try_from(width * 32)?)?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() as u64 != width {
            anyhow::bail!("{path}: a tile of another size than was asked for");
        }
        Ok(hashes.to_vec())
    }

    fn fetched(&self, path: &str, most: usize) -> anyhow::Result<Vec<u8>> {
        let url = format!("{}/{path}", self.desk);
        let answer = self.web.get(&url).call().with_context(|| url.clone())?;
        let mut bytes = Vec::new();
        answer
            .into_body()
            .into_reader()
            .take(most as u64 + 1)
            .read_to_end(&mut bytes)
            .with_context(|| url.clone())?;
        if bytes.len() > most {
            anyhow::bail!("{url}: more bytes than belong there");
        }
        Ok(bytes)
    }
}

/// Whether the desk is on this machine.
fn is_here(desk: &str) -> bool {
    let desk = desk.parse::<ureq::http::Uri>();
    desk.is_ok_and(|desk| desk.host().is_some_and(seal::is_this_machine))
}

/// Where a tile lies, its index in groups of three digits: 1234067 is x001/x234/067.
fn path_of(level: u8, index: u64, width: u64) -> String {
    let mut spelled = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        spelled = format!("x{:03}/{spelled}", rest % 1000);
        rest /= 1000;
    }
    let partial = if width < WIDTH {
        format!(".p/{width}")
    } else {
        String::new()
    };
    format!("tile/{level}/{spelled}{partial}")
}

/// Writes a file and waits until it is on the disk.
fn keep(path: &Path, text: &str) -> anyhow::Result<()> {
    let told = || path.display().to_string();
    let mut file = fs::File::create(path).with_context(told)?;
    file.write_all(text.as_bytes()).with_context(told)?;
    file.sync_all().with_context(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_on_this_machine_is_known_as_such() {
        for (desk, here) in [
            ("http://localhost:8080/log", true),
            ("http://127.0.0.1:8080/log", true),
            ("http://[::1]:8080/log", true),
            ("https://desk.example/log", false),
            ("https://localhost.desk.example/log", false),
            ("http://10.0.0.7/log", false),
            ("not an address", false),
        ] {
            assert_eq!(is_here(desk), here, "{desk}");
        }
    }

    #[test]
    fn a_tile_is_spelled_as_every_other_monitor_does() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../end2end/vectors/tiles.json")).unwrap();
        for case in vectors["cases"].as_array().unwrap() {
            let number = |name: &str| case[name].as_u64().unwrap();
            let level = u8::try_from(number("level")).unwrap();
            let path = path_of(level, number("index"), number("width"));
            assert_eq!(path, case["path"].as_str().unwrap());
        }
    }
}
