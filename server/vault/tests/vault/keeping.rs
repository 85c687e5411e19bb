//! What goes in comes out, whole, once, and unreadable on the disk.

use std::{collections::HashSet, fs, io, os::unix::fs::PermissionsExt, task::Poll};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use vault::{BlobId, FileKind, MasterKey, Turned, Vault, VaultError};

use crate::scene::{CASE, CHUNK, MIB, pdf, pieces, scene};

#[tokio::test]
async fn a_file_of_any_length_comes_back_as_it_came() {
    let scene = scene();
    for length in [
        5,
        100,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK,
        3 * CHUNK + 77,
    ] {
        let bytes = pdf(length);
        let kept = scene.keep(&bytes).await;
        assert_eq!(kept.size, length as u64);
        assert_eq!(kept.kind, FileKind::Pdf);
        assert_eq!(kept.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
        assert!(scene.read(&kept).await.unwrap() == bytes, "{length}");
        let digest = scene.vault.digest(kept.blob, &kept.wrapped_key, CASE).await;
        assert_eq!(digest.unwrap(), (kept.sha256, kept.size));
    }
}

#[tokio::test]
async fn no_plaintext_reaches_the_disk_even_while_it_arrives() {
    const CANARY: &[u8] = b"CANARY-jane.roe@example.org";
    let scene = scene();
    let mut bytes = pdf(3 * CHUNK);
    for at in [20, CHUNK - 5, 2 * CHUNK + 9] {
        bytes[at..at + CANARY.len()].copy_from_slice(CANARY);
    }
    let unseen = |when: &str| {
        let files = scene.files();
        assert!(!files.is_empty(), "{when}: there is a file to look into");
        for path in files {
            let on_disk = fs::read(&path).unwrap();
            let seen = on_disk.windows(10).any(|window| window == &CANARY[..10]);
            assert!(!seen, "{when}: {}", path.display());
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
        }
    };
    let arriving = stream::iter(pieces(&bytes))
        .enumerate()
        .then(|(number, piece)| {
            if number > 0 {
                unseen("while it arrives");
            }
            async { piece }
        });
    let kept = scene.vault.receive(CASE, "order.pdf", MIB, arriving).await;
    unseen("once it is kept");
    assert!(scene.read(&kept.unwrap()).await.unwrap() == bytes);
}

#[tokio::test]
async fn the_same_file_twice_looks_different_on_the_disk() {
    let scene = scene();
    let (one, other) = (scene.keep(&pdf(500)).await, scene.keep(&pdf(500)).await);
    assert_ne!(one.blob, other.blob);
    let on_disk = |kept: &vault::Kept| fs::read(scene.path_of(kept.blob)).unwrap();
    assert_ne!(on_disk(&one)[24..], on_disk(&other)[24..]);
}

#[tokio::test]
async fn a_file_over_the_limit_leaves_nothing() {
    let scene = scene();
    let over = stream::iter(pieces(&pdf(CHUNK * 3)));
    let limit = CHUNK as u64 * 3 - 1;
    let turned = scene.vault.receive(CASE, "order.pdf", limit, over).await;
    assert!(matches!(turned, Err(Turned::TooLarge { .. })));
    assert_eq!(scene.files(), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn a_file_at_the_limit_is_kept() {
    let scene = scene();
    let at = stream::iter(pieces(&pdf(CHUNK * 3)));
    let limit = CHUNK as u64 * 3;
    let kept = scene.vault.receive(CASE, "order.pdf", limit, at).await;
    assert_eq!(kept.unwrap().size, limit);
}

#[tokio::test]
async fn the_limit_is_told_in_words() {
    let turned = Turned::TooLarge { limit: 100 * MIB };
    assert_eq!(
        turned.to_string(),
        "This file is larger than 100 MiB, the most one attachment may be; split it or scan it \
         at a lower resolution."
    );
    assert!(
        Turned::TooLarge { limit: 1000 }
            .to_string()
            .contains("1000 bytes")
    );
}

#[tokio::test]
async fn an_empty_file_leaves_nothing() {
    let scene = scene();
    let turned = scene.receive("order.pdf", b"").await;
    assert!(matches!(turned, Err(Turned::Empty)));
    assert!(scene.files().is_empty());
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let scene = scene();
    let cut = io::Error::new(io::ErrorKind::ConnectionReset, "gone");
    let arriving = pieces(&pdf(CHUNK * 2)).into_iter();
    let arriving = arriving.map(|piece| piece.map_err(io::Error::other));
    let arriving = stream::iter(arriving.chain([Err(cut)]));
    let turned = scene.vault.receive(CASE, "order.pdf", MIB, arriving).await;
    assert!(matches!(turned, Err(Turned::BrokenOff(_))));
    assert!(scene.files().is_empty());
}

#[tokio::test]
async fn a_caller_who_walks_away_leaves_nothing() {
    let scene = scene();
    let all_taken = Notify::new();
    let never_ends = stream::poll_fn(|_| {
        all_taken.notify_one();
        Poll::Pending
    });
    let arriving = stream::iter(pieces(&pdf(CHUNK * 2))).chain(never_ends);
    let mut receiving = Box::pin(scene.vault.receive(CASE, "order.pdf", MIB, arriving));
    tokio::select! {
        kept = &mut receiving => panic!("it ended before its caller left: {kept:?}"),
        () = all_taken.notified() => {}
    }
    assert_eq!(scene.files().len(), 1, "half of it is there");
    drop(receiving);
    assert!(scene.files().is_empty());
}

#[tokio::test]
async fn what_a_dead_desk_left_is_swept_and_what_a_living_one_writes_is_not() {
    let scene = scene();
    let incoming = scene.folder.path().join("incoming");
    fs::write(incoming.join("left-behind"), "half").unwrap();
    let written = fs::File::create(incoming.join("being-written")).unwrap();
    written.lock().unwrap();
    Vault::open(scene.folder.path(), MasterKey::random().unwrap()).unwrap();
    assert_eq!(scene.files(), [incoming.join("being-written")]);
}

#[tokio::test]
async fn a_discarded_blob_is_gone_and_may_be_discarded_again() {
    let scene = scene();
    let kept = scene.keep(&pdf(100)).await;
    scene.vault.discard(kept.blob).await.unwrap();
    scene.vault.discard(kept.blob).await.unwrap();
    assert!(scene.files().is_empty());
    let read = scene.read(&kept).await;
    assert!(matches!(read, Err(VaultError::Missing(blob)) if blob == kept.blob));
}

#[tokio::test]
async fn strays_are_the_blobs_nobody_knows() {
    let scene = scene();
    let (known, stray) = (scene.keep(&pdf(100)).await, scene.keep(&pdf(100)).await);
    fs::write(scene.folder.path().join("not-a-blob"), "x").unwrap();
    let never_kept = BlobId::from_bytes([1; 16]);
    let known = HashSet::from([known.blob, never_kept]);
    assert_eq!(scene.vault.strays(&known).await.unwrap(), [stray.blob]);
}

#[tokio::test]
async fn a_new_master_key_opens_what_was_rewrapped_and_the_old_one_no_more() {
    let scene = scene();
    let bytes = pdf(CHUNK + 1);
    let mut kept = scene.keep(&bytes).await;
    let before = fs::read(scene.path_of(kept.blob)).unwrap();
    let new = MasterKey::random().unwrap();
    kept.wrapped_key = scene
        .vault
        .rewrap(kept.blob, &kept.wrapped_key, CASE, &new)
        .unwrap();
    assert!(new.has_wrapped(&kept.wrapped_key));
    let refused = scene.read(&kept).await;
    assert!(matches!(refused, Err(VaultError::OtherMasterKey(_))));
    let turned = Vault::open(scene.folder.path(), new).unwrap();
    let digest = turned.digest(kept.blob, &kept.wrapped_key, CASE).await;
    assert_eq!(digest.unwrap(), (kept.sha256, kept.size));
    assert_eq!(fs::read(scene.path_of(kept.blob)).unwrap(), before);
}

#[tokio::test]
async fn many_files_at_once_do_not_disturb_each_other() {
    let scene = scene();
    let lengths: Vec<usize> = (1..40).map(|number| number * 5_003).collect();
    let files: Vec<Vec<u8>> = lengths.iter().map(|length| pdf(*length)).collect();
    let keeping = files.iter().map(|bytes| scene.keep(bytes));
    for (kept, bytes) in futures_util::future::join_all(keeping)
        .await
        .iter()
        .zip(&files)
    {
        assert!(scene.read(kept).await.unwrap() == *bytes);
    }
    assert_eq!(scene.files().len(), files.len());
}

#[tokio::test]
async fn pieces_without_bytes_change_nothing() {
    let scene = scene();
    let parts = [&b""[..], b"%PDF", b"", b"-1.7", b""];
    let arriving = stream::iter(parts.map(|part| Ok::<_, io::Error>(Bytes::from_static(part))));
    let kept = scene.vault.receive(CASE, "a.pdf", MIB, arriving).await;
    assert_eq!(scene.read(&kept.unwrap()).await.unwrap(), b"%PDF-1.7");
}
