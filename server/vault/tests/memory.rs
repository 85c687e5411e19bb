//! Alone in its binary, because it measures the memory of the whole process.
#![expect(clippy::unwrap_used, reason = "in a test the panic is the failure")]

use std::{fs, io};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use vault::{MasterKey, Vault};

const MIB: usize = 1024 * 1024;

/// The most memory this process ever had resident, in KiB.
fn high_water() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse().unwrap()
}

#[tokio::test]
async fn a_hundred_mebibytes_pass_through_in_a_few() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), MasterKey::random().unwrap()).unwrap();
    let before = high_water();
    let pieces = (0..1_600_u32).map(|number| {
        let mut piece = vec![0; 64 * 1024];
        piece[..5].copy_from_slice(b"%PDF-");
        piece[5..9].copy_from_slice(&number.to_le_bytes());
        Ok::<_, io::Error>(Bytes::from(piece))
    });
    let kept = vault
        .receive(b"case", "large.pdf", 100 * MIB as u64, stream::iter(pieces))
        .await
        .unwrap();
    assert_eq!(kept.size, 100 * MIB as u64);
    let mut read = Box::pin(
        vault
            .read(kept.blob, &kept.wrapped_key, b"case")
            .await
            .unwrap(),
    );
    let mut size = 0;
    while let Some(chunk) = read.next().await {
        size += chunk.unwrap().len();
    }
    assert_eq!(size, 100 * MIB);
    let grown = high_water() - before;
    assert!(grown < 12 * 1024, "memory grew by {grown} KiB");
}
