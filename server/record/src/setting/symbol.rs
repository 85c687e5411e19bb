//! Square symbols that a telephone reads.

use std::rc::Rc;

use qrcodegen::{QrCode, QrCodeEcc};

use super::{Compositor, LEFT, MEASURE, SMALL};
use crate::faces::Voice;
use crate::plain::Plain;
use crate::sheet::{Mark, Meaning, Owner, TagId};

/// Rows of dark and light modules.
pub(crate) type Modules = Rc<[Vec<bool>]>;

/// Least width of a module in points: a telephone reads a third of a millimetre from paper.
const MODULE: f32 = 0.95;

/// The symbol of a text with a quarter of it to spare, should paper suffer. None for a text that
/// the largest symbol does not hold: that is no reason to withhold a record.
pub(crate) fn modules(says: &str) -> Option<Modules> {
    let code = QrCode::encode_text(says, QrCodeEcc::Medium).ok()?;
    let row = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
    Some((0..code.size()).map(row).collect())
}

impl Compositor<'_> {
    /// A symbol with words beside it; of several texts the first whose modules stay legible.
    pub fn symbol(&mut self, parent: TagId, says: &[&str], alternative: &str, beside: &str) {
        let side = 96.0;
        let Some(dark) = says.iter().find_map(|says| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a symbol has at most 177 modules a side"
            )]
            modules(says).filter(|dark| dark.len() as f32 * MODULE <= side)
        }) else {
            return;
        };
        self.need(side + 14.0);
        let says = Plain::new(self.book(), Voice::Text, alternative);
        let tag = self.sheets.tags.add(parent, Meaning::Figure { says });
        let y = self.y + 4.0;
        let mark = Mark::Modules {
            x: LEFT,
            y,
            side,
            dark,
        };
        self.mark(Owner::Tag(tag), mark);

        let tag = self.sheets.tags.add(parent, Meaning::Paragraph);
        let x = LEFT + side + 16.0;
        self.beside(tag, x, y - 2.0, LEFT + MEASURE - x, beside);
        self.y = self.y.max(y + side) + 10.0;
        self.free();
    }

    /// Small text in a column of its own.
    fn beside(&mut self, tag: TagId, x: f32, top: f32, width: f32, text: &str) {
        let lines = self.typesetter.lines(Voice::Text, SMALL.size, width, text);
        self.y = top;
        for line in lines.iter() {
            let mark = Mark::Text {
                line: Rc::clone(line),
                x,
                y: self.y + SMALL.drop(),
                ink: crate::sheet::Ink::BLACK,
            };
            self.mark(Owner::Tag(tag), mark);
            self.y += SMALL.lead;
        }
    }
}
