//! What is to be printed.

use casework::dossier::Dossier;
use casework::order::{Digest, OrderId};

/// A record to print. Everything in it is told as of the dossier's own moment, so the same job and
/// the same faces give the same bytes.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    pub dossier: &'a Dossier,
    /// Who will seal what is printed; none where it stays unsealed, and then its pages say so.
    pub sealer: Option<Sealer<'a>>,
    /// The orders to enclose.
    pub orders: &'a [Enclosed],
}

/// The seal that will be put on the record, as its pages tell of it.
#[derive(Clone, Copy)]
pub struct Sealer<'a> {
    /// The subject of the certificate.
    pub name: &'a str,
    /// SHA-256 of the certificate's DER bytes.
    pub fingerprint: Digest,
    /// Whether a timestamp by an authority will be added.
    pub timestamped: bool,
}

/// An order that travels inside the record.
#[derive(Clone)]
pub struct Enclosed {
    pub order: OrderId,
    pub bytes: Vec<u8>,
}

impl<'a> Job<'a> {
    /// The record of a dossier by itself: no seal, no orders enclosed.
    pub fn of(dossier: &'a Dossier) -> Self {
        Self {
            dossier,
            sealer: None,
            orders: &[],
        }
    }
}
