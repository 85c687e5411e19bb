//! Prints the records of the test scenes into a folder, to be looked at.
//!
//! `cargo run -p record --example print -- folder [cjk face]`

#[path = "../tests/record/scene.rs"]
mod scene;

use std::path::Path;

use record::FontBook;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("into which folder?")?;
    let cjk = arguments.next();
    let book = FontBook::load(cjk.as_deref().map(Path::new))?;
    std::fs::create_dir_all(&folder)?;
    for (name, scene) in [
        ("closed", scene::closed()),
        ("emergency", scene::emergency()),
        ("reviewed", scene::reviewed()),
        ("begun", scene::begun()),
        ("denied-twice", scene::denied_twice()),
        ("long", scene::long(900)),
    ] {
        let pdf = record::print(&book, &scene.dossier()).map_err(|flaws| format!("{flaws:#?}"))?;
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), pdf)?;
    }
    Ok(())
}
