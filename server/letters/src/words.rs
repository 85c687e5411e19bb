//! The domain's closed lists in the languages the desk is delivered with. Every other language tells
//! them in English; its templates may ask for the code and use words of their own.

mod german;

use casework::{
    decision::Refused,
    disclosure::{Answer, Means},
    instrument::Instrument,
    member::Role,
    request::IdentifierKind,
    scope::{Category, in_sentence},
};

/// Whether a tag names some German.
fn is_german(tag: &str) -> bool {
    tag == "de" || tag.starts_with("de-")
}

/// The German word for a code, in a German letter; else the English one.
fn word(tag: &str, german: &[(&str, &'static str)], code: &str, english: &str) -> String {
    german
        .iter()
        .find(|(known, _)| is_german(tag) && *known == code)
        .map_or(english, |(_, word)| word)
        .to_owned()
}

pub fn category(tag: &str, one: Category) -> String {
    word(tag, german::CATEGORIES, one.code(), &in_sentence(one))
}

pub fn instrument(tag: &str, one: Instrument) -> String {
    word(tag, german::INSTRUMENTS, one.code(), one.word())
}

pub fn role(tag: &str, one: Role) -> String {
    word(tag, german::ROLES, one.code(), one.word())
}

pub fn identifier(tag: &str, one: IdentifierKind) -> String {
    word(tag, german::IDENTIFIERS, one.code(), one.word())
}

pub fn answer(tag: &str, one: Answer) -> String {
    word(tag, german::ANSWERS, one.code(), &within(one.word()))
}

pub fn means(tag: &str, one: Means) -> String {
    word(tag, german::MEANS, one.code(), &within(one.word()))
}

/// An English word of a list as it stands inside a sentence.
fn within(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// That the second manager did not agree.
pub fn not_upheld(tag: &str) -> String {
    const CODE: &str = "not_upheld";
    let german = [(
        CODE,
        "Die Freigabe wurde bei der Überprüfung nicht bestätigt",
    )];
    word(tag, &german, CODE, "The release was not upheld on review")
}

/// A reason in the word it had when it was given. It is translated only while that word is the one
/// the desk was delivered with: what an administrator wrote since is nobody's to translate.
pub fn reason(tag: &str, why: &Refused) -> String {
    let said = why.says();
    if said == why.code.word() {
        word(tag, german::REASONS, why.code.code(), said)
    } else {
        said.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_has_a_word_for_each_code() {
        let all = |codes: Vec<&str>, words: &[(&str, &str)]| {
            let known: Vec<&str> = words.iter().map(|(code, _)| *code).collect();
            assert_eq!(codes, known);
        };
        all(
            Category::ALL.iter().map(|one| one.code()).collect(),
            german::CATEGORIES,
        );
        all(
            Instrument::ALL.iter().map(|one| one.code()).collect(),
            german::INSTRUMENTS,
        );
        all(
            Role::ALL.iter().map(|one| one.code()).collect(),
            german::ROLES,
        );
        all(
            IdentifierKind::ALL.iter().map(|one| one.code()).collect(),
            german::IDENTIFIERS,
        );
        all(
            Answer::ALL.iter().map(|one| one.code()).collect(),
            german::ANSWERS,
        );
        all(
            Means::ALL.iter().map(|one| one.code()).collect(),
            german::MEANS,
        );
        let reasons = casework::reason::DELIVERED.iter().map(|(code, _)| *code);
        all(reasons.collect(), german::REASONS);
    }

    #[test]
    fn a_word_of_a_list_stands_inside_a_sentence() {
        assert_eq!(means("en", Means::Portal), "the authority's portal");
        assert_eq!(answer("fr", Answer::AlreadyDeleted), "already deleted");
    }

    #[test]
    fn only_german_speaks_german() {
        assert_eq!(category("de-AT", Category::IpHistory), "IP-Verlauf");
        assert_eq!(category("fr", Category::IpHistory), "IP history");
        assert_eq!(category("den", Category::IpHistory), "IP history");
    }
}
