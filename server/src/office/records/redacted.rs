//! Redacted editions: what they leave out, and showing it later.

use std::collections::BTreeSet;

use app::{desk::TextsFile, fault::Fault};
use casework::{
    Refusal,
    case::{Case, CaseId},
    dossier::Dossier,
    form::{Faults, Fields},
    ledger::{
        Entry,
        sealed::{Opening, Place},
    },
    member::Duty,
    order::Digest,
    redaction,
};
use serde::Serialize;

use super::Wish;
use crate::office::{AtDesk, incident};

impl AtDesk {
    /// Issues a redacted edition of the version that the member saw: a later one may say more.
    ///
    /// # Errors
    /// As [`Self::record`]; faults beside the texts that repeat what is left out.
    pub async fn redact(&self, id: CaseId, seen: u32, fields: &Fields) -> Result<(), Fault> {
        let member = self.on_duty_and_proven(Duty::ReleaseOutside)?.clone();
        let case = self.readable(id).await?;
        let head = self.office.store.head().await.map_err(incident::store)?;
        let whole = self.whole(id, head.size).await?;
        redaction::possible(&whole).map_err(Refusal::from)?;
        let texts = self.texts_file(case, &whole)?.texts;
        let mask = redaction::parse(fields, &texts).map_err(Refusal::from)?;
        let wish = Wish {
            enclose: false,
            mask,
            seen: Some(seen),
        };
        Box::pin(self.made(id, &wish, &member)).await.map(drop)
    }

    /// The form of a redacted edition with every text of a part ticked.
    ///
    /// # Errors
    /// As [`Self::redact`].
    pub async fn tick_all(&self, id: CaseId, fields: Fields) -> Result<Fields, Fault> {
        let texts = self.texts_of(id).await?.texts;
        let part = fields.get("all").to_owned();
        let mut ticked = fields.without("all");
        for text in texts.iter().filter(|text| text.part.code() == part) {
            if !ticked.has("mask", &text.place) {
                ticked.push("mask", &*text.place);
            }
        }
        Ok(ticked)
    }

    /// Shows texts that a redacted record leaves out, with their salts, as a file that the verifier
    /// holds against the record.
    ///
    /// # Errors
    /// As [`Self::issued`]; a fault beside `show` where none is ticked.
    pub async fn unmask(
        &self,
        id: CaseId,
        sha256: Digest,
        fields: &Fields,
    ) -> Result<Vec<u8>, Fault> {
        #[derive(Serialize)]
        struct Shown {
            seq: u64,
            place: Place,
            #[serde(flatten)]
            opening: Opening,
        }
        #[derive(Serialize)]
        struct File {
            format: &'static str,
            openings: Vec<Shown>,
        }
        let member = self.on_duty_and_proven(Duty::ReleaseOutside)?.clone();
        self.readable(id).await?;
        let issued = self.issued_with(id, sha256).await?;
        let places: BTreeSet<Place> = issued
            .masked
            .into_iter()
            .filter(|place| fields.has("show", place))
            .collect();
        if places.is_empty() {
            return Err(
                Refusal::from(Faults::one("show", "Tick at least one text to show.")).into(),
            );
        }
        let dossier = self.whole(id, issued.under).await?;
        let mut openings = Vec::new();
        for sealed in &dossier.ledger.entries {
            let sound = sealed
                .open()
                .map_err(|error| incident::other("a case's evidence does not hold", &error))?;
            let shown = sound.opened.texts.into_iter();
            openings.extend(shown.filter(|(place, _)| places.contains(place)).map(
                |(place, opening)| Shown {
                    seq: sealed.seq,
                    place,
                    opening,
                },
            ));
        }
        let file = File {
            format: "disclosure-desk/unmasking/v1",
            openings,
        };
        let bytes = serde_json::to_vec_pretty(&file)
            .map_err(|error| incident::other("an unmasking could not be written", &error))?;
        let entry = Entry::TextsUnmasked {
            case: id,
            sha256,
            places: places.into_iter().collect(),
        };
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .seal(self.now, Some(member.id), &entry)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(bytes)
    }

    /// The texts that a redacted edition may leave out, for its page.
    pub(in crate::office) async fn texts_of(&self, id: CaseId) -> Result<TextsFile, Fault> {
        self.on_duty(Duty::ReleaseOutside)?;
        let case = self.readable(id).await?;
        let size = self
            .office
            .store
            .head()
            .await
            .map_err(incident::store)?
            .size;
        let dossier = self.whole(id, size).await?;
        self.texts_file(case, &dossier)
    }

    /// The texts that a redacted record leaves out, for its page.
    pub(in crate::office) async fn left_out_of(
        &self,
        id: CaseId,
        sha256: Digest,
    ) -> Result<TextsFile, Fault> {
        self.on_duty(Duty::ReleaseOutside)?;
        let case = self.readable(id).await?;
        let issued = self.issued_with(id, sha256).await?;
        let dossier = self.whole(id, issued.under).await?;
        let mut file = self.texts_file(case, &dossier)?;
        file.texts
            .retain(|text| issued.masked.contains(&text.place));
        Ok(file)
    }

    fn texts_file(&self, case: Case, dossier: &Dossier) -> Result<TextsFile, Fault> {
        Ok(TextsFile {
            case,
            me: self.who()?,
            texts: redaction::texts(dossier)
                .map_err(|error| incident::other("a case's evidence does not hold", &error))?,
        })
    }

    /// The whole dossier at a size of the ledger, for its texts: nobody signs it.
    async fn whole(&self, id: CaseId, size: u64) -> Result<Dossier, Fault> {
        let head = self.office.store.head_at(size).await;
        let head = head.map_err(incident::store)?;
        let note = self.office.unsigned(head);
        self.dossier(id, &note).await
    }
}
