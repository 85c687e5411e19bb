//! What is held of what was asked for, and who said so: a column of the minimisation matrix.
//! Source: domain, section 3.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    form::{Faults, Fields, Reader},
    scope::Category,
    words::Prose,
};

crate::choice! {
    /// Whether a category is held for the subject.
    Holding {
        Held = "held", "Held";
        NotHeld = "not_held", "Not held";
        AlreadyDeleted = "already_deleted", "Already deleted";
        PublicOrNotOurs = "public_or_not_ours", "Public or not ours";
        RedirectedToController = "redirected_to_controller", "The client's: redirected";
    }
}

/// The answer of somebody who looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    pub answers: BTreeMap<Category, Holding>,
    /// Where was looked, and by which identifiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<Prose>,
}

impl Search {
    /// Reads the form: `held.<category>` for each category asked for.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, requested: &BTreeSet<Category>) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let answers = requested
            .iter()
            .filter_map(|category| {
                let answer = reader.choice(&held_field(*category), "Say whether this is held.")?;
                Some((*category, answer))
            })
            .collect();
        let remarks = reader.maybe_prose("remarks");
        reader.done(Some(Self { answers, remarks }))
    }
}

/// The field of the form that answers for a category.
pub fn held_field(category: Category) -> String {
    format!("held.{}", category.code())
}
