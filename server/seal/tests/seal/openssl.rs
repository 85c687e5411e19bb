//! The command line of OpenSSL, which is not made by us and so has a say.

use std::path::Path;
use std::process::Command;

/// Runs `openssl` in a folder and answers what it printed. It failing is the test failing.
pub fn run(folder: &Path, arguments: &str) -> Vec<u8> {
    let (holds, printed, said) = attempt(folder, arguments);
    assert!(holds, "openssl {arguments}\n{said}");
    printed
}

pub fn attempt(folder: &Path, arguments: &str) -> (bool, Vec<u8>, String) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("openssl is installed");
    (
        output.status.success(),
        output.stdout,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}
