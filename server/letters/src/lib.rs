//! Letters: a template and a case in, subject and text out.
//!
//! Architecture invariants
//! - **A template tells, asks and goes through lists, and can do nothing else.** Of the template
//!   language only fields, `if` and `for` are let in (`syntax`); no value can be made that the case
//!   does not hold, so no text can grow beyond what is gone through, and that is bounded by fuel and by
//!   length. Nothing is included, called or loaded.
//! - **What is missing is a fault, never a gap.** A field the case does not have cannot be told, only
//!   asked for.
//! - **What may not be told is missing.** Where a letter must not confirm that an account exists, the
//!   fields that would are not there (`facts`).
//! - **No clock, no chance, no database.** The typeset page is made by the crate `record`.

mod delivered;
mod facts;
mod language;
mod sample;
mod syntax;
mod words;

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use casework::{
    form::{Fault, Faults},
    letter::LetterKind,
    template::{Template, fields_of, known},
};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

pub use delivered::{delivered, delivered_for};
pub use facts::About;
pub use language::day;

/// What a template may be filled with.
type Facts = BTreeMap<&'static str, Value>;

/// Most steps of one filling: a letter that goes through fifty identifiers takes some hundreds.
const FUEL: u64 = 20_000;
/// Most bytes of one filled text; a letter of ten pages has half of that.
const TEXT_MOST: usize = 60_000;

/// A template filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub subject: String,
    pub body: String,
}

/// Fills a template with what the case holds.
///
/// # Errors
/// What the template tells and the case does not have, each fault beside `subject` or `body`.
pub fn fill(template: &Template, about: &About<'_>) -> Result<Filled, Faults> {
    filled(template, &facts::of(template, about))
}

/// Fills a template with a made-up case, for whoever writes it.
///
/// # Errors
/// As [`check`].
pub fn preview(template: &Template) -> Result<Filled, Faults> {
    check(template)?;
    filled(template, &sample::whole(template.kind))
}

/// Whether a template can be filled: with a case that has everything, and with one that has only
/// what every case has.
///
/// # Errors
/// Every fault, with the line it stands on.
pub fn check(template: &Template) -> Result<(), Faults> {
    let mut faults = Vec::new();
    for (field, source) in parts(template) {
        faults.extend(
            strange(template.kind, source)
                .into_iter()
                .map(|says| fault(field, says)),
        );
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    filled(template, &sample::whole(template.kind))?;
    filled(template, &sample::bare(template.kind)).map_err(|Faults(faults)| {
        let unasked = |one: Fault| {
            fault(
                &one.field,
                format!("{} A case may lack it, or have none in the list.", one.says),
            )
        };
        Faults(faults.into_iter().map(unasked).collect())
    })?;
    Ok(())
}

fn parts(template: &Template) -> [(&'static str, &str); 2] {
    [
        ("subject", template.subject.as_str()),
        ("body", template.body.as_str()),
    ]
}

/// Everything in a source that is not of the language, and every name that is no field.
fn strange(kind: LetterKind, source: &str) -> Vec<String> {
    let odd = syntax::faults(source);
    if !odd.is_empty() {
        return odd;
    }
    let environment = environment(None);
    let template = match environment.template_from_str(source) {
        Ok(template) => template,
        Err(error) => return vec![told(&error)],
    };
    let mut names: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    names.retain(|name| known(kind, name).is_none());
    names.sort_unstable();
    let all: Vec<&str> = fields_of(kind).map(|field| field.name).collect();
    names
        .into_iter()
        .map(|name| {
            format!(
                "{}: this kind of letter has no field \u{201c}{name}\u{201d}. It has: {}.",
                syntax::line_of(source, &name),
                all.join(", ")
            )
        })
        .collect()
}

fn filled(template: &Template, facts: &Facts) -> Result<Filled, Faults> {
    let mut faults = Vec::new();
    let mut texts = parts(template).map(|(field, source)| {
        match rendered(source, template.language.as_str(), facts) {
            Ok(text) => text,
            Err(says) => {
                faults.push(fault(field, says));
                String::new()
            }
        }
    });
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let [subject, body] = &mut texts;
    Ok(Filled {
        // A subject is one line, whatever its fields hold.
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
        body: tidy(body),
    })
}

fn rendered(source: &str, tag: &str, facts: &Facts) -> Result<String, String> {
    // Whatever else a source holds was refused when it was published; one that comes another way
    // meets the same wall.
    if let Some(odd) = syntax::faults(source).into_iter().next() {
        return Err(odd);
    }
    let environment = environment(Some(tag));
    let template = environment
        .template_from_str(source)
        .map_err(|error| told(&error))?;
    let mut text = Bounded(Vec::new());
    template
        .render_captured_to(facts, &mut text)
        .map_err(|error| told(&error))?;
    String::from_utf8(text.0).map_err(|_| "This cannot be written.".into())
}

/// The language as it is let in; `tag` is the language that lists are told in.
fn environment(tag: Option<&str>) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_fuel(Some(FUEL));
    let tag = tag.unwrap_or("en").to_owned();
    environment.add_filter("listed", move |all: Vec<String>| {
        if all.is_empty() {
            // "Concerning: ." is a gap as much as a field that is not there.
            return Err(minijinja::Error::from(ErrorKind::UndefinedError));
        }
        Ok(language::listed(&tag, &all))
    });
    environment
}

/// A fault of the template language, as a sentence for the person who wrote it.
fn told(error: &minijinja::Error) -> String {
    let place = error
        .line()
        .map_or_else(String::new, |line| format!("Line {line}: "));
    let says = match error.kind() {
        ErrorKind::UndefinedError => {
            "this tells something that is not there; ask for it first, with {% if … %}.".into()
        }
        ErrorKind::OutOfFuel => "this goes through too much; a letter is not that long.".into(),
        ErrorKind::WriteFailure => "this is longer than a letter may be.".into(),
        ErrorKind::UnknownFilter => {
            "there is no such filter; a list is told with \u{201c}| listed\u{201d}.".into()
        }
        _ => format!(
            "this cannot be understood ({}).",
            error.detail().unwrap_or("it is no template")
        ),
    };
    format!("{place}{says}")
}

fn fault(field: &str, says: impl Into<String>) -> Fault {
    Fault {
        field: field.into(),
        says: says.into(),
    }
}

/// Without blanks at the ends of lines, and with one empty line where there were several.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.trim().to_owned()
}

/// Takes so much and no more.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > TEXT_MOST {
            return Err(io::Error::other("the text is too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
