//! The register: a list of all cases, as a PDF, written while it is read.
//!
//! It passes through the vault, so that its digest stands in the ledger before the first byte leaves,
//! and neither memory nor a plain file ever holds the whole of it.

use std::{
    io::{self, Write},
    pin::Pin,
    sync::Arc,
};

use app::fault::Fault;
use bytes::Bytes;
use casework::{
    ledger::{Entry, SignedNote},
    member::Duty,
    order::Digest,
};
use futures_util::{Stream, stream};
use record::{RegisterHead, RegisterRow};
use tokio::sync::mpsc;
use vault::{Turned, VaultError};

use super::{AtDesk, incident, orders};

/// Cases read at once.
const BATCH: u64 = 100;
/// Bytes handed on at once.
const PIECE: usize = 64 * 1024;
/// Most bytes of a register, for the vault: some three million cases.
const MOST: u64 = 1024 * 1024 * 1024;

/// A register on its way out.
pub struct Register {
    pub size: u64,
    pub bytes: Pin<Box<dyn Stream<Item = Result<Bytes, VaultError>> + Send>>,
}

impl AtDesk {
    /// Prints the register of all cases. It is told in the ledger, with its digest, before it leaves.
    ///
    /// # Errors
    /// [`Fault::ProofWanted`] where the password was not confirmed lately.
    pub async fn register(&self) -> Result<Register, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.id;
        let office = &self.office;
        let mut writing = office.store.begin().await.map_err(incident::store)?;
        let note = office
            .checkpoint(&mut writing)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;

        let id = uuid::Uuid::now_v7();
        let bound = orders::bound_to(casework::case::CaseId(uuid::Uuid::nil()), id);
        let (rows, read) = mpsc::channel(usize::try_from(BATCH).unwrap_or(1));
        let (pieces, written) = mpsc::channel(4);
        let written = stream::unfold(written, async |mut written| {
            let piece: Result<Bytes, io::Error> = Ok(written.recv().await?);
            Some((piece, written))
        });
        let (fed, set, kept) = tokio::join!(
            self.feed(rows),
            self.set_register(note, read, pieces),
            office.vault.receive(&bound, "register.pdf", MOST, written),
        );
        let kept = kept.map_err(|turned| match turned {
            Turned::Failed(error) => incident::vault(&error),
            turned => incident::other("a register could not be kept", &turned),
        });
        let kept = kept?;
        let told = async {
            fed?;
            let entry = Entry::RegisterExported {
                sha256: Digest(kept.sha256),
                cases: set?,
            };
            let mut writing = office.store.begin().await.map_err(incident::store)?;
            writing
                .seal(self.now, Some(member), &entry)
                .await
                .map_err(incident::store)?;
            office
                .checkpoint(&mut writing)
                .await
                .map_err(incident::store)?;
            writing.commit().await.map_err(incident::store)?;
            office
                .vault
                .read(kept.blob, &kept.wrapped_key, &bound)
                .await
                .map_err(|error| incident::vault(&error))
        }
        .await;
        // What was opened is read to its end; nobody opens it a second time.
        if let Err(error) = office.vault.discard(kept.blob).await {
            tracing::warn!(%error, blob = %kept.blob, "a register could not be discarded");
        }
        Ok(Register {
            size: kept.size,
            bytes: Box::pin(told?),
        })
    }

    /// Reads all cases, oldest first, a batch at a time.
    async fn feed(&self, rows: mpsc::Sender<RegisterRow>) -> Result<(), Fault> {
        let mut last = None;
        loop {
            let batch = self.office.store.cases_after(last, BATCH).await;
            let batch = batch.map_err(incident::store)?;
            let Some((serial, _)) = batch.last() else {
                return Ok(());
            };
            last = Some(*serial);
            for (_, case) in &batch {
                if rows.send(RegisterRow::of(case)).await.is_err() {
                    // Setting ended early, and tells why.
                    return Ok(());
                }
            }
        }
    }

    async fn set_register(
        &self,
        note: SignedNote,
        mut rows: mpsc::Receiver<RegisterRow>,
        pieces: mpsc::Sender<Bytes>,
    ) -> Result<u64, Fault> {
        let (faces, organisation) = (Arc::clone(&self.office.faces), self.office.organisation());
        let now = self.now;
        let set = tokio::task::spawn_blocking(move || {
            let head = RegisterHead {
                organisation: &organisation,
                selection: "All cases, oldest first",
                as_of: now,
                checkpoint: note.checkpoint(),
            };
            let mut out = io::BufWriter::with_capacity(PIECE, Pieces(pieces));
            let rows = std::iter::from_fn(|| rows.blocking_recv());
            let summary = record::register(&faces, rows, &head, &mut out)
                .map_err(|error| incident::other("a register could not be set", &error))?;
            out.flush()
                .map_err(|error| incident::other("a register could not be written", &error))?;
            Ok(summary.cases)
        });
        set.await
            .map_err(|error| incident::other("setting a register ended early", &error))?
    }
}

/// Hands on what is written, a piece at a time, and waits where nobody takes it.
struct Pieces(mpsc::Sender<Bytes>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0
            .blocking_send(Bytes::copy_from_slice(piece))
            .map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
