//! The tables as sea-orm sees them. Nothing outside this crate names them.

pub mod authority;
pub mod authority_trace;
pub mod calendar_feed;
pub mod case_authority;
pub mod case_clock;
pub mod case_clock_filled;
pub mod case_disclosure;
pub mod case_file;
pub mod case_trace;
pub mod cases_traced;
pub mod derivation;
pub mod issued_record;
pub mod ledger_checkpoint;
pub mod ledger_cosignature;
pub mod ledger_leaf;
pub mod ledger_node;
pub mod ledger_payload;
pub mod ledger_public;
pub mod member;
pub mod order_blob;
pub mod organisation;
pub mod policy;
pub mod policy_tally;
pub mod session;
pub mod tables_version;
pub mod witness;
