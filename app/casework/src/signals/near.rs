//! Domains that are made to be taken for another.
//!
//! A look-alike is told, never judged: two honest offices may well have names that are near. What
//! is compared is what a hurried reader sees: letters as their look-alikes (Unicode Technical
//! Standard 39), accents, dots and hyphens left away, one slip of the keyboard allowed, another
//! ending, the name carried inside a longer one. Whoever registered the official domain also owns
//! what lies below it, so nothing there is a look-alike.
//!
//! [`keys`] and [`wanted`] let a database find what may be near along an index: a look at one
//! domain costs a few lookups, however many the directory has.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use crate::directory::Domain;

/// A name shorter than this is near too many others for one slip to tell anything.
const SLIP_LEAST: usize = 7;
/// A name without its ending says something from this length on.
const STEM_LEAST: usize = 5;
/// A name that is carried inside a longer one says something from this length on.
const CARRIED_LEAST: usize = 8;

/// How one domain is like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same to the eye: letters of another script, or ones that look alike.
    Letters,
    /// Only dots and hyphens differ.
    Joints,
    /// One letter added, left out, changed or swapped.
    Slip,
    /// The same name under another ending.
    Ending,
    /// The official name inside a longer one.
    Carried,
}

impl Likeness {
    /// How they differ, in words.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Letters => "they are spelled with letters that look alike",
            Self::Joints => "only dots and hyphens tell them apart",
            Self::Slip => "one letter tells them apart",
            Self::Ending => "only their endings differ",
            Self::Carried => "it carries that name inside a longer one",
        }
    }
}

/// How a domain is like an official one, if it is not its own holder's.
pub fn likeness(suspect: &Domain, official: &Domain) -> Option<Likeness> {
    if suspect.is_within(official) || suspect.registered() == official.registered() {
        return None;
    }
    let (ours, theirs) = (official.registered(), suspect.registered());
    let pairs = [
        (suspect, official),
        (&theirs, &ours),
        (suspect, &ours),
        (&theirs, official),
    ];
    let any =
        |alike: fn(&Domain, &Domain) -> bool| pairs.iter().any(|(one, other)| alike(one, other));
    let found = [
        (any(same_letters), Likeness::Letters),
        (any(same_joints), Likeness::Joints),
        (any(same_stem), Likeness::Ending),
        (any(one_slip), Likeness::Slip),
        (
            carries(suspect, official) || carries(suspect, &ours),
            Likeness::Carried,
        ),
    ];
    found
        .into_iter()
        .find_map(|(is, likeness)| is.then_some(likeness))
}

fn same_letters(one: &Domain, other: &Domain) -> bool {
    seen(&one.shown()) == seen(&other.shown())
}

fn same_joints(one: &Domain, other: &Domain) -> bool {
    flat(one.as_str()) == flat(other.as_str()) || squashed(one) == squashed(other)
}

fn same_stem(one: &Domain, other: &Domain) -> bool {
    let stem = squashed_stem(one);
    stem.chars().count() >= STEM_LEAST && stem == squashed_stem(other)
}

/// As it is spelled, and as it is seen: where one letter looks like two, a slip is two.
fn one_slip(one: &Domain, other: &Domain) -> bool {
    let near = |one: &str, other: &str| {
        one.chars().count().min(other.chars().count()) >= SLIP_LEAST
            && strsim::osa_distance(one, other) <= 1
    };
    near(&squashed(one), &squashed(other))
        || near(&squashed_stem(one), &squashed_stem(other))
        || near(&flat(&one.shown()), &flat(&other.shown()))
        || near(&flat(&stem(one)), &flat(&stem(other)))
}

fn carries(suspect: &Domain, official: &Domain) -> bool {
    let names = [squashed(official), squashed_stem(official)];
    windows(suspect)
        .iter()
        .any(|window| window.chars().count() >= CARRIED_LEAST && names.contains(window))
}

/// A text as a hurried reader sees it: each letter as the one it is taken for, no accents.
fn seen(text: &str) -> String {
    let alike: String = skeleton(&text.to_lowercase())
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    // Pairs that the standard leaves out and every forger knows.
    alike.replace("vv", "w").replace("cl", "d")
}

fn flat(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '.' | '-')).collect()
}

fn squashed(domain: &Domain) -> String {
    flat(&seen(&domain.shown()))
}

fn stem(domain: &Domain) -> String {
    idna::domain_to_unicode(domain.stem()).0
}

fn squashed_stem(domain: &Domain) -> String {
    flat(&seen(&stem(domain)))
}

/// Every run of the parts that dots and hyphens make, put together.
fn windows(domain: &Domain) -> BTreeSet<String> {
    let shown = domain.shown();
    let parts: Vec<&str> = shown
        .split(['.', '-'])
        .filter(|part| !part.is_empty())
        .take(16)
        .collect();
    (0..parts.len())
        .flat_map(|first| (first..parts.len()).map(move |last| (first, last)))
        // The whole is no longer name that carries another.
        .filter(|(first, last)| last - first + 1 < parts.len())
        .map(|(first, last)| flat(&seen(&parts[first..=last].join("."))))
        .collect()
}

/// Marks the keys of a name without its ending.
const STEM: char = '*';

/// What an official domain is found by.
pub fn keys(official: &Domain) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for domain in [official.clone(), official.registered()] {
        keys.insert(flat(domain.as_str()));
        for whole in [squashed(&domain), flat(&domain.shown())] {
            keys.extend(with_slips(&whole));
        }
        for stem in [squashed_stem(&domain), flat(&stem(&domain))] {
            keys.extend(
                with_slips(&stem)
                    .into_iter()
                    .map(|key| format!("{STEM}{key}")),
            );
        }
    }
    keys
}

/// The keys under which an official domain stands that this one may be like.
pub fn wanted(suspect: &Domain) -> BTreeSet<String> {
    let mut wanted = keys(suspect);
    for window in windows(suspect) {
        if window.chars().count() >= CARRIED_LEAST {
            wanted.insert(format!("{STEM}{window}"));
            wanted.insert(window);
        }
    }
    wanted
}

/// A name, and what is left of it without any one letter: two names that one slip tells apart have
/// one of these in common.
fn with_slips(name: &str) -> BTreeSet<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut all: BTreeSet<String> = [name.to_owned()].into();
    if letters.len() >= SLIP_LEAST {
        all.extend((0..letters.len()).map(|at| {
            letters
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != at)
                .map(|(_, c)| c)
                .collect()
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(raw: &str) -> Domain {
        Domain::parse(raw).unwrap()
    }

    /// Pairs of our own making: what is official, what is made to be taken for it, how.
    const PAIRS: &[(&str, &str, Likeness)] = &[
        // Cyrillic: а, е, о, р, с, х, у, і, ѕ, ј.
        ("police.example", "p\u{043e}lice.example", Likeness::Letters),
        ("police.example", "\u{0440}olice.example", Likeness::Letters),
        ("police.example", "poli\u{0441}e.example", Likeness::Letters),
        ("police.example", "polic\u{0435}.example", Likeness::Letters),
        ("police.example", "pol\u{0456}ce.example", Likeness::Letters),
        ("harbor.example", "h\u{0430}rbor.example", Likeness::Letters),
        (
            "justice.example",
            "\u{0458}ustice.example",
            Likeness::Letters,
        ),
        (
            "justice.example",
            "ju\u{0455}tice.example",
            Likeness::Letters,
        ),
        ("county.example", "count\u{0443}.example", Likeness::Letters),
        // Greek omicron and nu, Armenian oh.
        ("police.example", "p\u{03bf}lice.example", Likeness::Letters),
        ("county.example", "cou\u{0578}ty.example", Likeness::Letters),
        // Latin letters and digits.
        ("police.example", "po1ice.example", Likeness::Letters),
        ("police.example", "p0lice.example", Likeness::Letters),
        ("marshal.example", "rnarshal.example", Likeness::Letters),
        ("warrant.example", "vvarrant.example", Likeness::Letters),
        ("police.example", "poli\u{00e7}e.example", Likeness::Letters),
        ("police.example", "pol\u{0131}ce.example", Likeness::Letters),
        (
            "borderguard.example",
            "bordergu\u{0251}rd.example",
            Likeness::Letters,
        ),
        // Dots and hyphens.
        (
            "police.lakeside.example",
            "police-lakeside.example",
            Likeness::Joints,
        ),
        (
            "police.lakeside.example",
            "policelakeside.example",
            Likeness::Joints,
        ),
        ("harbor-da.example", "harborda.example", Likeness::Joints),
        // One slip.
        ("da.harbor.example", "da.harbour.example", Likeness::Slip),
        ("lakeside.example", "lakseide.example", Likeness::Slip),
        (
            "lakesidepolice.example",
            "lakesidepolce.example",
            Likeness::Slip,
        ),
        (
            "lakesidepolice.gov.uk",
            "lakesidepolices.com",
            Likeness::Slip,
        ),
        // Another ending.
        (
            "lakesidepolice.gov.uk",
            "lakesidepolice.com",
            Likeness::Ending,
        ),
        (
            "police.lakeside.example",
            "police-lakeside.com",
            Likeness::Ending,
        ),
        // Carried inside.
        (
            "police.lakeside.example",
            "police.lakeside.example.cases.test",
            Likeness::Carried,
        ),
        (
            "police.lakeside.example",
            "police-lakeside-example.test",
            Likeness::Carried,
        ),
        (
            "police.lakeside.example",
            "secure-police-lakeside.test",
            Likeness::Carried,
        ),
    ];

    #[test]
    fn look_alikes_are_told_and_how() {
        for (official, suspect, how) in PAIRS {
            let (official, suspect) = (domain(official), domain(suspect));
            assert_eq!(
                likeness(&suspect, &official),
                Some(*how),
                "{suspect} for {official}"
            );
        }
    }

    #[test]
    fn look_alikes_are_found_by_a_common_key() {
        for (official, suspect, _) in PAIRS {
            let (official, suspect) = (domain(official), domain(suspect));
            let common = keys(&official).intersection(&wanted(&suspect)).count();
            assert!(common > 0, "{suspect} for {official}");
        }
    }

    #[test]
    fn the_domain_itself_and_what_lies_below_it_are_no_look_alikes() {
        for (official, honest) in [
            ("police.lakeside.example", "police.lakeside.example"),
            ("police.lakeside.example", "mail.police.lakeside.example"),
            (
                "police.lakeside.example",
                "mx1.mail.police.lakeside.example",
            ),
            // The same holder's.
            ("police.lakeside.example", "fire.lakeside.example"),
            ("police.lakeside.example", "lakeside.example"),
            ("district1.police.example", "district2.police.example"),
            ("xn--mnchen-3ya.example", "polizei.xn--mnchen-3ya.example"),
        ] {
            assert_eq!(
                likeness(&domain(honest), &domain(official)),
                None,
                "{honest}"
            );
        }
    }

    #[test]
    fn other_offices_are_no_look_alikes() {
        for (official, other) in [
            ("police.lakeside.example", "police.riverside.example"),
            ("lakeside.gov.uk", "riverside.gov.uk"),
            ("da.harbor.example", "court.harborview.example"),
            ("fbi.gov", "cia.gov"),
            ("kent.police.uk", "gwent.police.uk"),
            ("interpol.int", "europol.europa.eu"),
        ] {
            assert_eq!(likeness(&domain(other), &domain(official)), None, "{other}");
        }
    }

    #[test]
    fn a_look_costs_a_bounded_number_of_keys() {
        let longest = domain(&vec!["abcdefgh"; 27].join("."));
        assert!(wanted(&longest).len() < 1_200, "{}", wanted(&longest).len());
    }
}
