//! The chapters of a record, in the order a court reads them: the answer first, the proof last.

mod decisions;
mod disclosures;
mod ground;
mod history;
mod orders;
mod phrases;
mod proof;
mod request;
mod scope;
mod summary;
mod verification;

use casework::order::Digest;
use sha2::Digest as _;

use crate::dossier::Dossier;
use crate::faces::{FontBook, Voice};
use crate::plain::Plain;
use crate::press::{self, Flaw};
use crate::setting::{Compositor, Imprint, Running};
use crate::sheet::{Attachment, Relation, Sheets};

/// Prints the record of a case.
///
/// The same dossier and book give the same bytes. A seal is an appendix to these bytes, made
/// elsewhere: nothing here keeps room for one.
///
/// # Errors
/// Everything that keeps the document from conforming to PDF/A-3a and PDF/UA-1.
pub fn print(book: &FontBook, dossier: &Dossier) -> Result<Vec<u8>, Vec<Flaw>> {
    press::press(&set(book, dossier)?, book)
}

/// Sets the record of a case, without printing it.
///
/// # Errors
/// [`Flaw::NoSource`], should the case not serialise.
pub fn set(book: &FontBook, dossier: &Dossier) -> Result<Sheets, Vec<Flaw>> {
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
            written: dossier.printed_at,
            draft: dossier.is_draft(),
        },
    );
    let json = dossier
        .json()
        .map_err(|fault| vec![Flaw::NoSource(fault.to_string())])?;
    let digest = Digest(sha2::Sha256::digest(&json).into());

    summary::set(&mut page, dossier, &title);
    page.turn();
    request::set(&mut page, dossier);
    ground::set(&mut page, dossier);
    scope::set(&mut page, dossier);
    orders::set(&mut page, dossier);
    verification::set(&mut page, dossier);
    decisions::set(&mut page, dossier);
    disclosures::set(&mut page, dossier);
    disclosures::notice(&mut page, dossier);
    history::clocks(&mut page, dossier);
    history::hands(&mut page, dossier);
    history::timeline(&mut page, dossier);
    proof::set(&mut page, dossier, digest);

    page.attach(Attachment {
        name: "case.json".into(),
        media_type: "application/json".into(),
        description: Plain::new(
            book,
            Voice::Text,
            &format!("Case {number} with all its events, as this record was made from it"),
        ),
        relation: Relation::Source,
        bytes: json,
    });
    Ok(page.finish(&running(dossier, &title)))
}

/// The words at the head and foot of every page.
fn running(dossier: &Dossier, title: &str) -> Running {
    let case = &dossier.case;
    Running {
        left: dossier.organisation.as_str().to_owned(),
        right: title.to_owned(),
        foot: format!(
            "Ledger size {} root {}",
            dossier.checkpoint.size, dossier.checkpoint.root
        ),
        state: format!(
            "Case {} · {} · {}",
            case.number(),
            case.stage(),
            case.outcome()
        ),
        draft: dossier.is_draft().then(|| {
            format!(
                "DRAFT — case not closed; record as of {}",
                phrases::moment(dossier.printed_at)
            )
        }),
    }
}
