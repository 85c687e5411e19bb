//! Disclosure records: one, or several in an archive.

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use app::fault::Fault;
use casework::{
    case::{CaseId, CaseNumber},
    ledger::Entry,
    member::{Duty, Member},
    order::Digest,
};
use sha2::{Digest as _, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{AtDesk, incident};

/// Most records in one archive: it is made in memory.
pub const ARCHIVE_MOST: usize = 100;

/// A disclosure record as printed.
pub struct Record {
    pub number: CaseNumber,
    pub bytes: Vec<u8>,
}

/// Several records in a zip.
pub struct Archive {
    pub bytes: Vec<u8>,
    pub count: usize,
}

impl AtDesk {
    /// Prints the record of a case. It is told in the ledger, with its digest, before it leaves.
    ///
    /// # Errors
    /// [`Fault::ProofWanted`] where the password was not confirmed lately.
    pub async fn record(&self, id: CaseId) -> Result<Record, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        let record = self.printed(id, &member).await?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .seal(self.now, Some(member.id), &read(id, &record))
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(record)
    }

    /// Prints several records into one archive.
    ///
    /// # Errors
    /// As [`Self::record`]; one case that is not there fails the whole.
    pub async fn records(&self, ids: &[CaseId]) -> Result<Archive, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        let mut printed = Vec::with_capacity(ids.len());
        for id in ids {
            printed.push((*id, self.printed(*id, &member).await?));
        }
        let bytes = archive(&printed)
            .map_err(|error| incident::other("an archive could not be made", &error))?;
        let sha256 = Digest(Sha256::digest(&bytes).into());
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let who = Some(member.id);
        for (id, record) in &printed {
            writing
                .seal(self.now, who, &read(*id, record))
                .await
                .map_err(incident::store)?;
        }
        let export = Entry::RecordsExported {
            cases: ids.to_vec(),
            sha256,
        };
        writing
            .seal(self.now, who, &export)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(Archive {
            bytes,
            count: printed.len(),
        })
    }

    async fn printed(&self, id: CaseId, by: &Member) -> Result<Record, Fault> {
        let dossier = self.dossier(id, by).await?;
        let number = dossier.case.number();
        let faces = Arc::clone(&self.office.faces);
        // Typesetting takes the processor, not the disk: off the threads that answer requests.
        let printed = tokio::task::spawn_blocking(move || record::print(&faces, &dossier))
            .await
            .map_err(|error| incident::other("printing a record ended early", &error))?;
        let bytes = printed.map_err(|flaws| {
            let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            incident::other("a record was refused by its own checks", &told.join("; "))
        })?;
        Ok(Record { number, bytes })
    }
}

fn read(case: CaseId, record: &Record) -> Entry {
    Entry::RecordRead {
        case,
        sha256: Digest(Sha256::digest(&record.bytes).into()),
        size: record.bytes.len() as u64,
    }
}

fn archive(records: &[(CaseId, Record)]) -> zip::result::ZipResult<Vec<u8>> {
    // Records are compressed within; the archive only holds them together. A fixed date keeps
    // the same records the same archive.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (_, record) in records {
        zip.start_file(format!("{}.pdf", record.number), options)?;
        zip.write_all(&record.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
