//! Orders that travel inside the record.

use sha2::{Digest as _, Sha256};

use casework::dossier::Dossier;

use crate::checks::file::Shape;
use crate::pdf::{self, Unpacked, unpack};
use crate::report::{Findings, Verdict};

/// Most bytes that all orders together unpack to.
const MOST: u64 = 2 * 1024 * 1024 * 1024;

/// Every attached supplement is an order of the case, byte for byte.
pub fn check(shape: &Shape<'_>, dossier: &Dossier, findings: &mut Findings) {
    let Some(files) = shape.pdf.as_ref().and_then(|pdf| pdf::attached(pdf).ok()) else {
        return;
    };
    let mut left = MOST;
    for file in files.iter().filter(|file| !file.is_source) {
        let mut hash = Sha256::new();
        let unpacked = unpack(file.packed, left, |piece| hash.update(piece));
        let digest: [u8; 32] = hash.finalize().into();
        let order = dossier
            .case
            .orders()
            .iter()
            .find(|order| order.order().sha256.0 == digest);
        match (unpacked, order) {
            (Unpacked::Whole(size), Some(_)) if size == file.size => {
                left -= size.min(left);
                findings.holds(
                    "orders",
                    format!(
                        "The attached \u{201c}{}\u{201d} is, byte for byte, an order of the case.",
                        file.name
                    ),
                );
            }
            _ => findings.fails(
                "orders",
                Verdict::Altered,
                format!(
                    "The attached \u{201c}{}\u{201d} is not an order that the case tells of.",
                    file.name
                ),
            ),
        }
    }
}
