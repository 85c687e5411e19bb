//! What the numbers of a colour mean: an sRGB profile, made here, byte by byte.
//!
//! A display profile of version 4 needs little: three primaries, one curve, a white point, its
//! adaptation, and two texts. Source: ICC.1:2010, 8.3.3; IEC 61966-2-1.

use pdf_writer::types::OutputIntentSubtype;
use pdf_writer::writers::Catalog;
use pdf_writer::{Finish, Ref, TextStr};

use super::Objects;

/// Device colours are forbidden without a profile that says what they are.
/// Source: ISO 19005-3, 6.2.3.
pub(super) fn intent(catalog: &mut Catalog<'_>, profile: Ref) {
    catalog
        .output_intents()
        .push()
        .subtype(OutputIntentSubtype::PDFA)
        .output_condition_identifier(TextStr("sRGB"))
        .registry_name(TextStr("http://www.color.org"))
        .info(TextStr("sRGB IEC61966-2.1"))
        .dest_output_profile(profile);
}

/// The connection space's white, D50.
const WHITE: [f64; 3] = [0.964_2, 1.0, 0.824_9];
/// sRGB's primaries, adapted to that white.
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_10];
/// Bradford's matrix from D65 to D50.
const ADAPTATION: [f64; 9] = [
    1.047_88, 0.022_92, -0.050_20, 0.029_59, 0.990_48, -0.017_07, -0.009_25, 0.015_08, 0.751_68,
];
/// The exponent, then a, b, c and d of the curve's two parts.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

pub(super) fn profile(objects: &mut impl Objects, object: Ref) {
    objects
        .begin(object)
        .icc_profile(object, &srgb())
        .n(3)
        .range([0.0, 1.0, 0.0, 1.0, 0.0, 1.0])
        .finish();
}

fn srgb() -> Vec<u8> {
    let curve = parametric(&CURVE);
    let elements: [([u8; 4], Vec<u8>); 8] = [
        (*b"desc", text("sRGB")),
        (*b"cprt", text("Public domain")),
        (*b"wtpt", numbers(*b"XYZ ", &WHITE)),
        (*b"chad", numbers(*b"sf32", &ADAPTATION)),
        (*b"rXYZ", numbers(*b"XYZ ", &RED)),
        (*b"gXYZ", numbers(*b"XYZ ", &GREEN)),
        (*b"bXYZ", numbers(*b"XYZ ", &BLUE)),
        (*b"rTRC", curve),
    ];
    // Red's curve serves all three channels.
    let shared = [*b"gTRC", *b"bTRC"];

    let count = elements.len() + shared.len();
    let mut offset = 128 + 4 + 12 * count;
    let mut table = Vec::new();
    let mut data = Vec::new();
    let mut last = (0, 0);
    for (signature, element) in &elements {
        last = (offset, element.len());
        push_entry(&mut table, *signature, last);
        data.extend_from_slice(element);
        data.resize(data.len().next_multiple_of(4), 0);
        offset = 128 + 4 + 12 * count + data.len();
    }
    for signature in shared {
        push_entry(&mut table, signature, last);
    }

    let mut profile = header(offset);
    profile.extend(big_endian(count));
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &big_endian(size));
    put(8, &[4, 0x30, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // A date is required; that of the standard's fourth version will do for all time.
    for (place, number) in [2010_u16, 12, 1, 0, 0, 0].into_iter().enumerate() {
        put(24 + 2 * place, &number.to_be_bytes());
    }
    put(36, b"acsp");
    for (place, number) in WHITE.into_iter().enumerate() {
        put(68 + 4 * place, &fixed(number));
    }
    header
}

fn push_entry(table: &mut Vec<u8>, signature: [u8; 4], (offset, length): (usize, usize)) {
    table.extend(signature);
    table.extend(big_endian(offset));
    table.extend(big_endian(length));
}

fn numbers(kind: [u8; 4], values: &[f64]) -> Vec<u8> {
    let mut element = [kind, [0; 4]].concat();
    element.extend(values.iter().flat_map(|value| fixed(*value)));
    element
}

/// Function 3: a power above d, a line below it.
fn parametric(values: &[f64]) -> Vec<u8> {
    let mut element = b"para\0\0\0\0\0\x03\0\0".to_vec();
    element.extend(values.iter().flat_map(|value| fixed(*value)));
    element
}

fn text(words: &str) -> Vec<u8> {
    let letters: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut element = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    element.extend(big_endian(letters.len()));
    element.extend(big_endian(28));
    element.extend(letters);
    element
}

/// s15Fixed16Number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the constants above all lie within ±3"
)]
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

fn big_endian(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::srgb;

    #[test]
    fn the_profile_states_its_own_length_and_stays_small() {
        let profile = srgb();
        let stated = u32::from_be_bytes([profile[0], profile[1], profile[2], profile[3]]);
        assert_eq!(stated as usize, profile.len());
        assert!(profile.len() < 520, "{} bytes", profile.len());
    }
}
