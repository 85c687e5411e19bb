//! Choosing what a redacted edition leaves out.
//!
//! The law: what is left out is left out everywhere. A text has one place in all entries that tell
//! it again, and a text that another one repeats is a fault until both are left out.

use std::collections::BTreeSet;

use crate::{
    case::StepKind,
    dossier::Dossier,
    form::{Fault, Faults, Fields},
    gate::questions::questions,
    instrument::Instrument,
    ledger::{Entry, evidence::Unsound, sealed::Place},
    request::FIELDS,
    scope::Category,
};

/// A text of a case that may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub place: Place,
    /// What it is, in words.
    pub what: String,
    pub part: Part,
    /// As it is told now, and before it where earlier entries told it otherwise.
    pub values: Vec<String>,
}

crate::choice! {
    /// The parts of a case, for choosing many texts at once.
    Part {
        Subject = "subject", "The subject";
        Requester = "requester", "The requester";
        Request = "request", "The request";
        Gate = "gate", "Answers to the gate";
        Steps = "steps", "Words given with steps";
        Members = "members", "Names of members";
    }
}

/// Shortest text that is looked for in others: shorter ones stand everywhere.
const TELLING: usize = 3;

/// Every text of a case that may be left out, in reading order.
///
/// # Errors
/// Where the evidence does not hold.
pub fn texts(dossier: &Dossier) -> Result<Vec<Text>, Unsound> {
    let mut found: Vec<Text> = Vec::new();
    for sealed in &dossier.ledger.entries {
        let opened = sealed.open()?.opened;
        for (place, opening) in opened.texts {
            let at = found.iter().position(|text| text.place == place);
            let at = at.unwrap_or_else(|| {
                let (what, part) = named(&place, &opened.entry);
                found.push(Text {
                    what,
                    part,
                    place,
                    values: Vec::new(),
                });
                found.len() - 1
            });
            let values = &mut found[at].values;
            values.retain(|value| *value != opening.value);
            values.insert(0, opening.value);
        }
    }
    // Part by part; within one, a form's fields as the form has them, and all else as it happened.
    found.sort_by_key(|text| (text.part, in_the_form(&text.place)));
    Ok(found)
}

/// Whether what is chosen can be left out at all.
///
/// # Errors
/// Where an entry of the case is from before texts were sealed one by one: what it says stands in
/// it, and an edition that shows the entry shows that.
pub fn possible(dossier: &Dossier) -> Result<(), Faults> {
    let open = dossier.ledger.entries.iter().any(|sealed| {
        sealed
            .open()
            .is_ok_and(|sound| !sound.opened.plain.is_empty())
    });
    if open {
        return Err(Faults::one(
            "mask",
            "This case has entries from before texts were sealed one by one. What they say cannot be \
             left out, so no redacted edition can be made of it.",
        ));
    }
    Ok(())
}

/// Reads the form: `mask`, once for each place, and `even_so` where somebody has looked at every
/// repetition and lets it stand.
///
/// # Errors
/// Where nothing is chosen, or what is left out still stands elsewhere; each fault names the place.
pub fn parse(fields: &Fields, texts: &[Text]) -> Result<BTreeSet<Place>, Faults> {
    let chosen: BTreeSet<Place> = texts
        .iter()
        .filter(|text| fields.has("mask", &text.place))
        .map(|text| text.place.clone())
        .collect();
    if chosen.is_empty() {
        return Err(Faults::one("mask", "Tick at least one text to leave out."));
    }
    let faults = repeated(texts, &chosen);
    if faults.is_empty() || fields.has("even_so", "yes") {
        Ok(chosen)
    } else {
        Err(Faults(faults))
    }
}

/// Texts that stay and repeat one that is left out.
fn repeated(texts: &[Text], chosen: &BTreeSet<Place>) -> Vec<Fault> {
    let left_out: Vec<(&str, String)> = texts
        .iter()
        .filter(|text| chosen.contains(&text.place))
        .flat_map(|text| &text.values)
        .map(|value| (value.as_str(), value.to_lowercase()))
        .filter(|(value, _)| value.chars().count() >= TELLING)
        .collect();
    let stays = texts.iter().filter(|text| !chosen.contains(&text.place));
    stays
        .filter_map(|text| {
            let (value, _) = left_out.iter().find(|(_, folded)| {
                text.values
                    .iter()
                    .any(|value| value.to_lowercase().contains(folded))
            })?;
            Some(Fault {
                field: text.place.clone(),
                says: format!(
                    "{}: \u{201c}{value}\u{201d} stands here too; leave this out as well.",
                    text.what
                ),
            })
        })
        .collect()
}

/// Where a field stands in the request's form.
fn in_the_form(place: &str) -> Option<(usize, u32)> {
    let mut parts = place.strip_prefix("fields/")?.split('/');
    let name = parts.next()?;
    let row = parts.next().and_then(|row| row.parse().ok()).unwrap_or(0);
    Some((FIELDS.iter().position(|field| *field == name)?, row))
}

/// What a place is called, and which part of the case it belongs to; `entry` tells the text.
pub fn named(place: &str, entry: &Entry) -> (String, Part) {
    (what(place, entry), part(place, entry))
}

fn part(place: &str, entry: &Entry) -> Part {
    // What was said to the subject, or by them, is about the subject.
    let subjects = matches!(
        entry,
        Entry::Step { event } if matches!(
            event.kind(),
            StepKind::Notify | StepKind::Untold | StepKind::Object
        )
    );
    match place.split('/').collect::<Vec<_>>().as_slice() {
        ["fields", "identifier_value", ..] => Part::Subject,
        [
            "fields",
            "authority" | "unit" | "country" | "person" | "title" | "badge" | "email" | "phone"
            | "reference" | "deliver_to",
            ..,
        ] => Part::Requester,
        ["fields", ..] => Part::Request,
        ["answers", ..] => Part::Gate,
        ["by", ..] => Part::Members,
        _ if subjects => Part::Subject,
        _ => Part::Steps,
    }
}

fn what(place: &str, entry: &Entry) -> String {
    let step = match entry {
        Entry::Step { event } => format!("step {}, {}", event.version, event.kind().past()),
        _ => "a refused attempt".into(),
    };
    let letter = matches!(entry, Entry::Step { event } if event.kind() == StepKind::Letter);
    match place.split('/').collect::<Vec<_>>().as_slice() {
        ["fields", "identifier_value", row] => {
            let row = row.parse::<usize>().map_or(1, |row| row + 1);
            format!("Subject identifier {row}")
        }
        ["fields", name, ..] => field(name).into(),
        ["answers", key] => Instrument::ALL
            .iter()
            .flat_map(|instrument| questions(*instrument))
            .find(|question| question.key == *key)
            .map_or_else(|| (*key).to_owned(), |question| question.asks.to_owned()),
        ["by", _] => "Name of a member".into(),
        [_, "name"] if letter => format!("Name of a letter ({step})"),
        [_, "name"] => format!("Name of an order ({step})"),
        [_, "what"] => format!("{} ({step})", told(entry)),
        [_, "deleted", "by"] => format!("Who deleted what was kept ({step})"),
        [_, "deleted", _] => format!("What was deleted ({step})"),
        [_, "refused", category] => {
            let category = Category::from_code(category).map_or("a category", Category::word);
            format!("Reasons for refusing {category} ({step})")
        }
        [_, "mail", key] => format!("{} of an attached message ({step})", header(key)),
        [_, text] => format!("{} ({step})", said(text)),
        _ => step,
    }
}

fn field(name: &str) -> &'static str {
    match name {
        "authority" => "Authority, firm or company",
        "unit" => "Unit",
        "country" => "Country",
        "person" => "Person who asks",
        "title" => "Their title",
        "badge" => "Badge or identity number",
        "email" => "Their e-mail address",
        "phone" => "Their telephone number",
        "reference" => "Their reference",
        "served_entity" => "Legal entity addressed",
        "served_at" => "Address it was served at",
        "asks" => "What they ask for, in their words",
        "legal_basis" => "Legal basis cited",
        "confidential_basis" => "Basis of confidentiality",
        "deliver_to" => "Where to deliver",
        "language" => "Language",
        _ => "A field of the request",
    }
}

fn header(key: &str) -> &'static str {
    match key {
        "from" => "Domain in From",
        "reply_to" => "Domain in Reply-To",
        "return_path" => "Domain in Return-Path",
        _ => "Domain in Message-ID",
    }
}

fn said(text: &str) -> &'static str {
    match text {
        "reasons" => "Reasons",
        "contact" => "Number, register or address used",
        "source" => "Where that was found",
        "answered_by" => "Who answered",
        "remarks" => "Remarks",
        "needs" => "What is needed",
        "recipient" => "Recipient",
        "owner" => "Who keeps it",
        "kept_in" => "Where it is kept",
        "reference" => "What it was renewed by",
        "basis" => "What forbids telling the subject",
        "to" => "Address of the notice",
        "by" => "Who objects",
        "word" => "What the reason is called",
        _ => "Words",
    }
}

/// What the text called `what` is, by the step that tells it.
fn told(entry: &Entry) -> &'static str {
    let Entry::Step { event } = entry else {
        return "Words";
    };
    match event.kind() {
        StepKind::Hold => "What is kept",
        StepKind::Notify => "What the subject is told",
        StepKind::Object => "What the objection says",
        _ => "What was sent",
    }
}
