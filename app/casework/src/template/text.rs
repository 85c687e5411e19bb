//! The text of a letter, and what its lines mean.
//!
//! | a line | is |
//! |---|---|
//! | `## Words` | a heading |
//! | `- Words` | an item of a list |
//! | `@manifest What \| When \| SHA-256` | the table of what was sent, under these heads |
//! | `@sign Words` | a line to fill in by hand |
//! | anything else | a paragraph, up to the next empty line |

/// A part of a letter's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    /// Its line breaks are kept.
    Paragraph(String),
    List(Vec<String>),
    /// What was sent, when, and its digest: from the case, whatever was typed. The heads of its
    /// columns are the template's, since they are in its language.
    Manifest([String; 3]),
    /// Lines to fill in by hand.
    Sign(Vec<String>),
}

/// The parts of a text, in their order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let words = |mark: &str| line.strip_prefix(mark).map(|rest| rest.trim().to_owned());
        let next = if line.trim().is_empty() {
            None
        } else if let Some(title) = words("## ") {
            Some(Block::Heading(title))
        } else if let Some(item) = words("- ") {
            Some(Block::List(vec![item]))
        } else if let Some(heads) = words("@manifest") {
            Some(Block::Manifest(manifest_heads(&heads)))
        } else if let Some(label) = words("@sign ") {
            Some(Block::Sign(vec![label]))
        } else {
            Some(Block::Paragraph(line.to_owned()))
        };
        // `None` in between parts two paragraphs, and nothing else.
        join(&mut blocks, next);
    }
    blocks.into_iter().flatten().collect()
}

fn join(blocks: &mut Vec<Option<Block>>, next: Option<Block>) {
    match (blocks.last_mut(), next) {
        (Some(Some(Block::Paragraph(before))), Some(Block::Paragraph(line))) => {
            before.push('\n');
            before.push_str(&line);
        }
        (Some(Some(Block::List(items))), Some(Block::List(more))) => items.extend(more),
        (Some(Some(Block::Sign(labels))), Some(Block::Sign(more))) => labels.extend(more),
        (_, next) => blocks.push(next),
    }
}

fn manifest_heads(heads: &str) -> [String; 3] {
    let mut named = heads.split('|').map(str::trim);
    ["What was sent", "When", "SHA-256"].map(|otherwise| {
        let head = named.next().filter(|head| !head.is_empty());
        head.unwrap_or(otherwise).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_mean_what_they_begin_with() {
        let text = "Dear Ms Roe,\nof the court\n\nWe send:\n- one\n- two\n\n\n## Seal\n@manifest Was | Wann\n@sign Name\n@sign Date\n-- not an item";
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph("Dear Ms Roe,\nof the court".into()),
                Block::Paragraph("We send:".into()),
                Block::List(vec!["one".into(), "two".into()]),
                Block::Heading("Seal".into()),
                Block::Manifest(["Was".into(), "Wann".into(), "SHA-256".into()]),
                Block::Sign(vec!["Name".into(), "Date".into()]),
                Block::Paragraph("-- not an item".into()),
            ]
        );
    }

    #[test]
    fn nothing_typed_is_no_block() {
        assert_eq!(blocks(" \n\n \n"), []);
    }
}
