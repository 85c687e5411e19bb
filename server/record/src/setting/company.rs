//! Who stays together: a heading never stands at the foot of a page while what it heads begins the next.

use super::{BOTTOM, Compositor};
use crate::sheet::Page;

/// What has been set and waits for what belongs to it.
#[derive(Debug)]
pub(super) struct Waiting {
    /// Where it begins on the page: among the marks, and from the top.
    mark: usize,
    top: f32,
    bookmark: usize,
    /// Whether a paragraph has followed the heading already; a second one sets it free.
    introduced: bool,
}

impl Compositor<'_> {
    /// From here on, what is set waits for what belongs to it.
    pub(super) fn wait(&mut self) {
        if self.waiting.is_none() {
            let marks = self.sheets.pages.last().map_or(0, |page| page.marks.len());
            let bookmark = self.sheets.outline.len();
            let waiting = Waiting {
                mark: marks,
                top: self.y,
                bookmark,
                introduced: false,
            };
            self.waiting = Some(waiting);
        }
    }

    /// A paragraph has been set: one may stand between a heading and its table, two are text enough.
    pub(super) fn introduce(&mut self) {
        match &mut self.waiting {
            Some(waiting) if !waiting.introduced => waiting.introduced = true,
            _ => self.waiting = None,
        }
    }

    /// What waited has its company, or needs none.
    pub(super) fn free(&mut self) {
        self.waiting = None;
    }

    /// A heading with a paragraph stands by itself; one without still waits.
    pub(super) fn free_if_introduced(&mut self) {
        if self
            .waiting
            .as_ref()
            .is_some_and(|waiting| waiting.introduced)
        {
            self.free();
        }
    }

    /// Turns the page and takes along what waits, unless that is half a page or all of it.
    pub(super) fn turn_together(&mut self) {
        let half = self.top + (BOTTOM - self.top) / 2.0;
        let Some(waiting) = self.waiting.take().filter(|waiting| waiting.top > half) else {
            self.turn();
            return;
        };
        let carried = match self.sheets.pages.last_mut() {
            Some(Page { marks }) => marks.split_off(waiting.mark),
            None => Vec::new(),
        };
        let lower = self.top - waiting.top;
        let y = self.y + lower;
        self.turn();
        for bookmark in &mut self.sheets.outline[waiting.bookmark..] {
            bookmark.page += 1;
            bookmark.y += lower;
        }
        for (owner, mark) in carried {
            self.mark(owner, mark.lowered(lower));
        }
        self.y = y;
    }
}
