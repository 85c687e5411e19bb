//! Registers for the corpus.

use std::error::Error;

use casework::case::Stage;
use casework::instrument::Instrument;
use record::{RegisterHead, RegisterRow};

use crate::Corpus;

impl Corpus {
    pub fn registers(&mut self) -> Result<(), Box<dyn Error>> {
        let mut scenes: Vec<_> = (1..)
            .zip(Instrument::ALL)
            .map(|(count, one)| scenes::under(count, *one))
            .collect();
        scenes.extend(
            (20..)
                .zip(Stage::ALL)
                .map(|(count, one)| scenes::at(count, *one)),
        );
        scenes.extend(
            (40..)
                .zip(crate::scripts::SCRIPTS)
                .map(|(count, (_, text))| crate::scripts::scene(count, text)),
        );
        let rows: Vec<RegisterRow> = scenes
            .iter()
            .map(|scene| RegisterRow::of(&scene.case))
            .collect();
        let note = scenes[0].ledger.checkpoint();
        for (name, count) in [
            ("none", 0),
            ("few", 3),
            ("some", rows.len()),
            ("many", 2_000),
        ] {
            let head = RegisterHead {
                organisation: "Example Conversations Ltd",
                selection: "All cases received from 2026-01-01 to 2026-12-31, in the order of their numbers.",
                as_of: scenes[0].now,
                checkpoint: note.checkpoint(),
            };
            let mut pdf = Vec::new();
            let listed = rows.iter().cycle().take(count).cloned();
            record::register(&self.book, listed, &head, &mut pdf)?;
            self.keep(&format!("register-{name}"), &pdf)?;
        }
        Ok(())
    }
}
