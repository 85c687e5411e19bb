//! The desk on the web: router, headers, forms, downloads. The only place that knows headers.

mod account;
mod administration;
mod assets;
mod cases;
mod context;
mod cross_site;
mod directory;
mod entrance;
mod feed;
mod form;
mod gate;
mod headers;
mod letters;
mod log;
mod mail;
mod orders;
mod page;
mod problem;
mod records;
mod router;

pub use assets::Site;
pub use router::{House, router, routes};
