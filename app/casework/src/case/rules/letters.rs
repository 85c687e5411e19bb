//! Which letters a case has a use for, and which it may not send. Source: domain, sections 3 and 6.

use jiff::Timestamp;

use crate::{
    Refusal,
    case::{Case, Stage},
    decision::Decision,
    form::Faults,
    letter::LetterKind,
    request::Identifier,
    template::confirms_nothing,
};

impl Case {
    /// Whether a letter of this kind may be filed now.
    ///
    /// # Errors
    /// What is missing for it, or what forbids it.
    pub fn may_write(&self, kind: LetterKind, now: Timestamp) -> Result<(), Refusal> {
        let otherwise = |says: &str| Err(Faults::one("letter", says).into());
        match kind {
            LetterKind::Notice => self.may_be_told(now),
            LetterKind::Refusal if !self.refuses() => {
                otherwise("Nothing is refused on this case; a manager decides first.")
            }
            LetterKind::Acknowledgement | LetterKind::Information | LetterKind::Refusal => Ok(()),
            _ if confirms_nothing(self) => otherwise(
                "A letter of this kind would confirm that an account exists, which this case may not.",
            ),
            LetterKind::Narrowing if self.classification().is_none() => {
                otherwise("Classify the case first: what it reaches is not known yet.")
            }
            LetterKind::Production if self.disclosures().is_empty() => {
                otherwise("Nothing is recorded as sent; record the disclosure first.")
            }
            LetterKind::Preservation if self.beside().hold().is_none() => {
                otherwise("No hold stands on this case; give the hold first.")
            }
            LetterKind::Narrowing | LetterKind::Production | LetterKind::Preservation => Ok(()),
        }
    }

    /// Whether the standing decision refuses anything, or was not upheld.
    fn refuses(&self) -> bool {
        self.not_upheld().is_some()
            || self.decisions().last().is_some_and(|decision| {
                matches!(
                    decision.what,
                    Decision::Deny(_) | Decision::ApproveInPart { .. }
                )
            })
    }

    /// The kinds of letter that may be filed now, the one the stage calls for first.
    pub fn letters_open(&self, now: Timestamp) -> Vec<LetterKind> {
        let first = match self.stage() {
            Stage::Returned => LetterKind::Information,
            Stage::Denied | Stage::PartlyApproved => LetterKind::Refusal,
            Stage::Approved if self.preserves_only() => LetterKind::Preservation,
            Stage::Disclosed => LetterKind::Production,
            Stage::Closed if self.disclosures().is_empty() => LetterKind::Refusal,
            Stage::Closed => LetterKind::Notice,
            _ => LetterKind::Acknowledgement,
        };
        let mut open: Vec<LetterKind> = LetterKind::ALL
            .iter()
            .copied()
            .filter(|kind| self.may_write(*kind, now).is_ok())
            .collect();
        open.sort_by_key(|kind| *kind != first);
        open
    }

    /// What a text names of the subject, where the letter may not confirm that an account exists.
    pub fn betrayed_by(&self, text: &str) -> Option<&Identifier> {
        if !confirms_nothing(self) {
            return None;
        }
        let request = self.request()?;
        let text = text.to_lowercase();
        // The requester's own reference is theirs, also where it holds the account's number.
        let own = request.requester.reference.as_ref();
        let own = own.map_or_else(String::new, |own| own.as_str().to_lowercase());
        let text = if own.is_empty() {
            text
        } else {
            text.replace(&own, " ")
        };
        request
            .identifiers
            .iter()
            .find(|one| stands_in(&text, &one.value.as_str().to_lowercase()))
    }
}

/// Whether a value stands in a text as a word of its own: the name "Li" is not in "listed".
fn stands_in(text: &str, value: &str) -> bool {
    text.match_indices(value).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + value.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn a_value_is_found_as_a_word_of_its_own() {
        assert!(stands_in("about jane@example.org.", "jane@example.org"));
        assert!(stands_in("li", "li"));
        assert!(!stands_in("what is listed", "li"));
    }
}
