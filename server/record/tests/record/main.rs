//! What a record promises, from outside.

mod draft;
mod editions;
mod hostile;
mod law;
mod letters;
mod order_of_reading;
mod registers;
mod sameness;
mod schema;

use std::sync::LazyLock;

use record::FontBook;

/// Built once for all tests, as a process builds it once for all records.
static BOOK: LazyLock<FontBook> =
    LazyLock::new(|| FontBook::load(None).expect("the embedded faces load"));
