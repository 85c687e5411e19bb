//! The made-up case: what is shown to whoever writes a template.

use casework::{
    letter::LetterKind,
    template::{Shape, fields_of},
};
use minijinja::Value;

use super::Facts;

/// A case that has everything its kind of letter may tell.
pub fn whole(kind: LetterKind) -> Facts {
    fields_of(kind)
        .map(|field| {
            let value = match field.shape {
                Shape::Word | Shape::Maybe => Value::from(field.example),
                Shape::Flag => Value::from(false),
                Shape::Words => field.example.split("; ").map(Value::from).collect(),
                Shape::Items(parts) => {
                    let parts = parts.iter().map(|(name, _, example)| (*name, *example));
                    let item: Value = parts.map(|(name, one)| (name, Value::from(one))).collect();
                    [item].into_iter().collect()
                }
            };
            (field.name, value)
        })
        .collect()
}

/// A case that has only what every case has, and nothing in its lists.
pub fn bare(kind: LetterKind) -> Facts {
    let mut facts = whole(kind);
    for field in fields_of(kind) {
        match field.shape {
            Shape::Word => {}
            Shape::Maybe => {
                facts.remove(field.name);
            }
            Shape::Flag => {
                facts.insert(field.name, Value::from(true));
            }
            Shape::Words | Shape::Items(_) => {
                facts.insert(field.name, Vec::<Value>::new().into_iter().collect());
            }
        }
    }
    facts
}
