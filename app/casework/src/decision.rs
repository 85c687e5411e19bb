//! What a manager decides, and what a second one says of an emergency release.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    emergency::Span,
    form::{Faults, Fields, Reader},
    reason::ReasonCode,
    scope::{Category, in_sentence},
    tables::Tables,
    words::{Line, Prose, Reasons},
};

crate::choice! {
    /// The four ways to decide.
    Verdict {
        Approve = "approve", "Approve";
        ApproveInPart = "approve_in_part", "Approve in part";
        Deny = "deny", "Deny";
        Return = "return", "Return for information";
    }
}

/// Why a category or a whole request was refused: a code that can be counted, and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub code: ReasonCode,
    /// What the code was called when it was given; none for decisions from before the tables had
    /// versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Line>,
    pub reasons: Reasons,
}

impl Refused {
    /// The reason in a word.
    pub fn says(&self) -> &str {
        self.word
            .as_ref()
            .map_or_else(|| self.code.word(), |word| word.as_str())
    }
}

/// A manager's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict")]
pub enum Decision {
    /// All that was asked for is granted.
    #[serde(rename = "approve")]
    Approve {
        remarks: Option<Prose>,
        /// Rights or property: the approver says that they are not the person harmed or claiming.
        not_claiming: bool,
        /// Emergencies: the days of data that are released.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        span: Option<Span>,
    },
    /// Some categories are granted; each other one is refused with its reason.
    #[serde(rename = "approve_in_part")]
    ApproveInPart {
        granted: BTreeSet<Category>,
        refused: BTreeMap<Category, Refused>,
        remarks: Option<Prose>,
        not_claiming: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        span: Option<Span>,
    },
    /// Nothing is granted.
    #[serde(rename = "deny")]
    Deny(Refused),
    /// Something is missing; the case goes back to legal staff.
    #[serde(rename = "return")]
    Return { needs: Reasons },
}

impl Decision {
    /// Reads the form; `requested` are the categories that the request asks for, `tables` say which
    /// reasons may be given.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(
        fields: &Fields,
        requested: &BTreeSet<Category>,
        tables: &Tables,
    ) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let verdict = reader.choice("verdict", "Choose how to decide.");
        let not_claiming = reader.ticked("not_claiming");
        let remarks = reader.maybe_prose("remarks");
        let span = match verdict {
            Some(Verdict::Approve | Verdict::ApproveInPart) => Span::read(&mut reader),
            _ => None,
        };
        let made = match verdict {
            None => None,
            Some(Verdict::Approve) => Some(Self::Approve {
                remarks,
                not_claiming,
                span,
            }),
            Some(Verdict::ApproveInPart) => {
                let mut granted = BTreeSet::new();
                let mut refused = BTreeMap::new();
                for category in requested {
                    let grant = format!("grant.{}", category.code());
                    match reader.fields().get(&grant) {
                        "yes" => {
                            granted.insert(*category);
                        }
                        "no" => {
                            if let Some(why) = refusal_of(
                                &mut reader,
                                &format!("{}.", category.code()),
                                &in_sentence(*category),
                                tables,
                            ) {
                                refused.insert(*category, why);
                            }
                        }
                        _ => reader.blame(
                            &grant,
                            format!("Grant or refuse {}.", in_sentence(*category)),
                        ),
                    }
                }
                Some(Self::ApproveInPart {
                    granted,
                    refused,
                    remarks,
                    not_claiming,
                    span,
                })
            }
            Some(Verdict::Deny) => {
                refusal_of(&mut reader, "", "this request", tables).map(Self::Deny)
            }
            Some(Verdict::Return) => reader
                .prose(
                    "needs",
                    "Say what is missing, so that it can be mended at once.",
                )
                .map(|needs| Self::Return { needs }),
        };
        reader.done(made)
    }

    /// The verdict, without its reasons.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Approve { .. } => Verdict::Approve,
            Self::ApproveInPart { .. } => Verdict::ApproveInPart,
            Self::Deny(_) => Verdict::Deny,
            Self::Return { .. } => Verdict::Return,
        }
    }

    /// Whether it lets anything leave the house.
    pub fn approves(&self) -> bool {
        matches!(self, Self::Approve { .. } | Self::ApproveInPart { .. })
    }
}

/// Reason code and words; the fields are `<prefix>code` and `<prefix>reasons`. `of` names what is
/// refused, so that the faults of two categories can be told apart.
fn refusal_of(reader: &mut Reader<'_>, prefix: &str, of: &str, tables: &Tables) -> Option<Refused> {
    let field = format!("{prefix}code");
    let raw = reader.fields().get(&field).trim();
    let row = ReasonCode::parse(raw)
        .ok()
        .and_then(|code| tables.offered(&code));
    if raw.is_empty() {
        reader.blame(&field, format!("Choose the reason for refusing {of}."));
    } else if row.is_none() {
        reader.blame(&field, "This is not one of the choices.");
    }
    let reasons = reader.prose(
        &format!("{prefix}reasons"),
        &format!("Say why {of} is refused, in words the requester could be told."),
    );
    let row = row?;
    Some(Refused {
        code: row.code.clone(),
        word: Some(row.word.clone()),
        reasons: reasons?,
    })
}

crate::choice! {
    /// What the second manager says of an emergency release.
    ReviewFinding {
        Upheld = "upheld", "Upheld: the release was right";
        NotUpheld = "not_upheld", "Not upheld: the release was wrong";
    }
}

/// A second manager's review of an emergency release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub finding: ReviewFinding,
    pub reasons: Reasons,
}

impl Review {
    /// Reads the form.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let finding = reader.choice("finding", "Say whether the release was right.");
        let reasons = reader.prose("reasons", "Say why.");
        let made = finding
            .zip(reasons)
            .map(|(finding, reasons)| Self { finding, reasons });
        reader.done(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> BTreeSet<Category> {
        BTreeSet::from([Category::EmailAddress, Category::IpHistory])
    }

    #[test]
    fn a_denial_always_carries_a_code_and_words() {
        let faults = Decision::parse(
            &Fields::new().with("verdict", "deny"),
            &both(),
            &Tables::delivered(),
        )
        .unwrap_err();
        assert!(faults.of("code").is_some() && faults.of("reasons").is_some());
    }

    #[test]
    fn approval_in_part_answers_for_every_category() {
        let fields = Fields::new()
            .with("verdict", "approve_in_part")
            .with("grant.email_address", "yes");
        let faults = Decision::parse(&fields, &both(), &Tables::delivered()).unwrap_err();
        assert_eq!(
            faults.of("grant.ip_history"),
            Some("Grant or refuse IP history.")
        );
        let fields = fields
            .with("grant.ip_history", "no")
            .with("ip_history.code", "overbroad")
            .with("ip_history.reasons", "The order covers one evening.");
        assert!(Decision::parse(&fields, &both(), &Tables::delivered()).is_ok());
    }
}
