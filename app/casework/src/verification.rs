//! Who the requester really is: a recorded act, never a matching e-mail domain.

use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    words::{Line, Prose},
};

crate::choice! {
    /// How the requester's identity was tested.
    Method {
        /// A call to a number found independently of the request.
        CallBack = "call_back", "Call-back to an independently found number";
        Docket = "docket", "Looked up in the court's own register";
        ServedInPerson = "served_in_person", "Served in person or through a central authority";
        Known = "known", "Counsel or officer known to us, confirmed by a second channel";
    }
}

crate::choice! {
    /// What the test showed.
    Finding {
        Confirmed = "confirmed", "Confirmed";
        NotConfirmed = "not_confirmed", "Not confirmed";
    }
}

/// One test of the requester's identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub method: Method,
    /// The number called, the register searched, the address used.
    pub contact: Line,
    /// Where that was found, independently of the request.
    pub source: Line,
    /// Who answered, by name and title; for a register, the entry found.
    pub answered_by: Line,
    pub at: ZonedDateTime,
    pub finding: Finding,
    pub remarks: Option<Prose>,
}

impl Verification {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, now: jiff::Timestamp) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let method = reader.choice("method", "Say how the requester was verified.");
        let contact = reader.line(
            "contact",
            "Give the number, address or register that was used.",
        );
        let source = reader.line(
            "source",
            "Say where it was found, independently of the request: the authority's own site, a directory, earlier post.",
        );
        let answered_by = reader.line("answered_by", "Say who answered, or which entry was found.");
        let at = reader.moment("at", "zone", "Say when.");
        if at.as_ref().is_some_and(|at| at.timestamp() > now) {
            reader.blame(
                "at",
                "This lies in the future; a verification is recorded after it was done.",
            );
        }
        let finding = reader.choice("finding", "Say what it showed.");
        let remarks = reader.maybe_prose("remarks");
        let made = (|| {
            Some(Self {
                method: method?,
                contact: contact?,
                source: source?,
                answered_by: answered_by?,
                at: at?,
                finding: finding?,
                remarks,
            })
        })();
        reader.done(made)
    }
}
