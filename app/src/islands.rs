//! What is better with script, and never needed: the sending of files tells how far it is, a draft
//! keeps itself, and a session says before it ends.
//!
//! An island here is a leaf: it finds the form that it stands in and makes that better. It holds
//! no child of another island, so waking them takes no walk of the tree.

pub mod check;
mod idle;
mod keep;
mod send;
mod upload;

pub use check::RecordCheck;
pub use idle::IdleWarning;
pub use keep::DraftKeeper;
pub use upload::OrderUpload;
