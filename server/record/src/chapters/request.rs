//! What was asked, by whom, in their own words.

use casework::case::Case;
use casework::request::{Request, Requester};

use super::Story;
use super::phrases::{local, member, moment};
use crate::setting::{Cell, Column, Compositor, Table};
use crate::sheet::TagId;

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>) {
    let case = story.case;
    let section = page.section("The request");
    match case.request() {
        Some(request) => read(page, section, case, request),
        None => typed(page, section, case),
    }
}

fn read(page: &mut Compositor<'_>, section: TagId, case: &Case, request: &Request) {
    if request.test {
        page.strong(section, "The requester marked this request as a test.");
    }
    page.minor(section, "Requester");
    page.facts(section, "Who asks", &requester(&request.requester));

    page.minor(section, "What is asked for");
    page.quote(section, request.asks.as_str());
    let mut facts = vec![
        ("Received", Cell::text(local(&request.received))),
        ("Channel", Cell::text(request.channel.word())),
        ("Addressed to", Cell::text(request.served_entity.as_str())),
    ];
    let mut say =
        |name, said: Option<String>| facts.extend(said.map(|said| (name, Cell::text(said))));
    say(
        "Served at",
        request.served_at.as_ref().map(ToString::to_string),
    );
    say("Data from", request.from.map(|day| day.to_string()));
    say("Data until", request.until.map(|day| day.to_string()));
    say("Issued on", request.issued.map(|day| day.to_string()));
    say(
        "Answer due",
        request.due.map(|day| match request.due_time {
            Some(time) => format!("{day} {time:.0}, in the zone of receipt"),
            None => day.to_string(),
        }),
    );
    say(
        "Deliver to",
        request.deliver_to.as_ref().map(ToString::to_string),
    );
    say(
        "Language",
        request.language.as_ref().map(ToString::to_string),
    );
    say("Confidentiality demanded", Some(confidentiality(request)));
    say(
        "Filed",
        case.filed().map(|filed| {
            let complete = match request.complete_on {
                Some(day) => format!("complete on {day}, from which its clocks run"),
                None => "complete from its receipt".into(),
            };
            format!("{} by {}; {complete}", moment(filed.at), member(&filed.by))
        }),
    );
    page.facts(section, "What is asked for, and by when", &facts);

    page.minor(section, "What identifies the subject");
    let columns = vec![
        Column {
            head: "Kind",
            share: 0.27,
        },
        Column {
            head: "Value",
            share: 0.73,
        },
    ];
    let rows = request
        .identifiers
        .iter()
        .map(|identifier| {
            vec![
                Cell::text(identifier.kind.word()),
                Cell::text(identifier.value.as_str()),
            ]
        })
        .collect();
    page.table(
        section,
        &Table {
            summary: "Identifiers of the subject",
            columns,
            rows,
        },
    );

    page.minor(section, "Legal basis cited, verbatim");
    page.quote(section, request.legal_basis.as_str());
}

fn requester(requester: &Requester) -> Vec<(&'static str, Cell)> {
    let mut facts = vec![("Kind", Cell::text(requester.kind.word()))];
    let lines = [
        ("Authority, firm or company", Some(&requester.authority)),
        ("Unit", requester.unit.as_ref()),
        ("Country", Some(&requester.country)),
        ("Person", Some(&requester.person)),
        ("Title", requester.title.as_ref()),
        ("Badge or identity number", requester.badge.as_ref()),
        ("E-mail address", requester.email.as_ref()),
        ("Telephone", requester.phone.as_ref()),
        ("Their reference", requester.reference.as_ref()),
    ];
    facts.extend(
        lines
            .into_iter()
            .filter_map(|(name, line)| Some((name, Cell::text(line?.as_str())))),
    );
    facts
}

fn confidentiality(request: &Request) -> String {
    let Some(demand) = &request.confidentiality else {
        return "No".into();
    };
    let from = demand
        .from
        .map_or_else(String::new, |day| format!(" from {day}"));
    let until = demand.until.map_or_else(
        || ", with no end stated".into(),
        |day| format!(" until {day}"),
    );
    format!("Yes{from}{until}; basis: {}", demand.basis)
}

/// A request not filed yet is shown as it was typed, under the names of its form.
fn typed(page: &mut Compositor<'_>, section: TagId, case: &Case) {
    page.text(
        section,
        "The request has not been filed. This is its form, as typed so far.",
    );
    let columns = vec![
        Column {
            head: "Field",
            share: 0.27,
        },
        Column {
            head: "Typed",
            share: 0.73,
        },
    ];
    let rows: Vec<Vec<Cell>> = case
        .fields()
        .pairs()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| vec![Cell::text(name.replace('_', " ")), Cell::text(value)])
        .collect();
    if rows.is_empty() {
        page.text(section, "Nothing was typed.");
    }
    page.table(
        section,
        &Table {
            summary: "The form as typed so far",
            columns,
            rows,
        },
    );
}
