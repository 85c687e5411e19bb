//! The ledger as everybody sees it, once the administrator opened it: the last checkpoint, and
//! tiles of hashes and of leaves. Source: C2SP tlog-tiles.

use app::fault::Fault;
use casework::ledger::SignedNote;

use super::{Office, incident};

/// Hashes in a full tile, and leaves in a full bundle.
const WIDTH: u64 = 256;
/// Levels of the tree that one level of tiles spans.
const HEIGHT: u8 = 8;

/// What a tile's address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tile {
    /// None: leaves.
    level: Option<u8>,
    index: u64,
    /// How many hashes or leaves are asked for.
    width: u64,
}

impl Tile {
    /// Reads `<level>/<index>[.p/<width>]`, the index in groups of three digits, all but the last
    /// begun with an x: `0/x001/234`.
    fn parse(path: &str) -> Option<Self> {
        let (path, width) = match path.split_once(".p/") {
            Some((path, width)) => {
                let width = number(width)?;
                (path, (1..WIDTH).contains(&width).then_some(width)?)
            }
            None => (path, WIDTH),
        };
        let (level, index) = path.split_once('/')?;
        let level = match level {
            "entries" => None,
            level => Some(
                u8::try_from(number(level)?)
                    .ok()
                    .filter(|level| *level < 8)?,
            ),
        };
        let groups: Vec<&str> = index.split('/').collect();
        let (last, before) = groups.split_last()?;
        let mut count = 0u64;
        for group in before
            .iter()
            .map(|group| group.strip_prefix('x'))
            .chain([Some(*last)])
        {
            let digits = group.filter(|group| {
                group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit())
            })?;
            count = count.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let read = Self {
            level,
            index: count,
            width,
        };
        // One tile has one address: no groups of zeros before the first that counts.
        (before.first().is_none_or(|first| *first != "x000")).then_some(read)
    }

    /// The place of its first hash or leaf on its level.
    fn start(self) -> Option<u64> {
        self.index.checked_mul(WIDTH)
    }
}

/// A number spelled in the one way there is.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl Office {
    /// The last checkpoint with its cosignatures.
    ///
    /// # Errors
    /// [`Fault::NotFound`] while the ledger is shut.
    pub async fn public_checkpoint(&self) -> Result<SignedNote, Fault> {
        self.opened_to_all().await?;
        let last = self
            .store
            .last_checkpoint()
            .await
            .map_err(incident::store)?;
        Ok(last.ok_or(Fault::NotFound)?.note)
    }

    /// The bytes of a tile, of what the last checkpoint covers.
    ///
    /// # Errors
    /// [`Fault::NotFound`] while the ledger is shut, and for tiles that are not there yet.
    pub async fn public_tile(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let covered = self.public_checkpoint().await?.checkpoint().size;
        let tile = Tile::parse(path).ok_or(Fault::NotFound)?;
        let start = tile.start().ok_or(Fault::NotFound)?;
        let level = tile.level.unwrap_or(0) * HEIGHT;
        // Only what is signed is shown: what lies behind the checkpoint, nobody could check.
        let there = covered >> level;
        if start.checked_add(tile.width).is_none_or(|end| end > there) {
            return Err(Fault::NotFound);
        }
        let missing = |error| match error {
            store::Error::Missing(_) => Fault::NotFound,
            error => incident::store(error),
        };
        if tile.level.is_some() {
            let hashes = self.store.hashes(level, start, tile.width).await;
            return Ok(hashes.map_err(missing)?.concat());
        }
        let mut bundle = Vec::new();
        for leaf in self
            .store
            .leaves(start, tile.width)
            .await
            .map_err(missing)?
        {
            let length = u16::try_from(leaf.len())
                .map_err(|error| incident::other("a leaf is too long for a bundle", &error))?;
            bundle.extend(length.to_be_bytes());
            bundle.extend(leaf);
        }
        Ok(bundle)
    }

    async fn opened_to_all(&self) -> Result<(), Fault> {
        if self.store.ledger_is_open().await.map_err(incident::store)? {
            Ok(())
        } else {
            Err(Fault::NotFound)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(level: Option<u8>, index: u64, width: u64) -> Tile {
        Tile {
            level,
            index,
            width,
        }
    }

    #[test]
    fn an_address_names_one_tile() {
        assert_eq!(Tile::parse("0/000"), Some(tile(Some(0), 0, 256)));
        assert_eq!(
            Tile::parse("1/x001/x234/067"),
            Some(tile(Some(1), 1_234_067, 256))
        );
        assert_eq!(
            Tile::parse("0/x001/234.p/17"),
            Some(tile(Some(0), 1_234, 17))
        );
        assert_eq!(Tile::parse("entries/012.p/1"), Some(tile(None, 12, 1)));
    }

    #[test]
    fn another_spelling_names_none() {
        for bad in [
            "",
            "0",
            "0/",
            "0/1",
            "0/0001",
            "0/x001",
            "0/001/234",
            "0/x000/001",
            "00/000",
            "8/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/",
            "0/000.p/01",
            "0/000/",
            "entries",
            "0/-01",
            "0/x999/x999/x999/x999/x999/x999/x999/999",
            "../0/000",
            "data/000",
        ] {
            assert_eq!(Tile::parse(bad), None, "{bad}");
        }
    }
}
