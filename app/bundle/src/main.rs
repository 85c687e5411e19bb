//! Builds what a browser is sent: `cargo run -p bundle -- [--release] [--out DIR]`.
//!
//! ```text
//! target/site/manifest.json                       logical name → hashed name
//! target/site/pkg/disclosure-desk.<hash>.js       and .wasm, .css
//! target/site/pkg/disclosure-desk-checker.<hash>.js   and .wasm, for the page that verifies
//! target/site/pkg/assets/…/name.<hash>.woff2      everything in style/assets
//! target/site/pkg/….br, ….gz                      beside whatever compresses
//! ```
//!
//! A name holds the hash of its content, so the server may call every file immutable.
//! wasm-bindgen is a library here, pinned by Cargo.lock: its version cannot differ from that of
//! the crate the pages were compiled with.

mod compile;
mod names;
mod sheet;
mod site;
mod weave;

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use site::Site;

/// What the files are called before their hash is put in.
const NAME: &str = "disclosure-desk";

/// Crates that run in a browser, and what their files are called. Each is a module of its own, so
/// that a page loads only what it uses.
const MODULES: [(&str, &str); 2] = [("hydrate", NAME), ("checker", "disclosure-desk-checker")];

struct Wish {
    release: bool,
    out: PathBuf,
}

impl Wish {
    fn from(mut words: impl Iterator<Item = String>, target: &Path) -> Result<Self> {
        let mut wish = Self {
            release: false,
            out: target.join("site"),
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--release" => wish.release = true,
                "--out" => wish.out = words.next().context("--out needs a folder")?.into(),
                _ => bail!("{word:?} is not known; usage: bundle [--release] [--out DIR]"),
            }
        }
        Ok(wish)
    }
}

fn main() -> Result<()> {
    let root = root();
    let target = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let wish = Wish::from(env::args().skip(1), &target)?;
    let mut compiled = Vec::new();
    for (package, name) in MODULES {
        compiled.push((
            name,
            compile::module(&root, &target, wish.release, package)?,
        ));
    }
    let style = root.join("style");

    let begun = Instant::now();
    let made_from = made_from(&compiled, &style, wish.release)?;
    let mut site = Site::at(wish.out, wish.release);
    if site.is_made_from(&made_from) {
        println!("bundle: nothing has changed");
        return Ok(());
    }
    for (name, wasm) in &compiled {
        let woven = weave::browser_files(&root, name, wasm, wish.release)?;
        site.add(&format!("{name}.wasm"), &woven.wasm)?;
        site.add(&format!("{name}.js"), woven.script.as_bytes())?;
        for (name, script) in &woven.snippets {
            site.add_as_named(name, script.as_bytes())?;
        }
    }
    for name in names::all_under(&style.join("assets"))? {
        let bytes = fs::read(style.join("assets").join(&name))?;
        site.add(&format!("assets/{name}"), &bytes)?;
    }
    let css = sheet::bundle(&style.join("main.css"), |asset| {
        site.hashed_name_of(asset).map(str::to_owned)
    })?;
    site.add(&format!("{NAME}.css"), css.as_bytes())?;
    site.finish(made_from)?;
    println!("bundle: woven in {:.1?}", begun.elapsed());
    Ok(())
}

/// The top of the workspace, two folders above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).into()
}

/// A digest of everything the site is made from, this program included.
fn made_from(compiled: &[(&str, PathBuf)], style: &Path, release: bool) -> Result<String> {
    let mut digest = Sha256::new();
    digest.update([u8::from(release), u8::from(weave::optimiser().is_some())]);
    let itself = env::current_exe()?;
    let modules = compiled.iter().map(|(_, wasm)| wasm);
    for path in std::iter::once(&itself).chain(modules) {
        digest.update(fs::read(path).with_context(|| path.display().to_string())?);
    }
    for name in names::all_under(style)? {
        let bytes = fs::read(style.join(&name))?;
        digest.update(name.as_bytes());
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    Ok(hex::encode(digest.finalize()))
}
