//! The disclosure record: a dossier in, the bytes of a typeset PDF out.
//!
//! Architecture invariants
//! - **No clock, no chance, no database, no network.** The same dossier and the same faces give the
//!   same bytes. The one file ever read is a face, when the [`FontBook`] is loaded.
//! - **Each storey knows only the one below.** `chapters` say what a record tells and know no measure;
//!   [`setting`] knows the page's measures and no law; [`paragraph`] turns text into lines of glyphs;
//!   [`sheet`] holds what stands where and what it means, and knows nothing of PDF;
//!   [`press`](press::press) writes PDF/A-3a and PDF/UA-1, and refuses, with a list, what would not
//!   conform.
//! - **What the pages say is derived from the dossier alone**, and `case.json`, inside the file, is that
//!   dossier. A case that has not ended gives a draft, and each of its pages says so.
//! - **A record is set whole, then printed; the register is printed while it is set**, since it may
//!   list every case there ever was.
//! - **A letter is set by the same hands** ([`letter`]): the same page, the same faces, the same press.
//! - **All text is [`Plain`].** Nothing a stranger wrote reaches a page, an outline or the metadata
//!   before it has lost what cannot be seen and gained `[U+XXXX]` for what cannot be drawn.

mod chapters;
pub mod faces;
mod job;
pub mod letter;
pub mod paragraph;
pub mod plain;
pub mod press;
mod register;
pub mod setting;
pub mod sheet;

pub use casework::dossier::Dossier;
pub use chapters::{print, set};
pub use faces::{FontBook, FontFault, Voice};
pub use job::{Enclosed, Job, Sealer};
pub use plain::Plain;
pub use press::Flaw;
pub use press::roll::Torn;
pub use register::{RegisterHead, RegisterRow, Summary, register};
