//! Letters on a case: begun from a template, looked at, filed, given out.

use std::sync::Arc;

use app::{
    desk::{LetterAsk, LetterFile},
    fault::Fault,
    returned::Previewed,
};
use bytes::Bytes;
use casework::{
    Refusal,
    case::{Case, CaseId, Step, StepKind},
    form::{Faults, Fields, Reader},
    ledger::Entry,
    letter::{Letter, LetterId, LetterKind},
    member::Duty,
    order::Digest,
    policy::Policy,
    template::{Block, Language, Template, blocks, confirms_nothing},
    words::{Line, Prose},
};
use futures_util::{TryStreamExt, stream};
use letters::{About, Filled, fill};
use sha2::{Digest as _, Sha256};
use store::LetterBlob;
use vault::Turned;

use super::{AtDesk, cases::as_seen, incident, orders};

/// Most bytes of one letter: it holds text and the faces it is set in.
const LETTER_MOST: u64 = 16 * 1024 * 1024;

/// A letter on its way out.
pub struct Given {
    pub letter: Letter,
    pub bytes: Vec<u8>,
}

/// A letter as its form has it.
struct Written {
    kind: LetterKind,
    language: Language,
    template: u32,
    to: Prose,
    recipient: Line,
    subject: Line,
    body: Prose,
}

impl Written {
    /// Reads the form of a letter on a case.
    fn parse(fields: &Fields, case: &Case) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let kind = reader.choice("letter", "Choose the kind of letter.");
        let language = Language::parse(fields.get("language"));
        if let Err(says) = language {
            reader.blame("language", says);
        }
        let template = fields.get("template").parse().ok();
        if template.is_none() {
            reader.blame("letter", "Begin the letter from a template.");
        }
        let to = reader.prose("to", "Say to whom the letter goes: name, office, address.");
        let recipient = to.as_ref().and_then(|to| {
            let lines: Vec<&str> = to.as_str().lines().map(str::trim).collect();
            let one = Line::parse(&lines.join(", "));
            if one.is_err() {
                reader.blame("to", "Name and address hold at most 200 characters in all.");
            }
            one.ok()
        });
        let subject = reader.line("subject", "Give the subject line.");
        let body = reader.prose("body", "Write the letter.");
        for (field, text) in [
            ("subject", subject.as_ref().map(Line::as_str)),
            ("body", body.as_ref().map(Prose::as_str)),
        ] {
            if let Some(named) = text.and_then(|text| case.betrayed_by(text)) {
                let says = format!(
                    "This names \u{201c}{}\u{201d}. The letter may not confirm that an account exists; leave it out.",
                    named.value
                );
                reader.blame(field, says);
            }
        }
        let made = (|| {
            Some(Self {
                kind: kind?,
                language: language.ok()?,
                template: template?,
                to: to?,
                recipient: recipient?,
                subject: subject?,
                body: body?,
            })
        })();
        reader.done(made)
    }
}

impl AtDesk {
    /// The form of a letter: begun from the template that was asked for, or from the one that the
    /// stage calls for.
    pub(crate) async fn letter_file(
        &self,
        id: CaseId,
        ask: LetterAsk,
    ) -> Result<LetterFile, Fault> {
        let file = self.file_for(id, StepKind::Letter).await?;
        let kinds = file.case.letters_open(self.now);
        let kind = ask.kind.or_else(|| kinds.first().copied());
        let kind = kind.unwrap_or(LetterKind::Acknowledgement);
        let languages = self.languages_of(kind).await?;
        let language = ask
            .language
            .unwrap_or_else(|| language_of(&file.case, &languages));
        let template = self.newest_template(kind, &language).await?;
        let mut fields = Fields::new()
            .with("letter", kind.code())
            .with("language", language.as_str());
        let mut says = file
            .case
            .may_write(kind, self.now)
            .err()
            .map(|refusal| sentence(&refusal));
        match &template {
            None => {
                says = says.or(Some(
                    "There is no template of this kind in this language.".into(),
                ));
            }
            Some(template) => {
                fields = fields
                    .with("template", template.version.to_string())
                    .with("to", address(&file.case, kind));
                match self.begun(&file.case, file.policy.as_ref(), template)? {
                    Ok(filled) => {
                        fields = fields
                            .with("subject", filled.subject)
                            .with("body", filled.body);
                    }
                    Err(faults) => {
                        let told: Vec<&str> =
                            faults.0.iter().map(|fault| fault.says.as_str()).collect();
                        says = says.or(Some(format!(
                            "The template does not fit this case. {}",
                            told.join(" ")
                        )));
                    }
                }
            }
        }
        Ok(LetterFile {
            kind,
            language,
            kinds,
            languages,
            fields,
            says,
            file,
        })
    }

    /// A template filled with a case, as this member writes now.
    fn begun(
        &self,
        case: &Case,
        policy: Option<&Policy>,
        template: &Template,
    ) -> Result<Result<Filled, Faults>, Fault> {
        let zone = self.office.zone();
        let about = About {
            case,
            organisation: &self.office.organisation(),
            policy,
            member: &self.session()?.member,
            now: self.now,
            zone: zone.iana_name().unwrap_or("UTC"),
        };
        Ok(fill(template, &about))
    }

    /// Subject and text of the notice to the subject, as plain text for a mail; none where no template
    /// of this language fits the case.
    pub(super) async fn notice_text(
        &self,
        case: &Case,
        policy: Option<&Policy>,
        language: &Language,
    ) -> Result<Option<(String, String)>, Fault> {
        let Some(template) = self.newest_template(LetterKind::Notice, language).await? else {
            return Ok(None);
        };
        let filled = self.begun(case, policy, &template)?;
        Ok(filled
            .ok()
            .map(|filled| (filled.subject, plain(&filled.body))))
    }

    /// What was typed, as it would be set.
    ///
    /// # Errors
    /// Faults of the form; what the rules say.
    pub async fn preview_letter(&self, id: CaseId, fields: &Fields) -> Result<Previewed, Fault> {
        let (_, written) = self.written(id, fields).await?;
        Ok(Previewed {
            subject: written.subject.into(),
            body: written.body.into(),
        })
    }

    /// The PDF of what was typed; nothing is filed. It prints what was sent on the case, so it is a
    /// reading of the case, and told as one.
    ///
    /// # Errors
    /// As [`Self::preview_letter`].
    pub async fn look_at_letter(&self, id: CaseId, fields: &Fields) -> Result<Vec<u8>, Fault> {
        let (case, written) = self.written(id, fields).await?;
        self.leave_trace(id).await?;
        self.typeset(&case, &written).await
    }

    /// Files a letter on the state of the case that the member saw.
    ///
    /// # Errors
    /// Faults of the form; [`Refusal::Changed`]; what the rules say.
    pub async fn file_letter(&self, id: CaseId, seen: u32, fields: &Fields) -> Result<Case, Fault> {
        let (case, written) = self.written(id, fields).await?;
        let bytes = self.typeset(&case, &written).await?;
        let letter = Letter {
            id: LetterId(uuid::Uuid::now_v7()),
            letter: written.kind,
            language: line(written.language.as_str())?,
            template: written.template,
            recipient: written.recipient,
            name: line(&format!("{} {}.pdf", case.number(), written.kind.code()))?,
            size: bytes.len() as u64,
            sha256: Digest(Sha256::digest(&bytes).into()),
        };
        let chunks = stream::iter([Ok::<_, std::io::Error>(Bytes::from(bytes))]);
        let kept = self
            .office
            .vault
            .receive(
                &orders::bound_to(id, letter.id.0),
                "letter.pdf",
                LETTER_MOST,
                chunks,
            )
            .await
            .map_err(|turned| match turned {
                Turned::Failed(error) => incident::vault(&error),
                turned => incident::other("a letter could not be kept", &turned),
            })?;
        let blob = LetterBlob {
            letter: letter.id,
            case: id,
            blob: kept.blob.to_string(),
            wrapped_key: kept.wrapped_key,
        };
        let filed = self.file_kept(id, seen, letter, &blob).await;
        if filed.is_err() {
            self.office.let_go(kept.blob).await;
        }
        filed
    }

    async fn file_kept(
        &self,
        id: CaseId,
        seen: u32,
        letter: Letter,
        blob: &LetterBlob,
    ) -> Result<Case, Fault> {
        let member = self.session()?.member.clone();
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let case = as_seen(&mut writing, &member, id, seen, StepKind::Letter).await?;
        let step = Step::Letter(letter);
        // Where the bytes lie is written down first: the store files no letter without them.
        if case.take(step.clone(), &member, self.now).is_ok() {
            writing.keep_letter(blob).await.map_err(incident::store)?;
        }
        let taken = self.taken(&mut writing, case, step, &member).await?;
        writing.commit().await.map_err(incident::store)?;
        taken.map_err(Fault::from)
    }

    /// Opens a filed letter for download. It is told in the ledger before the first byte leaves.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for unknown ones and those of other cases alike.
    pub async fn letter(&self, id: CaseId, letter: LetterId) -> Result<Given, Fault> {
        let member = self.on_duty(Duty::ReadCases)?.id;
        let case = self.readable(id).await?;
        let found = case.beside().letter(letter).ok_or(Fault::NotFound)?;
        let found = found.what.clone();
        let store = &self.office.store;
        let kept = store.letter_blob(letter).await.map_err(incident::store)?;
        let kept = kept.ok_or(Fault::NotFound)?;
        let chunks: Vec<Bytes> = self
            .office
            .vault
            .read(
                orders::blob_id(&kept.blob)?,
                &kept.wrapped_key,
                &orders::bound_to(id, letter.0),
            )
            .await
            .map_err(|error| incident::vault(&error))?
            .try_collect()
            .await
            .map_err(|error| incident::vault(&error))?;
        let bytes = chunks.concat();
        if Digest(Sha256::digest(&bytes).into()) != found.sha256 {
            let error = "its bytes are not the ones that were sealed";
            return Err(incident::other("a letter does not leave", &error));
        }
        let mut writing = store.begin().await.map_err(incident::store)?;
        writing
            .seal(
                self.now,
                Some(member),
                &Entry::LetterRead { case: id, letter },
            )
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(Given {
            letter: found,
            bytes,
        })
    }

    /// The case and the letter that a form holds, if this member may file it now.
    async fn written(&self, id: CaseId, fields: &Fields) -> Result<(Case, Written), Fault> {
        let member = &self.session()?.member;
        let case = self.readable(id).await?;
        if let Err(refusal) = case.may(StepKind::Letter, member) {
            self.tell_refused(id, StepKind::Letter, &refusal).await?;
            return Err(refusal.into());
        }
        let written = Written::parse(fields, &case).map_err(Refusal::from)?;
        if let Err(refusal) = case.may_write(written.kind, self.now) {
            // An attempt to tell the subject while a gag runs is told like any other.
            if !matches!(refusal, Refusal::Faulty(_)) {
                self.tell_refused(id, StepKind::Letter, &refusal).await?;
            }
            return Err(refusal.into());
        }
        let newest = self
            .newest_template(written.kind, &written.language)
            .await?;
        let delivered = letters::delivered_for(written.kind, &written.language).is_some();
        let known = newest.is_some_and(|newest| {
            written.template <= newest.version && (written.template > 0 || delivered)
        });
        if known {
            Ok((case, written))
        } else {
            let says = "There is no such template; begin the letter anew.";
            Err(Refusal::from(Faults::one("letter", says)).into())
        }
    }

    /// Sets a letter and prints it, off the threads that answer requests.
    async fn typeset(&self, case: &Case, written: &Written) -> Result<Vec<u8>, Fault> {
        let tag = written.language.to_string();
        let today = self.now.to_zoned_datetime(self.office.zone()).date();
        let today = letters::day(&tag, today);
        let sent = case
            .disclosures()
            .iter()
            .filter(|_| !confirms_nothing(case));
        let sent: Vec<record::letter::Sent> = sent
            .map(|disclosure| record::letter::Sent {
                what: disclosure.what.what.to_string(),
                day: letters::day(&tag, disclosure.what.sent.date()),
                sha256: disclosure.what.sha256,
            })
            .collect();
        let office = Arc::clone(&self.office);
        let (to, subject) = (written.to.to_string(), written.subject.to_string());
        let (text, number) = (written.body.to_string(), case.number().to_string());
        let now = self.now;
        let printed = tokio::task::spawn_blocking(move || {
            let letter = record::letter::Letter {
                organisation: &office.organisation(),
                to: &to,
                day: &today,
                subject: &subject,
                text: &text,
                language: &tag,
                number: &number,
                written: now,
                sent: &sent,
            };
            record::letter::print(office.faces(), &letter)
        })
        .await
        .map_err(|error| incident::other("printing a letter ended early", &error))?;
        printed.map_err(|flaws| {
            let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            incident::other("a letter was refused by its own checks", &told.join("; "))
        })
    }
}

/// The language the requester wrote in, where there is a template in it; else English.
fn language_of(case: &Case, languages: &[Language]) -> Language {
    let wrote = case.fields().get("language").trim().to_lowercase();
    let named = match wrote.as_str() {
        "german" | "deutsch" => "de",
        "english" | "" => "en",
        other => other,
    };
    let named = Language::parse(named).ok();
    named
        .filter(|named| languages.contains(named))
        .or_else(|| languages.first().cloned())
        .unwrap_or_else(|| Language::delivered()[0].clone())
}

/// To whom a letter of this kind goes; whom a notice goes to is typed, since a request often names
/// nothing that could stand on an envelope.
fn address(case: &Case, kind: LetterKind) -> String {
    let Some(request) = case.request().filter(|_| kind != LetterKind::Notice) else {
        return String::new();
    };
    let requester = &request.requester;
    [
        Some(&requester.person),
        requester.title.as_ref(),
        Some(&requester.authority),
        requester.unit.as_ref(),
        Some(&requester.country),
    ]
    .into_iter()
    .flatten()
    .map(Line::as_str)
    .collect::<Vec<_>>()
    .join("\n")
}

/// A letter's text without the marks that only typesetting reads.
fn plain(text: &str) -> String {
    let parts: Vec<String> = blocks(text)
        .into_iter()
        .filter_map(|block| match block {
            Block::Heading(text) | Block::Paragraph(text) => Some(text),
            Block::List(items) => Some(
                items
                    .iter()
                    .map(|item| format!("- {item}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            Block::Manifest(_) | Block::Sign(_) => None,
        })
        .collect();
    parts.join("\n\n")
}

fn line(text: &str) -> Result<Line, Fault> {
    Line::parse(text).map_err(|blame| incident::other("a letter has no proper name", &blame))
}

/// What a refusal says, be it of a field or of the whole.
fn sentence(refusal: &Refusal) -> String {
    let faults = refusal.faults();
    match faults.0.first() {
        Some(fault) => fault.says.clone(),
        None => refusal.to_string(),
    }
}
