//! What people see: the shell, the door, the pages and the parts they are made of.
//!
//! # Architecture invariants
//! - **This crate has no `cfg`, no features and no optional dependency.** It compiles for the
//!   server and for the browser alike; what only the server can do stands behind [`desk::Desk`].
//! - **A page is a document.** The server renders it whole; every form posts and is answered by a
//!   redirect, or by the same page with the form as it was typed and each fault beside its field
//!   ([`returned::Returned`]). Islands make a page better where fingers are, and never needed.
//! - **No rule stands in a view.** What may be done comes from [`casework`], also for buttons.
//! - **No clock and no locale in a view.** `now` comes down from the server.

pub mod desk;
pub mod fault;
pub mod islands;
pub mod pages;
pub mod parts;
pub mod returned;
pub mod shell;

pub use shell::{App, shell};
