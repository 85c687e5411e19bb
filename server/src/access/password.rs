//! Passwords: argon2id, at most two hashes at a time, and a test of strength.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Fewest characters of a password. Source: trust, "Sign-in and the web".
pub const FEWEST: usize = 12;
/// Most characters that are hashed; more only cost time.
pub const MOST: usize = 256;
/// Hashes computed at once. Each takes 64 MiB.
const AT_ONCE: usize = 2;
/// Hashes that may wait their turn; beyond that the desk says it is busy.
const WAITING: usize = 32;

/// Hashes and checks passwords, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    argon2: Argon2<'static>,
    turn: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// What is checked for an account that does not exist, so that both take the same time.
    nobody: Arc<str>,
}

/// Too many are waiting for a hash.
#[derive(Debug, thiserror::Error)]
#[error("too many sign-ins are waiting for their turn")]
pub struct Busy;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    pub right: bool,
    /// Right, but hashed with parameters of the past: hash it anew.
    pub stale: bool,
}

impl Passwords {
    /// 64 MiB, three passes, one lane. Source: trust, "Sign-in and the web".
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn new() -> anyhow::Result<Self> {
        Self::with(Params::new(64 * 1024, 3, 1, None)?)
    }

    /// The least that argon2id takes: for tests, which sign in hundreds of times.
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn feeble() -> anyhow::Result<Self> {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None)?)
    }

    fn with(params: Params) -> anyhow::Result<Self> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = argon2.hash_password(one_time()?.as_bytes())?.to_string();
        Ok(Self {
            argon2,
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            nobody: nobody.into(),
        })
    }

    /// Hashes a password for keeping.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn hash(&self, password: Zeroizing<String>) -> anyhow::Result<String> {
        let argon2 = self.argon2.clone();
        self.in_turn(move || Ok(argon2.hash_password(password.as_bytes())?.to_string()))
            .await?
    }

    /// Checks a password against what is kept; for an account that does not exist, against what
    /// nobody knows, so that the answer takes as long.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn check(
        &self,
        password: Zeroizing<String>,
        kept: Option<String>,
    ) -> anyhow::Result<Checked> {
        let argon2 = self.argon2.clone();
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobody.to_string());
        self.in_turn(move || {
            let hash = PasswordHash::new(&kept)?;
            let right = known & argon2.verify_password(password.as_bytes(), &hash).is_ok();
            let ours = Params::try_from(&hash).is_ok_and(|params| {
                let wanted = argon2.params();
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
            });
            Ok(Checked {
                right,
                stale: right && !ours,
            })
        })
        .await?
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let _queued = self.queue.try_acquire().map_err(|_| Busy)?;
        let _turn = self.turn.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

/// What is wrong with a new password, as a sentence; `about` are words an attacker would try
/// first: the member's name, what they sign in with, the organisation.
pub fn weakness(password: &str, about: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < FEWEST {
        return Some(format!(
            "This has {length} characters; use at least {FEWEST}. A few unrelated words do well."
        ));
    }
    if length > MOST {
        return Some(format!("At most {MOST} characters fit."));
    }
    let folded = password.to_lowercase();
    let named = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .find(|word| word.chars().count() >= 4 && folded.contains(&word.to_lowercase()));
    if let Some(word) = named {
        return Some(format!(
            "This holds \u{201c}{word}\u{201d}, which a guesser would try first."
        ));
    }
    // Common and leaked passwords, keyboard walks, dates and repeats are in its dictionaries.
    let guess = zxcvbn::zxcvbn(password, about);
    if guess.score() >= zxcvbn::Score::Three {
        return None;
    }
    let why = guess
        .feedback()
        .and_then(zxcvbn::feedback::Feedback::warning)
        .map(|warning| format!(" {warning}"));
    Some(format!(
        "This is easy to guess.{} A few unrelated words do better.",
        why.unwrap_or_default()
    ))
}

/// A password to be used once: 20 characters from 32 that are not mistaken for each other.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn one_time() -> anyhow::Result<Zeroizing<String>> {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = Zeroizing::new([0u8; 20]);
    getrandom::fill(bytes.as_mut())?;
    let signs = bytes
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    let mut password = Zeroizing::new(String::with_capacity(24));
    for (place, sign) in signs.enumerate() {
        if place > 0 && place % 5 == 0 {
            password.push('-');
        }
        password.push(sign);
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.into())
    }

    #[tokio::test]
    async fn a_password_checks_against_its_own_hash_only() {
        let passwords = Passwords::feeble().unwrap();
        let kept = passwords
            .hash(typed("correct horse battery"))
            .await
            .unwrap();
        assert!(kept.starts_with("$argon2id$"));
        let check = async |text: &str, kept: Option<String>| {
            passwords.check(typed(text), kept).await.unwrap().right
        };
        assert!(check("correct horse battery", Some(kept.clone())).await);
        assert!(!check("correct horse batterz", Some(kept)).await);
        assert!(
            !check("correct horse battery", None).await,
            "nobody's password is never right"
        );
    }

    #[tokio::test]
    async fn a_hash_of_the_past_is_told() {
        let feeble = Passwords::feeble().unwrap();
        let kept = feeble.hash(typed("correct horse battery")).await.unwrap();
        let checked = Passwords::new()
            .unwrap()
            .check(typed("correct horse battery"), Some(kept))
            .await
            .unwrap();
        assert_eq!(
            checked,
            Checked {
                right: true,
                stale: true
            }
        );
    }

    #[test]
    fn short_common_and_contextual_passwords_are_refused() {
        for bad in [
            "short",
            "password1234",
            "qwertyuiop12",
            "annaberg-sings-loud",
            "aaaaaaaaaaaaaaaa",
            &"long".repeat(65),
        ] {
            assert!(
                weakness(bad, &["Anna Berg", "anna.berg@example.org"]).is_some(),
                "{bad}"
            );
        }
        assert!(weakness("annaXberg sings loudly", &["Anna Berg"]).is_some());
        assert_eq!(
            weakness("violin gravel tuesday onion", &["Anna Berg"]),
            None
        );
    }

    #[test]
    fn a_one_time_password_is_strong_and_never_the_same() {
        let (one, other) = (one_time().unwrap(), one_time().unwrap());
        assert_ne!(*one, *other);
        assert_eq!(weakness(&one, &["Anna Berg"]), None);
    }
}
