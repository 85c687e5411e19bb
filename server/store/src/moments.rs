//! Moments as the tables keep them: whole milliseconds since 1970, UTC.

use jiff::Timestamp;

use crate::Error;

/// A moment as a number. A leaf's moment is sealed as text and kept as a number; a finer one than
/// a millisecond would make the two differ.
pub fn millis(at: Timestamp) -> Result<i64, Error> {
    if at.subsec_nanosecond() % 1_000_000 == 0 {
        Ok(at.as_millisecond())
    } else {
        Err(Error::Misused("moments come in whole milliseconds"))
    }
}

/// A number as a moment.
pub fn moment(millis: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(millis)
        .map_err(|_| Error::Corrupt(format!("{millis} is no moment")))
}
