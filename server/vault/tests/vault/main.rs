//! The vault over a real folder.
#![expect(clippy::unwrap_used, reason = "in a test the panic is the failure")]

mod keeping;
mod kinds;
mod scene;
mod tampering;
