//! What broke is logged once, here, under a number; only the number goes on.

use app::fault::Fault;

/// A number for the log and the page: short enough to read over the telephone.
fn number() -> String {
    let mut bytes = [0u8; 5];
    // Without randomness the incident still has to be told; the log has its time as well.
    let _ = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}

/// The database failed.
pub fn store(error: store::Error) -> Fault {
    let incident = number();
    match error {
        store::Error::Gone(why) => {
            tracing::error!(%incident, error = %why, "the records cannot be reached");
            Fault::Gone { incident }
        }
        error @ store::Error::Unconfirmed(_) => {
            // What is on the disk is unknown now. Going on could acknowledge what is not there.
            tracing::error!(%incident, %error, "the disk did not confirm a write; the desk ends");
            std::process::abort();
        }
        error => {
            tracing::error!(%incident, %error, "the records failed");
            Fault::Broken { incident }
        }
    }
}

/// The vault failed.
pub fn vault(error: &vault::VaultError) -> Fault {
    let incident = number();
    tracing::error!(%incident, %error, "the vault failed");
    if error.is_out_of_room() {
        Fault::Gone { incident }
    } else {
        Fault::Broken { incident }
    }
}

/// Something failed outside the office; for the one place in `http` that catches panics.
pub fn broke(what: &str, error: &dyn std::fmt::Display) -> Fault {
    other(what, error)
}

/// Something did not answer in time; for the one place in `http` that waits.
pub fn gone(what: &str, error: &dyn std::fmt::Display) -> Fault {
    let incident = number();
    tracing::error!(%incident, %error, "{what}");
    Fault::Gone { incident }
}

/// The timestamp authority failed.
pub fn timestamp(error: &seal::Fault) -> Fault {
    let incident = number();
    tracing::error!(%incident, %error, "a record could not be sealed with a timestamp");
    Fault::NoTimestamp { incident }
}

/// Something else failed.
pub fn other(what: &str, error: &dyn std::fmt::Display) -> Fault {
    let incident = number();
    tracing::error!(%incident, %error, "{what}");
    Fault::Broken { incident }
}

/// Too many wait for a hash, or hashing failed.
pub fn hashing(error: &anyhow::Error) -> Fault {
    let incident = number();
    tracing::error!(%incident, %error, "a password could not be hashed or checked");
    if error.is::<crate::access::password::Busy>() {
        Fault::Gone { incident }
    } else {
        Fault::Broken { incident }
    }
}
