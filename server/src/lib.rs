//! The desk that keeps, proves and serves.
//!
//! ```text
//! main      sub-commands
//! config    what the environment says
//! keys      what the desk signs with
//! office    the one implementation of `app::desk::Desk`: load, ask casework, keep and seal
//! access    passwords and sessions
//! http      router, headers, forms, downloads
//! samples   members and cases to try the desk with
//! witness   another machine's part: follows a desk's ledger and cosigns it
//! ```
//!
//! # Architecture invariants
//! - Only `store` names a table, only `http` a header, only `record` a font.
//! - What broke never crosses the desk: [`office::broke`] logs it once under an incident
//!   number, and pages see only that.
//! - The router refuses what `authorization.txt` does not name.

pub mod access;
pub mod config;
pub mod http;
pub mod keys;
pub mod office;
pub mod samples;
pub mod witness;
