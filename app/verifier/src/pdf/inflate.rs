//! Unpacking deflated streams, within bounds.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// What came of unpacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpacked {
    /// Whole, with its check sum, of so many bytes.
    Whole(u64),
    /// Its bytes are not what was packed, or something follows them.
    Damaged,
    /// More than the bound.
    TooLarge,
}

/// Unpacks a zlib stream piece by piece, without keeping it.
pub fn unpack(packed: &[u8], most: u64, mut piece: impl FnMut(&[u8])) -> Unpacked {
    let mut state = InflateState::new_boxed(DataFormat::Zlib);
    let mut window = vec![0; 64 * 1024];
    let (mut rest, mut size) = (packed, 0u64);
    loop {
        let result = inflate(&mut state, rest, &mut window, MZFlush::None);
        rest = rest.get(result.bytes_consumed..).unwrap_or_default();
        let written = window.get(..result.bytes_written).unwrap_or_default();
        size += written.len() as u64;
        if size > most {
            return Unpacked::TooLarge;
        }
        piece(written);
        match result.status {
            Ok(MZStatus::StreamEnd) if rest.is_empty() => return Unpacked::Whole(size),
            Ok(MZStatus::Ok) if result.bytes_written > 0 || result.bytes_consumed > 0 => {}
            _ => return Unpacked::Damaged,
        }
    }
}

/// Unpacks a zlib stream into memory.
pub fn unpack_into(packed: &[u8], most: u64) -> Result<Vec<u8>, Unpacked> {
    let mut bytes = Vec::new();
    match unpack(packed, most, |piece| bytes.extend_from_slice(piece)) {
        Unpacked::Whole(_) => Ok(bytes),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    #[test]
    fn what_was_packed_comes_out_and_nothing_may_follow_it() {
        let bytes = vec![7; 300_000];
        let mut packed = compress_to_vec_zlib(&bytes, 6);
        assert_eq!(unpack_into(&packed, 300_000), Ok(bytes));
        assert_eq!(unpack_into(&packed, 299_999), Err(Unpacked::TooLarge));
        packed.push(0);
        assert_eq!(unpack_into(&packed, 300_000), Err(Unpacked::Damaged));
    }

    #[test]
    fn a_check_sum_that_does_not_fit_is_damage() {
        let mut packed = compress_to_vec_zlib(b"text", 6);
        *packed.last_mut().unwrap() ^= 1;
        assert_eq!(unpack_into(&packed, 100), Err(Unpacked::Damaged));
        assert_eq!(unpack_into(&packed[..5], 100), Err(Unpacked::Damaged));
    }
}
