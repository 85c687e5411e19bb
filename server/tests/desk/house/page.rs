//! Reads a page as a browser does, as far as forms go. The markup is our own renderer's, which
//! quotes every attribute and closes every element; anything else would fail the tests here.

use std::collections::BTreeMap;

pub type Tag = BTreeMap<String, String>;

/// A form of a page, with what a browser would send of it.
#[derive(Debug)]
pub struct Form {
    pub action: String,
    /// Every control's name, also of those that send nothing yet.
    pub names: Vec<String>,
    pub sends: Vec<(String, String)>,
    /// What passwords were filled in with: none ever should be.
    pub secrets: Vec<String>,
}

impl Form {
    /// Every value that would be sent under this name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let sends = self.sends.iter().filter(|(known, _)| known == name);
        sends.map(|(_, value)| value.as_str()).collect()
    }

    pub fn value(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }
}

/// Resolves entities, and drops the marks that the renderer puts between texts.
pub fn plain(markup: &str) -> String {
    let text = markup.replace("<!>", "").replace("<!---->", "");
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&amp;", "&")
}

/// The text of the element with this id; it holds no other.
pub fn text_of(markup: &str, id: &str) -> Option<String> {
    let (_, after) = markup.split_once(&format!("id=\"{id}\""))?;
    let (_, inner) = after.split_once('>')?;
    let (text, _) = inner.split_once("</")?;
    Some(plain(text))
}

/// The attributes of every element; the element's name under the empty string.
pub fn tags(markup: &str) -> impl Iterator<Item = Tag> {
    markup.split('<').skip(1).map(tag)
}

fn tag(piece: &str) -> Tag {
    let mut tag = Tag::new();
    let (name, mut rest) = piece.split_at(
        piece
            .find(|c: char| c.is_whitespace() || c == '>')
            .unwrap_or(piece.len()),
    );
    tag.insert(String::new(), name.to_owned());
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace());
        let Some(end) = end.filter(|end| *end > 0) else {
            return tag;
        };
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                rest = after;
                plain(value)
            }
            None => String::new(),
        };
        tag.insert(name, value);
    }
}

/// Inside a textarea a browser sees no element until that one closes.
fn passages_folded(markup: &str) -> String {
    let mut pieces = markup.split("<textarea");
    let mut all = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (head, after) = piece.split_once('>').unwrap_or((piece, ""));
        let (text, rest) = after.split_once("</textarea").unwrap_or((after, ""));
        let text = text.replace('<', "&lt;");
        all.extend(["<textarea", head, ">", &text, "</textarea", rest]);
    }
    all
}

/// Every form of a page.
pub fn forms(markup: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut menu = String::new();
    let mut menu_sent = true;
    let markup = passages_folded(markup);
    for piece in markup.split('<').skip(1) {
        let tag = tag(piece);
        let get = |name: &str| tag.get(name).cloned().unwrap_or_default();
        if tag[""] == "form" {
            inside = true;
            forms.push(Form {
                action: get("action"),
                names: Vec::new(),
                sends: Vec::new(),
                secrets: Vec::new(),
            });
        }
        let Some(form) = forms.last_mut().filter(|_| inside) else {
            continue;
        };
        let name = get("name");
        match tag[""].as_str() {
            "/form" => inside = false,
            "input" => {
                form.names.push(name.clone());
                let chosen = tag.contains_key("checked");
                match get("type").as_str() {
                    "checkbox" | "radio" if !chosen || tag.contains_key("disabled") => {}
                    "password" => form.secrets.push(get("value")),
                    _ => form.sends.push((name, get("value"))),
                }
            }
            "textarea" => {
                form.names.push(name.clone());
                let (_, text) = piece.split_once('>').unwrap_or_default();
                // The first line break after the tag belongs to the markup.
                let text = text.strip_prefix('\n').unwrap_or(text);
                form.sends.push((name, plain(text)));
            }
            "select" => {
                form.names.push(name.clone());
                menu = name;
                menu_sent = false;
            }
            "option" if tag.contains_key("selected") && !menu_sent => {
                form.sends.push((menu.clone(), get("value")));
                menu_sent = true;
            }
            "/select" if !menu_sent => {
                form.sends.push((menu.clone(), String::new()));
                menu_sent = true;
            }
            "button" => form.names.push(name),
            _ => {}
        }
    }
    forms
}
