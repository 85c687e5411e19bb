//! A blob opens as it was kept, where it belongs, or not at all.

use std::fs;

use futures_util::StreamExt;
use vault::{Kept, VaultError};

use crate::scene::{CASE, CHUNK, Scene, pdf, scene};

const HEADER: usize = 24;
const SEALED: usize = CHUNK + 16;

/// What a reader was handed before the fault, if there was one.
async fn handed_out(scene: &Scene, kept: &Kept) -> (Vec<u8>, Option<VaultError>) {
    let opened = scene.vault.read(kept.blob, &kept.wrapped_key, CASE).await;
    let mut chunks = match opened {
        Ok(chunks) => Box::pin(chunks),
        Err(fault) => return (Vec::new(), Some(fault)),
    };
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(fault) => return (bytes, Some(fault)),
        }
    }
    (bytes, None)
}

async fn assert_caught(scene: &Scene, kept: &Kept, original: &[u8], how: &str) {
    let (bytes, fault) = handed_out(scene, kept).await;
    assert!(
        matches!(fault, Some(VaultError::Tampered(_))),
        "{how}: {fault:?}"
    );
    assert!(
        original.starts_with(&bytes),
        "{how}: changed bytes were handed out"
    );
    assert_eq!(
        bytes.len() % CHUNK,
        0,
        "{how}: part of a chunk was handed out"
    );
    let digest = scene.vault.digest(kept.blob, &kept.wrapped_key, CASE).await;
    assert!(digest.is_err(), "{how}");
}

#[tokio::test]
async fn one_flipped_byte_anywhere_in_a_small_file_is_caught() {
    let scene = scene();
    let original = pdf(200);
    let kept = scene.keep(&original).await;
    let path = scene.path_of(kept.blob);
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut bent = whole.clone();
        bent[at] ^= 0x01;
        fs::write(&path, &bent).unwrap();
        assert_caught(&scene, &kept, &original, &format!("byte {at}")).await;
    }
}

#[tokio::test]
async fn one_flipped_byte_in_any_chunk_is_caught_before_that_chunk_is_handed_out() {
    let scene = scene();
    let original = pdf(3 * CHUNK + 10);
    let kept = scene.keep(&original).await;
    let path = scene.path_of(kept.blob);
    let whole = fs::read(&path).unwrap();
    for (chunk, at) in [
        (0, HEADER),
        (0, HEADER + SEALED - 1),
        (1, HEADER + SEALED),
        (2, HEADER + 2 * SEALED + 4_321),
        (3, whole.len() - 1),
    ] {
        let mut bent = whole.clone();
        bent[at] ^= 0x80;
        fs::write(&path, &bent).unwrap();
        assert_caught(&scene, &kept, &original, &format!("byte {at}")).await;
        let (bytes, _) = handed_out(&scene, &kept).await;
        assert_eq!(bytes.len(), chunk * CHUNK);
    }
}

#[tokio::test]
async fn a_bad_first_chunk_is_an_error_before_the_answer_begins() {
    let scene = scene();
    let kept = scene.keep(&pdf(CHUNK * 2)).await;
    let path = scene.path_of(kept.blob);
    let mut bent = fs::read(&path).unwrap();
    bent[HEADER + 1] ^= 1;
    fs::write(&path, bent).unwrap();
    let opened = scene.vault.read(kept.blob, &kept.wrapped_key, CASE).await;
    assert!(matches!(opened.err(), Some(VaultError::Tampered(_))));
}

#[tokio::test]
async fn a_shortened_or_lengthened_blob_is_caught() {
    let scene = scene();
    let original = pdf(2 * CHUNK + 10);
    let kept = scene.keep(&original).await;
    let path = scene.path_of(kept.blob);
    let whole = fs::read(&path).unwrap();
    let at_chunk = [HEADER, HEADER + SEALED, HEADER + 2 * SEALED];
    for length in [0, 1, HEADER - 1, HEADER + 1, HEADER + 15, whole.len() - 1]
        .into_iter()
        .chain(at_chunk)
    {
        fs::write(&path, &whole[..length]).unwrap();
        assert_caught(&scene, &kept, &original, &format!("cut to {length}")).await;
    }
    fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
    assert_caught(&scene, &kept, &original, "one byte more").await;
    fs::write(&path, [&whole[..], &whole[HEADER..]].concat()).unwrap();
    assert_caught(&scene, &kept, &original, "twice over").await;
}

#[tokio::test]
async fn chunks_that_change_places_are_caught() {
    let scene = scene();
    let original = pdf(4 * CHUNK);
    let kept = scene.keep(&original).await;
    let path = scene.path_of(kept.blob);
    let whole = fs::read(&path).unwrap();
    let chunk = |number: usize| &whole[HEADER + number * SEALED..HEADER + (number + 1) * SEALED];
    for order in [
        [1, 0, 2, 3],
        [0, 2, 1, 3],
        [0, 1, 3, 2],
        [0, 0, 2, 3],
        [0, 1, 2, 2],
    ] {
        let mut moved = whole[..HEADER].to_vec();
        for number in order {
            moved.extend_from_slice(chunk(number));
        }
        fs::write(&path, moved).unwrap();
        assert_caught(&scene, &kept, &original, &format!("{order:?}")).await;
    }
    let without = [&whole[..HEADER], chunk(0), chunk(2), chunk(3)].concat();
    fs::write(&path, without).unwrap();
    assert_caught(&scene, &kept, &original, "one left out").await;
}

#[tokio::test]
async fn another_files_blob_or_key_does_not_open() {
    let scene = scene();
    let (bytes, theirs) = (pdf(1_000), pdf(2_000));
    let (kept, other) = (scene.keep(&bytes).await, scene.keep(&theirs).await);
    let (path, path_of_other) = (scene.path_of(kept.blob), scene.path_of(other.blob));

    let mut with_their_key = kept.clone();
    with_their_key.wrapped_key.clone_from(&other.wrapped_key);
    assert_caught(&scene, &with_their_key, &bytes, "another file's key").await;

    fs::copy(&path_of_other, &path).unwrap();
    assert_caught(&scene, &kept, &bytes, "another file's blob").await;

    // Blob and key moved together: the blob's own name is authenticated too.
    assert_caught(
        &scene,
        &with_their_key,
        &bytes,
        "another file's blob and key",
    )
    .await;
}

#[tokio::test]
async fn a_blob_does_not_open_for_another_case() {
    let scene = scene();
    let kept = scene.keep(&pdf(100)).await;
    for bound_to in [&b"case 8 / order 1"[..], b"case 7 / order 2", b""] {
        let read = scene
            .vault
            .read(kept.blob, &kept.wrapped_key, bound_to)
            .await;
        assert!(matches!(read.err(), Some(VaultError::Tampered(_))));
        let new = vault::MasterKey::random().unwrap();
        let moved = scene
            .vault
            .rewrap(kept.blob, &kept.wrapped_key, bound_to, &new);
        assert!(moved.is_err());
    }
}
