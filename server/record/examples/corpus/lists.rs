//! Registers for the corpus.

use std::error::Error;

use crate::Corpus;

impl Corpus {
    pub fn registers(&mut self) -> Result<(), Box<dyn Error>> {
        Ok(())
    }
}
