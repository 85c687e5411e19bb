//! One page per address. A page asks the desk through [`crate::parts::load`] and says what is
//! there; what may be done comes from the rules.

pub mod account;
pub mod attach;
pub mod case;
pub mod cases;
pub mod classify;
pub mod close;
pub mod decide;
pub mod disclose;
pub mod draft;
pub mod fault_page;
pub mod ledger;
pub mod left_out;
pub mod member;
pub mod members;
pub mod not_found;
pub mod organisation;
pub mod policy;
pub mod promised;
pub mod prove;
pub mod records;
pub mod redact;
pub mod review;
pub mod said;
pub mod sign_in;
pub mod strike;
pub mod submit;
pub mod verify;
pub mod verify_record;
pub mod witnesses;
