//! What a page tells when the desk cannot do as asked. What broke never crosses the desk: only a
//! number does, under which the log tells the rest.

use casework::Refusal;
use serde::{Deserialize, Serialize};

/// Why the desk did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// A rule said no.
    #[error("{0}")]
    Refused(Refusal),
    /// Nobody is signed in, or the session ended.
    #[error("Sign in to go on.")]
    SignedOut,
    /// The session is too old for this; the password is asked again.
    #[error("Confirm your password to go on.")]
    ProofWanted,
    /// There is no such thing, or it is not theirs to see: both are answered alike.
    #[error("There is nothing here that you could see.")]
    NotFound,
    /// The database, the disk or a peer is gone for now.
    #[error(
        "The desk cannot reach its records right now. Nothing was changed. Incident {incident}."
    )]
    Gone { incident: String },
    /// The timestamp authority did not answer, or not as it should.
    #[error(
        "The timestamp authority gives no timestamp right now, and no record is issued without one. Incident {incident}."
    )]
    NoTimestamp { incident: String },
    /// Something failed that should not.
    #[error("Something failed on our side. Nothing was changed. Incident {incident}.")]
    Broken { incident: String },
}

impl Fault {
    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => match refusal.kind() {
                casework::refusal::Kind::Forbidden => 403,
                casework::refusal::Kind::Unfit => 422,
                casework::refusal::Kind::Conflict => 409,
            },
            Self::SignedOut | Self::ProofWanted => 401,
            Self::NotFound => 404,
            Self::Gone { .. } | Self::NoTimestamp { .. } => 503,
            Self::Broken { .. } => 500,
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Sets the status of the response, so that it follows the fault a page shows. The server stands
/// one in the context.
#[derive(Clone)]
pub struct StatusSetter(pub std::sync::Arc<dyn Fn(u16) + Send + Sync>);
