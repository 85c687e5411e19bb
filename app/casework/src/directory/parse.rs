//! Reading an authority from its form, and filling the form with one.
//!
//! A list that is longer than fits is told so and read no further: what a form may cost to read is
//! bounded by what an entry may hold, not by what somebody pasted.

use std::collections::BTreeSet;

use jiff::civil;
use uuid::Uuid;

use super::{Authority, AuthorityId, Domain, Person, PersonId, Phone, PhoneId, folded};
use crate::{
    form::{Faults, Fields, Reader},
    phone,
    request::RequesterKind,
    words::Line,
};

/// Most domains of one authority.
pub const DOMAINS_MOST: usize = 100;
/// Most numbers of one authority.
pub const PHONES_MOST: usize = 100;
/// Most people of one authority.
pub const PEOPLE_MOST: usize = 300;
/// Most units and other names of one authority.
const NAMES_MOST: usize = 200;

impl Authority {
    /// Reads the form. `today` bounds when a number was checked; `fresh` gives ids to new rows.
    ///
    /// Rows left blank are passed over; faults name their row: `phone.2`, `person.0`. A row keeps
    /// its id only if the entry had it `before`.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(
        fields: &Fields,
        id: AuthorityId,
        before: Option<&Self>,
        today: civil::Date,
        mut fresh: impl FnMut() -> Uuid,
    ) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let kind = reader.choice("kind", "Say what kind of requester it is.");
        if kind == Some(RequesterKind::OurCompany) {
            reader.blame(
                "kind",
                "Our own company needs no entry: nobody calls it back.",
            );
        }
        let name = reader.line("name", "Name the authority, firm or court.");
        let country = reader.line("country", "Name its country.");
        let also = lines(&mut reader, "also");
        let units = lines(&mut reader, "units");
        let domains = domains(&mut reader);
        let phones = phones(&mut reader, before, today, &mut fresh);
        let people = people(&mut reader, before, &mut fresh);
        let remarks = reader.maybe_prose("remarks");
        let retired = if reader.ticked("retired") {
            reader.line("retired_why", "Say why it is no longer used.")
        } else {
            None
        };
        let made = (|| {
            let name = name?;
            Some(Self {
                id,
                kind: kind?,
                also: also
                    .into_iter()
                    .filter(|other| folded(other.as_str()) != folded(name.as_str()))
                    .collect(),
                name,
                country: country?,
                units,
                domains,
                phones,
                people,
                remarks,
                retired,
                merged_into: None,
            })
        })();
        reader.done(made)
    }

    /// The form filled with this entry.
    pub fn fields(&self) -> Fields {
        let joined = |all: &[Line]| all.iter().map(Line::as_str).collect::<Vec<_>>().join("\n");
        let mut fields: Fields = [
            ("kind", self.kind.code().to_owned()),
            ("name", self.name.to_string()),
            ("country", self.country.to_string()),
            ("also", joined(&self.also)),
            ("units", joined(&self.units)),
            (
                "domains",
                self.domains
                    .iter()
                    .map(Domain::shown)
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            (
                "remarks",
                self.remarks
                    .as_ref()
                    .map_or("", |text| text.as_str())
                    .to_owned(),
            ),
        ]
        .into_iter()
        .collect();
        for phone in &self.phones {
            fields.push("phone_id", phone.id.to_string());
            fields.push("phone_number", phone.number.as_str());
            fields.push("phone_label", maybe(phone.label.as_ref()));
            fields.push("phone_source", phone.source.as_str());
            fields.push("phone_checked", phone.checked_on.to_string());
        }
        for person in &self.people {
            fields.push("person_id", person.id.to_string());
            fields.push("person_name", person.name.as_str());
            for (name, value) in [
                ("person_title", &person.title),
                ("person_badge", &person.badge),
                ("person_email", &person.email),
                ("person_phone", &person.phone),
                ("person_unit", &person.unit),
            ] {
                fields.push(name, maybe(value.as_ref()));
            }
        }
        if let Some(why) = &self.retired {
            fields.push("retired", "yes");
            fields.push("retired_why", why.as_str());
        }
        fields
    }
}

/// Whether an entry stays within its bounds; else of what there is too much.
pub(super) fn fits(authority: &Authority) -> Result<(), &'static str> {
    let Authority {
        also,
        units,
        domains,
        phones,
        people,
        ..
    } = authority;
    [
        (also.len() > NAMES_MOST, "other names"),
        (units.len() > NAMES_MOST, "units"),
        (domains.len() > DOMAINS_MOST, "domains"),
        (phones.len() > PHONES_MOST, "telephone numbers"),
        (people.len() > PEOPLE_MOST, "people"),
    ]
    .into_iter()
    .find_map(|(over, what)| over.then_some(what))
    .map_or(Ok(()), Err)
}

fn maybe(line: Option<&Line>) -> &str {
    line.map_or("", Line::as_str)
}

/// One on each line of a passage; each once.
fn lines(reader: &mut Reader<'_>, field: &str) -> Vec<Line> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for (row, raw) in typed_lines(reader, field, NAMES_MOST) {
        match Line::parse(raw) {
            Err(blame) => reader.blame(field, format!("Line {row}: {blame}")),
            Ok(line) => {
                if known.insert(folded(line.as_str())) {
                    found.push(line);
                }
            }
        }
    }
    found
}

/// The lines of a passage that say something, each with its place: no more than fit.
fn typed_lines<'a>(reader: &mut Reader<'a>, field: &str, most: usize) -> Vec<(usize, &'a str)> {
    let typed = reader.fields().get(field).lines().enumerate();
    let mut lines: Vec<_> = typed
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(row, line)| (row + 1, line))
        .take(most + 1)
        .collect();
    if lines.len() > most {
        lines.truncate(most);
        reader.blame(field, format!("There are more than fit: {most} at most."));
    }
    lines
}

fn domains(reader: &mut Reader<'_>) -> Vec<Domain> {
    let mut found = Vec::new();
    for (row, raw) in typed_lines(reader, "domains", DOMAINS_MOST) {
        match Domain::parse(raw) {
            Err(no_domain) => reader.blame("domains", format!("Line {row}: {no_domain}")),
            Ok(domain) if psl::domain_str(domain.as_str()).is_none() => reader.blame(
                "domains",
                format!("Line {row}: many registrants share {domain}; it is nobody's own."),
            ),
            Ok(domain) if crate::signals::is_free_mail(&domain) => reader.blame(
                "domains",
                format!("Line {row}: anybody can have an address at {domain}; it is official for nobody."),
            ),
            Ok(domain) => found.push(domain),
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The rows of a table that say something, each with its place: no more than fit. The first column
/// is the row's id, which says nothing by itself.
fn rows<'a, const N: usize>(
    reader: &mut Reader<'a>,
    columns: [&str; N],
    most: usize,
    what: &str,
) -> Vec<(usize, [&'a str; N])> {
    let fields = reader.fields();
    let columns = columns.map(|name| fields.all(name).collect::<Vec<_>>());
    let length = columns[1..].iter().map(Vec::len).max().unwrap_or_default();
    let row = |at: usize| {
        std::array::from_fn(|column| columns[column].get(at).copied().unwrap_or_default())
    };
    let mut rows: Vec<(usize, [&str; N])> = (0..length)
        .map(|at| (at, row(at)))
        .filter(|(_, row)| row[1..].iter().any(|one| !one.trim().is_empty()))
        .take(most + 1)
        .collect();
    if rows.len() > most {
        rows.truncate(most);
        reader.blame(
            "name",
            format!("There are more {what} than fit: {most} at most."),
        );
    }
    rows
}

fn phones(
    reader: &mut Reader<'_>,
    before: Option<&Authority>,
    today: civil::Date,
    fresh: &mut impl FnMut() -> Uuid,
) -> Vec<Phone> {
    const COLUMNS: [&str; 5] = [
        "phone_id",
        "phone_number",
        "phone_label",
        "phone_source",
        "phone_checked",
    ];
    let mut found: Vec<Phone> = Vec::new();
    for (at, row) in rows(reader, COLUMNS, PHONES_MOST, "telephone numbers") {
        let [id, number, label, source, checked] = row;
        let field = format!("phone.{at}");
        let mut blame = |says: String| reader.blame(&field, says);
        let number = match Line::parse(number) {
            Ok(number) if phone::plain(number.as_str()).is_some() => Some(number),
            _ => {
                blame("Give the number, with its country code: +1 555 0142.".into());
                None
            }
        };
        let source = Line::parse(source).ok();
        if source.is_none() {
            blame("Say where it was found, independently of any request: their own site, a directory.".into());
        }
        let checked_on: Option<civil::Date> = checked.trim().parse().ok();
        match checked_on {
            None => blame("Give the day on which somebody looked there, as in 2026-03-31.".into()),
            Some(day) if day > today => {
                blame("It was checked on a day that lies in the future.".into());
            }
            Some(_) => {}
        }
        let label = match label.trim() {
            "" => None,
            text => Line::parse(text)
                .map_err(|wrong| blame(wrong.to_string()))
                .ok(),
        };
        if let (Some(number), Some(source), Some(checked_on)) = (number, source, checked_on) {
            let known = |id: &PhoneId| {
                before.is_some_and(|before| before.phones.iter().any(|phone| phone.id == *id))
                    && found.iter().all(|phone| phone.id != *id)
            };
            let id = id
                .parse()
                .ok()
                .filter(known)
                .unwrap_or_else(|| PhoneId(fresh()));
            found.push(Phone {
                id,
                number,
                label,
                source,
                checked_on,
            });
        }
    }
    found
}

fn people(
    reader: &mut Reader<'_>,
    before: Option<&Authority>,
    fresh: &mut impl FnMut() -> Uuid,
) -> Vec<Person> {
    const COLUMNS: [&str; 7] = [
        "person_id",
        "person_name",
        "person_title",
        "person_badge",
        "person_email",
        "person_phone",
        "person_unit",
    ];
    let mut found: Vec<Person> = Vec::new();
    for (at, [id, texts @ ..]) in rows(reader, COLUMNS, PEOPLE_MOST, "people") {
        let field = format!("person.{at}");
        let [name, title, badge, email, phone, unit] = texts.map(|text| match text.trim() {
            "" => None,
            text => match Line::parse(text) {
                Ok(line) => Some(line),
                Err(wrong) => {
                    reader.blame(&field, wrong);
                    None
                }
            },
        });
        if email
            .as_ref()
            .is_some_and(|email| Domain::of_email(email.as_str()).is_none())
        {
            reader.blame(&field, "This is not an e-mail address.");
        }
        let Some(name) = name else {
            reader.blame(&field, "Name the person.");
            continue;
        };
        let known = |id: &PersonId| {
            before.is_some_and(|before| before.people.iter().any(|person| person.id == *id))
                && found.iter().all(|person| person.id != *id)
        };
        let id = id
            .parse()
            .ok()
            .filter(known)
            .unwrap_or_else(|| PersonId(fresh()));
        found.push(Person {
            id,
            name,
            title,
            badge,
            email,
            phone,
            unit,
        });
    }
    found
}
