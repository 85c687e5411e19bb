//! Who comes in: passwords and sessions.

pub mod password;
pub mod session;
