//! The requester from the directory: searched for, chosen, filled in, all by the form's own
//! buttons, so no script is needed and nothing typed is lost.

use casework::request::RequesterKind;
use leptos::prelude::*;

use crate::{
    parts::{
        Form, address,
        form::{hidden, id},
    },
    returned::{Found, Match},
};

/// What Enter presses, in any field: the harmless button of the form. A browser takes the first,
/// and the first that is seen only searches the directory.
pub fn enter(does: &'static str) -> AnyView {
    view! { <button class="unseen" tabindex="-1" aria-hidden="true" name="do" value=does>"Go on"</button> }
        .into_any()
}

/// The section of the request's form.
pub fn view(form: &Form) -> AnyView {
    let linked = form.fields().get("authority_id").trim().to_owned();
    let body = if linked.is_empty() {
        search(form)
    } else {
        view! { {chosen(form, &linked)} {people(&linked)} }.into_any()
    };
    view! {
        <fieldset class="section directory" id=id("authority_id") tabindex="-1" data-faulty=form.faulty("authority_id")>
            <legend><h2>"From the directory"</h2></legend>
            {form.told("authority_id")}
            {body}
        </fieldset>
    }
    .into_any()
}

fn chosen(form: &Form, linked: &str) -> AnyView {
    let name = form.fields().get("authority").to_owned();
    view! {
        {hidden("authority_id", linked)}
        <p>
            "Linked to the directory's entry of "
            <a href=address::requester(linked)>{if name.is_empty() { "this authority".into() } else { name }}</a>
            ". "
            <button class="quiet" name="do" value="unlink">"Unlink"</button>
        </p>
    }
    .into_any()
}

fn search(form: &Form) -> AnyView {
    let kind = RequesterKind::from_code(form.fields().get("requester_kind"));
    if kind == Some(RequesterKind::OurCompany) {
        return view! { <p class="hint">"Our own company needs no entry: nobody calls it back."</p> }.into_any();
    }
    view! {
        <div class="find">
            {form.line("find", "Name, country, domain or person").optional()}
            <button name="do" value="fill">"Find and fill in"</button>
        </div>
        {found()}
    }
    .into_any()
}

/// The people of the entry that is linked, to fill in one of them.
fn people(linked: &str) -> Option<AnyView> {
    let Found { matches, .. } = use_context()?;
    let theirs: Vec<Match> = matches
        .into_iter()
        .filter(|one| one.pick.starts_with(linked) && one.pick != linked)
        .collect();
    (!theirs.is_empty()).then(|| choose("Its people", theirs))
}

fn found() -> Option<AnyView> {
    let Found { matches, cut } = use_context()?;
    if matches.is_empty() {
        return Some(
            view! {
                <p role="status">
                    "The directory has nobody like that. Type what the request gives, file it, and "
                    <a href="/requesters/new">"add the authority"</a> " with what you find out independently."
                </p>
            }
            .into_any(),
        );
    }
    let more = cut.then(|| view! { <p class="hint">"There are more; add a word."</p> });
    Some(view! { {choose("Which one?", matches)} {more} }.into_any())
}

fn choose(title: &'static str, matches: Vec<Match>) -> AnyView {
    let each = matches.into_iter().map(|one| {
        view! {
            <label class="choice">
                <input type="radio" name="pick" value=one.pick/>
                <span>{one.told} " " <span class="mark">{one.about}</span></span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{title}</legend>
            <div class="choices">{each.collect_view()}</div>
        </fieldset>
        <p><button name="do" value="fill">"Fill in the chosen one"</button></p>
    }
    .into_any()
}
