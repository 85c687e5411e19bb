//! Files of checkpoints and proofs: blocks one after the other, parted by empty lines.

use base64ct::{Base64, Encoding as _};

use casework::ledger::{Hash, SignedNote};

use super::Consistency;

const HEAD: &str = "disclosure-desk/consistency/v1";
/// Begins each line of a note's signatures. Source: C2SP signed-note.
const DASH: &str = "\u{2014} ";
/// A proof over 64 levels has no more hashes. Source: RFC 9162, 2.1.4.
const HASHES_MOST: usize = 65;

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
        if first == HEAD {
            proofs.push(consistency(&block)?);
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

fn consistency(block: &[&str]) -> Option<Consistency> {
    let [_, origin, from, to, hashes @ ..] = block else {
        return None;
    };
    let number = |line: &str, name: &str| {
        let digits = line.strip_prefix(name)?;
        let number: u64 = digits.parse().ok()?;
        (number.to_string() == digits).then_some(number)
    };
    let proof = (hashes.len() <= HASHES_MOST).then(|| {
        hashes
            .iter()
            .map(|line| hash(line))
            .collect::<Option<Vec<_>>>()
    })??;
    Some(Consistency {
        origin: origin.strip_prefix("origin ")?.to_owned(),
        from: number(from, "from ")?,
        to: number(to, "to ")?,
        proof,
    })
}

fn hash(line: &str) -> Option<Hash> {
    Base64::decode_vec(line).ok()?.try_into().ok()
}
