//! The chapters of a record, in the order a court reads them: the answer first, the proof last.

mod beside;
mod decisions;
mod disclosures;
mod enclosed;
mod ground;
mod history;
mod left_out;
mod orders;
mod pages;
mod phrases;
mod proof;
mod request;
mod scope;
mod summary;
mod verification;

use casework::case::Case;
use casework::dossier::Dossier;
use casework::ledger::Entry;
use casework::ledger::evidence::{Sealed, Sound};
use casework::member::MemberId;
use casework::order::Digest;
use sha2::Digest as _;

use crate::faces::{FontBook, Voice};
use crate::job::Job;
use crate::plain::Plain;
use crate::press::{self, Flaw};
use crate::setting::{Compositor, Imprint, Running};
use crate::sheet::{Attachment, Relation, Sheets};

/// Prints the record of a case.
///
/// The same job and book give the same bytes. A seal is an appendix to these bytes, made
/// elsewhere: nothing here keeps room for one.
///
/// # Errors
/// Everything that keeps the document from conforming to PDF/A-3a and PDF/UA-1, or from being
/// proven by its own evidence.
pub fn print(book: &FontBook, job: &Job<'_>) -> Result<Vec<u8>, Vec<Flaw>> {
    press::press(&set(book, job)?, book)
}

/// What the chapters tell of.
struct Story<'a> {
    job: &'a Job<'a>,
    dossier: &'a Dossier,
    case: &'a Case,
    /// Every step and every refused attempt, opened.
    history: Vec<Sound>,
    /// SHA-256 of `case.json`.
    json: Digest,
}

impl Story<'_> {
    /// A member as they signed elsewhere in the case.
    fn who(&self, id: Option<MemberId>) -> String {
        let Some(id) = id else {
            return "The desk".into();
        };
        let signed = self
            .history
            .iter()
            .find_map(|sound| match &sound.opened.entry {
                Entry::Step { event } if event.by.id == id => Some(&event.by),
                _ => None,
            });
        match signed {
            Some(by) => format!("{}\n{}", by.name, by.role.word()),
            None => format!("Member {id}"),
        }
    }
}

/// Sets the record of a case, without printing it.
///
/// # Errors
/// Where the evidence does not hold, an order to enclose is not on the case, or the case does not
/// serialise.
pub fn set(book: &FontBook, job: &Job<'_>) -> Result<Sheets, Vec<Flaw>> {
    let dossier = job.dossier;
    let history = dossier.ledger.entries.iter().map(Sealed::open);
    let history = history
        .collect::<Result<Vec<_>, _>>()
        .map_err(|unsound| vec![Flaw::Unsound(unsound)])?;
    let json = dossier
        .json()
        .map_err(|fault| vec![Flaw::NoSource(fault.to_string())])?;
    let story = Story {
        job,
        dossier,
        case: &dossier.case,
        history,
        json: Digest(sha2::Sha256::digest(&json).into()),
    };

    let number = dossier.case.number();
    let title = format!("Disclosure record {number}");
    let subject = format!(
        "What was asked in case {number}, who decided what and why, and what was disclosed"
    );
    let mut page = Compositor::new(
        book,
        &Imprint {
            title: &title,
            subject: &subject,
            author: dossier.organisation.as_str(),
            language: "en",
            written: dossier.as_of,
            draft: dossier.is_draft(),
        },
    );
    summary::set(&mut page, &story, &title);
    page.turn();
    request::set(&mut page, &story);
    ground::set(&mut page, &story);
    scope::set(&mut page, &story);
    orders::set(&mut page, &story);
    verification::set(&mut page, &story);
    decisions::set(&mut page, &story);
    disclosures::set(&mut page, &story);
    beside::process(&mut page, &story);
    beside::holds(&mut page, &story);
    beside::gags(&mut page, &story);
    disclosures::notice(&mut page, &story);
    beside::objections(&mut page, &story);
    beside::letters(&mut page, &story);
    history::clocks(&mut page, &story);
    history::hands(&mut page, &story);
    history::timeline(&mut page, &story);
    left_out::set(&mut page, &story);
    proof::set(&mut page, &story);

    page.attach(Attachment {
        name: "case.json".into(),
        media_type: "application/json".into(),
        description: Plain::new(
            book,
            Voice::Text,
            &format!("Case {number} with its evidence, as this record was made from it"),
        ),
        relation: Relation::Source,
        bytes: json,
    });
    enclosed::attach(&mut page, job).map_err(|flaw| vec![flaw])?;
    Ok(page.finish(&running(&story, &title)))
}

/// The words at the head and foot of every page.
fn running(story: &Story<'_>, title: &str) -> Running {
    let (case, checkpoint) = (story.case, story.dossier.ledger.checkpoint.checkpoint());
    Running {
        left: story.dossier.organisation.as_str().to_owned(),
        right: format!("{} · {}", case.number(), case.stage()),
        checkpoint: [
            format!("{}  size {}", checkpoint.origin, checkpoint.size),
            format!("root {}", proof::root(checkpoint)),
        ],
        symbol: checkpoint.to_string(),
        state: format!("{title} · {} · {}", case.outcome(), story.dossier.edition),
        draft: story.dossier.is_draft().then(|| {
            format!(
                "DRAFT — case not closed; record as of {}",
                phrases::moment(story.dossier.as_of)
            )
        }),
    }
}
