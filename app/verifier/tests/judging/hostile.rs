//! Whatever the bytes: a verdict and no panic; and no byte of a record that can be changed unseen.

use std::sync::LazyLock;

use proptest::prelude::*;
use verifier::{Held, Verdict, verify};

use crate::desk::{holding, named, record};

static RECORD: LazyLock<(Vec<u8>, Held)> = LazyLock::new(|| {
    let dossier = named(scenes::begun()).dossier();
    (record(&dossier), holding(&dossier))
});

#[test]
fn every_tenth_of_a_thousandth_of_a_record_can_be_cut_off() {
    let (record, held) = &*RECORD;
    for end in (0..record.len()).step_by(record.len() / 300) {
        let report = verify(&record[..end], held);
        assert!(
            matches!(report.verdict, Verdict::Altered | Verdict::Unreadable),
            "cut at {end}: {}",
            report.says
        );
    }
}

/// A sweep from the first byte to the last, and closer through the seal. `cargo bench -p verifier`
/// changes every single byte.
#[test]
fn a_changed_byte_is_found_wherever_it_stands() {
    let (record, held) = &*RECORD;
    let seal = record.len() - 20_000;
    let places = (0..seal)
        .step_by(101)
        .chain((seal..record.len()).step_by(17));
    for at in places {
        let mut changed = record.clone();
        changed[at] ^= 1 << (at % 8);
        let report = verify(&changed, held);
        assert_eq!(
            report.verdict,
            Verdict::Altered,
            "byte {at}: {}",
            report.says
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_byte_never_goes_unseen(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let (record, held) = &*RECORD;
        let mut changed = record.clone();
        let at = at.index(changed.len());
        changed[at] ^= flip;
        let report = verify(&changed, held);
        prop_assert_eq!(report.verdict, Verdict::Altered, "byte {}: {}", at, report.says);
    }

    #[test]
    fn a_changed_digit_of_the_seal_never_goes_unseen(place in any::<prop::sample::Index>(), digit in 0usize..16) {
        let (record, held) = &*RECORD;
        let from = record.windows(11).rposition(|one| one == b"/Contents <").unwrap() + 11;
        let at = from + place.index(16_384);
        let digit = b"0123456789abcdef"[digit];
        prop_assume!(record[at] != digit);
        let mut changed = record.clone();
        changed[at] = digit;
        let report = verify(&changed, held);
        prop_assert_eq!(report.verdict, Verdict::Altered, "digit {}: {}", at - from, report.says);
    }

    #[test]
    fn a_stretch_that_is_taken_out_or_doubled_never_goes_unseen(
        from in any::<prop::sample::Index>(),
        length in 1usize..5000,
        twice: bool,
    ) {
        let (record, held) = &*RECORD;
        let from = from.index(record.len());
        let until = (from + length).min(record.len());
        let stretch = if twice { &record[from..] } else { &record[until..] };
        let changed = if twice {
            [&record[..until], stretch].concat()
        } else {
            [&record[..from], stretch].concat()
        };
        let report = verify(&changed, held);
        prop_assert!(matches!(report.verdict, Verdict::Altered | Verdict::Unreadable), "{}", report.says);
    }

    #[test]
    fn chance_is_no_record(bytes in prop::collection::vec(any::<u8>(), 0..4000), mark: bool) {
        let (_, held) = &*RECORD;
        let mut bytes = bytes;
        if mark {
            bytes.splice(0..0, *b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\n1 0 obj\n(case.json)\n");
        }
        let report = verify(&bytes, held);
        prop_assert!(matches!(report.verdict, Verdict::Altered | Verdict::Unreadable));
        let mut held = Held::default();
        let _ = held.read_kept(&bytes);
        let _ = held.read_unmasking(&bytes);
        let _ = held.read_key(&String::from_utf8_lossy(&bytes));
    }
}
