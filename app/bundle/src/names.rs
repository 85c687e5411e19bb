//! Names of files, and the hash in them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// `fonts/text.woff2` with its content becomes `fonts/text.0123456789abcdef.woff2`.
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = hex::encode(&Sha256::digest(bytes)[..8]);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => format!("{stem}.{digest}.{ending}"),
        _ => format!("{name}.{digest}"),
    }
}

/// Every file under a folder, sorted, as names with `/` relative to it. A folder that is not
/// there has none.
pub fn all_under(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if folder.exists() {
        collect(folder, "", &mut names)?;
    }
    names.sort();
    Ok(names)
}

fn collect(folder: &Path, before: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name
            .to_str()
            .with_context(|| format!("{} is not UTF-8", name.display()))?;
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{before}{name}/"), names)?;
        } else {
            names.push(format!("{before}{name}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_before_the_ending() {
        assert_eq!(
            hashed("assets/fonts/text.woff2", b"x"),
            "assets/fonts/text.2d711642b726b044.woff2"
        );
        assert_eq!(
            hashed("v1.2/LICENSE", b"x"),
            "v1.2/LICENSE.2d711642b726b044"
        );
    }
}
