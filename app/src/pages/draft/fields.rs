//! The sections of the request's form. Its names are those of [`casework::request::FIELDS`].

use casework::{
    request::{Channel, IDENTIFIERS_MOST, IdentifierKind, RequesterKind},
    scope::{Category, Tier},
};
use leptos::prelude::*;

use super::directory;
use crate::parts::{
    Form,
    field::options,
    form::{choices, id},
};

/// Every section, in the order in which a request is read.
pub fn all(form: &Form) -> AnyView {
    view! {
        {directory::view(form)}
        {section("Requester", requester(form))}
        {section("How it came", receipt(form))}
        {section("What they ask", asks(form))}
        {section("Subject", identifiers(form))}
        {section("Data categories", categories(form))}
        {section("Dates and deadline", dates(form))}
        {section("Confidentiality", confidentiality(form))}
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

fn requester(form: &Form) -> AnyView {
    view! {
        {form.select::<RequesterKind>("requester_kind", "Kind of requester")}
        {form.line("authority", "Authority, firm or company")}
        {form.line("unit", "Unit").optional()}
        {form.line("country", "Country")}
        {form.line("person", "Person who asks").hint("Who signed or called.")}
        {form.line("title", "Title").optional()}
        {form.line("badge", "Badge or identity number").optional()}
        {form
            .line("email", "Official e-mail")
            .hint("A matching domain proves nothing: the requester is verified later.")
            .optional()}
        {form
            .line("phone", "Telephone")
            .hint("As they gave it. A call-back goes to a number found elsewhere.")
            .optional()}
        {form.line("reference", "Their reference").optional()}
    }
    .into_any()
}

fn receipt(form: &Form) -> AnyView {
    view! {
        {form.select::<Channel>("channel", "How the request came in")}
        {form.line("served_entity", "Our legal entity it is addressed to")}
        {form.line("served_at", "Address it was served at").optional()}
        {form.moment("received", "Received").hint("The moment it reached us; clocks run from it.")}
        {form.zone("received_zone")}
        {form.line("language", "Language").optional()}
        {form.line("deliver_to", "Where to deliver").optional()}
        {form.tick("test", "This is a test order: authorities send them")}
    }
    .into_any()
}

fn asks(form: &Form) -> AnyView {
    view! {
        {form.prose("asks", "What they ask for").hint("In their own words.").rows(6)}
        {form
            .prose("legal_basis", "Legal basis they cite")
            .hint("Verbatim; write \u{201c}none cited\u{201d} if there is none.")
            .rows(3)}
        {form.date("from", "First day of the data asked for").optional()}
        {form.date("until", "Last day").optional()}
    }
    .into_any()
}

/// The rows that are filled and two to spare, at least three; a blank row is passed over.
fn identifiers(form: &Form) -> AnyView {
    let kinds: Vec<&str> = form.fields().all("identifier_kind").collect();
    let values: Vec<&str> = form.fields().all("identifier_value").collect();
    let filled = values
        .iter()
        .rposition(|value| !value.trim().is_empty())
        .map_or(0, |last| last + 1);
    let rows = (filled + 2).clamp(3, IDENTIFIERS_MOST);
    let each = (0..rows).map(|row| {
        let at = |all: &[&str]| all.get(row).copied().unwrap_or_default().to_owned();
        identifier(form, row, &at(&kinds), at(&values))
    });
    view! {
        <div class="identifiers">
            <p class="hint">"What identifies the subject, exactly as the request gives it. Rows left blank are passed over; keep the draft for more rows."</p>
            {each.collect_view()}
        </div>
    }
    .into_any()
}

fn identifier(form: &Form, row: usize, kind: &str, value: String) -> AnyView {
    let name = format!("identifier.{row}");
    let id = id(&name);
    let fault = form.fault(&name);
    let invalid = fault.is_some().then_some("true");
    let described = fault.is_some().then(|| format!("{id}-fault"));
    let number = row + 1;
    view! {
        <div class="identifier" data-faulty=invalid.map(|_| "")>
            <select name="identifier_kind" aria-label=format!("Kind of identifier {number}")>
                {options(&choices(IdentifierKind::ALL.iter().copied()), kind)}
            </select>
            <input
                type="text"
                id=id.clone()
                name="identifier_value"
                value=value
                aria-label=format!("Identifier {number}")
                aria-invalid=invalid
                aria-describedby=described
                autocomplete="off"
            />
            {fault.map(|says| view! { <p class="fault" id=format!("{id}-fault")>{says}</p> })}
        </div>
    }
    .into_any()
}

/// Grouped by how deep they lie, for that decides which instrument reaches them.
pub fn categories(form: &Form) -> AnyView {
    let groups = Tier::ALL.iter().map(|tier| {
        let boxes = Category::ALL
            .iter()
            .filter(|category| category.tier() == *tier)
            .map(|category| {
                let first = Category::ALL.first() == Some(category);
                view! {
                    <label class="choice">
                        <input
                            type="checkbox"
                            id=first.then(|| id("categories"))
                            name="categories"
                            value=category.code()
                            checked=form.fields().has("categories", category.code())
                        />
                        <span>{category.word()}</span>
                    </label>
                }
            });
        view! {
            <fieldset class="tier-group">
                <legend>{capital(tier.word())}</legend>
                {boxes.collect_view()}
            </fieldset>
        }
    });
    view! {
        <div class="tiers" role="group" aria-label="Categories asked for" aria-describedby=form.described("categories")>
            {form.told("categories")}
            {groups.collect_view()}
        </div>
    }
    .into_any()
}

fn dates(form: &Form) -> AnyView {
    view! {
        {form.date("issued", "Request dated").optional()}
        {form
            .date("complete_on", "Request complete on")
            .hint("Where it was mended after it came in: clocks that wait for a complete request begin then.")
            .optional()}
        {form.date("due", "Deadline it states").optional()}
        {form
            .time("due_time", "Time of day")
            .hint("In the zone of receipt. Left blank, the deadline runs to the end of the day.")
            .optional()}
    }
    .into_any()
}

fn confidentiality(form: &Form) -> AnyView {
    view! {
        {form.tick("confidential", "The requester demands that the subject not be told")}
        <div class="when-confidential grid">
            {form.line("confidential_basis", "Provision or order it rests on")}
            {form.date("confidential_from", "From").optional()}
            {form
                .date("confidential_until", "Until")
                .hint("Left blank, the demand is open-ended, and flagged.")
                .optional()}
        </div>
    }
    .into_any()
}

/// A word of the domain at the start of a line.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use casework::request::FIELDS;

    #[test]
    fn every_field_of_a_request_stands_on_the_form() {
        let source = [include_str!("fields.rs"), include_str!("directory.rs")].concat();
        let shown = |name: &str| source.contains(&format!("\"{name}\""));
        let missing: Vec<_> = FIELDS.iter().filter(|name| !shown(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
