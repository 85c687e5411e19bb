//! What a record says, without how: for others to set.

use std::collections::HashMap;

use record::sheet::{Mark, Meaning, Owner, Sheets, TagId, Tags};
use serde_json::{Value, json};

/// Headings, paragraphs and tables, in order, as JSON.
pub fn of(sheets: &Sheets) -> String {
    let mut said: HashMap<TagId, String> = HashMap::new();
    for (owner, mark) in sheets.pages.iter().flat_map(|page| &page.marks) {
        if let (Owner::Tag(tag), Mark::Text { line, .. }) = (owner, mark) {
            said.entry(*tag).or_default().push_str(&line.text());
        }
    }
    let text = |id: &TagId| said.get(id).cloned().unwrap_or_default();
    let mut blocks: Vec<Value> = Vec::new();
    let mut open = vec![Tags::ROOT];
    while let Some(id) = open.pop() {
        let tag = sheets.tags.get(id);
        match &tag.meaning {
            Meaning::Table { .. } => {
                let rows: Vec<Vec<String>> = tag
                    .children
                    .iter()
                    .flat_map(|group| &sheets.tags.get(*group).children)
                    .map(|row| sheets.tags.get(*row).children.iter().map(text).collect())
                    .collect();
                blocks.push(json!({ "table": rows }));
            }
            Meaning::Heading(level, _) => {
                blocks.push(json!({ "heading": text(&id), "level": level }));
            }
            Meaning::Paragraph => blocks.push(json!({ "paragraph": text(&id) })),
            _ => open.extend(tag.children.iter().rev()),
        }
    }
    json!(blocks).to_string()
}
