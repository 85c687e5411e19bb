//! Files of checkpoints and proofs: blocks one after the other, parted by empty lines.

use casework::ledger::note::CONSISTENCY;
use casework::ledger::{Consistency, SignedNote};

/// Begins each line of a note's signatures. Source: C2SP signed-note.
const DASH: &str = "\u{2014} ";

/// Reads every block; `None` where one is neither a note nor a proof, or none is there.
pub fn read(text: &str) -> Option<(Vec<SignedNote>, Vec<Consistency>)> {
    let (mut notes, mut proofs) = (Vec::new(), Vec::new());
    let mut lines = text.lines().peekable();
    loop {
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        let Some(first) = lines.next() else { break };
        // A block's own lines, up to an empty one.
        let mut block = vec![first];
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            block.push(line);
        }
        if first == CONSISTENCY {
            proofs.push(format!("{}\n", block.join("\n")).parse().ok()?);
            continue;
        }
        // The empty line that parts a note's text from its signatures.
        lines.next()?;
        let mut note = block.join("\n");
        note.push_str("\n\n");
        while let Some(line) = lines.next_if(|line| line.starts_with(DASH)) {
            note.push_str(line);
            note.push('\n');
        }
        notes.push(note.parse().ok()?);
    }
    (!notes.is_empty() || !proofs.is_empty()).then_some((notes, proofs))
}
