//! Compiling for the browser.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles a crate of ours and tells where its WASM lies.
pub fn module(root: &Path, target: &Path, release: bool, package: &str) -> Result<PathBuf> {
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    // Only a cdylib is made: with both crate types cargo silently leaves out link-time
    // optimisation, which halves the file.
    let status = nested_cargo(root)
        .args(["rustc", "-p", package, "--lib", "--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", profile])
        .status()
        .context("cargo could not be started")?;
    if !status.success() {
        bail!("{package} did not compile for the browser (cargo ended with {status})");
    }
    Ok(target
        .join(TARGET)
        .join(profile)
        .join(format!("{package}.wasm")))
}

/// A cargo that does not know it was started by a cargo. Build scripts are run again when what
/// `cargo run` sets about this crate reaches them, and everything above them is rebuilt.
fn nested_cargo(root: &Path) -> Command {
    const ABOUT_US: [&str; 5] = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_CRATE_NAME",
        "CARGO_BIN_NAME",
        "CARGO_PRIMARY_PACKAGE",
    ];
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let shown = name.to_string_lossy();
        if ABOUT_US.iter().any(|about| shown.starts_with(about)) {
            cargo.env_remove(name);
        }
    }
    cargo.current_dir(root);
    cargo
}
