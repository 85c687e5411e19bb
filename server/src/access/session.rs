//! Sessions: a random token in a cookie, its SHA-256 in the database.

use casework::member::{Member, Role};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The cookie's name. `__Host-` binds it to this host, to `/` and to a secure origin.
pub const COOKIE: &str = "__Host-desk";
/// A session ends this long after it began, whatever happens. Source: trust, "Promises".
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);
/// A confirmed password counts as fresh for this long. Source: trust, "Promises".
pub const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How often a session's last use is written down: reading pages must not be all writing.
pub const TOUCHED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How long a session lasts without use. Source: trust, "Promises".
pub const fn idle(role: Role) -> SignedDuration {
    match role {
        Role::Auditor => SignedDuration::from_mins(30),
        _ => SignedDuration::from_mins(15),
    }
}

/// Sessions last seen before the first, or begun before the second, have run out whoever's they are.
pub fn ran_out_before(now: Timestamp) -> (Timestamp, Timestamp) {
    (now - idle(Role::Auditor), now - ABSOLUTE)
}

/// The SHA-256 of a token: what the database holds.
pub type TokenHash = [u8; 32];

/// A session that was looked up for this request; its member's role is as of now.
#[derive(Clone, Debug)]
pub struct Session {
    pub token: TokenHash,
    pub member: Member,
    pub sign_in: String,
    pub must_change_password: bool,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    pub proved_at: Timestamp,
}

impl Session {
    /// When it ends if nothing is done.
    pub fn ends_at(&self) -> Timestamp {
        let idle = self.seen_at + idle(self.member.role);
        idle.min(self.began_at + ABSOLUTE)
    }

    /// Whether the password was confirmed lately.
    pub fn proof_is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.proved_at) <= FRESH
    }
}

/// A new token: 32 random bytes, in hexadecimal.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn new_token() -> anyhow::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(bytes.as_mut())?;
    Ok(Zeroizing::new(hex::encode(bytes.as_ref())))
}

/// What the database holds of a token.
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// A short name of a session for forms; it cannot be turned back into a token.
pub fn handle(token: &TokenHash) -> String {
    hex::encode(&token[..8])
}
