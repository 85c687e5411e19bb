//! A blob on its way out.

use std::{io, path::Path};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::{fs::File, io::AsyncReadExt};

use crate::{
    BlobId, VaultError,
    error::Told,
    key::FileKey,
    seal::{HEADER, Place, SEALED, Seal},
};

/// Opens the blob and proves its first chunk before anything is handed out.
pub(crate) async fn open(
    path: &Path,
    blob: BlobId,
    key: &FileKey,
    bound_to: &[u8],
) -> Result<impl Stream<Item = Result<Bytes, VaultError>> + Send + use<>, VaultError> {
    let mut file = File::open(path).await.map_err(|fault| match fault.kind() {
        io::ErrorKind::NotFound => VaultError::Missing(blob),
        _ => VaultError::Io {
            what: "open an attachment",
            source: fault,
        },
    })?;
    let length = file.metadata().await.told("read an attachment")?.len();
    let sealed = length
        .checked_sub(HEADER as u64)
        .filter(|sealed| *sealed > 0)
        .ok_or(VaultError::Tampered(blob))?;
    let mut header = [0; HEADER];
    let read = file.read_exact(&mut header).await;
    read.told("read an attachment")?;
    let mut outgoing = Outgoing {
        file,
        seal: Seal::of(header, key, blob, bound_to)?,
        left: sealed,
        number: 0,
    };
    let first = outgoing.next().await?;
    let rest = stream::try_unfold(outgoing, |mut outgoing| async move {
        Ok(outgoing.next().await?.map(|chunk| (chunk, outgoing)))
    });
    Ok(stream::iter(first.map(Ok)).chain(rest))
}

struct Outgoing {
    file: File,
    seal: Seal,
    /// Sealed bytes not read yet.
    left: u64,
    number: u64,
}

impl Outgoing {
    async fn next(&mut self) -> Result<Option<Bytes>, VaultError> {
        if self.left == 0 {
            return Ok(None);
        }
        let length = self.left.min(SEALED as u64);
        let mut chunk = Vec::with_capacity(SEALED);
        let read = (&mut self.file).take(length).read_to_end(&mut chunk).await;
        read.told("read an attachment")?;
        self.left -= length;
        let place = Place {
            number: self.number,
            last: self.left == 0,
        };
        self.number += 1;
        // A file that shrank while it was read gives a short chunk, which does not open.
        self.seal.open(place, &mut chunk)?;
        Ok(Some(chunk.into()))
    }
}
