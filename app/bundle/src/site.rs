//! The folder the server sends from.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    io::Write,
    path::PathBuf,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};

use crate::names;

/// What the server reads at start.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// Digest of the sources, so that an unchanged site is not made again.
    made_from: String,
    release: bool,
    /// Logical name → name under `pkg/`.
    files: BTreeMap<String, String>,
}

/// A site being made. What it replaces is removed only once it is whole.
pub struct Site {
    folder: PathBuf,
    release: bool,
    files: BTreeMap<String, String>,
    written: HashSet<PathBuf>,
}

impl Site {
    pub fn at(folder: PathBuf, release: bool) -> Self {
        Self {
            folder,
            release,
            files: BTreeMap::new(),
            written: HashSet::new(),
        }
    }

    /// Whether the site stands already, made from just this, with no file missing.
    pub fn is_made_from(&self, made_from: &str) -> bool {
        let manifest = fs::read(self.manifest()).ok();
        let manifest = manifest.and_then(|json| serde_json::from_slice::<Manifest>(&json).ok());
        manifest.is_some_and(|manifest| {
            let mut names = manifest.files.values();
            manifest.made_from == made_from && names.all(|name| self.pkg().join(name).exists())
        })
    }

    /// Adds a file under a name that holds its hash.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let hashed = names::hashed(name, bytes);
        self.add_as_named(&hashed, bytes)?;
        self.files.insert(name.to_owned(), hashed);
        Ok(())
    }

    /// Adds a file under its own name, because another file already calls it so.
    pub fn add_as_named(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write(self.pkg().join(name), bytes)?;
        // Fonts and pictures are compressed already.
        if [".js", ".wasm", ".css", ".svg", ".txt"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            self.write(self.pkg().join(format!("{name}.br")), &self.brotli(bytes)?)?;
            self.write(self.pkg().join(format!("{name}.gz")), &self.gzip(bytes)?)?;
        }
        Ok(())
    }

    pub fn hashed_name_of(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Puts the manifest in place, then removes what only the site before had.
    pub fn finish(mut self, made_from: String) -> Result<()> {
        let manifest = Manifest {
            made_from,
            release: self.release,
            files: std::mem::take(&mut self.files),
        };
        let unfinished = self.folder.join("manifest.json.new");
        self.write(unfinished.clone(), &serde_json::to_vec_pretty(&manifest)?)?;
        fs::rename(&unfinished, self.manifest())?;
        for name in names::all_under(&self.pkg())? {
            let path = self.pkg().join(name);
            if !self.written.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<()> {
        let told = || path.display().to_string();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(told)?;
        }
        fs::write(&path, bytes).with_context(told)?;
        self.written.insert(path);
        Ok(())
    }

    /// The smallest file for a release, a quick one while developing.
    fn brotli(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let quality = if self.release { 11 } else { 2 };
        let mut compressed = Vec::new();
        brotli::CompressorWriter::new(&mut compressed, 64 * 1024, quality, 22).write_all(bytes)?;
        Ok(compressed)
    }

    fn gzip(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let level = if self.release {
            Compression::best()
        } else {
            Compression::fast()
        };
        let mut writer = GzEncoder::new(Vec::new(), level);
        writer.write_all(bytes)?;
        Ok(writer.finish()?)
    }

    fn pkg(&self) -> PathBuf {
        self.folder.join("pkg")
    }

    fn manifest(&self) -> PathBuf {
        self.folder.join("manifest.json")
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read, path::Path};

    use super::*;

    fn made(folder: &Path, css: &str) {
        let mut site = Site::at(folder.to_owned(), true);
        site.add("desk.css", css.as_bytes()).unwrap();
        site.add("assets/mark.png", b"\x89PNG").unwrap();
        site.finish(css.to_owned()).unwrap();
    }

    #[test]
    fn the_manifest_names_the_hashed_files() {
        let folder = tempfile::tempdir().unwrap();
        made(folder.path(), "p{}");
        let json = fs::read(folder.path().join("manifest.json")).unwrap();
        let manifest: Manifest = serde_json::from_slice(&json).unwrap();
        let css = &manifest.files["desk.css"];
        assert!(css.starts_with("desk.") && css.len() == "desk..css".len() + 16);
        assert_eq!(
            fs::read(folder.path().join("pkg").join(css)).unwrap(),
            b"p{}"
        );
    }

    #[test]
    fn what_compresses_has_companions_that_hold_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let css = "p{color:red}".repeat(100);
        made(folder.path(), &css);
        let names = names::all_under(&folder.path().join("pkg")).unwrap();
        let read = |ending: &str| {
            let name = names.iter().find(|name| name.ends_with(ending)).unwrap();
            fs::File::open(folder.path().join("pkg").join(name)).unwrap()
        };
        let (mut from_br, mut from_gz) = (String::new(), String::new());
        let mut br = brotli::Decompressor::new(read(".css.br"), 4096);
        br.read_to_string(&mut from_br).unwrap();
        let mut gz = flate2::read::GzDecoder::new(read(".css.gz"));
        gz.read_to_string(&mut from_gz).unwrap();
        assert!(from_br == css && from_gz == css);
        assert_eq!(names.len(), 4, "the picture has no companions: {names:?}");
    }

    #[test]
    fn a_site_made_again_leaves_nothing_of_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        made(folder.path(), "p{}");
        let site = Site::at(folder.path().to_owned(), true);
        assert!(site.is_made_from("p{}") && !site.is_made_from("q{}"));
        made(folder.path(), "q{}");
        assert_eq!(
            names::all_under(&folder.path().join("pkg")).unwrap().len(),
            4
        );
        assert!(site.is_made_from("q{}"));
        fs::remove_dir_all(folder.path().join("pkg")).unwrap();
        assert!(!site.is_made_from("q{}"));
    }
}
