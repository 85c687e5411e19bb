//! The form of an entry: a new one, or one to be changed.

use casework::{
    case::CaseId,
    directory::{Known, PEOPLE_MOST, PHONES_MOST},
    form::Fields,
    request::RequesterKind,
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::head;
use crate::{
    desk::Me,
    parts::{
        Form, address,
        field::Kind,
        form::{choices, hidden, id},
        load::{load, refuse},
    },
};

/// A new entry; from a case, begun with what its request says of the sender.
pub fn new() -> AnyView {
    let case: Option<CaseId> = address::query().get("case").parse().ok();
    load(
        move |desk| async move { desk.authority_of(case).await },
        move |fields: Fields| {
            let begun = case.map(|case| case.to_string()).unwrap_or_default();
            let form = Form::filled(fields.with("case", begun));
            let from = case.map(|case| {
                view! {
                    <p class="notice">
                        "Begun with what the request in " <a href=address::case(case)>"this case"</a>
                        " says of its sender. Its number and its domain are left out: give those that you found yourself, and where."
                    </p>
                }
            });
            view! {
                <Title text="Add an authority · Disclosure Desk"/>
                <header class="page-head">
                    <p class="way"><a href="/requesters">"Requesters"</a></p>
                    <h1>"Add an authority"</h1>
                    <p>"Only what was found independently of any request."</p>
                </header>
                {from}
                <form method="post" action="/requesters/new" class="step request" novalidate=true>
                    {form.summary()}
                    {hidden("case", form.fields().get("case"))}
                    {fields_of(&form)}
                    <p class="send"><button class="primary">"Add to the directory"</button></p>
                </form>
            }
            .into_any()
        },
    )
}

/// An entry to be changed.
pub fn edit() -> AnyView {
    let id = match address::requester_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.authority_for(id).await },
        move |(_, known): (Me, Known)| {
            let form = Form::filled(known.authority.fields());
            let action = format!("{}/edit", address::requester(id));
            view! {
                {head(&known, "Change the entry")}
                <form method="post" action=action class="step request" novalidate=true>
                    {form.summary()}
                    {hidden("seen_entry", &known.seen().to_string())}
                    {fields_of(&form)}
                    <p class="send">
                        <button class="primary">"Keep the changes"</button>
                        <a href=address::requester(id)>"Back to the entry"</a>
                    </p>
                </form>
            }
            .into_any()
        },
    )
}

fn fields_of(form: &Form) -> AnyView {
    let kinds = RequesterKind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != RequesterKind::OurCompany);
    view! {
        {section(
            "The authority",
            view! {
                {form.field("kind", "Kind", Kind::Select(choices(kinds)))}
                {form.line("name", "Name")}
                {form.line("country", "Country")}
                {form.prose("also", "Other names").hint("One on each line.").rows(2).optional()}
                {form.prose("units", "Units").hint("One on each line.").rows(2).optional()}
                {form
                    .prose("domains", "Official domains")
                    .hint("One on each line. What lies below them is official too.")
                    .rows(2)
                    .optional()}
            }
            .into_any(),
        )}
        {section("Telephone numbers", phones(form))}
        {section("People", people(form))}
        {section(
            "Remarks",
            view! {
                {form.prose("remarks", "Remarks").rows(3).optional()}
                {form.tick("retired", "No longer used: it was dissolved or replaced")}
                {form.line("retired_why", "Why it is no longer used").optional()}
            }
            .into_any(),
        )}
    }
    .into_any()
}

fn section(title: &'static str, body: AnyView) -> AnyView {
    view! {
        <fieldset class="section">
            <legend><h2>{title}</h2></legend>
            <div class="grid">{body}</div>
        </fieldset>
    }
    .into_any()
}

/// Name, label and kind of input of each column of a row.
type Columns = &'static [(&'static str, &'static str, &'static str)];

const PHONE: Columns = &[
    ("phone_number", "Number", "tel"),
    ("phone_label", "Whose (optional)", "text"),
    ("phone_source", "Where it was found", "text"),
    ("phone_checked", "Looked up on", "date"),
];

const PERSON: Columns = &[
    ("person_name", "Name", "text"),
    ("person_title", "Title (optional)", "text"),
    ("person_badge", "Badge (optional)", "text"),
    ("person_email", "E-mail (optional)", "text"),
    ("person_phone", "Telephone (optional)", "tel"),
    ("person_unit", "Unit (optional)", "text"),
];

fn phones(form: &Form) -> AnyView {
    let hint = "Found independently of any request: on the authority's own site, in a directory, in earlier post. Rows left blank are passed over; keep the entry for more rows.";
    rows(form, "phone", "Number", hint, PHONE, PHONES_MOST)
}

fn people(form: &Form) -> AnyView {
    let hint = "Who may sign or call for it. Rows left blank are passed over.";
    rows(form, "person", "Person", hint, PERSON, PEOPLE_MOST)
}

/// The rows that are filled and two to spare.
fn rows(
    form: &Form,
    what: &'static str,
    word: &'static str,
    hint: &'static str,
    columns: Columns,
    most: usize,
) -> AnyView {
    let values = |name: &str| {
        form.fields()
            .all(name)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let ids = values(&format!("{what}_id"));
    let typed: Vec<Vec<String>> = columns.iter().map(|(name, ..)| values(name)).collect();
    let filled = typed
        .iter()
        .filter_map(|column| column.iter().rposition(|value| !value.trim().is_empty()))
        .max()
        .map_or(0, |last| last + 1);
    let each = (0..(filled + 2).min(most)).map(|at| {
        let of = |column: &[String]| column.get(at).cloned().unwrap_or_default();
        let inputs: Vec<_> = columns
            .iter()
            .zip(&typed)
            .map(|((name, label, kind), column)| (*name, *label, *kind, of(column)))
            .collect();
        row(form, what, word, at, &of(&ids), inputs)
    });
    view! {
        <div class="rows">
            <p class="hint">{hint}</p>
            {each.collect_view()}
        </div>
    }
    .into_any()
}

fn row(
    form: &Form,
    what: &'static str,
    word: &'static str,
    at: usize,
    row_id: &str,
    inputs: Vec<(&'static str, &'static str, &'static str, String)>,
) -> AnyView {
    let name = format!("{what}.{at}");
    let anchor = id(&name);
    let number = at + 1;
    let described = form.described(&name);
    let invalid = form.faulty(&name).map(|_| "true");
    let each = inputs
        .into_iter()
        .enumerate()
        .map(|(place, (field, label, kind, value))| {
            // What a date control cannot hold is kept as text, as it was typed.
            let kind = match kind {
                "date" if !value.is_empty() && value.parse::<jiff::civil::Date>().is_err() => {
                    "text"
                }
                kind => kind,
            };
            view! {
                <label>
                    <span>{label}</span>
                    <input
                        type=kind
                        name=field
                        id=(place == 0).then(|| anchor.clone())
                        value=value
                        autocomplete="off"
                        aria-invalid=invalid
                        aria-describedby=described.clone()
                    />
                </label>
            }
        });
    view! {
        <fieldset class="row" data-faulty=form.faulty(&name)>
            <legend>{format!("{word} {number}")}</legend>
            {hidden(if what == "phone" { "phone_id" } else { "person_id" }, row_id)}
            {each.collect_view()}
            {form.told(&name)}
        </fieldset>
    }
    .into_any()
}
