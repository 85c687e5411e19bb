//! Where a page ended, as an address carries it.

use casework::list::Sort;

/// The place of a row in a sorted list; the serial breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub sort: Sort,
    pub key: i64,
    pub serial: i64,
}

impl Cursor {
    /// As an address carries it.
    pub fn write(self) -> String {
        format!("{}.{}.{}", self.sort.code(), self.key, self.serial)
    }

    /// Reads it back. One that was made for another order, or by somebody else, marks no place:
    /// the list begins anew.
    pub fn read(raw: &str, sort: Sort) -> Option<Self> {
        let mut parts = raw.split('.');
        if parts.next()? != sort.code() {
            return None;
        }
        let (key, serial) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(Self { sort, key, serial })
    }

    /// Whether this place comes before another of the same list.
    pub fn is_before(self, other: Self) -> bool {
        self.order() < other.order()
    }

    /// What to sort by.
    pub fn order(self) -> (i128, i128) {
        let (key, serial) = (i128::from(self.key), i128::from(self.serial));
        match self.sort {
            Sort::Due | Sort::Oldest => (key, serial),
            Sort::Changed | Sort::Newest => (-key, -serial),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_only_in_its_own_order() {
        let place = Cursor {
            sort: Sort::Changed,
            key: -5,
            serial: 7,
        };
        assert_eq!(Cursor::read(&place.write(), Sort::Changed), Some(place));
        assert_eq!(Cursor::read(&place.write(), Sort::Due), None);
        for odd in [
            "",
            "changed",
            "changed.1",
            "changed.1.2.3",
            "changed.x.1",
            "changed.99999999999999999999.1",
        ] {
            assert_eq!(Cursor::read(odd, Sort::Changed), None, "{odd}");
        }
    }
}
