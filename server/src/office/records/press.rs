//! How a record comes to be: printed, sealed, asked of the verifier, laid down in the vault.

use std::sync::Arc;

use app::fault::Fault;
use bytes::Bytes;
use casework::{
    case::{CaseId, CaseNumber},
    dossier::Dossier,
    order::Digest,
};
use futures_util::{TryStreamExt, stream};
use record::Enclosed;
use sha2::{Digest as _, Sha256};
use store::Issued;
use vault::Turned;

use super::Record;
use crate::office::{Office, incident, orders};

/// Most bytes of one record, for the vault.
const RECORD_MOST: u64 = 256 * 1024 * 1024;

impl Office {
    /// Prints and seals a dossier, and asks the verifier before anybody else does.
    pub(super) async fn printed(
        self: &Arc<Self>,
        dossier: Dossier,
        orders: Vec<Enclosed>,
    ) -> Result<Vec<u8>, Fault> {
        let office = Arc::clone(self);
        // Typesetting takes the processor, and a timestamp the network: off the threads that answer
        // requests.
        tokio::task::spawn_blocking(move || office.pressed(&dossier, &orders))
            .await
            .map_err(|error| incident::other("printing a record ended early", &error))?
    }

    fn pressed(&self, dossier: &Dossier, orders: &[Enclosed]) -> Result<Vec<u8>, Fault> {
        let sealer = &self.keys.sealer;
        let (from, until) = sealer.valid();
        if !(from..=until).contains(&self.now()) {
            let told = format!("it is in force from {from} until {until}");
            return Err(incident::other(
                "the seal's certificate is not in force",
                &told,
            ));
        }
        let authority = self.keys.authority.as_deref();
        let job = record::Job {
            dossier,
            sealer: Some(record::Sealer {
                name: sealer.subject(),
                fingerprint: self.certificate(),
                timestamped: authority.is_some(),
            }),
            orders,
        };
        let printed = record::print(&self.faces, &job).map_err(|flaws| {
            let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            incident::other("a record was refused by its own checks", &told.join("; "))
        })?;
        let done = match authority {
            None => sealer.seal(&printed, dossier.as_of),
            Some(authority) => sealer.seal_and_stamp(&printed, dossier.as_of, authority),
        };
        let bytes = done.map_err(|error| match authority {
            None => incident::other("a record could not be sealed", &error),
            Some(_) => incident::timestamp(&error),
        })?;
        let held = verifier::Held {
            keys: vec![self.keys.ledger.verifying().clone()],
            ..verifier::Held::default()
        };
        let report = verifier::verify(&bytes, &held);
        if report.verdict == verifier::Verdict::Intact {
            Ok(bytes)
        } else {
            Err(incident::other(
                "a record would not have verified",
                &report.says,
            ))
        }
    }

    /// Lays a record's bytes down in the vault.
    pub(super) async fn laid_down(
        &self,
        case: CaseId,
        id: store::RecordId,
        record: &Record,
    ) -> Result<vault::Kept, Fault> {
        let chunks = stream::iter([Ok::<_, std::io::Error>(Bytes::from(record.bytes.clone()))]);
        let bound = orders::bound_to(case, id.0);
        self.vault
            .receive(&bound, "record.pdf", RECORD_MOST, chunks)
            .await
            .map_err(|turned| match turned {
                Turned::Failed(error) => incident::vault(&error),
                turned => incident::other("a record could not be kept", &turned),
            })
    }

    /// A record's bytes as they were issued.
    pub(super) async fn kept(&self, issued: &Issued, number: CaseNumber) -> Result<Record, Fault> {
        let bound = orders::bound_to(issued.case, issued.id.0);
        let chunks = self
            .vault
            .read(orders::blob_id(&issued.blob)?, &issued.wrapped_key, &bound)
            .await
            .map_err(|error| incident::vault(&error))?;
        let chunks: Vec<Bytes> = chunks
            .try_collect()
            .await
            .map_err(|error| incident::vault(&error))?;
        let bytes = chunks.concat();
        if Digest(Sha256::digest(&bytes).into()) != issued.sha256 {
            let error = "its bytes are not the ones that were issued";
            return Err(incident::other("a record does not leave", &error));
        }
        Ok(Record {
            number,
            edition: issued.edition,
            sha256: issued.sha256,
            bytes,
        })
    }
}
