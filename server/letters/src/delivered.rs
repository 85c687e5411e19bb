//! What the desk is delivered with: each kind of letter in English and in German, as version 0.
//! Defaults that counsel should read before they are relied on; the pages that show them say so.

use casework::{
    letter::LetterKind,
    template::{Language, Template},
    words::{Line, Prose},
};

macro_rules! texts {
    ($($kind:ident $file:literal;)+) => {
        /// Kind, English, German. The first line of a file is the subject.
        const TEXTS: &[(LetterKind, &str, &str)] = &[$((
            LetterKind::$kind,
            include_str!(concat!("../delivered/en/", $file, ".txt")),
            include_str!(concat!("../delivered/de/", $file, ".txt")),
        ),)+];
    };
}

texts! {
    Acknowledgement "acknowledgement";
    Information "information";
    Narrowing "narrowing";
    Refusal "refusal";
    Production "production";
    Notice "notice";
    Preservation "preservation";
}

/// Every template the desk is delivered with.
pub fn delivered() -> Vec<Template> {
    TEXTS
        .iter()
        .flat_map(|(kind, english, german)| {
            let [en, de] = Language::delivered();
            [(en, english), (de, german)].map(|(language, text)| read(*kind, language, text))
        })
        .flatten()
        .collect()
}

/// The delivered template of a kind in a language, if there is one.
pub fn delivered_for(kind: LetterKind, language: &Language) -> Option<Template> {
    delivered()
        .into_iter()
        .find(|template| template.kind == kind && template.language == *language)
}

fn read(kind: LetterKind, language: Language, text: &str) -> Option<Template> {
    let (subject, body) = text.split_once('\n')?;
    Some(Template {
        kind,
        language,
        version: 0,
        subject: Line::parse(subject).ok()?,
        body: Prose::parse(body).ok()?,
    })
}
