//! Letters: the templates they began from, and the bytes of those that were filed.

use std::collections::BTreeMap;

use casework::{
    case::{Case, Event, Step},
    ledger::Entry,
    letter::LetterId,
    template::{Language, Template},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Finding, Findings, Kept, KeptBytes, KeptWhat, roster::broken};
use crate::{
    Error, letters,
    rows::{letter_blob, letter_template},
};

/// What the ledger tells of templates.
#[derive(Debug, Default)]
pub(super) struct Templates(BTreeMap<Key, Told>);

/// Kind, language, version.
type Key = (String, String, i64);

#[derive(Debug)]
struct Told {
    template: Template,
    at: i64,
    by: Option<Uuid>,
}

impl Templates {
    /// Follows an entry, and tells where a letter began from a template that was not there.
    pub fn follow(&mut self, at: i64, actor: Option<Uuid>, entry: &Entry, findings: &mut Findings) {
        match entry {
            Entry::TemplatePublished { template } => {
                let told = Told {
                    template: template.clone(),
                    at,
                    by: actor,
                };
                self.0.insert(key(template), told);
            }
            Entry::Step { event } if !self.stood(event) => findings.tell(broken(
                event,
                "The letter began from a template that was never published.".into(),
            )),
            _ => {}
        }
    }

    /// Whether the template that a letter began from was there.
    fn stood(&self, event: &Event) -> bool {
        let Step::Letter(letter) = &event.step else {
            return true;
        };
        let language = letter.language.to_string();
        if letter.template == 0 {
            return Language::delivered()
                .iter()
                .any(|one| one.as_str() == language);
        }
        let key = (
            letter.letter.code().to_owned(),
            language,
            letter.template.into(),
        );
        self.0.contains_key(&key)
    }

    /// Compares what the ledger tells with the table.
    pub async fn compare(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = letter_template::Entity::find().all(db).await?;
        let mut rows: BTreeMap<Key, _> = rows
            .into_iter()
            .map(|row| ((row.kind.clone(), row.language.clone(), row.version), row))
            .collect();
        for (key, told) in &self.0 {
            let same = rows.remove(key).is_some_and(|row| {
                (row.published_at, row.published_by) == (told.at, told.by)
                    && letters::read(&row).is_ok_and(|template| template == told.template)
            });
            if !same {
                findings.tell(edited(key));
            }
        }
        for key in rows.keys() {
            findings.tell(edited(key));
        }
        Ok(())
    }
}

fn key(template: &Template) -> Key {
    (
        template.kind.code().to_owned(),
        template.language.to_string(),
        template.version.into(),
    )
}

fn edited((kind, language, version): &Key) -> Finding {
    Finding::TemplateEdited {
        template: format!("{kind}.{language}.{version}"),
    }
}

/// Compares the letters that were filed with those whose bytes are on record.
pub(super) async fn compare(
    db: &impl ConnectionTrait,
    case: &Case,
    findings: &mut Findings,
    kept: &mut (impl FnMut(Kept) + Send),
) -> Result<(), Error> {
    let rows = letter_blob::Entity::find()
        .filter(letter_blob::Column::CaseId.eq(case.id().0))
        .all(db)
        .await?;
    let mut rows: BTreeMap<LetterId, _> = rows
        .into_iter()
        .map(|row| (LetterId(row.letter_id), row))
        .collect();
    let number = case.number();
    for letter in case.beside().letters.iter().map(|filed| &filed.what) {
        match rows.remove(&letter.id) {
            None => findings.tell(Finding::LetterWithoutBlob {
                number,
                letter: letter.id,
            }),
            Some(row) => kept(Kept::Bytes(KeptBytes {
                case: case.id(),
                number,
                what: KeptWhat::Letter(letter.id),
                sha256: letter.sha256,
                size: letter.size,
                blob: row.blob,
                wrapped_key: row.wrapped_key,
            })),
        }
    }
    for letter in rows.into_keys() {
        findings.tell(Finding::BlobWithoutLetter { number, letter });
    }
    Ok(())
}
