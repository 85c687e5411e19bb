//! Letters that are filed on a case. Source: domain, section 6.

use serde::{Deserialize, Serialize};

use crate::{order::Digest, words::Line};

crate::id! {
    /// Names a letter for good.
    LetterId
}

crate::choice! {
    /// What a letter is for.
    LetterKind {
        Acknowledgement = "acknowledgement", "Acknowledgement";
        Information = "information", "Request for information";
        Narrowing = "narrowing", "Proposal to narrow";
        Refusal = "refusal", "Refusal with reasons";
        Production = "production", "Production cover";
        Notice = "notice", "Notice to the subject";
        Preservation = "preservation", "Confirmation of preservation";
    }
}

/// A letter as it was filed. Its bytes lie in the vault; their digest is sealed with this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub id: LetterId,
    /// The field is not `kind`: a step's own kind stands beside it.
    pub letter: LetterKind,
    /// As BCP 47 names it: `en`, `de`, `pt-BR`.
    pub language: Line,
    /// The version of the template that it began from; 0 is what the desk was delivered with.
    pub template: u32,
    /// To whom it goes.
    pub recipient: Line,
    /// The name of its file.
    pub name: Line,
    /// Length of the PDF in bytes.
    pub size: u64,
    pub sha256: Digest,
}
