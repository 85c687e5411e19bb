//! The sections of the tables' form. Its names are those that [`casework::tables`] reads.

use casework::{
    calendar::{Calendar, CalendarCode, Unit, Weekday},
    form::Choice,
    instrument::{Ceiling, Instrument},
    scope::{Category, Tier},
    tables::{Period, Tables, calendar_day_field, reason_rows},
};
use leptos::prelude::*;

use crate::parts::{
    Form, cell,
    field::Choices,
    form::{choices, id},
};

/// Every section, the ones that are changed most often first.
pub fn all(form: &Form, tables: &Tables) -> AnyView {
    view! {
        <nav class="ways-in" aria-label="Sections of the tables">
            <a href="#periods">"Periods"</a>
            <a href="#ceilings">"Reach"</a>
            <a href="#tiers">"Depth"</a>
            <a href="#switches">"Rules"</a>
            <a href="#reasons">"Reasons"</a>
            <a href="#calendars">"Calendars"</a>
            <a href="#history-head">"History"</a>
        </nav>
        {section("periods", "Periods", periods(form, tables))}
        {section("ceilings", "What each instrument reaches", ceilings(form))}
        {section("tiers", "How deep each category lies", tiers(form))}
        {section("switches", "Rules that may be switched", switches(form))}
        {section("reasons", "Reasons for refusing or narrowing", reasons(form, tables))}
        {section("calendars", "Calendars", calendars(form, tables))}
    }
    .into_any()
}

/// A section under its own head, which an address can name.
fn section(of: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <fieldset class="section" id=of>
            <legend><h2>{title}</h2></legend>
            {body}
        </fieldset>
    }
    .into_any()
}

fn periods(form: &Form, tables: &Tables) -> AnyView {
    let calendars: Choices = tables
        .calendars
        .iter()
        .map(|(code, calendar)| (code.to_string(), calendar.name.to_string()))
        .collect();
    let units = choices(Unit::ALL.iter().copied());
    let rows = Period::ALL.iter().map(|period| {
        let name = |part: &str| format!("period.{}.{part}", period.code());
        let label = |part: &str| format!("{}: {part}", period.word());
        view! {
            <tr>
                <th scope="row">
                    {period.word()} <span class="under">{period.source()}</span>
                </th>
                <td data-label="How many" class="few">{cell::count(form, &name("count"), label("how many"))}</td>
                <td data-label="Of what">{cell::menu(form, &name("unit"), label("of what"), &units, None)}</td>
                <td data-label="Calendar">
                    {cell::menu(form, &name("calendar"), label("calendar"), &calendars, Some("\u{2014}"))}
                </td>
            </tr>
        }
    });
    let body = rows.collect_view().into_any();
    table(
        "A calendar is asked only where working days are counted.",
        &["Period", "How many", "Of what", "Calendar"],
        body,
    )
}

fn ceilings(form: &Form) -> AnyView {
    let preserves = Ceiling::Preserve;
    let rows = Instrument::ALL.iter().map(|instrument| {
        // Whether an instrument discloses at all is its nature; only what may be chosen is offered.
        let open = Ceiling::ALL
            .iter()
            .copied()
            .filter(|one| (*one == preserves) == (instrument.ceiling() == preserves));
        let menu = cell::menu(
            form,
            &format!("ceiling.{}", instrument.code()),
            format!("What it reaches: {}", instrument.word()),
            &choices(open),
            None,
        );
        view! { <tr><th scope="row">{instrument.word()}</th><td data-label="Reaches">{menu}</td></tr> }
    });
    let body = rows.collect_view().into_any();
    table(
        "Nothing beyond it can be granted.",
        &["Instrument", "Reaches"],
        body,
    )
}

fn tiers(form: &Form) -> AnyView {
    let all = choices(Tier::ALL.iter().copied());
    let rows = Category::ALL.iter().map(|category| {
        let menu = cell::menu(
            form,
            &format!("tier.{}", category.code()),
            format!("How deep it lies: {}", category.word()),
            &all,
            None,
        );
        view! { <tr><th scope="row">{category.word()}</th><td data-label="Lies in">{menu}</td></tr> }
    });
    let body = rows.collect_view().into_any();
    table(
        "An instrument that reaches a tier reaches those above it too.",
        &["Category", "Lies in"],
        body,
    )
}

fn switches(form: &Form) -> AnyView {
    view! {
        {form
            .tick("two_for_contents", "Two managers where contents of communications are granted")
            .hint("The second, a different one, agrees before anything is disclosed.")}
        {form
            .tick("objection_stops", "The subject's window to object, and their objection, stop production")
            .hint("Else an objection is recorded and settled, and production may go on.")}
        {form
            .line("zone", "The desk's own time zone")
            .hint("By its name: Europe/Vienna, America/New_York, UTC. It is what \u{201c}today\u{201d} means here.")}
    }
    .into_any()
}

fn reasons(form: &Form, tables: &Tables) -> AnyView {
    let rows = tables.reasons.iter().map(|row| {
        let code = row.code.code().to_owned();
        let name = |part: &str| format!("reason.{code}.{part}");
        let word = cell::line(form, &name("word"), format!("Words of {code}"));
        let offered = cell::tick(
            form,
            &name("offered"),
            "yes",
            "Offered",
            format!("Offered: {}", row.word),
        );
        view! {
            <tr>
                <th scope="row"><code>{code.clone()}</code></th>
                <td data-label="Words">{word}</td>
                <td data-label="Offered">{offered}</td>
            </tr>
        }
    });
    let added = (0..reason_rows()).map(|place| added(form, place));
    let body = view! { {rows.collect_view()} {added.collect_view()} }.into_any();
    table(
        "A code is never removed, because decisions name it; one that is not offered cannot be given any more. The last rows add new ones.",
        &["Code", "Words", "Offered"],
        body,
    )
}

/// A row for a new reason; its two fields are repeated, and their faults name the row.
fn added(form: &Form, place: usize) -> AnyView {
    let name = format!("new_reason.{place}");
    let at = |field: &str| {
        let value = form.fields().all(field).nth(place);
        value.unwrap_or_default().to_owned()
    };
    let number = place + 1;
    view! {
        <tr>
            <th scope="row">
                <input
                    type="text"
                    id=id(&name)
                    name="new_reason_code"
                    value=at("new_reason_code")
                    aria-label=format!("Code of new reason {number}")
                    aria-invalid=form.faulty(&name).map(|_| "true")
                    aria-describedby=form.described(&name)
                    autocomplete="off"
                    placeholder="new_code"
                />
                {form.told(&name)}
            </th>
            <td data-label="Words">
                <input
                    type="text"
                    name="new_reason_word"
                    value=at("new_reason_word")
                    aria-label=format!("Words of new reason {number}")
                    autocomplete="off"
                />
            </td>
            <td data-label="Offered">"Once published"</td>
        </tr>
    }
    .into_any()
}

fn calendars(form: &Form, tables: &Tables) -> AnyView {
    let each = tables
        .calendars
        .iter()
        .map(|(code, one)| calendar(form, code, one));
    view! {
        <p class="hint">"Working days leave out weekends and holidays. One holiday on a line: its day and its name, as in 2026-12-25 Christmas Day."</p>
        {each.collect_view()}
        <div class="grid">
            {form.line("new_calendar", "Code of a new calendar").hint("A country, or a part of one: AT, US-CA. Its holidays are entered in the version after.").optional()}
            {form.line("new_calendar_name", "Its country or place").optional()}
        </div>
    }
    .into_any()
}

fn calendar(form: &Form, code: &CalendarCode, calendar: &Calendar) -> AnyView {
    let holidays = calendar_day_field(code);
    let weekend = Weekday::ALL.iter().map(|day| {
        cell::tick(
            form,
            &format!("weekend.{code}"),
            Choice::code(*day),
            Choice::word(*day),
            format!("Weekend in {}: {}", calendar.name, day.word()),
        )
    });
    let open = form.blames(|field| field == holidays);
    let count = calendar.holidays.len();
    view! {
        <details class="calendar" open=open>
            <summary>
                <strong>{calendar.name.to_string()}</strong> {format!(" ({code}), {count} holidays")}
            </summary>
            <fieldset>
                <legend>{format!("Weekend in {}", calendar.name)}</legend>
                <div class="choices" data-row="">{weekend.collect_view()}</div>
            </fieldset>
            {form.prose(&holidays, &format!("Holidays in {}", calendar.name)).rows(10)}
        </details>
    }
    .into_any()
}

fn table(caption: &'static str, heads: &'static [&'static str], body: AnyView) -> AnyView {
    let heads = heads
        .iter()
        .map(|head| view! { <th scope="col">{*head}</th> });
    view! {
        <div class="wide">
            <table class="entries">
                <caption>{caption}</caption>
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
