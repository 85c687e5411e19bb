//! An authority of the directory: what is known, since when and from where, what it asked for, and
//! when it was last confirmed.

use casework::{
    clock,
    directory::{Act, Authority, Known, Person, Phone},
    disclosure::Outcome,
    list,
    member::Duty,
};
use jiff::{Timestamp, civil::Date};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::AuthorityFile,
    parts::{
        address, badge,
        load::{load, refuse},
        time,
    },
};

mod form;
mod merge;
mod signs;

pub use form::{edit, new};
pub use merge::page as merge;

/// The entry.
pub fn page() -> AnyView {
    let id = match address::requester_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    let before = address::query().get("before").parse().ok();
    load(
        move |desk| async move { desk.authority(id, before).await },
        |file: AuthorityFile| view(&file),
    )
}

/// The head of a page about one authority.
fn head(known: &Known, title: &str) -> AnyView {
    let name = known.authority.name.to_string();
    view! {
        <Title text=format!("{title} · Requesters · Disclosure Desk")/>
        <header class="page-head">
            <p class="way">
                <a href="/requesters">"Requesters"</a> " / "
                <a href=address::requester(known.authority.id)>{name}</a>
            </p>
            <h1>{title.to_owned()}</h1>
        </header>
    }
    .into_any()
}

fn view(file: &AuthorityFile) -> AnyView {
    let Known {
        authority,
        entered_at,
        changed_at,
    } = &file.known;
    let name = authority.name.to_string();
    let today = clock::day(file.now);
    let changes = (file.me.member.role.may(Duty::KeepDirectory) && authority.merged_into.is_none())
        .then(|| {
            let id = address::requester(authority.id);
            view! {
                <p class="ways">
                    <a class="button" href=format!("{id}/edit")>"Change"</a> " "
                    <a class="button" href=format!("{id}/merge")>"Merge with a duplicate"</a>
                </p>
            }
        });
    let stands = file.stands.as_ref().map(|(id, name)| {
        view! {
            <p class="notice">
                "This entry was merged into " <a href=address::requester(*id)>{name.to_string()}</a>
                ". It stands here as it was."
            </p>
        }
    });
    view! {
        // A name is typed by somebody, and titles are written as they are.
        <Title text="An authority · Requesters · Disclosure Desk"/>
        <header class="page-head">
            <p class="way"><a href="/requesters">"Requesters"</a></p>
            <h1>{name}</h1>
            <p class="marks">
                <span>{authority.kind.word()}</span> " " <span>{authority.country.to_string()}</span>
            </p>
            {changes}
        </header>
        {stands}
        <div class="document">
            {signs::view(file)}
            {section("known", "What is known", facts(authority, *entered_at, *changed_at))}
            {section("phones", "Telephone numbers", phones(&authority.phones, today))}
            {section("people", "People", people(&authority.people))}
            {section("verified", "When it was confirmed", acts(&file.acts, file.now))}
            {section("requests", "Its requests", requests(file))}
        </div>
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    let head = format!("{id}-head");
    view! {
        <section id=id aria-labelledby=head.clone()>
            <h2 id=head.clone()>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn facts(authority: &Authority, entered_at: Timestamp, changed_at: Timestamp) -> AnyView {
    let lines = |all: &[casework::words::Line]| {
        all.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let domains: Vec<String> = authority
        .domains
        .iter()
        .map(|domain| {
            if domain.is_foreign() {
                format!("{} ({domain})", domain.shown())
            } else {
                domain.to_string()
            }
        })
        .collect();
    let told = [
        ("Also called", lines(&authority.also)),
        ("Units", lines(&authority.units)),
        ("Official domains", domains.join(", ")),
        (
            "No longer used",
            authority
                .retired
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> });
    let remarks = authority
        .remarks
        .as_ref()
        .map(|text| view! { <blockquote>{text.to_string()}</blockquote> });
    view! {
        <dl class="facts">
            {told.collect_view()}
            <div><dt>"Entered"</dt><dd>{time::moment(entered_at)}</dd></div>
            <div><dt>"Last changed"</dt><dd>{time::moment(changed_at)}</dd></div>
        </dl>
        {remarks}
    }
    .into_any()
}

fn phones(all: &[Phone], today: Date) -> AnyView {
    if all.is_empty() {
        return view! { <p class="none">"No number is known. A call-back needs one that was found independently."</p> }
            .into_any();
    }
    let rows = all.iter().map(|phone| {
        let stale = phone.is_stale(today).then(|| {
            view! { <strong class="warn">"Not looked up for over a year: look again before you call."</strong> }
        });
        view! {
            <tr data-stale=phone.is_stale(today).then_some("")>
                <th scope="row">{phone.number.to_string()}</th>
                <td data-label="Whose">{phone.label.as_ref().map(ToString::to_string)}</td>
                <td data-label="Found in">{phone.source.to_string()}</td>
                <td data-label="Looked up">{time::day(phone.checked_on)} " " {stale}</td>
            </tr>
        }
    });
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"Telephone numbers found independently"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Number"</th>
                        <th scope="col">"Whose"</th>
                        <th scope="col">"Found in"</th>
                        <th scope="col">"Looked up"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn people(all: &[Person]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="none">"Nobody is named."</p> }.into_any();
    }
    let word = |line: &Option<casework::words::Line>| line.as_ref().map(ToString::to_string);
    let rows = all.iter().map(|person| {
        view! {
            <tr>
                <th scope="row">{person.name.to_string()}</th>
                <td data-label="Title">{word(&person.title)}</td>
                <td data-label="Badge">{word(&person.badge)}</td>
                <td data-label="Unit">{word(&person.unit)}</td>
                <td data-label="E-mail">{word(&person.email)}</td>
                <td data-label="Telephone">{word(&person.phone)}</td>
            </tr>
        }
    });
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"People of this authority"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Title"</th>
                        <th scope="col">"Badge"</th>
                        <th scope="col">"Unit"</th>
                        <th scope="col">"E-mail"</th>
                        <th scope="col">"Telephone"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn acts(all: &[(Act, Timestamp)], now: Timestamp) -> AnyView {
    let said = view! {
        <p class="hint">
            "These acts were made on single cases and are told here. None of them opens another case's gate: each case needs its own."
        </p>
    };
    if all.is_empty() {
        return view! { {said} <p class="none">"It was confirmed on no case yet."</p> }.into_any();
    }
    let each = all.iter().map(|(act, until)| {
        let what = &act.verification.what;
        let stands = if *until < now {
            view! { <strong class="warn">"expired " {time::moment(*until)}</strong> }.into_any()
        } else {
            view! { "holds until " {time::moment(*until)} }.into_any()
        };
        view! {
            <li data-expired=(*until < now).then_some("")>
                <p>
                    {time::zoned(&what.at)} ": " <strong>{act.verification.by.name.to_string()}</strong> ", "
                    {what.method.word()} ", " {what.contact.to_string()} " (" {what.source.to_string()} "); answered by "
                    {what.answered_by.to_string()} "; on " <a href=address::case(act.case)>{act.number.to_string()}</a>
                    "; " {stands}
                </p>
            </li>
        }
    });
    view! { {said} <ol class="timeline">{each.collect_view()}</ol> }.into_any()
}

fn requests(file: &AuthorityFile) -> AnyView {
    if file.requests.is_empty() {
        return view! { <p class="none">"No request is linked to this entry."</p> }.into_any();
    }
    let rows = file
        .requests
        .iter()
        .map(|(card, outcome)| request(card, *outcome));
    let next = file.next.map(|before| {
        let href = format!(
            "{}?before={before}#requests",
            address::requester(file.known.authority.id)
        );
        view! { <a class="button" rel="next" href=href>"Earlier requests"</a> }
    });
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"Requests of this authority, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Case"</th>
                        <th scope="col">"Received"</th>
                        <th scope="col">"Their reference"</th>
                        <th scope="col">"Instrument"</th>
                        <th scope="col">"Stage"</th>
                        <th scope="col">"Come to"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <p class="pager">{next}</p>
    }
    .into_any()
}

fn request(card: &list::Card, outcome: Outcome) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=address::case(card.id)>{card.number.to_string()}</a></th>
            <td data-label="Received">{card.received.map(time::day)}</td>
            <td data-label="Reference">{card.reference.as_ref().map(ToString::to_string)}</td>
            <td data-label="Instrument">{card.instrument.map(|one| one.word().to_owned())}</td>
            <td data-label="Stage">{badge::stage(card.stage)}</td>
            <td data-label="Come to">{outcome.word()}</td>
        </tr>
    }
    .into_any()
}
