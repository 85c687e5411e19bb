//! Templates of letters: their versions, and publishing the next.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    desk::{TemplateFile, TemplateRow},
    fault::Fault,
    returned::Previewed,
};
use casework::{
    Refusal,
    form::{Faults, Fields},
    letter::LetterKind,
    member::{Duty, MemberId},
    template::{Language, Template},
    words::Line,
};
use letters::{check, delivered, delivered_for, preview};
use store::Error;

use super::{AtDesk, incident};

impl AtDesk {
    /// The newest version of every template, by kind and language.
    pub(super) async fn all_templates(&self) -> Result<Vec<TemplateRow>, Fault> {
        self.session()?;
        let names = self.names().await?;
        let published = self
            .office
            .store
            .every_template()
            .await
            .map_err(incident::store)?;
        let mut newest: BTreeMap<(LetterKind, Language), TemplateRow> = delivered()
            .into_iter()
            .map(|template| {
                let key = (template.kind, template.language.clone());
                let row = TemplateRow {
                    template,
                    published: None,
                };
                (key, row)
            })
            .collect();
        // Newest last, so that it is what stays.
        for one in published.into_iter().rev() {
            let key = (one.template.kind, one.template.language.clone());
            let by = one.by.and_then(|by| names.get(&by).cloned());
            newest.insert(
                key,
                TemplateRow {
                    template: one.template,
                    published: Some((one.at, by)),
                },
            );
        }
        Ok(newest.into_values().collect())
    }

    /// Every version of one template, newest first. A language that nobody has written in yet begins
    /// from the English text.
    pub(super) async fn template_file(
        &self,
        kind: LetterKind,
        language: Language,
    ) -> Result<TemplateFile, Fault> {
        self.session()?;
        let names = self.names().await?;
        let published = self
            .office
            .store
            .templates_of(kind, &language)
            .await
            .map_err(incident::store)?;
        let mut versions: Vec<TemplateRow> = published
            .into_iter()
            .map(|one| TemplateRow {
                template: one.template,
                published: Some((one.at, one.by.and_then(|by| names.get(&by).cloned()))),
            })
            .collect();
        versions.extend(delivered_for(kind, &language).map(|template| TemplateRow {
            template,
            published: None,
        }));
        let [english, _] = Language::delivered();
        let start = match versions.first() {
            Some(newest) => Some(newest.template.clone()),
            None => delivered_for(kind, &english),
        };
        Ok(TemplateFile {
            me: self.who()?,
            kind,
            language,
            versions,
            start: start.ok_or(Fault::NotFound)?,
        })
    }

    async fn names(&self) -> Result<BTreeMap<MemberId, Line>, Fault> {
        let rows = self.office.store.members().await.map_err(incident::store)?;
        Ok(rows
            .into_iter()
            .map(|row| (row.member.id, row.member.name))
            .collect())
    }

    /// What a template would make of the made-up case.
    ///
    /// # Errors
    /// Faults of the form and of the template.
    pub fn preview_template(
        &self,
        kind: LetterKind,
        language: Language,
        fields: &Fields,
    ) -> Result<Previewed, Fault> {
        self.on_duty(Duty::Administer)?;
        let template = Template::parse(fields, kind, language, 0).map_err(Refusal::from)?;
        let filled = preview(&template).map_err(Refusal::from)?;
        Ok(Previewed {
            subject: filled.subject,
            body: filled.body,
        })
    }

    /// Publishes the next version of a template.
    ///
    /// # Errors
    /// Faults of the form and of the template; [`Fault::ProofWanted`].
    pub async fn publish_template(
        &self,
        kind: LetterKind,
        language: Language,
        fields: &Fields,
    ) -> Result<(), Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.id;
        // Filled with two cases before anybody has to wait for it.
        let seen: Option<u32> = fields.get("version").parse().ok();
        let following = seen.unwrap_or_default().saturating_add(1);
        let next = Template::parse(fields, kind, language.clone(), following);
        let next = next.map_err(Refusal::from)?;
        check(&next).map_err(Refusal::from)?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let newest = writing
            .template(kind, &language)
            .await
            .map_err(incident::store)?
            .or_else(|| delivered_for(kind, &language));
        let version = newest.as_ref().map_or(0, |newest| newest.version);
        if seen != Some(version) {
            let changed = format!("Version {version} of this template was published meanwhile.");
            return Err(Refusal::Changed(vec![changed]).into());
        }
        if newest.is_some_and(|newest| {
            (newest.subject, newest.body) == (next.subject.clone(), next.body.clone())
        }) {
            let says = "Nothing differs from the version that stands.";
            return Err(Refusal::from(Faults::one("body", says)).into());
        }
        match writing.publish_template(self.now, Some(by), &next).await {
            Err(Error::Conflict(_)) => {
                Err(
                    Refusal::Changed(vec!["Another version was published meanwhile.".into()])
                        .into(),
                )
            }
            published => {
                published.map_err(incident::store)?;
                writing.commit().await.map_err(incident::store)
            }
        }
    }

    /// The template that letters of this kind and language begin from.
    pub(super) async fn newest_template(
        &self,
        kind: LetterKind,
        language: &Language,
    ) -> Result<Option<Template>, Fault> {
        let published = self
            .office
            .store
            .templates_of(kind, language)
            .await
            .map_err(incident::store)?;
        let newest = published.into_iter().next().map(|one| one.template);
        Ok(newest.or_else(|| delivered_for(kind, language)))
    }

    /// The languages that there is a template of this kind in: the delivered ones first.
    pub(super) async fn languages_of(&self, kind: LetterKind) -> Result<Vec<Language>, Fault> {
        let published = self
            .office
            .store
            .every_template()
            .await
            .map_err(incident::store)?;
        let mut languages = Language::delivered().to_vec();
        let more: BTreeSet<Language> = published
            .into_iter()
            .filter(|one| one.template.kind == kind)
            .map(|one| one.template.language)
            .filter(|language| !languages.contains(language))
            .collect();
        languages.extend(more);
        Ok(languages)
    }
}
