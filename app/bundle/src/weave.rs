//! From compiled WASM to the files a browser loads.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

pub struct Woven {
    pub script: String,
    pub wasm: Vec<u8>,
    /// Scripts that crates carry along; the main script imports them by these very names.
    pub snippets: Vec<(String, String)>,
}

pub fn browser_files(root: &Path, name: &str, wasm: &Path, release: bool) -> Result<Woven> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        // The page names the WASM file, which has a hash in its name.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate_output()?;
    let mut snippets = Vec::new();
    for (crate_name, scripts) in output.snippets() {
        for (number, script) in scripts.iter().enumerate() {
            let name = format!("snippets/{crate_name}/inline{number}.js");
            snippets.push((name, script.clone()));
        }
    }
    for (path, script) in output.local_modules() {
        snippets.push((format!("snippets/{path}"), script.clone()));
    }
    let script = output.js().to_owned();
    let mut wasm = output.wasm_mut().emit_wasm();
    if release {
        wasm = optimised(root, name, wasm)?;
    }
    Ok(Woven {
        script,
        wasm,
        snippets,
    })
}

/// `wasm-opt` as npm installs it in `end2end`, if it is there.
pub fn optimiser() -> Option<PathBuf> {
    let path = crate::root().join("end2end/node_modules/.bin/wasm-opt");
    path.exists().then_some(path)
}

fn optimised(root: &Path, name: &str, wasm: Vec<u8>) -> Result<Vec<u8>> {
    // What rustc lets WASM use; wasm-opt refuses what it is not told of.
    const FEATURES: [&str; 6] = [
        "--enable-bulk-memory",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
    ];
    let Some(optimiser) = optimiser() else {
        println!(
            "bundle: wasm-opt is not installed, so the WASM stays larger than it could be \
             (npm ci in end2end installs it)"
        );
        return Ok(wasm);
    };
    let before = wasm.len();
    let folder = root.join("target");
    let (from, to) = (folder.join("woven.wasm"), folder.join("optimised.wasm"));
    fs::create_dir_all(&folder)?;
    fs::write(&from, wasm)?;
    let status = Command::new(&optimiser)
        .arg("-Oz")
        .args(FEATURES)
        .arg(&from)
        .arg("-o")
        .arg(&to)
        .status()
        .with_context(|| optimiser.display().to_string())?;
    if !status.success() {
        bail!("wasm-opt ended with {status}");
    }
    let wasm = fs::read(&to)?;
    fs::remove_file(from)?;
    fs::remove_file(to)?;
    println!(
        "bundle: wasm-opt took {name} from {before} bytes to {}",
        wasm.len()
    );
    Ok(wasm)
}
