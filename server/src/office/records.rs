//! Disclosure records: printed and sealed once, kept, and served again byte for byte.

mod press;
mod redacted;

use std::{
    collections::BTreeSet,
    io::{Cursor, Write},
};

use app::{
    desk::{IssuedRow, RecordsFile},
    fault::Fault,
};
use bytes::Bytes;
use casework::{
    Refusal,
    case::{CaseId, CaseNumber},
    dossier::{Dossier, Edition},
    form::{Faults, Fields},
    ledger::{Entry, sealed::Place},
    member::{Duty, Member},
    order::Digest,
};
use futures_util::TryStreamExt;
use record::Enclosed;
use sha2::{Digest as _, Sha256};
use store::Issued;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{AtDesk, incident};

/// Most records in one archive: it is made in memory.
pub const ARCHIVE_MOST: usize = 100;
/// Most bytes of orders inside one record: it is made in memory.
const ENCLOSED_MOST: u64 = 64 * 1024 * 1024;

/// A disclosure record as it was issued.
pub struct Record {
    pub number: CaseNumber,
    pub edition: Edition,
    pub sha256: Digest,
    pub bytes: Vec<u8>,
}

impl Record {
    /// What the file is called.
    pub fn name(&self) -> String {
        match self.edition {
            Edition::Full => format!("{}.pdf", self.number),
            Edition::Redacted => format!("{}-redacted.pdf", self.number),
        }
    }
}

/// Several records in a zip.
pub struct Archive {
    pub bytes: Vec<u8>,
    pub count: usize,
}

/// What is asked of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wish {
    /// The orders inside.
    enclose: bool,
    /// Left out.
    mask: BTreeSet<Place>,
    /// The version of the case whose texts were looked at; another may say more.
    seen: Option<u32>,
}

impl AtDesk {
    /// The record of a case as it stands: the one that was issued, or a new one. It is told in the
    /// ledger, with its digest, before it leaves.
    ///
    /// # Errors
    /// [`Fault::ProofWanted`] where the password was not confirmed lately.
    pub async fn record(&self, id: CaseId) -> Result<Record, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        let record = Box::pin(self.as_it_stands(id, &member)).await?;
        self.tell_read(&[(id, &record)], &member, None).await?;
        Ok(record)
    }

    /// A record that was issued, byte for byte.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for unknown ones and those of other cases alike.
    pub async fn issued(&self, id: CaseId, sha256: Digest) -> Result<Record, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        let case = self.readable(id).await?;
        let issued = self.issued_with(id, sha256).await?;
        let record = self.office.kept(&issued, case.number()).await?;
        self.tell_read(&[(id, &record)], &member, None).await?;
        Ok(record)
    }

    /// Issues a record anew, also where one exists.
    ///
    /// # Errors
    /// As [`Self::record`]; a fault beside `enclose` where the orders are too large.
    pub async fn issue(&self, id: CaseId, fields: &Fields) -> Result<(), Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        let wish = Wish {
            enclose: fields.has("enclose", "yes"),
            ..Wish::default()
        };
        Box::pin(self.made(id, &wish, &member)).await.map(drop)
    }

    /// The records of several cases as they stand, in one archive.
    ///
    /// # Errors
    /// As [`Self::record`]; one case that is not there fails the whole.
    pub async fn records(&self, ids: &[CaseId]) -> Result<Archive, Fault> {
        let member = self.on_duty_and_proven(Duty::ReadRecords)?.clone();
        // All are looked for before any is issued.
        for id in ids {
            self.readable(*id).await?;
        }
        let mut records = Vec::with_capacity(ids.len());
        for id in ids {
            let record = Box::pin(self.as_it_stands(*id, &member)).await?;
            records.push((*id, record));
        }
        let bytes = archive(&records)
            .map_err(|error| incident::other("an archive could not be made", &error))?;
        let export = Entry::RecordsExported {
            cases: ids.to_vec(),
            sha256: Digest(Sha256::digest(&bytes).into()),
        };
        let told: Vec<(CaseId, &Record)> = records.iter().map(|(id, one)| (*id, one)).collect();
        self.tell_read(&told, &member, Some(&export)).await?;
        Ok(Archive {
            bytes,
            count: records.len(),
        })
    }

    /// Every record that was issued of a case, for its page.
    pub(super) async fn records_file(&self, id: CaseId) -> Result<RecordsFile, Fault> {
        self.on_duty(Duty::ReadRecords)?;
        let case = self.readable(id).await?;
        let store = &self.office.store;
        let issued = store.issued(id).await.map_err(incident::store)?;
        let members = store.members().await.map_err(incident::store)?;
        let named = |issued: &Issued| {
            let row = members.iter().find(|row| row.member.id == issued.by)?;
            Some(row.member.name.clone())
        };
        Ok(RecordsFile {
            me: self.who()?,
            issued: issued
                .iter()
                .rev()
                .map(|one| IssuedRow {
                    sha256: one.sha256,
                    size: one.size,
                    edition: one.edition,
                    enclosed: one.enclosed,
                    left_out: one.masked.len(),
                    version: one.version,
                    under: one.under,
                    at: one.at,
                    by: named(one),
                })
                .collect(),
            case,
        })
    }

    async fn issued_with(&self, id: CaseId, sha256: Digest) -> Result<Issued, Fault> {
        let issued = self.office.store.issued_with(id, sha256).await;
        issued.map_err(incident::store)?.ok_or(Fault::NotFound)
    }

    /// The full edition of the case as it stands, issued now if it never was.
    async fn as_it_stands(&self, id: CaseId, by: &Member) -> Result<Record, Fault> {
        let case = self.readable(id).await?;
        let issued = self
            .office
            .store
            .issued(id)
            .await
            .map_err(incident::store)?;
        let fits = |one: &&Issued| {
            one.version == case.version() && one.edition == Edition::Full && !one.enclosed
        };
        match issued.iter().rev().find(fits) {
            Some(issued) => self.office.kept(issued, case.number()).await,
            None => self.made(id, &Wish::default(), by).await,
        }
    }

    /// Prints, seals, keeps and issues a record.
    async fn made(&self, id: CaseId, wish: &Wish, by: &Member) -> Result<Record, Fault> {
        let office = &self.office;
        // The case and the checkpoint are of one moment: nobody else writes meanwhile.
        let mut writing = office.store.begin().await.map_err(incident::store)?;
        let case = writing.case(id).await.map_err(incident::store)?;
        let version = case.ok_or(Fault::NotFound)?.version();
        if wish.seen.is_some_and(|seen| seen != version) {
            let says = "The case changed while you chose. Look at its texts once more.";
            return Err(Refusal::from(Faults::one("mask", says)).into());
        }
        let note = office
            .checkpoint(&mut writing)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;

        let whole = self.dossier(id, &note).await?;
        let dossier = whole
            .redacted(&wish.mask)
            .map_err(|error| incident::other("a case's evidence does not hold", &error))?;
        let orders = if wish.enclose {
            self.enclosed(&dossier).await?
        } else {
            Vec::new()
        };
        let (case, edition) = (dossier.case.clone(), dossier.edition);
        let bytes = office.printed(dossier, orders).await?;
        let record = Record {
            number: case.number(),
            edition,
            sha256: Digest(Sha256::digest(&bytes).into()),
            bytes,
        };

        let issued_id = store::RecordId(uuid::Uuid::now_v7());
        let kept = office.laid_down(id, issued_id, &record).await?;
        let issued = Issued {
            id: issued_id,
            case: id,
            version: case.version(),
            edition,
            enclosed: wish.enclose,
            masked: wish.mask.clone(),
            sha256: record.sha256,
            size: record.bytes.len() as u64,
            under: note.checkpoint().size,
            blob: kept.blob.to_string(),
            wrapped_key: kept.wrapped_key,
            at: self.now,
            by: by.id,
        };
        let mut writing = office.store.begin().await.map_err(incident::store)?;
        let done = async {
            writing.keep_issued(&issued).await?;
            office.checkpoint(&mut writing).await?;
            writing.commit().await
        }
        .await;
        if let Err(error) = done {
            office.let_go(kept.blob).await;
            return Err(incident::store(error));
        }
        Ok(record)
    }

    /// The bytes of the orders that stand, to lie inside the record.
    async fn enclosed(&self, dossier: &Dossier) -> Result<Vec<Enclosed>, Fault> {
        let size: u64 = dossier.case.standing_orders().map(|order| order.size).sum();
        if size > ENCLOSED_MOST {
            let says = format!(
                "The orders have {} MiB; at most {} MiB fit into a record.",
                size >> 20,
                ENCLOSED_MOST >> 20
            );
            return Err(Refusal::from(Faults::one("enclose", says)).into());
        }
        let mut enclosed = Vec::new();
        for order in dossier.case.standing_orders() {
            let bytes = self.download(dossier.case.id(), order.id).await?.bytes;
            let chunks: Vec<Bytes> = bytes
                .try_collect()
                .await
                .map_err(|error| incident::vault(&error))?;
            enclosed.push(Enclosed {
                order: order.id,
                bytes: chunks.concat(),
            });
        }
        Ok(enclosed)
    }

    /// Tells the ledger which records leave, and signs it: whoever holds one holds a witness.
    async fn tell_read(
        &self,
        records: &[(CaseId, &Record)],
        by: &Member,
        export: Option<&Entry>,
    ) -> Result<(), Fault> {
        let office = &self.office;
        let mut writing = office.store.begin().await.map_err(incident::store)?;
        let read = records.iter().map(|(case, record)| Entry::RecordRead {
            case: *case,
            sha256: record.sha256,
            size: record.bytes.len() as u64,
        });
        for entry in read.chain(export.cloned()) {
            writing
                .seal(self.now, Some(by.id), &entry)
                .await
                .map_err(incident::store)?;
        }
        office
            .checkpoint(&mut writing)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
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
        zip.start_file(record.name(), options)?;
        zip.write_all(&record.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
