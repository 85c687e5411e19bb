//! Words a person would remember a case by, folded so that both databases find them alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::case::Case;

/// Most words of a query that are searched for; more do not narrow it.
pub const QUERY_WORDS_MOST: usize = 12;
/// Longest word that is indexed, in characters.
const WORD_MOST: usize = 64;

/// Splits text into words: letters and digits, lower case, without accents. What stands between
/// them, also inside e-mail addresses, file names and docket numbers, parts words; a search does
/// the same, so that "mare" finds "maré" however it was composed.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.chars()
                .take(WORD_MOST)
                .flat_map(char::to_lowercase)
                .collect()
        })
        .collect();
    words.into_iter()
}

/// Every word a person would remember the case by, once each.
pub fn of_case(case: &Case) -> String {
    let mut text = vec![case.number().to_string()];
    let coded = |name: &str| {
        matches!(
            name,
            "categories" | "confidential" | "test" | "received_zone" | "authority_id"
        )
    };
    text.extend(
        case.fields()
            .pairs()
            .filter(|(name, _)| !coded(name))
            .map(|(_, value)| value.to_owned()),
    );
    if let Some(classification) = case.classification() {
        text.push(classification.ground.word().into());
        text.push(classification.instrument.word().into());
        text.extend(classification.answers.values().cloned());
    }
    for order in case.orders() {
        text.push(order.order().name.to_string());
        text.push(order.order().sha256.to_string());
    }
    for disclosure in case.disclosures() {
        text.push(disclosure.what.recipient.to_string());
        text.push(disclosure.what.what.to_string());
        text.extend(disclosure.what.sha256.map(|digest| digest.to_string()));
    }
    text.extend(case.hands().map(|(_, hand)| hand.name.to_string()));
    let all: std::collections::BTreeSet<String> = text.iter().flat_map(|one| words(one)).collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_how_they_are_composed_do_not_matter() {
        let plain: Vec<_> = words("Mare ALTA").collect();
        assert_eq!(words("maré alta").collect::<Vec<_>>(), plain);
        assert_eq!(words("mare\u{301} alta").collect::<Vec<_>>(), plain);
    }

    #[test]
    fn an_address_is_found_by_any_of_its_parts() {
        let found: Vec<_> = words("Jane.Roe@Example.org; 1:26-cr-00042").collect();
        assert_eq!(
            found,
            ["jane", "roe", "example", "org", "1", "26", "cr", "00042"]
        );
    }
}
