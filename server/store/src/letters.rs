//! Templates of letters in versions, and where the encrypted bytes of filed letters lie.

use casework::{
    case::CaseId,
    ledger::Entry,
    letter::{LetterId, LetterKind},
    member::MemberId,
    template::{Language, Template},
    words::{Line, Prose},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::{
    Error, Store, Writing,
    moments::{millis, moment},
    rows::{letter_blob, letter_template},
};

/// A version as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTemplate {
    pub template: Template,
    pub at: Timestamp,
    pub by: Option<MemberId>,
}

/// Where a letter's encrypted bytes lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterBlob {
    pub letter: LetterId,
    pub case: CaseId,
    /// The name the vault gave it.
    pub blob: String,
    pub wrapped_key: Vec<u8>,
}

impl Store {
    /// Every version of every template that was published, newest first within its kind and
    /// language. There are as many as administrators wrote, whatever the number of cases.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn every_template(&self) -> Result<Vec<PublishedTemplate>, Error> {
        use letter_template::Column::{Kind, Language, Version};
        let rows = letter_template::Entity::find()
            .order_by_asc(Kind)
            .order_by_asc(Language)
            .order_by_desc(Version)
            .all(self.readers())
            .await?;
        rows.iter().map(published).collect()
    }

    /// Every version of one template, newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn templates_of(
        &self,
        kind: LetterKind,
        language: &Language,
    ) -> Result<Vec<PublishedTemplate>, Error> {
        let rows = of(kind, language).all(self.readers()).await?;
        rows.iter().map(published).collect()
    }

    /// Where a letter's bytes lie.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn letter_blob(&self, letter: LetterId) -> Result<Option<LetterBlob>, Error> {
        let row = blob_row(self.readers(), letter).await?;
        Ok(row.map(LetterBlob::from))
    }
}

impl Writing {
    /// The newest version of a template that was published; none where the desk was delivered with
    /// it, or there is none at all.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn template(
        &mut self,
        kind: LetterKind,
        language: &Language,
    ) -> Result<Option<Template>, Error> {
        let row = of(kind, language).one(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    /// Publishes a version, for good.
    ///
    /// # Errors
    /// [`Error::Conflict`] where this version was published already.
    pub async fn publish_template(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        template: &Template,
    ) -> Result<(), Error> {
        let row = letter_template::ActiveModel {
            kind: Set(template.kind.code().into()),
            language: Set(template.language.to_string()),
            version: Set(template.version.into()),
            subject: Set(template.subject.to_string()),
            body: Set(template.body.to_string()),
            published_at: Set(millis(at)?),
            published_by: Set(by.map(|by| by.0)),
        };
        letter_template::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        let template = template.clone();
        self.append(at, by, &Entry::TemplatePublished { template })
            .await
            .map(drop)
    }

    /// Keeps where a letter's bytes lie, before the step that files it is kept.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the letter or the blob is known already.
    pub async fn keep_letter(&mut self, kept: &LetterBlob) -> Result<(), Error> {
        let row = letter_blob::ActiveModel {
            letter_id: Set(kept.letter.0),
            case_id: Set(kept.case.0),
            blob: Set(kept.blob.clone()),
            wrapped_key: Set(kept.wrapped_key.clone()),
        };
        letter_blob::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        Ok(())
    }
}

fn of(kind: LetterKind, language: &Language) -> sea_orm::Select<letter_template::Entity> {
    letter_template::Entity::find()
        .filter(letter_template::Column::Kind.eq(kind.code()))
        .filter(letter_template::Column::Language.eq(language.as_str()))
        .order_by_desc(letter_template::Column::Version)
}

fn published(row: &letter_template::Model) -> Result<PublishedTemplate, Error> {
    Ok(PublishedTemplate {
        template: read(row)?,
        at: moment(row.published_at)?,
        by: row.published_by.map(MemberId),
    })
}

/// A row as the template it holds.
pub(crate) fn read(row: &letter_template::Model) -> Result<Template, Error> {
    let odd = |what: &str| {
        let name = format!("{}.{}.{}", row.kind, row.language, row.version);
        Error::Corrupt(format!("the {what} of template {name}"))
    };
    Ok(Template {
        kind: LetterKind::from_code(&row.kind).ok_or_else(|| odd("kind"))?,
        language: Language::parse(&row.language).map_err(|_| odd("language"))?,
        version: row.version.try_into().map_err(|_| odd("version"))?,
        subject: Line::parse(&row.subject).map_err(|_| odd("subject"))?,
        body: Prose::parse(&row.body).map_err(|_| odd("text"))?,
    })
}

impl From<letter_blob::Model> for LetterBlob {
    fn from(row: letter_blob::Model) -> Self {
        Self {
            letter: LetterId(row.letter_id),
            case: CaseId(row.case_id),
            blob: row.blob,
            wrapped_key: row.wrapped_key,
        }
    }
}

pub(crate) async fn blob_row(
    db: &impl ConnectionTrait,
    letter: LetterId,
) -> Result<Option<letter_blob::Model>, Error> {
    Ok(letter_blob::Entity::find_by_id(letter.0).one(db).await?)
}
