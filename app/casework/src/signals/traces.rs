//! What a request leaves behind so that the next one with the same number or the same words is
//! known: keys that a database finds along an index, without reading any other case.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::{
    case::Case, directory::folded, ledger::sealed::is_mask, order::Digest, phone, search::words,
};

/// Fewest words of a text that two requests share by more than habit.
const WORDS_LEAST: usize = 8;
/// Most numbers of one request that are kept.
const NUMBERS_MOST: usize = 10;
/// Most letters of an agency's name in a key.
const AGENCY_MOST: usize = 100;

crate::choice! {
    /// What kind of key it is.
    Trace {
        /// The last digits of a telephone number.
        Phone = "phone", "telephone number";
        /// The fingerprint of what is asked.
        Text = "text", "wording";
    }
}

/// The keys of a case. Each begins as those of a case that shares something with it ([`shared_by`])
/// and ends with the agency's name, so that the agencies that share it can be walked one by one,
/// however many requests each of them sent.
pub fn of_case(case: &Case) -> BTreeSet<(Trace, String)> {
    let agency = folded(case.fields().get("authority"));
    let agency: String = agency.chars().take(AGENCY_MOST).collect();
    let phone = case.fields().get("phone");
    let plain = phone::plain(phone).unwrap_or_default();
    shared_by(case)
        .into_iter()
        .map(|(trace, key)| match trace {
            Trace::Phone => (trace, format!("{key}{plain} {agency}")),
            Trace::Text => (trace, format!("{key}{agency}")),
        })
        .collect()
}

/// What the keys of every case begin with that gives the same number or says the same words: the
/// numbers first, in the order they are read.
pub fn shared_by(case: &Case) -> Vec<(Trace, String)> {
    let fields = case.fields();
    let phones = phone::keys(fields.get("phone"))
        .into_iter()
        .filter(|key| key.len() >= phone::TELLING)
        .take(NUMBERS_MOST)
        .map(|key| (Trace::Phone, format!("{key} ")));
    let text = fingerprint(fields.get("asks")).map(|print| (Trace::Text, format!("{print} ")));
    phones.chain(text).collect()
}

/// The number that a key of a case tells.
pub fn number_in(key: &str) -> &str {
    key.split(' ').nth(1).unwrap_or_default()
}

/// The fingerprint of a text, whatever its case, accents, spaces and signs; none for one so short
/// that many say it.
pub fn fingerprint(text: &str) -> Option<Digest> {
    let all: Vec<String> = words(text).collect();
    (all.len() >= WORDS_LEAST && !is_mask(text.trim())).then(|| {
        let mut hash = Sha256::new();
        hash.update(all.join(" ").as_bytes());
        Digest(hash.finalize().into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_has_one_fingerprint_however_it_is_set() {
        let one = "All records of the account behind the shop, including messages.";
        let other = "ALL records of the account,\r\n behind the shop - including   messages";
        assert!(fingerprint(one).is_some());
        assert_eq!(fingerprint(one), fingerprint(other));
        assert_ne!(fingerprint(one), fingerprint(&format!("{one} Now.")));
    }

    #[test]
    fn what_everybody_writes_is_nobodys_wording() {
        assert_eq!(fingerprint("All records, please."), None);
    }
}
