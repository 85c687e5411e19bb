//! Domains: compared as DNS does, shown as people read them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A host name of at least two labels, in lower-case ASCII: letters of other scripts as punycode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Domain(String);

/// Why a text is no domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not a domain; write one like police.example, without http:// and without @.")]
pub struct NoDomain;

impl Domain {
    /// Reads a domain as somebody types it: any case, any script, a dot at its end.
    ///
    /// # Errors
    /// [`NoDomain`], a sentence for who typed it.
    pub fn parse(raw: &str) -> Result<Self, NoDomain> {
        let raw = raw.trim().trim_end_matches('.');
        // UTS 46 maps case and width, and refuses what DNS could not carry.
        let ascii = idna::domain_to_ascii_cow(raw.as_bytes(), idna::AsciiDenyList::STD3)
            .map_err(|_| NoDomain)?;
        let labels = ascii.split('.').count();
        let numeric = ascii
            .rsplit('.')
            .next()
            .is_none_or(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        let fits = labels >= 2
            && !numeric
            && ascii.len() <= 253
            && ascii
                .split('.')
                .all(|label| (1..=63).contains(&label.len()));
        if fits {
            Ok(Self(ascii.into_owned()))
        } else {
            Err(NoDomain)
        }
    }

    /// The domain of an e-mail address, if it has one.
    pub fn of_email(address: &str) -> Option<Self> {
        let (_, host) = address.trim().trim_end_matches('>').rsplit_once('@')?;
        Self::parse(host).ok()
    }

    /// As DNS has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a reader sees it: in its own script.
    pub fn shown(&self) -> String {
        let (shown, _) = idna::domain_to_unicode(&self.0);
        shown
    }

    /// Whether it is written in other letters than a to z.
    pub fn is_foreign(&self) -> bool {
        self.0.split('.').any(|label| label.starts_with("xn--"))
    }

    /// Whether it is that domain or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_suffix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The part that somebody registered: one label and the public suffix above it. Source: the
    /// Public Suffix List.
    #[must_use]
    pub fn registered(&self) -> Self {
        Self(psl::domain_str(&self.0).unwrap_or(&self.0).to_owned())
    }

    /// What stands before the public suffix: `mail.lakeside` of `mail.lakeside.gov.uk`. All of it,
    /// where it is nothing but a suffix.
    pub fn stem(&self) -> &str {
        psl::suffix_str(&self.0)
            .and_then(|suffix| self.0.strip_suffix(suffix)?.strip_suffix('.'))
            .filter(|stem| !stem.is_empty())
            .unwrap_or(&self.0)
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Domain {
    type Error = NoDomain;
    fn try_from(raw: String) -> Result<Self, NoDomain> {
        Self::parse(&raw)
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> Self {
        domain.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(raw: &str) -> Domain {
        Domain::parse(raw).unwrap()
    }

    #[test]
    fn a_domain_is_one_however_it_is_typed() {
        assert_eq!(
            domain(" Police.Lakeside.EXAMPLE. "),
            domain("police.lakeside.example")
        );
        assert_eq!(domain("münchen.example"), domain("xn--mnchen-3ya.example"));
        assert_eq!(domain("xn--mnchen-3ya.example").shown(), "münchen.example");
    }

    #[test]
    fn what_dns_could_not_carry_is_refused() {
        for odd in [
            "",
            "localhost",
            "192.0.2.7",
            "a b.example",
            "<b>.example",
            "a..example",
            "-",
            "@police.example",
        ] {
            assert_eq!(Domain::parse(odd), Err(NoDomain), "{odd:?}");
        }
        assert_eq!(
            Domain::parse(&format!("{}.example", "a".repeat(64))),
            Err(NoDomain)
        );
    }

    #[test]
    fn below_is_within_and_beside_is_not() {
        let official = domain("police.lakeside.example");
        assert!(domain("mail.police.lakeside.example").is_within(&official));
        assert!(official.is_within(&official));
        assert!(!domain("notpolice.lakeside.example").is_within(&official));
        assert!(!domain("lakeside.example").is_within(&official));
    }

    #[test]
    fn what_was_registered_ends_at_the_public_suffix() {
        assert_eq!(
            domain("mail.lakeside.gov.uk").registered(),
            domain("lakeside.gov.uk")
        );
        assert_eq!(domain("mail.lakeside.gov.uk").stem(), "mail.lakeside");
        assert_eq!(
            domain("police.lakeside.example").registered(),
            domain("lakeside.example")
        );
        assert_eq!(domain("gov.uk").stem(), "gov.uk");
    }

    #[test]
    fn an_address_has_the_domain_after_its_last_sign() {
        assert_eq!(
            Domain::of_email("a@b@police.example"),
            Some(domain("police.example"))
        );
        assert_eq!(
            Domain::of_email("Lopez <m@Police.example>"),
            Some(domain("police.example"))
        );
        assert_eq!(Domain::of_email("nobody"), None);
    }
}
