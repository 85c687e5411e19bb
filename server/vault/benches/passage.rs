//! How fast a large attachment passes in and out: `cargo bench -p vault`.
#![expect(clippy::unwrap_used, reason = "in a bench the panic is the failure")]

use std::{hint::black_box, io, time::Instant};

use bytes::Bytes;
use futures_util::stream;
use vault::{MasterKey, Vault};

const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 100 * MIB;
const ROUNDS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), MasterKey::random().unwrap()).unwrap();
    let mut piece = vec![0x5a; 64 * 1024];
    piece[..5].copy_from_slice(b"%PDF-");
    let piece = Bytes::from(piece);
    let (mut received, mut verified) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let pieces = (0..SIZE / piece.len() as u64).map(|_| Ok::<_, io::Error>(piece.clone()));
        let begun = Instant::now();
        let kept = vault.receive(b"case", "large.pdf", SIZE, stream::iter(pieces));
        let kept = kept.await.unwrap();
        received.push(begun.elapsed());
        let begun = Instant::now();
        let digest = vault.digest(kept.blob, &kept.wrapped_key, b"case").await;
        black_box(digest.unwrap());
        verified.push(begun.elapsed());
        vault.discard(kept.blob).await.unwrap();
    }
    for (what, mut times) in [("receive", received), ("verify", verified)] {
        times.sort();
        let median = times[ROUNDS / 2];
        let rate = 100.0 / median.as_secs_f64();
        println!("vault: {what} 100 MiB: {median:.0?} ({rate:.0} MiB/s), durable, one thread");
    }
}
